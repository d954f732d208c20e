"""What the people of the demo branch are beside members, and what some of them asked: one enquiry about to expire, one on hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from dpdesk.domain.clocks import months_before
from dpdesk.domain.members import Member, Status
from dpdesk.services import capacities, enquiries
from dpdesk.services.capacities import Given
from dpdesk.services.enquiries import Asked
from dpdesk.services.session import Session, today

_HELD = (
    Given("supporter"), Given("supporter"), Given("volunteer", "Delivers leaflets in Canalside"), Given("supporter"),
    Given("volunteer", "Telling on polling day"), Given("supporter", "Window poster"), Given("volunteer", "Drives on polling day"),
    Given("elected_representative", "Parish councillor, Larkrise", "2023-05-04"), Given("registered_campaigner", "Keep the Library Open"),
    Given("electoral_administrator", "Elections office, Anytown Council"))
_ASKED = (  # how, what, a handle, a place, and the days that are left of its time
    ("email", "When is the next public meeting, and is there a ramp?", "", "Station", 340),
    ("phone", "Whom to ask about the closed footpath behind Mill Lane.", "", "Millbrook", 205),
    ("facebook", "Would like a poster for the window.", "anytown.resident", "Hilltop", 98),
    ("website", "Is the branch for or against the bypass?", "", "Priory", 6),
    ("letter", "Asked how we came by their address.", "", "Canalside", 0))
_OF_MEMBERS = (
    Given("elected_representative", "Councillor, Priory ward", "2022-05-05"),
    Given("elected_representative", "Councillor, Canalside ward", "2023-05-04"),
    Given("volunteer", "Leads the Saturday stall"), Given("volunteer", "Delivers leaflets in Millbrook"),
    Given("volunteer", "Data entry on Tuesdays"))


def add(session: Session, people: Iterable[Mapping[str, str]]) -> None:
    """The contacts: the last few asked something, all others hold a capacity, every ninth of them two."""
    everybody = list(people)
    for at, values in enumerate(everybody[:-len(_ASKED)]):
        person = capacities.add_contact(session, values, _HELD[at % len(_HELD)])
        if at % 9 == 4:
            capacities.add(session, person.id, Given("volunteer", "Helps at the summer fair"))
    full = months_before(today(), session.policy.enquiries_kept_months)
    for values, (way, query, handle, place, left) in zip(everybody[-len(_ASKED):], _ASKED, strict=True):
        person, new = enquiries.log_new(session, values, Asked(way, query, (full + timedelta(days=left)).isoformat(), handle, place))
        if way == "letter":
            enquiries.hold(session, new.id, "The regulator has asked about it", (today() + timedelta(days=60)).isoformat())


def capacities_of_members(session: Session, everybody: Sequence[Member]) -> None:
    """Some members are councillors or volunteers too, and one asked something."""
    standing = [person for person in everybody if person.status == Status.CURRENT.value and not person.date_of_birth > "2000"]
    for at, given in enumerate(_OF_MEMBERS):
        capacities.add(session, standing[at * 17 + 3].id, given)
    capacities.add(session, standing[3].id, Given("volunteer", "Chairs the meetings"))
    enquiries.log(session, standing[40].id, Asked("email", "May a guest come to the branch meeting?",
                                                 (today() - timedelta(days=12)).isoformat()))
