"""SANE through `scanimage`, a program of its own: a driver that crashes or hangs ends there. Pages of a feeder pass through memory alone.

`scanimage` can hand a batch over only as files: they lie in the system's memory folder, for this user alone, and each is gone once read.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from dpdesk.domain.errors import Hindered
from dpdesk.domain.scanners import DUPLEX, FEEDER, FLATBED, Device, Wish
from dpdesk.scanners.device import LARGEST_PAGE, Stopper, fault, go_on

SECONDS = 60.0
"""How long a page, or a list of devices, may take."""
_MEMORY = Path("/dev/shm")
_ENDED = {3: "scanner_busy", 6: "feeder_jam", 7: "feeder_empty", 8: "cover_open", 9: "scanner_io", 10: "scanner_memory",
          11: "scanner_denied"}  # by SANE's own numbers, which scanimage ends with
_SAID = (("out of documents", "feeder_empty"), ("jammed", "feeder_jam"), ("cover", "cover_open"), ("busy", "scanner_busy"),
         ("I/O", "scanner_io"), ("Access to resource", "scanner_denied"), ("out of memory", "scanner_memory"))
_NAMES = {FLATBED: ("flatbed", "platen", "normal", "fb"),
          FEEDER: ("adf front", "adf simplex", "automatic document feeder", "adf", "feeder"),
          DUPLEX: ("adf duplex", "duplex", "adf both")}


def program() -> str:
    """Where `scanimage` is, "" where this machine has none."""
    return (shutil.which("scanimage") or "") if sys.platform.startswith("linux") else ""


def find(stopped: Stopper | None = None) -> list[Device]:
    """The scanners SANE knows; those that it reaches over eSCL too are left to our own client."""
    if not program():
        return []
    found = []
    for line in _run(["-f", "%d\t%v\t%m%n"], stopped).splitlines():
        name, _, rest = line.partition("\t")
        if name and not name.startswith(("airscan:", "escl:")):
            label = " ".join(rest.replace("\t", " ").split())[:60]
            found.append(Device("sane", name, "".join(letter for letter in label if letter.isprintable()) or "?"))
    return found


def able(device: Device, extra: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """What its options `source`, `mode` and `resolution` take; an option it has not is left out."""
    told = _run(["-d", device.id, *extra, "-A"], None, device)
    found = {}
    for name in ("source", "mode", "resolution"):
        line = re.search(rf"^ +--{name} ([^\[\n]+)", told, re.MULTILINE)
        if line is not None:
            found[name] = tuple(part.strip() for part in line.group(1).split("|") if part.strip())
    return found


def has(offered: Sequence[str], source: str) -> bool:
    """Whether one of the sources a driver offers is that one of ours; a driver that offers no choice scans from its glass."""
    return bool(_closest(offered, _NAMES[source])) or (tuple(offered) == ("",) and source == FLATBED)


def _run(words: list[str], stopped: Stopper | None, device: Device | None = None) -> str:
    process = _start(words)
    try:
        out = b"".join(_pieces(process, stopped, device))
        process.wait(5)
        return out.decode("utf-8", "replace")
    finally:
        _end(process)


def _start(words: list[str]) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DPDESK_")} | {"LC_ALL": "C.UTF-8"}
    return subprocess.Popen([program(), *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
                            env=kept)


def _end(process: subprocess.Popen) -> None:
    """Ask it to stop as Ctrl+C would, so that the scanner is let go; then end it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _pieces(process: subprocess.Popen, stopped: Stopper | None, device: Device | None) -> Iterator[bytes]:
    """What it writes, as it comes; raises where it is silent for too long."""
    assert process.stdout is not None
    until = time.monotonic() + SECONDS
    while True:
        go_on(stopped)
        if not select.select([process.stdout], [], [], 0.1)[0]:
            if time.monotonic() > until:
                raise fault("scanner_silent", device) if device else Hindered("scans.scanner_silent", {"name": "SANE"})
            continue
        piece = os.read(process.stdout.fileno(), 1 << 16)
        if not piece:
            return
        until = time.monotonic() + SECONDS
        yield piece


def scan(device: Device, wish: Wish, stopped: Stopper | None = None, extra: Sequence[str] = ()) -> Iterator[bytes]:
    """Pages as TIFF; faults as `escl.scan` raises them."""
    words = ["-d", device.id, *extra, *_options(device, wish, able(device, extra)), "--format=tiff"]
    if wish.source == FLATBED:
        yield from _one(device, words, stopped)
    else:
        yield from _batch(device, words, stopped)


def _options(device: Device, wish: Wish, known: dict[str, tuple[str, ...]]) -> list[str]:
    """The options in this driver's own words; a driver without a choice of sources has one only."""
    words = []
    if "source" in known:
        source = _closest(known["source"], _NAMES[wish.source])
        if not source:
            raise fault("scanner_no_source", device, source=wish.source)
        words += ["--source", source]
    if "mode" in known:
        mode = _closest(known["mode"], ("color", "24bit color") if wish.colour else ("gray", "true gray", "grayscale"))
        if not mode:
            raise fault("scanner_no_grey", device)
        words += ["--mode", mode]
    return [*words, "--resolution", str(wish.dpi)] if "resolution" in known else words


def _closest(offered: Sequence[str], wanted: Sequence[str]) -> str:
    """The option that is one of the wanted words, or begins or ends with one."""
    plain = {each.casefold(): each for each in offered}
    exact = next((plain[word] for word in wanted if word in plain), "")
    return exact or next((each for word in wanted for low, each in plain.items() if low.startswith(word) or low.endswith(f" {word}")), "")


def _one(device: Device, words: list[str], stopped: Stopper | None) -> Iterator[bytes]:
    process = _start(words)
    try:
        content = bytearray()
        for piece in _pieces(process, stopped, device):
            content += piece
            if len(content) > LARGEST_PAGE:
                raise fault("scanner_nonsense", device)
        _judge(device, process, 1 if content and process.wait(10) == 0 else 0)
        yield bytes(content)
    finally:
        _end(process)


def _batch(device: Device, words: list[str], stopped: Stopper | None) -> Iterator[bytes]:
    """Page by page while the scanner goes on; what is left in the memory folder goes whatever happens."""
    if not _MEMORY.is_dir():
        raise fault("sane_no_memory_folder", device)
    with tempfile.TemporaryDirectory(prefix="dpdesk-", dir=_MEMORY) as place:
        process = _start([*words, f"--batch={place}/%d.tif", "--batch-print"])
        count, line = 0, b""
        try:
            for piece in _pieces(process, stopped, device):
                *names, line = (line + piece).split(b"\n")
                for name in names:
                    count += 1
                    yield _taken(Path(place) / Path(os.fsdecode(name)).name)
            _judge(device, process, count)
        finally:
            _end(process)


def _taken(path: Path) -> bytes:
    """A page out of the memory folder, which it leaves."""
    content = path.read_bytes()
    path.unlink()
    return content


def _judge(device: Device, process: subprocess.Popen, count: int) -> None:
    """After the last page: an empty feeder is the end where there were pages; all else is a fault."""
    assert process.stderr is not None
    said = process.stderr.read().decode("utf-8", "replace")
    status = process.wait(10)
    last = said.strip().splitlines()[-2:] if said.strip() else []
    code = _ENDED.get(status) or next((code for words, code in _SAID if any(words in each for each in last)), "")
    if code == "feeder_empty" and count:
        return
    if code or (status and not count) or not count:
        raise fault(code or "scanner_failed", device, count=count)
