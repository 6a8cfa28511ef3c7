"""The project's own commands, run as a person runs them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import List, Optional, Sequence

ROOT = Path(__file__).resolve().parents[2]
STREAMFORGE = ROOT / "streamforge"
EXAMPLES = ROOT / "python" / "examples"


class Process:
    """A process whose output is kept line by line, and which does not outlive the test."""

    def __init__(self, command: Sequence[object], env: Optional[dict] = None) -> None:
        self._process = subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **(env or {})},
        )
        self.lines: List[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))

    def await_line(self, pattern: str, timeout_s: float) -> "re.Match[str]":
        """The first line with the pattern, from the beginning of the output."""
        until = time.monotonic() + timeout_s
        seen = 0
        while True:
            ended = self._process.poll() is not None and not self._reader.is_alive()
            while seen < len(self.lines):
                found = re.search(pattern, self.lines[seen])
                seen += 1
                if found:
                    return found
            if ended or time.monotonic() > until:
                why = f"ended with {self._process.returncode}" if ended else "time is up"
                raise AssertionError(
                    f"no line with {pattern!r}, {why}:\n" + "\n".join(self.lines[-30:])
                )
            time.sleep(0.05)

    def await_end(self, timeout_s: float) -> "Process":
        """Waits until it has ended well."""
        status = self._process.wait(timeout_s)
        self._reader.join(timeout_s)
        assert status == 0, f"ended with {status}:\n" + "\n".join(self.lines[-30:])
        return self

    def kill(self) -> None:
        """Ends it at once, as a crash does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Asks it to end."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self._reader.join(30)


def streamforge(*arguments: object) -> Process:
    return Process([STREAMFORGE, *arguments])


def example(name: str, *arguments: object) -> Process:
    return Process([sys.executable, "-u", EXAMPLES / name, *arguments])


class Demo:
    """A market that is played into Kafka, with the job between: `./streamforge demo`."""

    def __init__(self, *arguments: object) -> None:
        self._folder = tempfile.mkdtemp(prefix="sf-")  # what a JVM leaves behind when it is stopped
        self.process = Process(
            [STREAMFORGE, "demo", "--port", 0, *arguments],
            {"JAVA_TOOL_OPTIONS": f"-Djava.io.tmpdir={self._folder}"},
        )
        try:
            self.bootstrap_servers = self.process.await_line(r"Kafka: (\S+:\d+)", 600).group(1)
        except BaseException:
            self.close()
            raise

    def await_end(self, timeout_s: float) -> None:
        """Waits until all of it has been played and has come out."""
        self.process.await_line("The recording has been played", timeout_s)

    def close(self) -> None:
        self.process.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
