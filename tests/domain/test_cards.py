"""Officer cards: read as they were written, refused where they are none, known by words that follow from the keys alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.cards import SPOKEN, BadCard, Card, check, read, written
from dpdesk.domain.telephone_words import WORDS

AGE = "age1" + "q" * 58
CARD = Card("o" * 32, "d" * 32, "Siôn Pugh", "secretary", "Anytown", AGE, "0" * 64, "")
plain = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, blacklist_categories=("Cc", "Cf", "Zs")), min_size=1, max_size=60)


@given(plain, plain, plain)
def test_what_is_written_is_read(name, role, branch):
    card = replace(CARD, name=name, role=role, branch=branch)
    assert read(written(card, "ab")) == (card, "ab")


def test_the_words_follow_from_the_keys_alone():
    assert len(WORDS) == len(set(WORDS)) == 256 and all(word.isalpha() and word.islower() for word in WORDS)
    assert len(CARD.spoken()) == SPOKEN
    assert replace(CARD, name="Another", role="dpo", branch="Elsewhere").spoken() == CARD.spoken()
    assert replace(CARD, signing="1" * 64).spoken() != CARD.spoken() != replace(CARD, age="age1" + "p" * 58).spoken()


@pytest.mark.parametrize(("text", "code"), [
    ("", "not_a_card"), ("[]", "not_a_card"), ("{}", "not_a_card"), ('{"dpdesk card": 2}', "newer"), ("[" * 5_000, "too_long"),
    ("[" * 2_000, "not_a_card"), (written(replace(CARD, age="age1short")), "no_key"), (written(replace(CARD, signing="zz")), "no_key"),
    (written(replace(CARD, name="")), "not_a_card"), (written(replace(CARD, name="x\u202ey")), "not_a_card"),
    (written(CARD, "not hex"), "not_a_card"), (json.dumps(CARD.body() | {"name": 7}), "not_a_card"),
    (written(replace(CARD, branch="x" * 121)), "not_a_card")])
def test_what_is_no_card_is_refused(text, code):
    with pytest.raises(BadCard) as problem:
        read(text)
    assert problem.value.code == code


def test_whose_card_it_is():
    check(CARD)
    assert CARD.same_holder(replace(CARD, age="age1" + "p" * 58)) and not CARD.same_holder(replace(CARD, officer="x"))
    outside = Card("1", "", "Pat Example", "", "", AGE)
    assert outside.same_holder(replace(outside, officer="2", name="pat example")) and not outside.same_holder(CARD)
