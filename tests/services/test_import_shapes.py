"""Twenty shapes of lists, brought in again in every way: nobody's opt-out is lost in any of them."""

from __future__ import annotations

import pytest

from tests.services.import_shapes import SHAPES, carry_out


def test_there_are_twenty():
    assert len(SHAPES) == 20


@pytest.mark.parametrize("shape", SHAPES)
def test_opt_outs_stand_whatever_comes_in_again(session, tmp_path, shape):
    outcome = carry_out(session, tmp_path, shape)
    assert outcome.first == 4
    assert [(name, people) for name, people, _ in outcome.steps if people != 4] == []
    assert [name for name, _, held in outcome.steps if not held] == []
