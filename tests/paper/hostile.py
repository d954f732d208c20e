"""Thirty files that nobody should have to open: broken, huge, encrypted, lying. Each with what it must get."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 64), mode: str = "RGB", **how) -> bytes:
    """A small sound picture."""
    made = io.BytesIO()
    Image.new(mode, size, 255 if mode in ("L", "1") else None).save(made, kind, **how)
    return made.getvalue()


def png(width: int, height: int, rows: bytes = b"", depth: int = 8, colour: int = 0, more: bytes = b"") -> bytes:
    """A PNG whose header says what it likes."""
    def chunk(tag: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + tag + content + struct.pack(">I", zlib.crc32(tag + content))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """30,000 by 30,000 pixels in about a hundred kilobytes."""
    packer = zlib.compressobj(9)
    row = bytes(30_001)
    packed = b"".join(packer.compress(row) for _ in range(3_000)) + packer.flush()
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(c)) + t + c + struct.pack(">I", zlib.crc32(t + c))
        for t, c in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")))


def pdf(pages: str = "[3 0 R]", count: int = 1, page: str = "/MediaBox [0 0 595 842]", trailer: str = "", body: bytes = b"",
        contents: bytes = b"") -> bytes:
    """A PDF by hand; without a table of objects, so PDFium has to find them itself."""
    parts = [b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
             f"2 0 obj\n<</Type/Pages/Kids {pages}/Count {count}>>\nendobj\n".encode(),
             f"3 0 obj\n<</Type/Page/Parent 2 0 R {page}/Contents 4 0 R>>\nendobj\n".encode(),
             b"4 0 obj\n<</Length %d>>\nstream\n" % len(contents) + contents + b"\nendstream\nendobj\n", body,
             f"trailer\n<</Root 1 0 R {trailer}>>\n%%EOF\n".encode()]
    return b"".join(parts)


def flate_bomb() -> bytes:
    """A page whose drawing unpacks to 600 MB of lines."""
    packer = zlib.compressobj(9)
    piece = b"0 0 m 595 842 l S\n" * 60_000
    packed = b"".join(packer.compress(piece) for _ in range(600)) + packer.flush()
    stream = b"5 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    return pdf(body=stream).replace(b"/Contents 4 0 R", b"/Contents 5 0 R")


def tiff(entries: list[tuple[int, int, int, int]], after: int = 0, more: bytes = b"") -> bytes:
    """A TIFF directory with the entries (tag, type, count, value), the next directory's place, and what follows."""
    made = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(entries))
    made += b"".join(struct.pack("<HHII", *each) for each in entries)
    return made + struct.pack("<I", after) + more


def tiff_of(width: int, height: int, compression: int = 1, after: int = 0, strip: int = 300, length: int = 64, bits: int = 8) -> bytes:
    """A grey TIFF of that size with one strip."""
    return tiff([(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, compression), (262, 3, 1, 1), (273, 4, 1, strip),
                 (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, length)], after, bytes(1000))


def cut(content: bytes, part: float = 0.5) -> bytes:
    """The first part of a file."""
    return content[:int(len(content) * part)]


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("secret", ownerPassword="owner", strength=128))
    canvas.drawString(100, 100, "hidden")
    canvas.save()
    return made.getvalue()


def many_frames() -> bytes:
    """A TIFF whose directories go round in a ring."""
    return tiff_of(64, 64, after=8)


def noise(kind: str) -> bytes:
    """A picture whose middle is overwritten by other bytes."""
    content = bytearray(picture(kind, (600, 600), quality=90) if kind == "JPEG" else picture(kind, (600, 600)))
    middle = len(content) // 2
    content[middle:middle + 200] = bytes(range(200))
    return bytes(content)


