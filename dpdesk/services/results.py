"""What canvassing found: of one elector, over time; and in figures by district or walk, none of which points at anybody (S1 §20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dpdesk.domain.campaigns import CodeSet, Outcome
from dpdesk.domain.hiding import beside, hidden, with_totals
from dpdesk.domain.leaving_alone import LeaveAlone
from dpdesk.domain.results import REACHED, Age, Fact
from dpdesk.domain.roles import Right
from dpdesk.services import leaving_alone
from dpdesk.services.register import shown_born_by
from dpdesk.services.results_ages import age_of, oldest_day
from dpdesk.services.session import Session

_REACHED = {each.value for each in REACHED}


@dataclass(frozen=True)
class Contact:
    """One contact with an elector: its age by the policy, and names of campaign and people ("" where they are gone)."""

    fact: Fact
    age: Age
    campaign: str
    words: str
    taken_by: str
    entered_by: str
    verified_by: str


@dataclass(frozen=True)
class OfElector:
    """What is known of one elector from the door: `contacts` newest first, those whose time is up left out (`expired` counts them)."""

    contacts: tuple[Contact, ...]
    left_alone: tuple[LeaveAlone, ...]
    expired: int = 0

    @property
    def intention(self) -> Contact | None:
        """The newest that says how they will vote."""
        return next((each for each in self.contacts if each.fact.says_intention), None)


def of_elector(session: Session, elector: str) -> OfElector:
    """Contacts of an elector (identity or number), and whether they are to be left alone; raises `NotFound`."""
    from dpdesk.services import electors
    from dpdesk.store import campaigns, officers, results, sessions
    session.require(Right.RESULTS_SEE)
    found = electors.get(session, elector).row.elector
    with session.desk.read() as connection:
        facts = results.of_elector(connection, found.id)
        named = {each.id: each.name for each in campaigns.listing(connection)}
        holders = sessions.names_of(connection, [each.taken_by for each in facts if each.taken_by])
        known = {each.id: each.name for each in officers.listing(connection)}
        sets = {identity: campaigns.codes(connection, identity) for identity in {each.codes for each in facts if each.codes}}
    fresh = [(each, age_of(session, each.taken_on)) for each in facts if each.outcome is not Outcome.NOT_ATTEMPTED]
    contacts = tuple(Contact(each, old, named.get(each.campaign, ""), _words(each, sets.get(each.codes)), holders.get(each.taken_by, ""),
                             known.get(each.entered_by, ""), known.get(each.verified_by, ""))
                     for each, old in fresh if old is not Age.EXPIRED)
    return OfElector(contacts, tuple(leaving_alone.of(session, found)), sum(old is Age.EXPIRED for _each, old in fresh))


def _words(fact: Fact, codes: CodeSet | None) -> str:
    """A raw code in the words its code set had for it."""
    from dpdesk.domain.campaigns import read
    found = [code.words for piece in fact.raw.split() for code in read(piece, codes).codes] if codes else []
    return ", ".join(dict.fromkeys(found)) or fact.raw


@dataclass(frozen=True)
class Group:
    """A district or a walk: how many electors it has, and were called on; what of that is shown, `Figures` says."""

    key: str
    name: str
    electors: int
    called: int


@dataclass(frozen=True)
class Figures:
    """People who were reached, by group and by what they said: `cells` with a total for each group, each column and all.

    `columns` are intentions ("us:definite") in the order of the codes, and "" for who said nothing of it; `hidden` are (line, column)
    of figures below `least`, and of what would tell them; `few` the lines whose number of people called on is so.
    """

    by: str
    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    words: Mapping[str, str]
    cells: tuple[tuple[int, ...], ...]
    hidden: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    least: int = 5
    few: frozenset[int] = field(default_factory=frozenset)

    def called(self, line: int) -> int | None:
        """How many of a group were called on, or of all (the line after them); None where that is hidden."""
        whole = sum(each.called for each in self.groups)
        return None if line in self.few else self.groups[line].called if line < len(self.groups) else whole

    def shown(self, line: int, column: int) -> int | None:
        """A figure, None where it is hidden."""
        return None if (line, column) in self.hidden else self.cells[line][column]

    def reached(self, line: int) -> int | None:
        """How many of a group were reached (its total); None where that is hidden."""
        return self.shown(line, len(self.columns))

    def rate(self, line: int) -> float | None:
        """Reached of all electors of a group; None where it is hidden, or there are none."""
        reached, electors = self.reached(line), self.groups[line].electors
        return reached / electors if reached is not None and electors else None


@dataclass(frozen=True)
class Week:
    """A week of calls: its Monday (ISO), people called on and people reached; None where that is a figure of a few."""

    begins: str
    called: int | None
    reached: int | None


def intention_words(session: Session, campaign: str = "") -> dict[str, str]:
    """What each intention is called by the codes of a campaign, or of all, in the order of the codes."""
    from dpdesk.store import campaigns
    session.require(Right.RESULTS_SEE)
    found: dict[str, str] = {}
    with session.desk.read() as connection:
        wanted = [each.codes for each in campaigns.listing(connection) if not campaign or each.id == campaign]
        for identity in wanted:
            codes = campaigns.codes(connection, identity)
            for code in codes.codes if codes else ():
                if code.party or code.strength:
                    found.setdefault(f"{code.party}:{code.strength.value}", code.words)
    return found


def figures(session: Session, campaign: str = "", by: str = "district", district: str = "") -> Figures:
    """Contact rate and intentions by district, or by walk of one district; each elector counts once, with the newest they said.

    What is hidden by district stays hidden by walk: neither tells what the other hides. Nor does one campaign beside all of them: a
    figure that differs from that of all campaigns by fewer than the least count is hidden.
    """
    from dpdesk.services.session import today
    from dpdesk.store.imports import last_seq
    session.require(Right.RESULTS_SEE)
    words = intention_words(session, campaign)
    with session.desk.read() as connection:
        asked = ("results", campaign, by, district, today(), shown_born_by(session), oldest_day(session),
                 session.policy.results_least_count)
        return session.remembered(asked, last_seq(connection), lambda: _figures(session, connection, campaign, by, district, words))


def _figures(session: Session, connection, campaign: str, by: str, district: str, words: Mapping[str, str]) -> Figures:
    least = session.policy.results_least_count
    shown = [_people(session, connection, each) for each in dict.fromkeys((campaign, ""))]  # of the campaign, and of all beside it
    districts = _by_district(session, connection, shown[0])
    above = _made("district", districts, shown, lambda person: person.district, words, least)
    if by == "district":
        return above
    walk_of, groups = _by_walk(session, connection, shown, district)
    inside = [{elector: person for elector, person in people.items() if person.district == district} for people in shown]
    line = next((at for at, each in enumerate(districts) if each.key == district), None)
    gone = {column for at, column in above.hidden if at == line}
    made = _made(by, groups, inside, lambda person: walk_of.get(person.row, ""), words, least, columns=above.columns, gone=gone)
    return replace(made, few=made.few | {len(groups)}) if line in above.few else made


@dataclass(slots=True)
class _Person:
    """One elector by what was learnt of them: the newest counts. `row` is theirs on the register."""

    row: int
    district: str
    reached: bool = False
    intention: str = ""


def _people(session: Session, connection, campaign: str) -> dict[str, _Person]:
    """Every elector of the register who was called on, by what was learnt that is not too old."""
    from dpdesk.store import results
    found: dict[str, _Person] = {}
    for elector, row, district, outcome, party, strength in results.of_people(connection, campaign, oldest_day(session),
                                                                              shown_born_by(session)):
        if outcome == Outcome.NOT_ATTEMPTED.value:
            continue
        person = found.get(elector)
        if person is None:
            person = found[elector] = _Person(row, district)
        person.reached = person.reached or outcome in _REACHED
        if party or strength:
            person.intention = f"{party}:{strength}"
    return found


def _by_district(session: Session, connection, people: Mapping[str, _Person]) -> list[Group]:
    from dpdesk.store import electors
    called = Counter(each.district for each in people.values())
    return [Group(name, name, n, called[name]) for name, n in electors.districts(connection, shown_born_by(session))]


def _by_walk(session: Session, connection, shown: Sequence[Mapping[str, _Person]], district: str) -> tuple[dict[int, str], list[Group]]:
    """(walk of each row of the district's electors, the walks with their counts); `shown` as `_made` has them."""
    from dpdesk.services.walks import laid
    there = laid(session, connection, district)
    walk_of = {there.rows[place]: there.walks[at].id for door, at in zip(there.doors, there.at, strict=True) if at is not None
               for place in door.electors}
    sizes = Counter(walk_of.values())
    counted = [Counter(walk_of.get(each.row, "") for each in people.values() if each.district == district) for people in shown]
    groups = [Group(each.id, each.title, sizes[each.id], counted[0][each.id]) for each in there.walks]
    return walk_of, [*groups, Group("", "", 0, counted[0][""])] if any(each[""] for each in counted) else groups


def _made(by: str, groups: Sequence[Group], shown: Sequence[Mapping[str, _Person]], group_of, words: Mapping[str, str],
          least: int, columns: tuple[str, ...] = (), gone: Collection[int] = ()) -> Figures:
    """Figures of the first of `shown`, which the second, all campaigns, is seen beside; `gone` are columns whose total is hidden."""
    counted = [Counter((group_of(each), each.intention) for each in people.values() if each.reached) for people in shown]
    said = counted[0]
    there = {intention for _key, intention in said}
    columns = columns or (*(each for each in words if each in there), *sorted(there - words.keys() - {""}), *({""} & there))
    cells = with_totals([[said[each.key, column] for column in columns] for each in groups]) if groups else []
    forced = {(len(groups), column) for column in gone} if groups else set()
    if groups and len(counted) > 1:
        wholes = sorted({intention for _key, intention in counted[1]})
        whole = with_totals([[counted[1][each.key, column] for column in wholes] for each in groups])
        forced |= beside(cells, whole, columns, wholes, least)
    few = _few(groups, [Counter(map(group_of, people.values())) for people in shown], least)
    return Figures(by, tuple(groups), columns, words, tuple(map(tuple, cells)), frozenset(hidden(cells, least, forced)), least, few)


def _few(groups: Sequence[Group], called: Sequence[Counter[str]], least: int) -> frozenset[int]:
    """The lines, that of all the last, whose number of people called on is hidden: of a few, or telling such a number."""
    mine, whole = ([each[0:1] for each in with_totals([[counted[group.key]] for group in groups])] for counted in (called[0], called[-1]))
    forced = beside(mine, whole, (), (), least) if groups else set()
    return frozenset(line for line, _column in hidden([[*each, *each] for each in mine], least, forced)) if groups else frozenset()


def weeks(session: Session, campaign: str = "", most: int = 26) -> list[Week]:
    """People called on and reached in each of the last weeks, from the first with a call on; empty weeks between are kept."""
    from dpdesk.store import results
    session.require(Right.RESULTS_SEE)
    called: dict[date, set[str]] = {}
    reached: dict[date, set[str]] = {}
    with session.desk.read() as connection:
        found = results.counted(connection, campaign, oldest_day(session))
    for at, (elector, _district, day, outcome, _party, _strength) in enumerate(found):
        if outcome == Outcome.NOT_ATTEMPTED.value:
            continue
        monday = (on := date.fromisoformat(day)) - timedelta(days=on.weekday())
        called.setdefault(monday, set()).add(elector or str(at))
        if outcome in _REACHED:
            reached.setdefault(monday, set()).add(elector or str(at))
    if not called:
        return []
    first, last = min(called), max(called)
    every = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)][-most:]
    every = every[next(at for at, each in enumerate(every) if each in called):]
    least = session.policy.results_least_count
    counted = [(each, len(called.get(each, ())), len(reached.get(each, ()))) for each in every]
    return [Week(each.isoformat(), *(None if 0 < n < least else n for n in both)) for each, *both in counted]


