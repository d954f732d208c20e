"""Cards by which a walk, or a street without one, is allotted to a session that is planned already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dpdesk.domain.sessions import Allotment, CanvassSession, Part, SheetKind, Variant
from dpdesk.services.session_words import kind_name, variant_name
from dpdesk.services.walks_words import POSTAL, contacted_choices, postal_name, summary
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _, trn

if TYPE_CHECKING:
    from dpdesk.services.allotments import Allotting
    from dpdesk.services.walks import Overview

_USUAL = {"kind": SheetKind.CANVASS.value, "variant": Variant.NORMAL.value}


def holders(found: CanvassSession) -> tuple[tuple[str, str], ...]:
    """Who may hold sheets, as choices; nobody yet first."""
    return (("", _("nobody yet")), *((each.id, each.name) for each in found.people if each.part is not Part.CANVASSER and each.name))


def how_specs(found: CanvassSession) -> tuple[FieldSpec, ...]:
    """Who holds the sheets, what they are for and how they are printed."""
    return (FieldSpec("holder", _("Responsible individual"), "choice", choices=holders(found)),
            FieldSpec("kind", _("What for"), "choice", choices=tuple((each.value, kind_name(each.value)) for each in SheetKind)),
            FieldSpec("variant", _("Print"), "choice", choices=tuple((each.value, variant_name(each.value)) for each in Variant)))


def who_specs() -> tuple[FieldSpec, ...]:
    """Who of a walk stands on the sheets."""
    return (FieldSpec("contacted", _("Who"), "choice", choices=contacted_choices()),
            FieldSpec("postal", _("Ways of voting"), "choice", choices=tuple((code, postal_name(code)) for code in POSTAL)),
            FieldSpec("intention", _("What they said last"), "choice", choices=(
                ("", _("whatever they said")), ("us", _("definitely or probably for us")), ("any", _("any intention")),
                ("none", _("no intention known")))))


def ask_walk(page: SessionPage, found: CanvassSession, allotted: Sequence[Allotment]) -> None:
    """Offer the walks that are not in the session yet."""
    from dpdesk.services import walks
    session, taken = page.context.session, {each.walk for each in allotted}

    def offer(there: list[Overview]) -> None:
        free = {each.id: each for each in there if each.id not in taken}
        if not free:
            page.context.say("info", _("Every walk is in this session already.") if there else
                             _("There are no walks yet. Make them on the page Walks, or allot a street."), None)
            return
        choices = tuple((each.id, _("{title}: {what}, {doors}", title=each.walk.title, what=summary(each),
                                    doors=trn("{n} door", "{n} doors", each.doors))) for each in free.values())
        page.slot.ask(Entry(
            _("Allot a walk"), _("Make and print its sheets under “Print sheets” then."),
            (FieldSpec("walk", _("Walk"), "choice", choices=choices, span=True), *how_specs(found), *who_specs()), _("Allot it"),
            lambda values: _send(page, found, lambda: _of_walk(session, found, free[values["walk"]], values)), values=_USUAL, columns=2))
    page.read(lambda: walks.walks(session), offer)


def ask_street(page: SessionPage, found: CanvassSession) -> None:
    """Ask for a polling district, or a street of it, without a walk."""
    from dpdesk.services.allotments import Allotting

    def made_of(values: dict[str, str]) -> Allotting:
        return Allotting("", district=values["district"], street=values["street"],
                         holder=values["holder"], kind=SheetKind(values["kind"]), variant=Variant(values["variant"]))
    page.slot.ask(Entry(_("Allot a street"), _("As the register spells them. Without a street, the whole polling district."), (
        FieldSpec("district", _("Polling district"), longest=40), FieldSpec("street", _("Street"), longest=120), *how_specs(found)),
        _("Allot it"), lambda values: _send(page, found, lambda: made_of(values)), values=_USUAL, columns=2))


def _of_walk(session, found: CanvassSession, walk: Overview, values: dict[str, str]) -> Allotting:
    from dpdesk.services import campaigns
    from dpdesk.services.allotments import Allotting
    from dpdesk.services.sheet_lines import narrowed
    spelt = narrowed(values, campaigns.codes(session, campaigns.get(session, found.campaign).codes))
    return Allotting(walk.walk.title, walk.id, wanted=spelt, holder=values["holder"], kind=SheetKind(values["kind"]),
                     variant=Variant(values["variant"]))


def _send(page: SessionPage, found: CanvassSession, new: Callable[[], Allotting]) -> None:
    from dpdesk.services import allotments
    session = page.context.session
    page.send(lambda: allotments.allot(session, found.id, [new()]))
