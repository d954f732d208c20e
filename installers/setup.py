"""Sets dpdesk up from a fresh checkout: system libraries, uv, and the locked environment in `.venv/`.

Standard library only, and quick when there is nothing to do: `make` calls it before every other target.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMP = VENV / "dpdesk-setup"
LOCK = ROOT / "requirements.lock"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
UV_VERSION = "0.13.9"

# What Qt loads from a Debian system. Without the first group not even a test without a window starts;
# without the second no window opens; the third is pleasant to have (Wayland pointers, printing).
QT_LOADS = ("libgl1", "libegl1", "libfontconfig1", "libdbus-1-3", "libxkbcommon0", "libglib2.0-0")
QT_WINDOW = (
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0",
    "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0",
)  # fmt: skip
QT_COMFORT = ("libwayland-cursor0", "libcups2")
NO_SCREEN = ("xvfb", "xauth")
# What the tests start as real servers and tools; each later capability adds its line here.
FOR_TESTS = ("xvfb", "xauth", "dbus-daemon")
FOR_SOAK = ("zbar-tools",)  # a second reader of QR codes
# Real servers for make soak. They are unpacked, not installed: as packages they would replace the machine's own. The program by which
# one that is installed is known, its packages, and the libraries it loads, which are unpacked beside it where the machine has none.
SERVERS = {
    "exim": ("exim4", ("exim4-daemon-light",), ("libdb5.3", "libgnutls-dane0", "libidn12", "libnsl2", "libpcre2-8-0")),
    "postfix": ("postfix", ("postfix",), ("libdb5.3", "libicu72", "libnsl2", "libsasl2-2", "libsasl2-modules-db")),
    "dovecot": ("dovecot", ("dovecot-core", "dovecot-imapd"), ("libexttextcat-2.0-0", "liblua5.4-0", "libsodium23", "libstemmer0d",
                                                               "libtirpc3", "libunwind8", "libwrap0", "libicu72", "libapparmor1")),
    "age": ("age", ("age",), ()),
    "sshd": ("sshd", ("openssh-server", "openssh-sftp-server"), ("libwrap0", "libkrb5-3", "libgssapi-krb5-2", "libcom-err2", "libk5crypto3",
                                                                 "libkrb5support0", "libkeyutils1", "libnsl2", "libtirpc3")),
    "apache2": ("apache2", ("apache2-bin",), ("libapr1", "libaprutil1", "liblua5.3-0", "libnghttp2-14", "libjansson4", "libcurl4",
                                              "libldap-2.5-0", "libbrotli1")),
    "ceph": ("radosgw", ("radosgw", "ceph-mon", "ceph-osd", "ceph-base", "ceph-common", "librados2", "librbd1"), (
        "libaio1", "libblkid1", "libboost-context1.74.0", "libboost-filesystem1.74.0", "libboost-iostreams1.74.0",
        "libboost-program-options1.74.0", "libboost-thread1.74.0", "libcurl3-gnutls", "libdaxctl1", "libfmt9", "libfuse2",
        "libgoogle-perftools4", "libibverbs1", "libicu72", "libkmod2", "libldap-2.5-0", "libleveldb1d", "liblua5.3-0", "liblz4-1",
        "libndctl6", "libnl-3-200", "libnl-route-3-200", "liboath0", "libpmem1", "librabbitmq4", "librdmacm1", "libsnappy1v5",
        "libtcmalloc-minimal4")),
    "lynis": ("lynis", ("lynis",), ()),
    "dunst": ("dunst", ("dunst",), ("libnotify4", "libxss1", "libxinerama1", "libxrandr2", "libgdk-pixbuf-2.0-0", "libpango-1.0-0",
                                    "libpangocairo-1.0-0", "libcairo2", "libwayland-client0", "libwayland-cursor0")),
    "sane": ("scanimage", ("sane-utils", "libsane1", "libsane-common", "sane-airscan"), ("libusb-1.0-0", "libavahi-client3",
                                                                                        "libavahi-common3")),
}


def main() -> int:
    """Sets everything up; says only what was done or what is missing."""
    options = read_arguments()
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may run this very file
        return stop(f"dpdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    try:
        system_libraries(options.tests or options.soak, options.soak)
        for name in SERVERS if options.soak else ():
            fetch_server(name, *SERVERS[name])
        fetch_uv()
        fill_environment()
    except Stop as reason:
        return stop(str(reason))
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Set dpdesk up in this checkout.")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--soak", action="store_true", help="also the servers of make soak")
    return parser.parse_args()


class Stop(Exception):
    """Setting up cannot go on; the text says why and what to do."""


def stop(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


# --- system libraries -------------------------------------------------------------------------------------


def system_libraries(for_tests: bool, for_soak: bool) -> None:
    """Sees to Qt's system libraries: installs them as root on Debian, else says what to type."""
    if not sys.platform.startswith("linux"):
        return
    if not shutil.which("dpkg-query"):
        name_libraries_once()
        return
    needed = missing(QT_LOADS if for_tests else QT_LOADS + QT_WINDOW)
    wanted = missing(wishes(for_tests) + (FOR_SOAK if for_soak else ()))
    if needed or wanted:
        install_or_tell(needed, wanted)


