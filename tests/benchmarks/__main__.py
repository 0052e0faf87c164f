"""`make bench`: every benchmark, written to reports/bench.json."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from seamwright.report.files import replace_text
from tests.benchmarks import boot, broken_envelope, edge, imports, judge_million, replay

BENCHMARKS = (boot, edge, imports, replay, broken_envelope, judge_million)


def main() -> None:
    """Run them one after the other; each pairs its own runs."""
    results: dict[str, object] = {}
    for one in BENCHMARKS:
        for name, measured in one.measure().items():
            results[name] = asdict(measured)
            figure = f"{measured.value} {measured.unit}"
            sys.stdout.write(f"{name}: {figure}, {measured.ratio} times {measured.against}\n")
    path = Path(__file__).parents[2] / "reports" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    replace_text(path, json.dumps(results, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
