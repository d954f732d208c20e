"""Small figures are hidden, and cannot be worked out again: checked by solving for them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.hiding import bridges, hidden, with_totals

tables = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1,
                                                          max_size=5))


def worked_out(table: list[list[int]], gone: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Hidden cells that the equations of the totals settle, found by elimination."""
    unknown = sorted(gone)
    equations = []
    for line in range(len(table)):
        equations.append([Fraction((-1 if column == len(table[0]) - 1 else 1) if at == line else 0) for at, column in unknown])
    for column in range(len(table[0])):
        equations.append([Fraction((-1 if at == len(table) - 1 else 1) if other == column else 0) for at, other in unknown])
    rank = 0
    for column in range(len(unknown)):
        pivot = next((at for at in range(rank, len(equations)) if equations[at][column]), None)
        if pivot is None:
            continue
        equations[rank], equations[pivot] = equations[pivot], equations[rank]
        first = equations[rank][column]
        equations[rank] = [value / first for value in equations[rank]]
        for at, equation in enumerate(equations):
            if at != rank and equation[column]:
                equations[at] = [a - equation[column] * b for a, b in zip(equation, equations[rank], strict=True)]
        rank += 1
    return {unknown[places[0]] for equation in equations[:rank] if len(places := [at for at, value in enumerate(equation) if value]) == 1}


@given(tables, st.integers(2, 6))
def test_no_hidden_figure_can_be_worked_out(cells, least):
    table = with_totals(cells)
    gone = hidden(table, least)
    assert all((at, column) in gone for at, line in enumerate(table) for column, n in enumerate(line) if 0 < n < least)
    assert worked_out(table, gone) == set()


@given(tables, st.integers(2, 6))
def test_no_line_tells_that_its_hidden_figures_are_few(cells, least):
    table = with_totals(cells)
    gone = hidden(table, least)
    lines = [[(at, column) for column in range(len(table[0]))] for at in range(len(table))]
    lines += [[(at, column) for at in range(len(table))] for column in range(len(table[0]))]
    for line in lines:
        mine = [cell for cell in line[:-1] if cell in gone]
        if mine and line[-1] not in gone:
            assert sum(table[at][column] for at, column in mine) >= least


@given(tables)
def test_bridges_are_what_the_equations_settle(cells):
    table = with_totals(cells)
    some = {(at, column) for at, line in enumerate(table) for column, n in enumerate(line) if n % 3 == 1}
    assert bridges(some) == worked_out(table, some)


def test_tables_that_need_no_hiding_stay_whole():
    assert hidden(with_totals([[10, 20], [0, 30]]), 5) == set()
    assert hidden([], 5) == set()


def test_one_small_figure_takes_a_ring_with_it():
    gone = hidden(with_totals([[2, 30, 9], [20, 8, 40], [11, 12, 13]]), 5)
    assert len(gone) == 4 and (0, 0) in gone


def test_what_is_hidden_elsewhere_is_hidden_here():
    table = with_totals([[10, 20], [10, 30]])
    gone = hidden(table, 5, {(2, 0)})
    assert (2, 0) in gone and worked_out(table, gone) == set()
