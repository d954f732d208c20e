"""The table of every clause of the five papers that asks for something, with the screens and tests that answer it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from dpdesk import RESOURCES

PAPERS = {
    "S0": "Labour: how do we protect your personal data", "S1": "Green Party data protection policy",
    "S2": "Electoral Commission: how we use and store your information", "S3": "Co-operative Party guidance for officers",
    "S4": "Labour confidentiality and privacy code of conduct"}
"""The five papers by their short names, as the policy packs cite them."""


@dataclass(frozen=True)
class Clause:
    """One clause: its paper, its number there, what it asks in short, the screens that answer it, and the tests that show it."""

    paper: str
    id: str
    asks: str
    screens: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """One paper: clauses that ask for something, those that ask for nothing by themselves, and what lies outside, with why."""

    code: str
    clauses: tuple[Clause, ...]
    nothing: tuple[str, ...]
    outside: dict[str, str]


@cache
def papers() -> tuple[Paper, ...]:
    """The five papers."""
    with (RESOURCES / "clauses.toml").open("rb") as file:
        data = tomllib.load(file)
    return tuple(Paper(code, tuple(Clause(code, *row[:2], tuple(row[2].split(", ")), tuple(row[3].split(", "))) for row in each["clauses"]),
                       tuple(each["nothing"]), dict(each.get("outside", {}))) for code, each in data.items())


def markdown() -> str:
    """The table as Markdown, a part for each paper, with links to the pages."""
    return "\n\n".join(_part(paper) for paper in papers())


def _part(paper: Paper) -> str:
    rows = "\n".join(f"| {each.id} | {each.asks} | {', '.join(map(_screen, each.screens))} | {_shown(each.tests)} |"
                     for each in paper.clauses)
    said = "".join(f"\n\n{clause}: {why}" for clause, why in paper.outside.items())
    nothing = ", ".join(each for each in paper.nothing if each not in paper.outside)
    return (f"## {paper.code}: {PAPERS[paper.code]}\n\n| Clause | Asks | Answered on | Shown by |\n| --- | --- | --- | --- |\n{rows}"
            f"{said}\n\nAsk for nothing by themselves: {nothing}.")


def _shown(tests: tuple[str, ...]) -> str:
    return ", ".join(f"`{test}`" for test in tests)


def _screen(screen: str) -> str:
    """A link to a page; a register of the duties and a command by their names."""
    kind, colon, name = screen.partition(":")
    if not colon:
        return f"[{screen.replace('_', ' ')}](page:{screen})"
    if kind == "register":
        return f"[register of {name.replace('_', ' ')}](page:registers)"
    return f"`dpdesk {name}`"
