"""The floors and their indirect chains: import-linter's contracts, import cycles, and features of ui/."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.structure.reading import ROOT
from tests.structure.rules_imports import NOT_FEATURES

PROJECT = ROOT / "pyproject.toml"
UPWARD = {"services/a.py": "from dpdesk.ui import b", "ui/b.py": ""}
SIDEWAYS = {"store/a.py": "from dpdesk.files import b", "files/b.py": ""}
UNDECLARED = {"cellar/a.py": ""}


def declared() -> set[str]:
    """The names that the layers contract knows."""
    contracts = tomllib.loads(PROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return {name.strip(" ()") for layer in layers for name in layer.split("|")}


def children(package: Path) -> set[str]:
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    return folders | {path.stem for path in package.glob("*.py")} - {"__init__"}


def plant(root: Path, files: dict[str, str], package: str = "dpdesk") -> Path:
    """A tiny package with the given files; every folder gets its `__init__.py`."""
    for name, text in files.items():
        path = root / package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", "utf-8")
        for folder in (root / package, path.parent):
            (folder / "__init__.py").touch()
    return root


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", "pyproject.toml", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("files", [UPWARD, SIDEWAYS, UNDECLARED], ids=["upward", "sideways", "undeclared"])
def test_the_contracts_can_be_broken(tmp_path: Path, files: dict[str, str]) -> None:
    shutil.copy(PROJECT, tmp_path)
    done = lint(plant(tmp_path, files))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_the_contracts_let_a_downward_import_pass(tmp_path: Path) -> None:
    shutil.copy(PROJECT, tmp_path)
    done = lint(plant(tmp_path, {"ui/a.py": "from dpdesk.services import b", "services/b.py": ""}))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_is_declared(tmp_path: Path) -> None:
    undeclared = children(ROOT / "dpdesk") - declared()
    assert not undeclared, f"{PROJECT.name}: declare {sorted(undeclared)} in the layers contract"
    assert children(plant(tmp_path, UNDECLARED) / "dpdesk") - declared() == {"cellar"}


def cycles(graph: grimp.ImportGraph) -> list[str]:
    """Every direct import whose target leads back to the importer, with its line."""
    found = []
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            if graph.find_shortest_chain(imported, importer):
                line = graph.get_import_details(importer=importer, imported=imported)[0]["line_number"]
                found.append(f"{importer}:{line}: imports {imported}, which leads back")
    return found


def feature_chains(graph: grimp.ImportGraph, root: str) -> list[str]:
    """Every way in which a feature folder of ui/ reaches another, directly or through others."""
    ui = f"{root}.ui"
    inside = graph.find_children(ui) if ui in graph.modules else set()
    folders = {module.removeprefix(f"{ui}.") for module in inside if graph.find_children(module)}
    features = folders - set(NOT_FEATURES)
    if len(features) < 2:
        return []
    layer = grimp.Layer(*sorted(features), independent=True)
    found = graph.find_illegal_dependencies_for_layers(layers=[layer], containers={ui})
    return [f"{each.importer} reaches {each.imported}" for each in sorted(found, key=str)]


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Builds the graph of a planted package called `house`."""

    def build(files: dict[str, str]) -> grimp.ImportGraph:
        monkeypatch.syspath_prepend(str(plant(tmp_path, files, "house")))
        return grimp.build_graph("house", cache_dir=None)

    return build


@pytest.fixture(scope="module")
def house() -> grimp.ImportGraph:
    return grimp.build_graph("dpdesk", exclude_type_checking_imports=True, cache_dir=None)


def test_no_import_cycles(house: grimp.ImportGraph) -> None:
    assert not (found := cycles(house)), "\n" + "\n".join(found)


def test_a_cycle_is_found(planted) -> None:
    late = "def f():\n    from house import a"
    ring = {"a.py": "from house import b", "b.py": "from house import c", "c.py": late}
    assert len(cycles(planted(ring))) == 3


def test_features_do_not_reach_each_other(house: grimp.ImportGraph) -> None:
    assert not (found := feature_chains(house, "dpdesk")), "\n" + "\n".join(found)


def test_a_chain_between_features_is_found(planted) -> None:
    chain = {
        "ui/__init__.py": "",
        "ui/members/page.py": "from house.ui.widgets import rows",
        "ui/widgets/rows.py": "from house.ui.audit import page",
        "ui/audit/page.py": "",
    }
    assert feature_chains(planted(chain), "house") == ["house.ui.members reaches house.ui.audit"]
