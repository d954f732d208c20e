"""`make bench`: runs every `bench()` of tests/speed and prints one JSON document; what goes on is told on stderr.

`--only NAME` runs one; DPDESK_BENCH_DESKS=DIR keeps the big desks there from one run to the next.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from importlib import import_module
from pathlib import Path


def found() -> list[str]:
    """The measurements: modules here that have a `bench`."""
    return [path.stem for path in sorted(Path(__file__).parent.glob("*.py"))
            if not path.stem.startswith("_") and "\ndef bench(" in path.read_text("utf-8")]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("make bench")
    parser.add_argument("--only", action="append", choices=found(), help="run only this one")
    wanted = parser.parse_args().only or found()
    results = {}
    for name in wanted:
        print(f"{name} …", file=sys.stderr, flush=True)
        began = time.monotonic()
        results[name] = import_module(f"tests.speed.{name}").bench()
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count(),
               "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None}
    print(json.dumps({"machine": machine, "results": results}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
