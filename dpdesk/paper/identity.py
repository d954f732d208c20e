"""Which page a picture shows: its two QR codes, read where the straightened page must have them, and refused unless this desk made them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from dpdesk.domain.marks import Verdict
from dpdesk.domain.sheet_codes import NotOurs, PageCode, Refusal, parse
from dpdesk.domain.sheets import QR_PLACES
from dpdesk.paper.registration import PX

_ROOM = 3.5  # millimetres cut out round a code
_REFUSED = {Refusal.ALTERED: Verdict.ALTERED, Refusal.LAYOUT: Verdict.NEWER}


@dataclass(frozen=True)
class Identity:
    """The page, or why there is none: ALTERED, NEWER, TWO_SHEETS, or NO_CODE where nothing of our form was read."""

    code: PageCode | None
    refused: Verdict = Verdict.NO_CODE


def of_page(page: np.ndarray, grey: np.ndarray, key: bytes) -> Identity:
    """From a straightened page; from the whole picture where neither place can be read."""
    texts = []
    for place in QR_PLACES.values():
        area = place.grown(_ROOM)
        cut = page[round(area.y * PX):round(area.bottom * PX), round(area.x * PX):round(area.right * PX)]
        texts += texts_in(cut) or texts_in(cv2.resize(cut, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))
    found = judged(texts, key)
    return found if found.code or found.refused is not Verdict.NO_CODE else of_picture(grey, key)


def of_picture(grey: np.ndarray, key: bytes) -> Identity:
    """From all QR codes anywhere in the picture."""
    return judged(texts_in(grey), key)


def texts_in(grey: np.ndarray) -> list[str]:
    """The texts of the QR codes in the pixels."""
    return [each.text for each in _seen(grey)]


def corners_in(grey: np.ndarray, key: bytes) -> dict[str, np.ndarray]:
    """Where this desk's QR codes lie in a picture: by corner letter four corners (4 x 2, pixels), clockwise from the code's top left."""
    found = {}
    for each in _seen(grey):
        try:
            corner = parse(each.text, key)[1]
        except NotOurs:
            continue
        at = each.position
        found[corner] = np.array([(point.x, point.y) for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)], np.float64)
    return found


def _seen(grey: np.ndarray) -> list:
    import zxingcpp
    return zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=zxingcpp.BarcodeFormat.QRCode)


def judged(texts: list[str], key: bytes) -> Identity:
    """Codes of two pages are two sheets; a foreign code beside ours does not matter; a code of our form with a wrong MAC alone refuses."""
    codes, refused = set(), Verdict.NO_CODE
    for text in texts:
        try:
            codes.add(parse(text, key)[0])
        except NotOurs as problem:
            refused = _REFUSED.get(problem.reason, refused)
    if len(codes) > 1:
        return Identity(None, Verdict.TWO_SHEETS)
    return Identity(codes.pop()) if codes else Identity(None, refused)
