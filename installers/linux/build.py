"""`make deb`: the program with its own Python and Qt as a Debian package in dist/; the same checkout gives the same bytes.

Built on the oldest Debian it should run on (12), with PyInstaller from installers/linux/requirements.lock.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "installers"))

from setup import QT_COMFORT, QT_LOADS, QT_WINDOW, base_python, uv_program  # noqa: E402

WORK = ROOT / "build" / "deb"
ENVIRONMENT = WORK / "venv"
STAGE = WORK / "stage"
LIBRARY = "usr/lib/dpdesk"
ACCENT = "#1D5563"


def main() -> int:
    """Builds the package and says where it lies."""
    if shutil.which("dpkg-deb") is None:
        print("A Debian package is built on Debian: dpkg-deb is missing.", file=sys.stderr)
        return 1
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": last_change()}
    fill()
    bundle = freeze(environment)
    stage(bundle)
    package = ROOT / "dist" / f"dpdesk_{version()}_{architecture()}.deb"
    package.parent.mkdir(exist_ok=True)
    settle_times(int(environment["SOURCE_DATE_EPOCH"]))
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(STAGE), str(package)], check=True,
                   env=environment, stdout=subprocess.DEVNULL)
    print(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.0f} MB")
    return 0


def last_change() -> str:
    """When the checkout last changed, in seconds, for every time stamp in the package."""
    told = subprocess.run(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False)
    return told.stdout.strip() or "1767225600"


def version() -> str:
    """The version in dpdesk/__init__.py."""
    return re.search(r'__version__ = "([^"]+)"', (ROOT / "dpdesk" / "__init__.py").read_text())[1]


def architecture() -> str:
    """What dpkg calls this machine."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def fill() -> None:
    """An environment of the product alone and PyInstaller: a bundle holds what its environment holds."""
    uv, python = str(uv_program()), str(ENVIRONMENT / "bin" / "python")
    quiet = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    if not Path(python).exists():
        subprocess.run([uv, "venv", "--quiet", "--python", base_python(), str(ENVIRONMENT)], check=True, env=quiet)
    subprocess.run([uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", str(HERE / "requirements.lock")],
                   check=True, env=quiet)


def freeze(environment: dict[str, str]) -> Path:
    """The folder with the program, made by PyInstaller."""
    made = WORK / "bundle"
    shutil.rmtree(made, ignore_errors=True)
    subprocess.run([str(ENVIRONMENT / "bin" / "python"), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
                    "--distpath", str(made), "--workpath", str(WORK / "pyinstaller"), str(HERE / "dpdesk.spec")],
                   check=True, env=environment)
    return made / "dpdesk"


def stage(bundle: Path) -> None:
    """The package's tree: the bundle, a name on the path, the desktop's entry and icon, and the papers."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(bundle, STAGE / LIBRARY, symlinks=True)
    (STAGE / "usr/bin").mkdir(parents=True)
    (STAGE / "usr/bin/dpdesk").symlink_to(f"../../{LIBRARY}/dpdesk")
    write("usr/share/applications/dpdesk.desktop", (HERE / "dpdesk.desktop").read_text())
    icon = (ROOT / "resources/icons/shield-check.svg").read_text()
    write("usr/share/icons/hicolor/scalable/apps/dpdesk.svg", icon.replace("currentColor", ACCENT))
    write("usr/share/doc/dpdesk/copyright", copyrights())
    write("usr/share/doc/dpdesk/CHANGELOG.md", (ROOT / "CHANGELOG.md").read_text())
    write("DEBIAN/control", (HERE / "control").read_text().format(
        version=version(), architecture=architecture(), depends=", ".join(("libc6 (>= 2.36)", *QT_LOADS, *QT_WINDOW)),
        recommends=", ".join(QT_COMFORT), size=kilobytes()))


def kilobytes() -> int:
    """What the staged files take once installed; links take nothing."""
    return sum(path.stat().st_size for path in STAGE.rglob("*") if path.is_file() and not path.is_symlink()) // 1024


def write(name: str, content: str) -> None:
    path = STAGE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def copyrights() -> str:
    """dpdesk's licence, and those of every library in the bundle, from their own records."""
    said = ["dpdesk is licensed under the Apache License, version 2.0 (/usr/share/common-licenses/Apache-2.0).",
            "It bundles Python (PSF-2.0), Qt and PySide6 (LGPL-3, as separate libraries under /usr/lib/dpdesk) and:", ""]
    for record in sorted(ENVIRONMENT.glob("lib/python*/site-packages/*.dist-info/METADATA")):
        fields = dict(re.findall(r"^(Name|Version|License|License-Expression): (.+)$", record.read_text("utf-8"), re.M))
        said.append(f"{fields['Name']} {fields['Version']}: {fields.get('License-Expression') or fields.get('License', 'see its pages')}")
    return "\n".join(said) + "\n"


def settle_times(moment: int) -> None:
    """One time and plain modes for every file, so that two builds are alike."""
    for path in [STAGE, *STAGE.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


if __name__ == "__main__":
    sys.exit(main())
