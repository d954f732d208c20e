"""A `scanimage` of our own, with the words and numbers of the real one (1.2.1), for machines that have none."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

LIST = "fake:0\tNoname\tSheet \x1bfeeder\nairscan:e0:Sim\teSCL\tSim\nv4l:/dev/video0\tCam\tCam\n"
OPTIONS = """All options specific to device `fake:0':
  Scan Mode:
    --mode Lineart|Gray|Color [Lineart]
    --source Flatbed|Automatic Document Feeder|ADF Duplex [Flatbed]
    --resolution 75|200|300dpi [75]
"""
TIFF = b"II*\x00" + bytes(40)


def main() -> int:
    words, fault = sys.argv[1:], os.environ.get("FAKE_FAULT", "")
    (Path(os.environ["FAKE_LOG"])).write_text("\n".join(words))
    if "-f" in words:
        print(LIST, end="")
        return 0
    if "-A" in words:
        print(OPTIONS)
        return 0
    if fault == "hang":
        time.sleep(60)
    batch = next((word.removeprefix("--batch=") for word in words if word.startswith("--batch=")), "")
    if not batch:
        if fault:
            return int(fault)
        sys.stdout.buffer.write(TIFF)
        return 0
    for at in range(1, int(os.environ.get("FAKE_PAGES", "3")) + 1):
        path = Path(batch.replace("%d", str(at)))
        path.write_bytes(TIFF + bytes([at]))
        print(path, flush=True)
    if fault:
        print(f"scanimage: sane_start: fault {fault}", file=sys.stderr)
        return int(fault)
    print("scanimage: sane_start: Document feeder out of documents\nBatch terminated, 3 pages scanned", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
