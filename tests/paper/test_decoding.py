"""Files from outside are opened by a confined child alone; what it hands back is bounded, and whatever it gets it ends in one code."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest
from PIL import Image

from dpdesk.paper.decoding import LARGEST, REASONS, Decoder, Pixels, Unread
from tests.paper.hostile import HOSTILE, cut, picture

FORBIDDEN = """
import socket, subprocess, os, sys
from dpdesk.paper import confining
confining.bound(); confined = confining.confine()
def tried(work):
    try:
        work()
    except (OSError, MemoryError):
        return "refused"
    return "allowed"
os.write(1, " ".join([str(confined), tried(lambda: socket.socket()), tried(lambda: os.open(sys.argv[1], os.O_RDONLY)),
    tried(lambda: os.open(sys.argv[1] + ".new", os.O_CREAT | os.O_WRONLY)), tried(lambda: os.execv("/bin/true", ["true"])),
    tried(lambda: os.kill(os.getppid(), 0)), tried(lambda: bytearray(2 << 30))]).encode())
"""


@pytest.fixture(scope="module")
def decoder():
    with Decoder() as made:
        yield made


def read(decoder: Decoder, content: bytes) -> list[Pixels | Unread]:
    """Every page of a file, or why there is none."""
    count = decoder.open(content)
    return [decoder.page(at, at + 1) for at in range(count)] if isinstance(count, int) else [count]


def drawn(**how) -> Image.Image:
    """A picture whose top left corner is dark and whose bottom right is yellow."""
    made = Image.new("RGB", (400, 600), "white")
    made.paste((0, 0, 0), (0, 0, 50, 50))
    made.paste((255, 255, 0), (350, 550, 400, 600))
    return made


def saved(kind: str, **how) -> bytes:
    made = io.BytesIO()
    drawn().save(made, kind, **how)
    return made.getvalue()


@pytest.mark.parametrize("content", [saved("PNG"), saved("JPEG", quality=95), saved("TIFF"), saved("TIFF", compression="tiff_lzw"),
                                     saved("PDF", resolution=72)], ids=["png", "jpeg", "tiff", "lzw", "pdf"])
def test_a_picture_comes_as_grey_and_a_yellow_pen_is_dark(decoder: Decoder, content: bytes) -> None:
    (page,) = read(decoder, content)
    assert isinstance(page, Pixels) and (page.width, page.height) == (400, 600) and not page.bilevel
    black, yellow, paper = (page.grey[y * page.width + x] for x, y in ((20, 20), (380, 580), (200, 300)))
    assert black < 20 and yellow < 40 and paper > 250 and len(page.grey) == 400 * 600


@pytest.mark.parametrize(("orientation", "dark"), [(1, (20, 20)), (3, (380, 580)), (6, (580, 20)), (8, (20, 380))])
def test_a_photo_stands_as_its_camera_says(decoder: Decoder, orientation: int, dark: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    (page,) = read(decoder, saved("JPEG", exif=exif, quality=95))
    assert isinstance(page, Pixels)
    assert (page.width, page.height) == ((400, 600) if orientation in (1, 3) else (600, 400))
    assert page.grey[dark[1] * page.width + dark[0]] < 20


def test_files_of_several_pages_give_each(decoder: Decoder) -> None:
    for kind in ("TIFF", "PDF"):
        pages = read(decoder, saved(kind, save_all=True, append_images=[drawn(), drawn()]))
        assert len(pages) == 3 and all(isinstance(page, Pixels) for page in pages), kind


def test_black_and_white_alone_is_told(decoder: Decoder) -> None:
    made = io.BytesIO()
    drawn().convert("1").save(made, "TIFF", compression="group4")
    (page,) = read(decoder, made.getvalue())
    assert isinstance(page, Pixels) and page.bilevel


def test_a_large_picture_is_made_smaller(decoder: Decoder) -> None:
    for kind in ("JPEG", "PNG"):
        (page,) = read(decoder, picture(kind, (6000, 8000)))
        assert isinstance(page, Pixels) and page.width * page.height <= 12_000_000 and page.width > 2000, kind


def test_every_hostile_file_ends_in_one_code(decoder: Decoder) -> None:
    """The table of the issue: each hostile file, what it must get, and that the next sound file is read all the same."""
    wrong, longest = [], 0.0
    sound = picture("PNG")
    for name, make, wanted in HOSTILE:
        content, began = make(), time.monotonic()
        got = {"read" if isinstance(page, Pixels) else page.reason for page in read(decoder, content)[:3]}
        longest = max(longest, time.monotonic() - began)
        print(f"{name:50} {len(content):>10,} bytes  {', '.join(sorted(got)):16} {time.monotonic() - began:6.2f} s")
        if not got <= wanted:
            wrong.append((name, got, wanted))
        assert isinstance(read(decoder, sound)[0], Pixels), name
    assert not wrong and len(HOSTILE) >= 30 and longest < 40


def test_a_huge_file_is_not_even_sent(decoder: Decoder) -> None:
    began = time.monotonic()
    assert decoder.open(bytes(LARGEST + 1)) == Unread("too_big") and time.monotonic() - began < 5


def test_a_file_cut_anywhere_never_ends_the_child(decoder: Decoder) -> None:
    for content in (saved("PDF"), saved("TIFF", compression="tiff_lzw"), saved("JPEG")):
        for part in (0.05, 0.3, 0.6, 0.9, 0.99):
            for page in read(decoder, cut(content, part)):
                assert isinstance(page, Pixels) or page.reason in REASONS and page.reason != "died"


def test_a_child_that_is_killed_is_begun_anew_with_the_same_page(decoder: Decoder) -> None:
    count = decoder.open(saved("TIFF", save_all=True, append_images=[drawn()]))
    assert count == 2 and isinstance(decoder.page(0), Pixels)
    decoder._child.kill()
    assert isinstance(decoder.page(1), Pixels)


@pytest.mark.skipif(sys.platform != "linux", reason="make soak: the filter of calls is Linux's")
def test_the_child_can_reach_nothing(tmp_path) -> None:
    (tmp_path / "desk").write_text("secret")
    said = subprocess.run([sys.executable, "-c", FORBIDDEN, str(tmp_path / "desk")], capture_output=True, text=True, check=False)
    assert said.stdout == "True" + " refused" * 6, said.stdout + said.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["desk"]
