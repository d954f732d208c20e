"""The scanner doors against real programs: SANE's own test backends, and a real sane-airscan at the simulator our eSCL client uses."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from dpdesk.domain.errors import Hindered
from dpdesk.domain.scanners import FEEDER, FLATBED, Device, Wish
from dpdesk.paper.decoding import Decoder, Pixels
from dpdesk.scanners import escl, sane
from tests.scanners.simulator import Scanner, running, sheet
from tests.soak.test_delivered import SOAKING
from tests.soak.unpacked import TOOLS

UNPACKED = TOOLS / "sane"
THERE = bool(shutil.which("scanimage")) or (UNPACKED / "usr/bin/scanimage").exists()
pytestmark = pytest.mark.skipif(not (SOAKING and THERE), reason="make soak, where sane-utils can be unpacked or is installed")


@pytest.fixture
def config(tmp_path: Path, monkeypatch) -> Path:
    """SANE with the backends test, pnm and airscan alone; the folder of its configuration."""
    place = tmp_path / "sane.d"
    place.mkdir()
    (place / "dll.conf").write_text("test\npnm\nairscan\n")
    (place / "test.conf").write_text("number_of_devices 1\n")
    (place / "airscan.conf").write_text("[options]\ndiscovery = disable\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(place))
    if not shutil.which("scanimage"):
        libraries = ":".join(str(path) for path in (*UNPACKED.glob("usr/lib/*/sane"), *UNPACKED.glob("usr/lib/*"), *UNPACKED.glob("lib/*")))
        door = tmp_path / "bin" / "scanimage"
        door.parent.mkdir()
        door.write_text(f"#!/bin/sh\nLD_LIBRARY_PATH={libraries} exec {UNPACKED}/usr/bin/scanimage \"$@\"\n")
        door.chmod(0o755)
        monkeypatch.setenv("PATH", str(door.parent), prepend=":")
    return place


def read(pages: list[bytes]) -> list[Pixels]:
    """The pages through the confined decoder."""
    found = []
    with Decoder() as decoder:
        for content in pages:
            assert decoder.open(content) == 1
            page = decoder.page(0)
            assert isinstance(page, Pixels)
            found.append(page)
    return found


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A page for the pnm backend to scan, with a dark corner."""
    made = Image.new("L", (1654, 2339), 255)
    made.paste(0, (0, 0, 400, 400))
    path = tmp_path / "page.pgm"
    made.save(path, "PPM")
    return path


def test_the_test_backend_gives_ten_pages_from_its_feeder_and_one_from_its_glass(config: Path) -> None:
    device = next(each for each in sane.find() if each.id == "test:0")
    assert set(sane.able(device)) == {"source", "mode", "resolution"}
    pages = list(sane.scan(device, Wish(FEEDER)))
    assert len(read(pages)) == 10 and not list(Path("/dev/shm").glob("dpdesk-*"))
    assert len(read(list(sane.scan(device, Wish(FLATBED))))) == 1


def test_a_page_goes_through_the_pnm_backend_as_it_is(config: Path, picture: Path) -> None:
    (page,) = read(list(sane.scan(Device("sane", "pnm:0", "File"), Wish(FLATBED), extra=("--filename", str(picture)))))
    assert (page.width, page.height) == (1654, 2339)
    assert page.grey[200 * page.width + 200] < 20 and page.grey[2000 * page.width + 1000] > 235


@pytest.mark.parametrize(("switch", "code"), [("jammed", "feeder_jam"), ("nodocs", "feeder_empty"), ("coveropen", "cover_open"),
                                              ("ioerror", "scanner_io"), ("accessdenied", "scanner_denied")])
def test_the_faults_of_the_pnm_backend_are_told_apart(config: Path, picture: Path, switch: str, code: str) -> None:
    with pytest.raises(Hindered) as problem:
        list(sane.scan(Device("sane", "pnm:0", "File"), Wish(FLATBED), extra=("--filename", str(picture), f"--status-{switch}=yes")))
    assert problem.value.reason == f"scans.{code}"


def test_a_real_airscan_takes_the_pages_our_own_client_takes(config: Path) -> None:
    pages = [sheet(n) for n in (30, 90, 150, 200, 250)]
    with running(Scanner(feeder=list(pages))) as scanner:
        assert list(escl.scan(scanner.device, Wish())) == pages
        scanner.feeder = list(pages)
        (config / "airscan.conf").write_text(f'[devices]\n"Sim" = http://127.0.0.1:{scanner.port}/eSCL\n[options]\ndiscovery = disable\n')
        taken = read(list(sane.scan(Device("sane", "airscan:e0:Sim", "Sim"), Wish(FEEDER))))
        with pytest.raises(Hindered) as problem:
            list(sane.scan(Device("sane", "airscan:e0:Sim", "Sim"), Wish(FEEDER)))
    assert problem.value.reason == "scans.feeder_empty"
    ours = [Image.open(io.BytesIO(page)).convert("L").getpixel((200, 300)) for page in pages]
    theirs = [page.grey[300 * page.width + 200] for page in taken]
    assert len(taken) == 5 and all(abs(a - b) < 6 for a, b in zip(ours, theirs, strict=True))
