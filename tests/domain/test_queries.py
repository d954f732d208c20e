"""A query keeps what it means: to a dict and back, and nothing unknown is guessed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.contacting import Channel
from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Kind, Status
from dpdesk.domain.queries import DAYS, FLAGS, NAMED, SORTS, VERSION, Query

words = st.text(max_size=30)
days = st.one_of(st.just(""), st.dates().map(str))
queries = st.builds(
    Query, kind=st.sampled_from(Kind), status=st.sampled_from(["", *(s.value for s in Status)]), flag=st.sampled_from(["", *FLAGS]),
    sort=st.sampled_from(SORTS), descending=st.booleans(), text=words, postcode=words, capacity=words,
    consent=st.sampled_from(["", *(c.value for c in Channel)]), no_consent=st.sampled_from(["", *(c.value for c in Channel)]),
    shares_with=words, **dict.fromkeys(NAMED, words), **dict.fromkeys(DAYS, days))


@given(queries)
def test_a_query_comes_back_as_it_was(query):
    assert Query.from_dict(json.loads(json.dumps(query.to_dict()))) == query


def test_everybody_by_name_says_no_more_than_its_version():
    assert Query().to_dict() == {"version": VERSION}
    assert not Query(sort="number").narrows()
    assert Query(text="x").narrows() and Query(ward="x").narrows()


@pytest.mark.parametrize(("data", "at"), [
    ({}, "version"), ({"version": VERSION + 1}, "version"), ({"version": VERSION, "shoe_size": "9"}, "shoe_size"),
    ({"version": VERSION, "status": "asleep"}, "status"), ({"version": VERSION, "joined_since": "1/5/2020"}, "joined_since"),
    ({"version": VERSION, "descending": "no"}, "descending"), ({"version": VERSION, "ward": ["North"]}, "ward"),
    ({"version": VERSION, "sort": "shoe"}, "sort"), ({"version": VERSION, "consent": "pigeon"}, "consent"),
    ({"version": VERSION, "town": "x" * 301}, "town")])
def test_what_it_does_not_know_is_refused(data, at):
    with pytest.raises(Invalid) as refused:
        Query.from_dict(data)
    assert refused.value.problems == {at: "unknown"}
