"""The table of clauses: none is missing, and every screen and test it names is there."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from dpdesk.cli.parser import NOUNS
from dpdesk.files import policies
from dpdesk.services import clauses
from dpdesk.ui import pages

TESTS = Path(__file__).parents[1]
LINES = {"S0": set(range(1, 15)), "S2": set(range(1, 26)),
         "S3": {1, 3, 5, 7, 9, 11, 13, 14, 15, 16, 18, 20, 21, 22, 23, 24, 26, 28, 30, 32, 34}}
"""The lines of the papers that are cited by line and are not empty."""
NUMBERED = {"2": range(1, 12), "3": range(1, 16), "6": range(1, 15), "12": range(1, 13), "13": range(1, 12), "16": range(1, 9),
            "18": range(1, 5), "23": range(1, 6), "25": range(1, 7), "28": range(1, 10), "29": range(1, 16)}
"""The sections of S1 with numbered points, and how many; 27 and 32 have a number twice."""
LONE = ("1", "4", "5", "7", "10", "11", "14", "15", "17", "19", "20", "22", "24", "26", "30", "31", "33")


def known(paper: clauses.Paper) -> set[str]:
    return {each.id for each in paper.clauses} | set(paper.nothing) | set(paper.outside)


def of(code: str) -> clauses.Paper:
    return next(each for each in clauses.papers() if each.code == code)


@pytest.mark.parametrize("code", LINES)
def test_no_line_is_missing(code):
    assert {int(each.removeprefix("l.")) for each in known(of(code))} == LINES[code]


def test_no_clause_of_the_numbered_paper_is_missing():
    wanted = {f"{section}.{n}" for section, numbers in NUMBERED.items() for n in numbers} | set(NUMBERED) | set(LONE)
    wanted |= {f"27.{n}" for n in ("1", "2", "3a", "3b", *map(str, range(4, 16)))} | {"27", "32"}
    wanted |= {f"32.{n}" for n in ("1", "2", "3a", "3b", "4", "5", "6")}
    wanted |= {"8", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", *(f"8.5.{n}" for n in "abcd"), *(f"8.6.{n}" for n in "abcdefg"),
               "8.3.d", "8.3.h"}
    wanted |= {"9", "9.a", "9.b", "9.c", "9.1", "9.2", "11.1", "11.2", "11.3"}
    assert known(of("S1")) == wanted
    assert known(of("S4")) == {str(n) for n in range(1, 12)}


def test_no_clause_stands_twice():
    for paper in clauses.papers():
        assert not [each for each, n in Counter([*(c.id for c in paper.clauses), *paper.nothing]).items() if n > 1]


def test_every_screen_is_there():
    codes, missing = {spec.code for spec in pages.specs()}, []
    for paper in clauses.papers():
        for clause in paper.clauses:
            assert clause.screens[0] and clause.asks, clause
            missing += [(clause, screen) for screen in clause.screens if not _there(screen, codes)]
    assert not missing


def _there(screen: str, codes: set[str]) -> bool:
    kind, colon, name = screen.partition(":")
    if not colon:
        return screen in codes
    if kind == "register":
        return bool(import_module(f"dpdesk.domain.registers.{name}").REGISTER)
    return kind == "cli" and name in NOUNS


def test_every_test_is_there():
    functions = {(path.stem, name) for path in TESTS.rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"),
                                                                                               re.MULTILINE)}
    missing = {test for paper in clauses.papers() for clause in paper.clauses for test in clause.tests
               if tuple(test.split("::")) not in functions}
    assert not missing


_CITED = re.compile(r"S([0-4])\s((?:(?:§|l\.)?[\d][\w.()-]*(?:,\s)?)+)")


@pytest.mark.parametrize("code", policies.available())
def test_every_clause_a_policy_cites_is_in_the_table(code):
    policy = policies.load(code)
    tops = {paper.code: {each.split(".")[0].removeprefix("l") for each in known(paper)} for paper in clauses.papers()}
    cited = " ; ".join((*(rule.clause for rule in policy.retention), *(each.clause for each in policy.clauses), *(
        each.clause for each in policy.notices)))
    found = list(_CITED.finditer(cited))
    assert found
    for match in found:
        paper = f"S{match[1]}"
        for number in re.findall(r"(?:§|l\.)(\d+)", match[2]):
            assert number in tops[paper] or f"l.{number}" in known(of(paper)), match[0]


def test_the_chapter_shows_it_all():
    words = clauses.markdown()
    assert words.count("\n| ") >= sum(len(paper.clauses) for paper in clauses.papers())
    assert "](page:retention)" in words and "test_retention::" in words


def test_no_clause_is_answered_by_a_test_that_looks_at_no_clause():
    """`test_every_register_is_sound` looks at the shape of all registers: it answers for none of the clauses."""
    assert not [(paper.code, each.id) for paper in clauses.papers() for each in paper.clauses
                if "test_duties::test_every_register_is_sound" in each.tests]
