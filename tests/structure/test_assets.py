"""Every asset is used, and every asset that the code names exists."""

import ast
import fnmatch
import functools
from pathlib import Path

from tests.structure.reading import ROOT, Finding, Source, listed, python_files

# Which argument of these calls names an icon; `icon="…"` names one anywhere.
ICON_CALLS = {"icon": 0, "pixmap": 0, "dress": 1}
LICENCES = {"LICENSE", "OFL.txt"}


def assets(root: Path) -> list[Path]:
    found = (path for folder in ("icons", "fonts") for path in (root / "resources" / folder).glob("*"))
    return sorted(path for path in found if path.name not in LICENCES)


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def icons_named(source: Source) -> list[ast.Constant]:
    """The constants that name an icon: in a call to draw one, or given to something called `icon`."""
    named: list[ast.AST] = []
    for node in source.nodes:
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = ICON_CALLS.get(called)
            named += node.args[place : place + 1] if place is not None else []
            named += [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "icon":
            named.append(node.value)
    return [node for node in named if is_text(node)]


def missing(source: Source, root: Path) -> list[Finding]:
    """What the code names and resources/ does not hold."""
    wanted = [(node, f"{node.value}.svg") for node in icons_named(source)]
    files = [node for node in source.strings() if Path(node.value[-99:]).suffix in (".svg", ".ttf")]
    wanted += [(node, Path(node.value).name) for node in files]
    have = [path.name for path in assets(root)]
    absent = [(node, name) for node, name in wanted if not fnmatch.filter(have, name)]
    return [source.finding(node, f"names {name}, not in resources/") for node, name in absent]


def unused(sources: list[Source], root: Path) -> list[str]:
    """What resources/ holds and no string in the code names: by file name or stem, fonts also by `*.ttf`."""
    named = {Path(node.value).name for source in sources for node in source.strings() if len(node.value) < 99}
    left = [path for path in assets(root) if not {path.name, path.stem} & named]
    if "*.ttf" in named:
        left = [path for path in left if path.suffix != ".ttf"]
    return [f"{path.relative_to(root).as_posix()}:1: is used nowhere: delete it" for path in left]


@functools.cache
def found() -> tuple[list[Finding], list[str]]:
    """What the tree names and has not, and has and does not name, every file read and parsed once."""
    sources = python_files("dpdesk")
    return [finding for source in sources for finding in missing(source, ROOT)], unused(sources, ROOT)


def test_every_asset_named_exists() -> None:
    assert not found()[0], listed(found()[0])


def test_every_asset_is_used() -> None:
    assert not found()[1], "\n" + "\n".join(found()[1])


def test_a_missing_and_an_unused_asset_are_found(tmp_path: Path) -> None:
    (tmp_path / "resources/icons").mkdir(parents=True)
    (tmp_path / "resources/icons/lock.svg").touch()
    source = Source("dpdesk/ui/a.py", "icon('key')\ndress(w, 'eye')\nPage(icon='sun')\nname = f'{x}.svg'\n")
    assert [finding.line for finding in missing(source, tmp_path)] == [1, 2, 3]
    assert unused([source], tmp_path) == ["resources/icons/lock.svg:1: is used nowhere: delete it"]


def test_a_used_asset_passes(tmp_path: Path) -> None:
    (tmp_path / "resources/fonts").mkdir(parents=True)
    (tmp_path / "resources/fonts/Sans.ttf").touch()
    source = Source("dpdesk/ui/a.py", "FONT = 'Sans.ttf'\n")
    assert not missing(source, tmp_path)
    assert not unused([source], tmp_path)
