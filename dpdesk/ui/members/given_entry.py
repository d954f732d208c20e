"""What is asked when a consent or a permission is recorded, with the desk's words filled in for what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain.asking import ASKED_BY
from dpdesk.domain.contacting import Channel, Method
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import Choice
from dpdesk.ui.words import _, channel_name, field_name, method_name, trn

if TYPE_CHECKING:
    from dpdesk.services.contacting import Given
    from dpdesk.ui.members.person import PersonPage


def channels() -> list[tuple[str, str]]:
    """Every channel as a choice."""
    return [(channel.value, channel_name(channel.value)) for channel in Channel]


def methods() -> list[tuple[str, str]]:
    """Every way a yes may reach us, as a choice."""
    return [(method.value, method_name(method.value)) for method in Method if method in ASKED_BY]


def spec(code: str, kind: str = "text", words: str = "", choices: list[tuple[str, str]] | None = None) -> FieldSpec:
    """A field named as everywhere."""
    return FieldSpec(code, field_name(code), kind, words, tuple(choices or ()), 500)


def given_on() -> FieldSpec:
    """The day of the yes."""
    return spec("given_on", "date", _("The day the person said yes."))


def wording() -> FieldSpec:
    """The words agreed to."""
    return spec("wording", "long", _("What the person was shown or told when they agreed."))


def evidence() -> FieldSpec:
    """Where the proof is."""
    return spec("evidence", "text", _("Where the proof is kept: a form in the folder, a mail of that day."))


def expires_on(page: PersonPage) -> FieldSpec:
    """The end, where it is to be nearer than the policy's."""
    months = page.context.session.policy.consent_lasts_months
    return spec("expires_on", "date", trn("Leave it empty: it ends after {n} month, as the policy has it.",
                                          "Leave it empty: it ends after {n} months, as the policy has it.", months))


def consent_specs(choices: list[tuple[str, str]], page: PersonPage) -> list[FieldSpec]:
    """What a consent has to hold (S1 16.1-16.8)."""
    return [spec("channel", "choice", "", choices), given_on(), spec("method", "choice", "", methods()), wording(), evidence(),
            expires_on(page)]


def now(record: Record, purpose: str = "") -> dict[str, str]:
    """What is filled in at first: today, on paper, and the desk's words for the purpose."""
    from dpdesk.services.session import today
    words = record.wordings.get(purpose)
    return {"given_on": today().isoformat(), "method": Method.PAPER.value, "wording": words.text if words else ""}


def follow_wording(entry: Entry, record: Record) -> None:
    """Let the words follow the channel chosen, as long as the officer has not written others."""
    choice, words = entry.form.field("channel").control, entry.form.field("wording")
    ours = {"", *(each.text for each in record.wordings.values())}

    def turned(_at: int) -> None:
        if words.value() in ours:
            found = record.wordings.get(choice.code())
            words.set_value(found.text if found else "")
    if isinstance(choice, Choice):
        choice.activated.connect(turned)


def given_of(values: dict[str, str]) -> Given:
    """The consent that a filled-in entry describes."""
    from dpdesk.services.contacting import Given
    return Given(Channel(values["channel"]), values["given_on"], Method(values["method"]), values["wording"], values["evidence"],
                 values["expires_on"])
