"""Printed pages (200 in make soak) read by Debian's zbarimg, which shares nothing with our own reader; markers by OpenCV alone."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from dpdesk.domain.sheets import LARGE, NORMAL
from dpdesk.paper.printing import draw
from tests.paper.made import made_page

ZBARIMG = shutil.which("zbarimg")
PAGES = 200 if "DPDESK_SOAK" in os.environ else 8


@pytest.mark.skipif(not ZBARIMG, reason="make soak installs zbar-tools, as root on Debian")
def test_another_reader_reads_every_code(tmp_path: Path) -> None:
    rng = random.Random(21)
    pages = [made_page(rng, LARGE if number % 4 == 0 else NORMAL, page=number + 1) for number in range(PAGES)]
    out = io.BytesIO()
    draw(pages, out)
    document = pypdfium2.PdfDocument(out.getvalue())
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    for number, page in enumerate(pages):
        grey = np.ascontiguousarray(document[number].render(scale=200 / 72, grayscale=True).to_numpy())
        picture = tmp_path / "page.png"
        cv2.imwrite(str(picture), grey)
        said = subprocess.run([ZBARIMG, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)],
                              capture_output=True, text=True, check=True).stdout
        assert sorted(said.split()) == sorted(page.codes), number
        _corners, ids, _rejected = detector.detectMarkers(grey)
        assert sorted(ids.ravel().tolist()) == [0, 1, 2, 3, 4, 5], number
    document.close()
