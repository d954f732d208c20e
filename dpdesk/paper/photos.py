"""Codes of sheets seen in a picture from outside: decoded by the confined child, read by zxing-cpp wherever on the picture they are."""

from __future__ import annotations

from dpdesk.paper.decoding import Decoder, Pixels, Unread

_PAGES_MOST = 60


def codes_in(content: bytes) -> list[str] | Unread:
    """The texts of all QR codes in a picture, or in the pages of a PDF or TIFF; `Unread` where it is no picture that can be read."""
    import numpy as np
    import zxingcpp
    found: list[str] = []
    with Decoder() as decoder:
        count = decoder.open(content)
        if isinstance(count, Unread):
            return count
        for at in range(min(count, _PAGES_MOST)):
            page = decoder.page(at, at + 1)
            if isinstance(page, Pixels):
                grey = np.frombuffer(page.grey, np.uint8).reshape(page.height, page.width)
                found += [each.text for each in zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=zxingcpp.BarcodeFormat.QRCode)]
            elif count == 1:
                return page
    return found
