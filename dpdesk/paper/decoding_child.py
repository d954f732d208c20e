"""The process that opens files from outside: a file's bytes come by one pipe, grey pixels go by another, and it can do no more."""

from __future__ import annotations

import io
import os
import struct
import sys
from typing import BinaryIO

from dpdesk.paper import confining, pictures
from dpdesk.paper.children import HEAD, read_exactly, write_all

OPEN, PAGE, DONE, REFUSED = b"o", b"p", b"k", b"r"
SIZES = struct.Struct("<IIB")
NUMBER = struct.Struct("<I")
SECONDS = 20


def serve() -> int:
    """Answer until the pipe ends."""
    source, target = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    sys.stdout = sys.stderr = io.StringIO()
    confining.bound()
    _load_everything()
    confining.confine()
    at_hand: pictures.Opened | None = None
    while True:
        try:
            tag, length = HEAD.unpack(read_exactly(source, HEAD.size))
            content = bytes(read_exactly(source, length))
        except EOFError:
            return 0
        confining.on_the_clock(SECONDS)
        try:
            if tag == OPEN:
                at_hand = None
                at_hand = pictures.opened(content)
                answer: tuple[bytes, ...] = (DONE, NUMBER.pack(at_hand.count))
            else:
                answer = _page(at_hand, NUMBER.unpack(content)[0])
        except pictures.NoPage as problem:
            answer = (REFUSED, problem.reason.encode())
        except MemoryError:
            answer = (REFUSED, b"too_much_memory")
        confining.off_the_clock()
        _send(target, *answer)


def _page(at_hand: pictures.Opened | None, at: int) -> tuple[bytes, ...]:
    if at_hand is None or at >= at_hand.count:
        raise pictures.NoPage("broken")
    grey = at_hand.page(at)
    return DONE, SIZES.pack(grey.width, grey.height, grey.bilevel), grey.pixels


def _send(target: BinaryIO, tag: bytes, *pieces: bytes) -> None:
    for piece in (HEAD.pack(tag, sum(map(len, pieces))), *pieces):
        write_all(target, piece)


def _load_everything() -> None:
    """Use each decoder once: afterwards no file can be opened any more, not even one of our own modules."""
    import pypdfium2
    from PIL import Image
    small = Image.new("RGB", (16, 16), (200, 100, 50))
    for kind, how in (("JPEG", {}), ("PNG", {}), ("TIFF", {"compression": "tiff_lzw"}), ("TIFF", {"compression": "group4"}),
                      ("TIFF", {"compression": "jpeg"}), ("TIFF", {"compression": "tiff_deflate"})):
        made = io.BytesIO()
        (small.convert("1") if how.get("compression") == "group4" else small).save(made, kind, **how)
        pictures.opened(made.getvalue()).page(0)
    for mode in ("1", "L", "P", "RGBA", "LA", "I", "CMYK", "F"):
        pictures.grey_of(small.convert("L").convert(mode))
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    made = io.BytesIO()
    document.save(made)
    pictures.opened(made.getvalue()).page(0)
    for broken in (b"%PDF-1.4 nothing", b"\xff\xd8\xff\xe0 nothing", b"\x89PNG\r\n\x1a\n nothing", b"II*\x00\x08\x00\x00\x00"):
        try:
            pictures.opened(broken).page(0)
        except pictures.NoPage:
            continue
