"""A process that makes requests: a document and tasks come in by lines, requests go out by lines.

    in    {"document": {…}}                                   another document from now on
          {"method": …, "path": …, "random": …, "seed": …}    one operation of it; with
                                                              "scenarios": false random ones alone,
                                                              "enough": none where there are so many
    out   [request, …]                                        one line for each operation

It ends when its input does: a parent that was killed leaves no worker.
"""

from __future__ import annotations

import json
import sys
from typing import TextIO, cast

from seamwright.drive.cases.breadth import breadth_first, minimised
from seamwright.drive.cases.generated import Amount
from seamwright.drive.corpus.corpus import request_line
from seamwright.drive.corpus.generator import Generator


def work(source: TextIO, target: TextIO) -> None:
    """Answer every task until there are no more."""
    generator: Generator | None = None
    for line in source:
        task = cast("dict[str, object]", json.loads(line))
        if "document" in task:
            generator = Generator(cast("dict[str, object]", task["document"]))
            continue
        if generator is None:
            break
        scenarios = task.get("scenarios", True) is True
        enough = cast("int | None", task.get("enough"))
        amount = Amount(int(str(task["random"])), int(str(task["seed"])), scenarios, enough)
        made = generator.requests(str(task["method"]), str(task["path"]), amount)
        lines = [request_line(one) for one in breadth_first(minimised(made))]
        target.write(json.dumps(lines) + "\n")
        target.flush()


if __name__ == "__main__":
    # Whatever a library prints must not be taken for an answer.
    answers, sys.stdout = sys.stdout, sys.stderr
    work(sys.stdin, answers)