def wishes(for_tests: bool) -> tuple[str, ...]:
    """The packages that are good to have, and no reason to stop when they cannot be had."""
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return QT_WINDOW + QT_COMFORT + (() if screen else NO_SCREEN) + (FOR_TESTS if for_tests else ())


def missing(packages: tuple[str, ...]) -> list[str]:
    """Those of the packages that are not installed, under their own or their 64-bit-time name."""
    names = [name for package in packages for name in (package, package + "t64")]
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *names]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[1] for line in answer.splitlines() if line.startswith("installed ")}
    return [name for name in dict.fromkeys(packages) if not {name, name + "t64"} & installed]


def install_or_tell(needed: list[str], wanted: list[str]) -> None:
    """As root installs; else, or when apt fails, says the line to type and stops if it cannot do without."""
    packages = list(dict.fromkeys(needed + wanted))
    if os.geteuid() == 0 and apt_install(packages):
        return
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    print(f"System packages are missing. Type:\n  sudo {line}", file=sys.stderr)
    if needed:
        raise Stop("dpdesk cannot start without them.")


def apt_install(packages: list[str]) -> bool:
    """Two separate, checked steps: a failed update must not be followed by an install."""
    print(f"Installing system packages: {' '.join(packages)}", file=sys.stderr)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    if not succeeds(["apt-get", "-q", "update"], quiet):
        return False
    return succeeds(["apt-get", "-q", "-y", "install", "--no-install-recommends", *packages], quiet)


def fetch_server(name: str, program: str, packages: tuple[str, ...], loads: tuple[str, ...]) -> None:
    """A server into `.tools/NAME`, where root runs the tests on Debian; elsewhere the tests that need it say so and are skipped."""
    target = TOOLS / name
    if WINDOWS or os.geteuid() != 0 or not shutil.which("dpkg-deb") or shutil.which(program) or target.is_dir():
        return
    wanted = [*packages, *missing(loads)]
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)  # apt fetches as a user of its own
        print(f"Unpacking {' '.join(packages)} for the tests", file=sys.stderr)
        for each in wanted:
            if not (succeeds(["apt-get", "-q", "download", each], {}, place) or (
                    succeeds(["apt-get", "-q", "update"], {}) and succeeds(["apt-get", "-q", "download", each], {}, place))):
                return
        for package in Path(place).glob("*.deb"):
            succeeds(["dpkg-deb", "-x", str(package), str(target)], {})
        if (target / "lib").is_dir():  # older packages; the machine's /lib is a link to /usr/lib
            shutil.copytree(target / "lib", target / "usr/lib", symlinks=True, dirs_exist_ok=True)


def name_libraries_once() -> None:
    """On other Linux systems the package names differ: say once what Qt loads, and go on."""
    if not STAMP.exists():
        names = ", ".join(QT_LOADS + QT_WINDOW)
        print(f"Qt needs these libraries (by their Debian names): {names}", file=sys.stderr)


# --- uv and the environment -------------------------------------------------------------------------------


def uv_program() -> Path:
    places = ("bin/uv", "bin/uv.exe", "Scripts/uv.exe")
    return next((TOOLS / place for place in places if (TOOLS / place).exists()), TOOLS / places[0])


def fetch_uv() -> None:
    """uv from pip into `.tools/`: works without python3-venv and with an externally managed Python."""
    if (TOOLS / f"uv-{UV_VERSION}.dist-info").is_dir() and uv_program().exists():
        return
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--no-warn-script-location"]
    print("Fetching uv ...", file=sys.stderr)
    if not succeeds([*pip, "--target", str(TOOLS), f"uv=={UV_VERSION}"], quiet):
        raise Stop("pip could not fetch uv; python3-pip and a package index are needed.")


def fill_environment() -> None:
    """Makes `.venv/` what the lock says, unless its stamp shows that it is so already."""
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Filling .venv from requirements.lock ...", file=sys.stderr)
    if not environment_fits():
        uv("venv", "--clear", "--python", base_python(), str(VENV))
    into = ("--python", str(PYTHON))
    uv("pip", "sync", *into, "--require-hashes", str(LOCK))
    uv("pip", "install", *into, "--no-deps", "--no-build-isolation", "--offline", "--editable", str(ROOT))
    STAMP.write_text(wanted)


def fingerprint() -> str:
    """What the environment depends on: lock, project file, this Python, and where the checkout lies."""
    digest = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def environment_fits() -> bool:
    """An environment that another Python version made is thrown away."""
    config = VENV / "pyvenv.cfg"
    version = f"version_info = {sys.version_info.major}.{sys.version_info.minor}."
    return PYTHON.exists() and config.exists() and version in config.read_text()


def base_python() -> str:
    """The Python outside any virtual environment, which may be the one about to be replaced."""
    return getattr(sys, "_base_executable", None) or sys.executable


def uv(*words: str) -> None:
    if not succeeds([str(uv_program()), words[0], "--quiet", *words[1:]], {"UV_PYTHON_DOWNLOADS": "never"}):
        raise Stop(f"uv {' '.join(words[:2])} failed; the lines above say why.")


def succeeds(command: list[str], environment: dict[str, str], folder: str | None = None) -> bool:
    """Runs a command silently, in `folder` where one is given; shows what it printed only when it fails."""
    try:
        done = subprocess.run(
            command, env=os.environ | environment, text=True, check=False, cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as problem:
        print(problem, file=sys.stderr)
        return False
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
