"""The trainer beside a market that moves, killed and started again: real processes all of them."""

from __future__ import annotations

import re
import time

import pytest
from processes import Demo, example, streamforge
from states import unlike

pytest.importorskip("confluent_kafka")
torch = pytest.importorskip("torch")

SPEED = 8  # times real time: as many snapshots a second
SECONDS = 480
STATUS = r"taken (\d+) \(([\d.]+)/s\), behind (\d+), missing (\d+), repeated (\d+)"


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    out = tmp_path_factory.mktemp("market") / "market.jsonl"
    size = ["--symbols", 20, "--sectors", 4, "--seconds", SECONDS]
    streamforge("generate", "--out", out, *size).await_end(600)
    return out


def trainer(market, folder, name, *more):
    arguments = ["--bootstrap-servers", market.bootstrap_servers, "--group", name]
    state = ["--state", folder / f"{name}.pt"]
    return example("live.py", *arguments, *state, "--save-every", 1, "--tell-every", 0.5, *more)


def await_status(process, timeout_s, enough):
    """Waits until what it tells is enough: of taken and behind."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        found = [re.search(STATUS, line) for line in list(process.lines)]
        told = [tuple(float(part) for part in one.groups()) for one in found if one]
        if told and enough(told[-1][0], told[-1][2]):
            return told
        time.sleep(0.1)
    raise AssertionError("time is up:\n" + "\n".join(process.lines[-20:]))


@pytest.mark.slow
def test_killed_and_started_again_it_goes_on_catches_up_and_loses_nothing(recording, tmp_path):
    market = Demo("--recording", recording, "--speed", SPEED)
    try:
        first = trainer(market, tmp_path, "killed")
        await_status(first, 120, lambda taken, behind: taken >= 100)
        first.kill()
        time.sleep(10)  # 80 snapshots are published meanwhile

        second = trainer(market, tmp_path, "killed")
        went_on = second.await_line(r"goes on after (\d+) snapshots, .* (\d+) behind", 60)
        taken_before, behind = int(went_on.group(1)), int(went_on.group(2))
        assert taken_before > 0 and behind > 60, "there is something to catch up with"
        began = time.monotonic()
        told = await_status(second, 60, lambda taken, behind: behind <= 2 * SPEED)
        seconds = time.monotonic() - began
        caught_up = told[-1][0] - taken_before
        assert not any("been played" in line for line in market.process.lines), "it still moves"
        assert caught_up / seconds > SPEED, "faster than the market"
        print(f"{behind} behind, {caught_up:.0f} taken in {seconds:.1f} s of a market at {SPEED}/s")

        market.await_end(300)
        await_status(second, 60, lambda taken, behind: behind == 0)
        second.stop()
        never_stopped = trainer(market, tmp_path, "never-stopped", "--once").await_end(300)
    finally:
        market.close()

    counts = [int(n) for n in re.search(STATUS, second.lines[-1]).group(1, 3, 4, 5)]
    assert counts[:3] == [counts[0], 0, 0], "nothing is behind, nothing missing"
    assert f"taken {counts[0]} " in never_stopped.lines[-1]
    killed, whole = (
        torch.load(tmp_path / f"{name}.pt", weights_only=False)["model"]
        for name in ("killed", "never-stopped")
    )
    assert killed["counts"] == whole["counts"] and killed["counts"][2] > 50
    assert unlike(killed, whole) == [], "it learnt the same from the same, to the bit"