HOSTILE: tuple[tuple[str, Callable[[], bytes], set[str]], ...] = (
    ("nothing at all", lambda: b"", {"empty"}),
    ("one byte", lambda: b"%", {"unknown_kind"}),
    ("a text that ends in .pdf", lambda: b"Dear Sir, find attached the sheets.", {"unknown_kind"}),
    ("a program", lambda: b"\x7fELF\x02\x01\x01" + bytes(200), {"unknown_kind"}),
    ("an archive", lambda: b"PK\x03\x04" + bytes(200), {"unknown_kind"}),
    ("a web page", lambda: b"<!doctype html><script>alert(1)</script>", {"unknown_kind"}),
    ("an SVG", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", {"unknown_kind"}),
    ("PostScript", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file", {"unknown_kind"}),
    ("a photo of an iPhone (HEIC)", lambda: b"\x00\x00\x00\x18ftypheic" + bytes(100), {"heic"}),
    ("a PNG of 30,000 by 30,000", bomb, {"too_large"}),
    ("a PNG that says it is 4 milliard wide", lambda: png(2**31 - 1, 2**31 - 1), {"too_large", "broken"}),
    ("a PNG one pixel high", lambda: png(5000, 1, bytes(5001)), {"too_small"}),
    ("a PNG cut in half", lambda: cut(picture("PNG", (600, 600))), {"broken"}),
    ("a PNG with less in it than it says", lambda: png(600, 600, b"\x00"), {"broken", "read"}),
    ("a PNG with a text that unpacks to 100 MB", lambda: png(64, 64, bytes(65 * 64), more=ztxt()), {"broken", "read"}),
    ("a JPEG cut in half", lambda: cut(picture("JPEG", (600, 600))), {"broken"}),
    ("a JPEG with rubbish in its middle", lambda: noise("JPEG"), {"broken", "read"}),
    ("a JPEG that says it is 65,500 by 65,500", lambda: jpeg_said(65_500), {"too_large", "broken"}),
    ("a JPEG whose EXIF points nowhere", lambda: jpeg_exif(), {"read", "broken"}),
    ("a TIFF whose directories go in a ring", many_frames, {"read", "broken"}),
    ("a TIFF whose strip lies outside", lambda: tiff_of(600, 600, strip=2**31), {"broken"}),
    ("a TIFF that says it is 100,000 by 100,000", lambda: tiff_of(100_000, 100_000), {"too_large", "broken"}),
    ("a TIFF with an LZW strip of rubbish", lambda: tiff_of(600, 600, compression=5), {"broken"}),
    ("a TIFF with no directory", lambda: b"II*\x00\xff\xff\xff\x7f", {"broken"}),
    ("a PDF that asks for a password", encrypted_pdf, {"encrypted"}),
    ("a PDF with a header and nothing else", lambda: b"%PDF-1.7\n%%EOF", {"broken"}),
    ("a PDF whose page is its own parent", lambda: pdf(pages="[2 0 R]"), {"broken", "no_pages", "too_slow"}),
    ("a PDF that says it has a million pages", lambda: pdf(count=1_000_000), {"too_many_pages", "broken", "no_pages"}),
    ("a PDF page of 200 metres", lambda: pdf(page="/MediaBox [0 0 567000 567000]"), {"read", "broken"}),
    ("a PDF page of no size", lambda: pdf(page="/MediaBox [0 0 0 0]"), {"read", "broken", "too_small"}),
    ("a PDF page that unpacks to 600 MB of lines", flate_bomb, {"too_slow", "too_much_memory", "broken", "died", "read"}),
    ("a PDF cut in half", lambda: cut(encrypted_pdf()), {"broken", "encrypted"}),
)


def ztxt() -> bytes:
    """A PNG comment that is a bomb."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    content = b"Comment\x00\x00" + packed
    return struct.pack(">I", len(content)) + b"zTXt" + content + struct.pack(">I", zlib.crc32(b"zTXt" + content))


def jpeg_said(side: int) -> bytes:
    """A JPEG with other sizes in its frame header than it has."""
    content = bytearray(picture("JPEG"))
    at = content.index(b"\xff\xc0")
    content[at + 5:at + 9] = struct.pack(">HH", side, side)
    return bytes(content)


def jpeg_exif() -> bytes:
    """A JPEG whose orientation lies behind the end of the file."""
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x02\x00" + struct.pack("<HHII", 0x0112, 3, 1_000_000, 2**31) * 2 + bytes(4)
    content = picture("JPEG")
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + content[2:]
