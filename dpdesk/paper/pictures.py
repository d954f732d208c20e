"""Pages out of a file's bytes: PDF, TIFF of several pages, JPEG and PNG, as grey pixels. Runs in the confined child alone."""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

BUDGET = 12_000_000
"""Pixels of a page handed on: an A4 page at 300 dpi has 8.7 million; larger pictures are made smaller."""
SOURCE = 120_000_000
"""Pixels of a picture that is looked at at all."""
SIDE = 20_000
PAGES = 2_000
DPI = 200
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


class NoPage(Exception):
    """The file, or one page of it, cannot be read: `reason` is a code of `decoding.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


@dataclass(frozen=True)
class Grey:
    """A page: `pixels` row by row, one byte each, 0 black; `bilevel` where the file held black and white alone."""

    width: int
    height: int
    pixels: bytes
    bilevel: bool


@dataclass(frozen=True)
class Opened:
    """A file that was opened: how many pages, and each of them."""

    count: int
    page: Callable[[int], Grey]


def opened(content: bytes) -> Opened:
    """What a file holds, told by its content and never by its name; raises `NoPage`."""
    if not content:
        raise NoPage("empty")
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise NoPage("heic")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")):
        return _picture(content)
    raise NoPage("unknown_kind")


def _picture(content: bytes) -> Opened:
    from PIL import Image, UnidentifiedImageError
    Image.MAX_IMAGE_PIXELS = SOURCE
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF"))
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPage("too_large") from None
    except MemoryError:
        raise NoPage("too_much_memory") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, struct.error, EOFError,
            RuntimeError, OverflowError, ZeroDivisionError):
        raise NoPage("broken") from None
    if count > PAGES:
        raise NoPage("too_many_pages")
    return Opened(count, lambda at: _guarded(_frame, image, at))


def _guarded(work: Callable[..., Grey], *given: Any) -> Grey:
    """Whatever a decoder raises on broken input becomes one of our reasons."""
    from PIL import Image
    try:
        return work(*given)
    except NoPage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPage("too_large") from None
    except MemoryError:
        raise NoPage("too_much_memory") from None
    except Exception:  # a decoder may raise anything at all
        raise NoPage("broken") from None


def _frame(image: Any, at: int) -> Grey:
    """One frame of a picture, upright as its camera says."""
    if image.format == "TIFF":
        image.seek(at)
    _check(image.width, image.height)
    bilevel = image.mode == "1"
    if image.format == "JPEG" and image.width * image.height > BUDGET:
        image.draft(image.mode, _smaller(image.width, image.height))
    upright = image.getexif().get(0x0112, 1)
    return grey_of(image, upright, bilevel)


def _check(width: int, height: int) -> None:
    if width * height > SOURCE or max(width, height) > SIDE:
        raise NoPage("too_large")
    if min(width, height) < 8:
        raise NoPage("too_small")


def _smaller(width: int, height: int) -> tuple[int, int]:
    """The size that fits into the budget."""
    scale = min(1.0, math.sqrt(BUDGET / (width * height)))
    return max(1, int(width * scale)), max(1, int(height * scale))


def grey_of(image: Any, upright: int = 1, bilevel: bool = False) -> Grey:
    """Any picture as grey pixels: of the colours the darkest, so that a yellow pen is seen; on white where it is see-through."""
    from PIL import Image
    transposed = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}.get(upright)
    factor = math.ceil(math.sqrt(image.width * image.height / BUDGET)) if image.width * image.height > BUDGET else 1
    if image.mode == "1" or (image.mode == "P" and factor > 1):
        image = image.convert("L" if image.mode == "1" else "RGBA")
    if factor > 1:
        image.load()
        image = image.reduce(factor)
    image = _darkest(image)
    if transposed is not None:
        image = image.transpose(Image.Transpose(transposed))
    _check(image.width, image.height)
    return Grey(image.width, image.height, image.tobytes(), bilevel)


def _darkest(image: Any) -> Any:
    from PIL import Image, ImageChops
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L") if image.mode != "F" else image.convert("L")
    if image.mode == "L":
        image.load()
        return image
    if image.mode in ("LA", "PA", "RGBA", "P", "La", "RGBa"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, (255, 255, 255, 255)), image)
    red, green, blue = image.convert("RGB").split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)


def _pdf(content: bytes) -> Opened:
    import pypdfium2
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as problem:
        raise NoPage("encrypted" if "assword" in str(problem) else "broken") from None
    except MemoryError:
        raise NoPage("too_much_memory") from None
    if not count:
        raise NoPage("no_pages")
    if count > PAGES:
        raise NoPage("too_many_pages")
    return Opened(count, lambda at: _guarded(_sheet, document, at))


def _sheet(document: Any, at: int) -> Grey:
    """A page of a PDF: its one picture as it lies there where that is all of the page, else drawn."""
    page = document[at]
    try:
        picture = _only_picture(page)
        if picture is not None:
            return picture
        width, height = page.get_size()
        if not (width > 0 and height > 0 and math.isfinite(width * height)):
            raise NoPage("broken")
        scale = min(DPI / 72, math.sqrt(BUDGET / (width * height)), SIDE / width, SIDE / height)
        if min(width, height) * scale < 8:
            raise NoPage("too_small")
        return grey_of(page.render(scale=scale, may_draw_forms=False).to_pil())
    finally:
        page.close()


def _only_picture(page: Any) -> Grey | None:
    """The picture that fills a page as scanners write it; None where there is more on the page, or less."""
    from pypdfium2 import raw
    objects = list(page.get_objects(max_depth=1))
    if len(objects) != 1 or objects[0].type != raw.FPDF_PAGEOBJ_IMAGE:
        return None
    picture = objects[0]
    a, b, c, d, _e, _f = picture.get_matrix().get()
    width, height = page.get_mediabox()[2] - page.get_mediabox()[0], page.get_mediabox()[3] - page.get_mediabox()[1]
    if b or c or a < 0.9 * width or d < 0.9 * height or picture.get_px_size()[0] * picture.get_px_size()[1] > BUDGET:
        return None
    _check(*picture.get_px_size())
    bits = picture.get_metadata().bits_per_pixel
    bitmap = picture.get_bitmap(render=False)
    return grey_of(bitmap.to_pil(), bilevel=bits == 1)
