"""The child process that turns pages of our own PDF files into pictures: `python -m dpdesk.paper.rendering`.

PDFium knows no threads, so it lives in a process of its own (PAPER.md §4). The PDF comes through the pipe and is never a file. Then
every request is a line of JSON, and every answer a line of JSON, followed by as many raw bytes as it says under `bytes`.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from dpdesk.domain.sheets import MARKERS, PAPER, QR_PLACES, Rect, quiet_zones
from dpdesk.paper import symbols

if TYPE_CHECKING:
    import numpy as np

_DPI = 200
_PER_MM = _DPI / 25.4
_WHITE = 250
_SOFT = 0.35  # millimetres round a sign that its blurred edge may darken
_RIM = 0.2  # millimetres of a zone that a line on its very edge may touch when pixels are rounded
MOST_PIXELS = 40_000_000


def main() -> int:
    """Serves one document until the pipe closes."""
    import pypdfium2
    take, give = sys.stdin.buffer, sys.stdout.buffer
    size = int.from_bytes(take.read(8), "big")
    document = pypdfium2.PdfDocument(take.read(size))
    for line in take:
        request = json.loads(line)
        head, body = _answer(document, request)
        give.write(json.dumps(head | {"bytes": len(body)}).encode() + b"\n" + body)
        give.flush()
    return 0


def _answer(document, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    match request["want"]:
        case "pages":
            return {"pages": len(document)}, b""
        case "picture":
            grey = _grey(document, request["page"], request["scale"])
            return {"width": grey.shape[1], "height": grey.shape[0]}, grey.tobytes()
    return _seen(_grey(document, request["page"], _DPI / 72)), b""


def _grey(document, number: int, scale: float) -> np.ndarray:
    """The page as grey pixels, `scale` pixels to a point; less where that would be more than `MOST_PIXELS`."""
    page = document[number]
    wide, high = page.get_size()
    scale = min(scale, (MOST_PIXELS / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    grey = bitmap.to_numpy()[:, :, 0] if bitmap.to_numpy().ndim == 3 else bitmap.to_numpy()
    page.close()
    return grey.copy()


def _seen(grey: np.ndarray) -> dict[str, Any]:
    """What a reader finds where the geometry says: markers, the texts of the QR codes, and whether the quiet zones are quiet."""
    import zxingcpp
    codes = {}
    for corner, place in QR_PLACES.items():
        found = zxingcpp.read_barcodes(_cut(grey, place.grown(3.0)), formats=zxingcpp.BarcodeFormat.QRCode)
        codes[corner] = found[0].text if len(found) == 1 else ""
    return {"markers": [number for number, place in MARKERS.items() if _marker(_cut(grey, place.grown(4.0)), number)],
            "codes": codes, "quiet": _quiet(grey)}


def _marker(cut: np.ndarray, number: int) -> bool:
    """Whether the marker is read, and is the right one; by its cells alone where OpenCV has no wheel."""
    import numpy as np
    try:
        import cv2
    except ImportError:
        side, edge = 8.0 / symbols.MARKER_CELLS * _PER_MM, 4.0 * _PER_MM
        black = {(row, column) for row, first, count in symbols.marker(number) for column in range(first, first + count)}
        return all((cut[int(edge + (row + 0.5) * side), int(edge + (column + 0.5) * side)] < 128) == ((row, column) in black)
                   for row in range(6) for column in range(6))
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    _corners, ids, _rejected = detector.detectMarkers(np.ascontiguousarray(cut))
    return ids is not None and ids.ravel().tolist() == [number]


def _quiet(grey: np.ndarray) -> bool:
    import numpy as np
    printed = np.zeros(grey.shape, bool)
    for zone in quiet_zones():
        _cut(printed, zone.grown(-_RIM))[:] = True
    for sign in (*MARKERS.values(), *QR_PLACES.values()):
        _cut(printed, sign.grown(_SOFT))[:] = False
    return bool((grey[printed] >= _WHITE).all())


def _cut(grey: np.ndarray, place: Rect) -> np.ndarray:
    """The part of a whole page, by its millimetres."""
    across, down = grey.shape[1] / PAPER[0], grey.shape[0] / PAPER[1]
    return grey[round(place.y * down):round(place.bottom * down), round(place.x * across):round(place.right * across)]


if __name__ == "__main__":
    sys.exit(main())
