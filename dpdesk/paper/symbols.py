"""The two machine-readable signs of a page as rectangles: ArUco markers of DICT_4X4_50, and QR codes."""

from __future__ import annotations

from functools import lru_cache

# The black border and the 4 x 4 bits of the markers 0 to 5, a row a number; 1 is white.
_BITS = {
    0: (0b1011, 0b0101, 0b0011, 0b0010), 1: (0b0000, 0b1111, 0b1001, 0b1010), 2: (0b0011, 0b0011, 0b0010, 0b1101),
    3: (0b1001, 0b1001, 0b0100, 0b0110), 4: (0b0101, 0b0100, 0b1001, 0b1110), 5: (0b0111, 0b1001, 0b1100, 0b1101),
}  # fmt: skip
MARKER_CELLS = 6
QR_MODULES = 25
Run = tuple[int, int, int]  # row from the top, first column, columns


@lru_cache
def marker(number: int) -> tuple[Run, ...]:
    """The black runs of a marker, 6 cells wide and high."""
    rows = [0, *_BITS[number], 0]
    return _runs([[not row >> (4 - column) & 1 if 0 < column < 5 else True for column in range(6)] for row in rows])


def qr(payload: str) -> tuple[Run, ...]:
    """The black runs of a QR code of version 2, error correction Q; raises ValueError where the payload needs a bigger one."""
    import zxingcpp
    image = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="Q").to_image(add_quiet_zones=False)
    cells = memoryview(image).tolist()
    if len(cells) != QR_MODULES:
        raise ValueError("the payload does not fit")
    return _runs([[not cell for cell in row] for row in cells])


def _runs(cells: list[list[bool]]) -> tuple[Run, ...]:
    """Black cells of a row that touch are one run, so that no renderer shows hairlines between them."""
    runs = []
    for y, row in enumerate(cells):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                runs.append((y, x, end - x))
            x = max(end, x + 1)
    return tuple(runs)