@dataclass(frozen=True)
class Over:
    """Answers about voting by month, as `Figures` has them by group."""

    months: tuple[str, ...]
    columns: tuple[str, ...]
    words: Mapping[str, str]
    cells: tuple[tuple[int, ...], ...]
    hidden: frozenset[tuple[int, int]]
    least: int

    def shown(self, line: int, column: int) -> int | None:
        """A figure, None where it is hidden."""
        return None if (line, column) in self.hidden else self.cells[line][column]


def over_time(session: Session, campaign: str = "", district: str = "", most: int = 12) -> Over:
    """Answers about voting in each month (`2026-11`), of a district or of all; an elector counts once a month, with the newest they said.

    What `figures` hides of the same people stays hidden here, and what would be told by all campaigns beside one.
    """
    from dpdesk.store import results
    session.require(Right.RESULTS_SEE)
    above = figures(session, campaign)
    with session.desk.read() as connection:
        shown = [_by_month(results.counted(connection, each, oldest_day(session)), district, most)
                 for each in dict.fromkeys((campaign, ""))]
    months, there, said = shown[0]
    columns = (*(each for each in above.words if each in there), *sorted(there - above.words.keys()))
    cells = with_totals([[said[month, column] for column in columns] for month in months]) if months else []
    line = next((at for at, each in enumerate(above.groups) if each.key == district), len(above.groups))
    gone = {above.columns[column] if column < len(above.columns) else "all" for at, column in above.hidden if at == line}
    forced = {(len(months), at) for at, code in enumerate((*columns, "all")) if code in gone} if months else set()
    if months and campaign:
        of_all, wholes, every = shown[1]
        names = sorted(wholes)
        whole = with_totals([[every[month, column] for column in names] for month in months])
        whole[-1] = with_totals([[every[month, column] for column in names] for month in of_all])[-1]
        forced |= beside(cells, whole, columns, names, above.least)
    return Over(tuple(months), columns, above.words, tuple(map(tuple, cells)), frozenset(hidden(cells, above.least, forced)), above.least)


