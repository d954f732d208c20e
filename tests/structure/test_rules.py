"""Every rule holds in the tree, finds its planted offence, and lets its innocent file pass."""

import functools

import pytest

from tests.structure import rules_imports, rules_text
from tests.structure.reading import Finding, Rule, Source, listed, python_files

RULES = [*rules_imports.RULES, *rules_text.RULES]
PRODUCT = ("dpdesk", "installers")
# These concern the tests as much as the product.
EVERYWHERE = {
    "no star import",
    "names tell something",
    "modules have a docstring",
    "files are short",
    "functions are short",
}


@functools.cache
def found() -> dict[str, list[Finding]]:
    """What each rule finds in the tree, every file read and parsed once."""
    everything: dict[str, list[Finding]] = {rule.name: [] for rule in RULES}
    for source in python_files(*PRODUCT, "tests"):
        for rule in RULES:
            if rule.name in EVERYWHERE or not source.within("tests/"):
                everything[rule.name] += rule.check(source)
        vars(source).pop("tree", None)
        vars(source).pop("nodes", None)
    return everything


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert not found()[rule.name], listed(found()[rule.name])


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_rule_finds_a_planted_offence(rule: Rule) -> None:
    assert list(rule.check(Source(*rule.planted)))


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_rule_lets_an_innocent_file_pass(rule: Rule) -> None:
    assert not list(rule.check(Source(*rule.innocent)))


def test_the_names_of_the_rules_that_hold_everywhere_exist() -> None:
    assert {rule.name for rule in RULES} >= EVERYWHERE
