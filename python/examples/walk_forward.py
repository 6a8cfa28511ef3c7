#!/usr/bin/env python3
"""Trains and tests on a file of graph-features, forward in time, against naive baselines.

    ./streamforge generate --out market.jsonl.gz --seconds 7200
    ./streamforge replay --recording market.jsonl.gz --out results
    python3 python/examples/walk_forward.py results/graph-features.jsonl --direction-steps 2
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Callable, Dict, List, Sequence

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # works without an installation

import numpy as np  # noqa: E402
import torch  # noqa: E402
from trainer import baselines, scores, task  # noqa: E402
from trainer.learner import Learner  # noqa: E402

from streamforge_graph import outlooks, read_jsonl, walk_forward  # noqa: E402

Forecaster = Callable[[Sequence[task.Sample]], baselines.Forecast]


def forecasters(
    training: Sequence[task.Sample], arguments: argparse.Namespace
) -> Dict[str, Forecaster]:
    """Those that are compared, each trained on the same samples."""
    alone = Learner(task.without_edges(training), arguments.seed, arguments.epochs)
    return {
        "last value": baselines.LastValue(training).forecast,
        "HAR": baselines.Har(training).forecast,
        "HAR, neighbours": baselines.NeighboursHar(training).forecast,
        "network, no edges": lambda samples: alone.forecast(task.without_edges(samples)),
        "network": Learner(training, arguments.seed, arguments.epochs).forecast,
    }


def evaluate(
    samples: Sequence[task.Sample], arguments: argparse.Namespace
) -> List[Dict[str, scores.Scores]]:
    """Scores by forecaster, of each fold."""
    times = [one.snapshot.time_us for one in samples]
    ends = [one.end_us for one in samples]
    result = []
    for number, fold in enumerate(walk_forward(times, ends, arguments.folds), 1):
        training, test = samples[fold.train], samples[fold.test]
        made = forecasters(training, arguments)
        forecasts = {name: forecast(test) for name, forecast in made.items()}
        scored = np.all([~np.isnan(f[0]) for f in forecasts.values()], axis=0) & [
            arguments.nodes.search(node) is not None
            for one in test
            for node in one.snapshot.node_ids
        ]
        result.append(
            {
                name: scores.score(
                    forecast, test, scores.bias(made[name](training), training), scored
                )
                for name, forecast in forecasts.items()
            }
        )
        print(
            f"fold {number} of {arguments.folds}: {len(training)} samples to train on",
            file=sys.stderr,
        )
    return result


def table(folds: Sequence[Dict[str, scores.Scores]]) -> str:
    """Means over the folds, and in how many a forecaster is better than HAR."""
    lines = [
        f"{'':18} {'log volatility':^28} {'direction':^28}",
        f"{'':18} {'MSE':>8} {'QLIKE':>8} {'folds':>8}   {'log loss':>8} {'accuracy':>8} {'folds':>8}",
    ]
    for name in folds[0]:
        mean = scores.Scores(*np.mean([fold[name] for fold in folds], axis=0))
        better = sum(fold[name].qlike < fold["HAR"].qlike for fold in folds)
        told = sum(fold[name].log_loss < fold["HAR"].log_loss for fold in folds)
        lines.append(
            f"{name:18} {mean.mse:8.4f} {mean.qlike:8.4f} {better:>4} of {len(folds)}   "
            f"{mean.log_loss:8.4f} {mean.accuracy:8.3f} {told:>4} of {len(folds)}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", help="graph-features.jsonl of `./streamforge replay`")
    parser.add_argument(
        "--every", type=int, default=5, help="steps from one sample to the next (5)"
    )
    parser.add_argument("--direction-steps", type=int, default=task.DIRECTION_STEPS, help="(10)")
    parser.add_argument(
        "--nodes", type=re.compile, default="", metavar="REGEX", help="score those alone; all learn"
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", metavar="FILE", help="the scores of each fold")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    samples = [
        task.sample(outlook, arguments.direction_steps)
        for number, outlook in enumerate(
            outlooks(read_jsonl(arguments.file), task.VOLATILITY_STEPS)
        )
        if number % arguments.every == 0
    ]
    if not samples:
        sys.exit(f"{arguments.file} is shorter than the horizon of {task.VOLATILITY_STEPS} steps")
    try:
        folds = evaluate(samples, arguments)
    except ValueError as e:
        sys.exit(f"{arguments.file} is too short: {e}")
    scored = folds[0]["HAR"]
    print(
        f"{len(samples)} samples; per fold {scored.volatilities} volatilities, {scored.directions} directions"
    )
    print("Means of the folds; `folds`: in how many it is better than HAR and the classes' shares")
    print()
    print(table(folds))
    if arguments.json:
        found = [{name: s._asdict() for name, s in fold.items()} for fold in folds]
        Path(arguments.json).write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
