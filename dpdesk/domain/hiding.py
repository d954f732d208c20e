"""Hiding small figures of a table so that none can be worked out again from what is shown (S1 §20).

A table is cells with a total for each line, each column, and all. A cell below the least count is hidden; then others are, until no hidden
cell follows from the totals and no line gives its hidden cells away as fewer than the least count together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

Cell = tuple[int, int]
Table = Sequence[Sequence[int]]


def with_totals(cells: Table) -> list[list[int]]:
    """The table with a total at the end of each line, and a line of totals."""
    lines = [[*line, sum(line)] for line in cells]
    width = max((len(line) for line in lines), default=1)
    return [*lines, [sum(line[at] for line in lines) for at in range(width)]]


def hidden(cells: Table, least: int, forced: Collection[Cell] = ()) -> set[Cell]:
    """Which cells of a table `with_totals` are hidden: (line, column). `forced` are hidden elsewhere and must be so here."""
    if not cells:
        return set()
    found = {(at, column) for at, line in enumerate(cells) for column, n in enumerate(line) if 0 < n < least} | set(forced)
    if 0 < cells[-1][-1] < least:
        return {(at, column) for at, line in enumerate(cells) for column in range(len(line))}
    while more := _told_by_sum(cells, found, least) or _told_by_lines(cells, found):
        found |= more
    return found


def beside(mine: Table, whole: Table, columns: Sequence[str], wholes: Sequence[str], least: int) -> set[Cell]:
    """The cells of a table `with_totals` that, taken from the same cell of a table shown beside it, leave few people.

    Both have the same lines; `columns` and `wholes` name what their columns but the last are.
    """
    if not mine or not whole:
        return set()
    at = {name: column for column, name in enumerate(wholes)}
    pairs = [(column, at.get(name)) for column, name in enumerate(columns)] + [(len(columns), len(wholes))]
    return {(line, column) for line, cells in enumerate(mine) for column, other in pairs
            if 0 < abs((whole[line][other] if other is not None else 0) - cells[column]) < least}


def _lines_of(cells: Table) -> Iterator[list[Cell]]:
    """Every line and every column of cells that sum up, its total the last."""
    for at, line in enumerate(cells):
        yield [(at, column) for column in range(len(line))]
    for column in range(len(cells[0])):
        yield [(at, column) for at in range(len(cells))]


def _told_by_sum(cells: Table, found: set[Cell], least: int) -> set[Cell]:
    """One more cell of a line whose hidden cells, total apart, are known to be few together."""
    for line in _lines_of(cells):
        gone = [cell for cell in line[:-1] if cell in found]
        if not gone or line[-1] in found or sum(cells[at][column] for at, column in gone) >= least:
            continue
        left = [cell for cell in line[:-1] if cell not in found] or [line[-1]]
        return {min(left, key=lambda cell: (not cells[cell[0]][cell[1]], cells[cell[0]][cell[1]], cell))}
    return set()


def _told_by_lines(cells: Table, found: set[Cell]) -> set[Cell]:
    """What else to hide because of a cell that follows from the others: it lies on no ring of hidden cells."""
    told = bridges(found)
    if not told:
        return set()
    at, column = min(told)
    rings = [{(at, other), (line, column), (line, other)} - found for line in range(len(cells)) if line != at
             for other in range(len(cells[0])) if other != column]
    return min(rings, key=lambda ring: (sum(cells[line][other] for line, other in ring), len(ring), sorted(ring)), default=set())


def bridges(found: Collection[Cell]) -> set[Cell]:
    """The hidden cells that can be worked out from the totals.

    Lines and columns are points, hidden cells the ways between them: a cell on a ring could hold more or less, one on no ring cannot.
    """
    ways: dict[tuple[str, int], list[tuple[tuple[str, int], Cell]]] = {}
    for at, column in found:
        ways.setdefault(("line", at), []).append((("column", column), (at, column)))
        ways.setdefault(("column", column), []).append((("line", at), (at, column)))
    seen: dict[tuple[str, int], int] = {}
    low: dict[tuple[str, int], int] = {}
    told: set[Cell] = set()
    for start in ways:
        if start not in seen:
            _walk(start, ways, seen, low, told)
    return told


def _walk(start, ways, seen, low, told) -> None:
    """Depth first, without recursion: a way no ring leads around is a bridge."""
    seen[start] = low[start] = len(seen)
    stack = [(start, None, iter(ways[start]))]
    while stack:
        point, came, left = stack[-1]
        step = next(left, None)
        if step is None:
            stack.pop()
            if stack:
                before = stack[-1][0]
                low[before] = min(low[before], low[point])
                if low[point] > seen[before]:
                    told.add(came)
            continue
        there, cell = step
        if cell == came:
            continue
        if there in seen:
            low[point] = min(low[point], seen[there])
        else:
            seen[there] = low[there] = len(seen)
            stack.append((there, cell, iter(ways[there])))