def _by_month(found: Iterable[tuple], district: str, most: int) -> tuple[list[str], set[str], Counter]:
    """(the last months with answers, intentions said in them, how many by month and intention)."""
    newest: dict[tuple[str, str], str] = {}
    for at, (elector, of_district, day, _outcome, party, strength) in enumerate(found):
        if (party or strength) and district in ("", of_district):
            newest[day[:7], elector or str(at)] = f"{party}:{strength}"
    said = Counter((month, intention) for (month, _who), intention in newest.items())
    months = sorted({month for month, _intention in said})[-most:]
    return months, {intention for month, intention in said if month in months}, said


@dataclass(frozen=True)
class Asked:
    """A question of a campaign with a box of its own, and how many said yes; None where that is hidden."""

    campaign: str
    text: str
    yes: int | None


def questions(session: Session, campaign: str = "") -> list[Asked]:
    """How many people said yes to each question, in the order of the campaigns; a figure of a few is hidden."""
    from dpdesk.store import campaigns, results
    session.require(Right.RESULTS_SEE)
    with session.desk.read() as connection:
        there = [each for each in campaigns.listing(connection) if not campaign or each.id == campaign]
        said: dict[tuple[str, str], set[str]] = {}
        for at, (of, elector, letters) in enumerate(results.ticked(connection, oldest_day(session))):
            for letter in letters:
                said.setdefault((of, letter), set()).add(elector or str(at))
    least = session.policy.results_least_count
    counted = [(each.name, asked.text, len(said.get((each.id, asked.letter), ()))) for each in there for asked in each.questions
               if asked.letter]
    return [Asked(name, text, None if 0 < yes < least else yes) for name, text, yes in counted]


def outstanding(session: Session, campaign: str = "") -> dict[str, int]:
    """How many pages of paper stand in each state, those that are gone left out: what is to come back, to be entered, to be checked."""
    from dpdesk.store import sheets
    session.require(Right.RESULTS_SEE)
    with session.desk.read() as connection:
        mine = [each.id for each in sheets.listing(connection) if not campaign or each.campaign == campaign]
        found = Counter(each.state.value for each in sheets.copies(connection, mine) if not each.gone)
    return dict(found)
