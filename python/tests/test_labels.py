"""Labels start when their snapshot can be known, and are unknown where a mid of theirs is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from markets import GOLDEN, SECOND, START_US, random_market, record

from streamforge_graph import (
    DOWN,
    FLAT,
    UNKNOWN_CLASS,
    UP,
    Outlooks,
    direction,
    log_volatility,
    outlooks,
    parse,
    read_jsonl,
    returns,
    snapshots,
    volatility,
)


def market(*mids, spread=2.0, **changes):
    """One node "v:a" with these mids, step by step; None for a book that is not live."""
    return [
        parse(record(step, {"v:a": mid}, x=[[spread, None, None]], **changes))
        for step, mid in enumerate(mids)
    ]


def only(values):
    assert len(values) == 1
    return values[0]


def test_starts_at_the_first_step_that_is_not_before_available_us():
    for delay_us, later in [(1, 1), (600_000, 1), (SECOND, 1), (SECOND + 1, 2), (2_600_000, 3)]:
        first = next(iter(outlooks(market(*[1.0] * 9, delay_us=delay_us), 2)))
        assert first.snapshot.time_us == START_US
        assert first.start_us == START_US + later * SECOND
        assert first.start_us >= first.snapshot.available_us
        assert first.end_us == first.start_us + 2 * SECOND


def test_holds_the_mids_of_the_horizon():
    made = list(outlooks(market(1.0, 2.0, 3.0, 4.0, 5.0), 2))
    assert [o.mids[:, 0].tolist() for o in made] == [[2, 3, 4], [3, 4, 5]]
    assert returns(made[0]).tolist() == [pytest.approx(math.log(4 / 2))]


def test_volatility_is_in_the_features_unit():
    first = only(list(outlooks(market(9.0, 100.0, 101.0, 100.0, 102.0), 3)))
    squares = [math.log(101 / 100) ** 2, math.log(100 / 101) ** 2, math.log(102 / 100) ** 2]
    annualised = math.sqrt(sum(squares) / 3 * 31_536_000)
    assert volatility(first).tolist() == [pytest.approx(annualised)]
    assert log_volatility(first).tolist() == [pytest.approx(math.log(annualised))]


def test_volatility_is_what_the_job_says_when_the_time_has_come():
    # volatility_1m of step T looks at (T - 60 s, T]: the outlook over 60 steps that ends at T.
    by_time = {s.time_us: s for s in read_jsonl(GOLDEN)}
    compared = 0
    for outlook in outlooks(by_time.values(), 60):
        then = by_time[outlook.end_us]
        said = dict(zip(then.node_ids, then.feature("volatility_1m")))
        for node, sigma in zip(outlook.snapshot.node_ids, volatility(outlook)):
            if not np.isnan(sigma):
                assert sigma == pytest.approx(said[node], rel=1e-6)
                compared += 1
    assert compared > 200


def test_what_did_not_move_has_no_logarithm():
    first = only(list(outlooks(market(1.0, 7.0, 7.0, 7.0), 2)))
    assert volatility(first).tolist() == [0.0]
    assert np.isnan(log_volatility(first)).tolist() == [True]


def test_a_hole_masks_volatility_and_only_its_ends_a_return():
    first = only(list(outlooks(market(1.0, 2.0, None, 4.0), 2)))
    assert np.isnan(log_volatility(first)).tolist() == [True]
    assert returns(first).tolist() == [pytest.approx(math.log(2))]
    assert direction(first).tolist() == [UP]
    for mids in [(1.0, None, 3.0, 4.0), (1.0, 2.0, 3.0, None)]:
        first = only(list(outlooks(market(*mids), 2)))
        assert np.isnan(returns(first)).tolist() == [True]
        assert direction(first).tolist() == [UNKNOWN_CLASS]


def test_a_step_without_a_record_is_a_hole():
    steps = market(1.0, 2.0, 3.0, 4.0, 5.0)
    del steps[2]
    made = list(outlooks(steps, 2))
    assert [o.snapshot.time_us for o in made] == [steps[0].time_us, steps[1].time_us]
    assert np.isnan(log_volatility(made[0])).all() and np.isnan(returns(made[1])).all()


def test_a_node_that_leaves_or_comes_later_is_unknown_while_it_is_away():
    ab, b = {"v:a": 1.0, "v:b": 2.0}, {"v:b": 3.0}
    made = list(outlooks([parse(record(t, m)) for t, m in enumerate([ab, ab, b, b, ab])], 2))
    assert np.isnan(returns(made[0])).tolist() == [True, False]
    assert made[2:] == [] and made[1].mids[:, 1].tolist() == [3, 3, 2]
    made = list(outlooks([parse(record(t, m)) for t, m in enumerate([b, ab, ab, ab])], 2))
    assert made[0].mids.tolist() == [[2], [2], [2]]


def test_the_dead_zone_is_half_the_spread_that_was_known():
    up, flat, down = 100 * math.exp(1.1e-4), 100 * math.exp(0.9e-4), 100 * math.exp(-1.1e-4)
    for end, expected in [(up, UP), (flat, FLAT), (100.0, FLAT), (down, DOWN)]:
        assert direction(only(list(outlooks(market(1.0, 100.0, end), 1)))).tolist() == [expected]
    wide = only(list(outlooks(market(1.0, 100.0, up, spread=4.0), 1)))
    assert direction(wide).tolist() == [FLAT]
    assert direction(wide, np.zeros(1)).tolist() == [UP]
    unknown = only(list(outlooks(market(1.0, 100.0, up, spread=None), 1)))
    assert direction(unknown).tolist() == [UNKNOWN_CLASS]


def test_graphs_do_not_mix():
    records = [
        parse(record(step, {"v:a": mid + step}, graph=graph))
        for step in range(4)
        for graph, mid in [("kraken", 10.0), ("okx", 20.0)]
    ]
    made = {o.snapshot.graph: o.mids[:, 0].tolist() for o in outlooks(records, 2)}
    assert made == {"kraken": [11, 12, 13], "okx": [21, 22, 23]}


def seldom(*mids, every):
    """Those of a market that a job with such a `graph.publish-interval` publishes."""
    steps = market(*mids, publish_interval_us=every * SECOND)
    return [s for s in steps if s.time_us // SECOND % every == 0]


@pytest.mark.parametrize("step_us", [None, 10 * SECOND])
def test_a_step_is_from_record_to_record(step_us):
    published = seldom(*map(float, range(1, 60)), every=10)
    first = next(iter(outlooks(published, 2, step_us)))
    assert first.mids[:, 0].tolist() == [11, 21, 31]
    annualised = math.sqrt(np.mean(np.diff(np.log([11, 21, 31])) ** 2) * 31_536_000 / 10)
    assert volatility(first).tolist() == [pytest.approx(annualised)]


def test_steps_may_be_further_apart():
    made = list(outlooks(seldom(*map(float, range(1, 60)), every=5), 2, step_us=10 * SECOND))
    assert [o.mids[:, 0].tolist() for o in made[:3]] == [[11, 21, 31], [11, 21, 31], [21, 31, 41]]


def test_refuses_labels_that_would_never_exist():
    published = seldom(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, every=5)
    for step_us in [SECOND, 7 * SECOND]:
        with pytest.raises(ValueError, match="must be a multiple of the publish_interval_us"):
            Outlooks(1, step_us).add(published[0])


def test_needs_an_order_of_time():
    one, two = market(1.0, 2.0)
    made = Outlooks(1)
    made.add(two)
    with pytest.raises(ValueError, match="no order of time"):
        made.add(one)
    with pytest.raises(ValueError, match="at least 1"):
        Outlooks(0)


def test_keeps_no_more_than_the_horizon():
    made = Outlooks(5)
    for snapshot in snapshots(random_market(3, 200)):
        made.add(snapshot)
        assert len(made.waiting) <= 5 + 1
        (waiting,) = made._graphs.values()
        assert len(waiting._mids) <= 5 + 1
