"""No committed text names a package registry's host or a path of somebody's machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.reading import ROOT, Finding, listed

SKIPPED = {
    ".git", ".venv", ".tools", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis",
    ".import_linter_cache", "build", "dist",
}  # fmt: skip
# Written with a character class here and there, so that this file does not name what it forbids.
REGISTRY = re.compile(
    r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(?:org|com)|yarn[p]kg\.com|de[b]\.debian\.org|\w/simp[l]e/"
)
MACHINE = re.compile(
    r"(?<![\w.])/(?:ro[o]t|ho[m]e/\w+|Us[e]rs/\w+|wo[r]k|worksp[a]ce|sr[v]/\w+)/|\b[A-Z]:\\+Us[e]rs\\"
)


def committed(root: Path) -> list[Path]:
    """What git would commit; without git, what lies outside the folders that tools make."""
    git = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(git, capture_output=True, text=True, check=True).stdout.split("\0")
        paths = [root / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in root.rglob("*") if not SKIPPED & set(path.relative_to(root).parts)]
    return sorted(path for path in paths if path.is_file())


def offences(path: Path, root: Path) -> Iterator[Finding]:
    """Every line of a text file that holds such an address; a file with a NUL is no text."""
    data = path.read_bytes()
    if b"\0" in data:
        return
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        for pattern, what in ((REGISTRY, "a registry's address"), (MACHINE, "a path of one machine")):
            if match := pattern.search(line):
                yield Finding(path.relative_to(root).as_posix(), number, f"holds {what}: {match.group()}")


def test_no_addresses_in_committed_text() -> None:
    paths = committed(ROOT)
    assert ROOT / "pyproject.toml" in paths
    findings = [finding for path in paths for finding in offences(path, ROOT)]
    assert not findings, listed(findings)


PLANTED = ["https://" + "py" + "pi.org/x", "see /" + "home/ann/desk/x", "C:" + "\\Users\\ann", "/" + "root/x"]


@pytest.mark.parametrize("line", PLANTED)
def test_an_address_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "note.txt").write_text(f"one\n{line}\n", "utf-8")
    assert [finding.line for path in committed(tmp_path) for finding in offences(path, tmp_path)] == [2]


def test_an_ordinary_path_passes(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("resources/icons/x.svg and https://www.w3.org/2000/svg\n", "utf-8")
    assert not list(offences(tmp_path / "note.txt", tmp_path))
