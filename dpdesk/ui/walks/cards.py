"""The cards of a walk's page: a street to add, how a street is walked, its name, where a house without a number stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dpdesk.domain.walks import Door, Part, Side, Way
from dpdesk.services.walks_words import SIDES, WAYS, extent, side_name, way_name
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _

Send = Callable[[dict[str, str]], None]
_FIGURES = 6


def street(streets: Mapping[str, Sequence[Door]], send: Send) -> Entry:
    """A street, its side, and from which number to which."""
    offered = tuple((key, _("{street}, {extent}", street=doors[0].street or _("No street"), extent=extent(doors)))
                    for key, doors in streets.items())
    specs = (FieldSpec("street", _("Street"), "choice", choices=offered, span=True),
             FieldSpec("first", _("From number"), "number", longest=_FIGURES, placeholder=_("the first")),
             FieldSpec("last", _("To number"), "number", longest=_FIGURES, placeholder=_("the last")),
             FieldSpec("side", _("Which doors"), "choice", choices=tuple((code, side_name(code)) for code in SIDES)),
             FieldSpec("way", _("Order"), "choice", choices=tuple((code, way_name(code)) for code in WAYS)),
             FieldSpec("unnumbered", _("Also houses without a number"), "tick", span=True))
    return Entry(_("Add a street"), _("Doors that another walk has now go over to this one."), specs, _("Add it"), send,
                 values={"way": Way.BACK.value, "unnumbered": "yes"}, columns=2)


def parts(streets: Mapping[str, Sequence[Door]], values: Mapping[str, str]) -> tuple[Part, ...]:
    """The rules a filled card stands for; raises `Invalid`."""
    from dpdesk.domain.errors import Invalid
    from dpdesk.services import walks_make
    wrong = {code: "house_number_bad" for code in ("first", "last") if values[code] and not values[code].isdecimal()}
    if wrong:
        raise Invalid(wrong)
    return walks_make.parts(streets[values["street"]], side=Side(values["side"]), first=int(values["first"] or 0),
                            last=int(values["last"] or 0), unnumbered=bool(values["unnumbered"]), way=Way(values["way"]))


def way(part: Part, send: Send) -> Entry:
    """In which order a street is walked."""
    spec = FieldSpec("way", _("Order"), "choice", choices=tuple((code, way_name(code)) for code in WAYS))
    return Entry(_("How is {street} walked?", street=part.street), "", (spec,), _("Change"), send, values={"way": part.way.value})


def divide(doors: Sequence[Door], send: Send) -> Entry:
    """From which door on a walk of its own begins; flats are doors of their own."""
    spec = FieldSpec("door", _("From door"), "choice", choices=tuple((each.key, each.label) for each in doors))
    return Entry(_("Divide the walk"), _("This door, those after it in the street, and the streets after this one become a walk of their "
                                         "own. Flats are told apart, so that a block can be divided by floor."), (spec,), _("Divide it"),
                 send, values={"door": doors[len(doors) // 2].key})


def name(now: str, send: Send) -> Entry:
    """What the walk is called."""
    return Entry(_("What is the walk called?"), _("Left empty, it is called by its streets."), (FieldSpec("name", _("Name"), longest=80),),
                 _("Rename"), send, values={"name": now})


def house(door: Door, others: Sequence[Door], send: Send) -> Entry:
    """After which door a house without a number is walked."""
    choices = (("", _("at the end of the street")), *((each.key, each.label) for each in others))
    spec = FieldSpec("after", _("After"), "choice", choices=choices)
    return Entry(_("Where does {house} stand?", house=door.label), _("On every walk and sheet from now on."), (spec,), _("Put it there"),
                 send, values={"after": door.key.rpartition("~")[0]})
