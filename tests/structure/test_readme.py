"""The README is true where a machine can tell: dependencies, packages of the house, nouns of the command line, make's targets."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from dpdesk.cli.parser import NOUNS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def part(heading: str) -> str:
    """What stands under a heading of the second level."""
    return re.split(r"^## ", README.partition(f"## {heading}\n")[2], flags=re.M)[0]


def cells(table: str, column: int) -> list[str]:
    """One column of the tables in a text."""
    return [line.strip("|").split("|")[column].strip() for line in table.splitlines() if line.startswith("| ")]


def test_every_dependency_stands_in_the_table_and_no_other():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.match(r"[\w-]+", each)[0] for each in project["dependencies"]}
    told = {name.strip() for cell in cells(part("Developing"), 0)[1:] for name in cell.split(",")} - {"---"}
    assert told == needed


def test_every_noun_of_the_command_line_stands_in_the_table_and_no_other():
    assert set(re.findall(r"`([a-z]+)`", " ".join(cells(part("The command line"), 1)))) == set(NOUNS)


def test_every_package_has_its_floor():
    packages = {each.parent.name for each in (ROOT / "dpdesk").glob("*/__init__.py")}
    assert packages <= set(re.findall(r"`(\w+)`", " ".join(cells(part("The house"), 1))))


def test_every_command_of_make_that_is_told_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets
