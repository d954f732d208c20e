"""Ways in which consent is asked for, each held against 16.1 to 16.7; spoken consent to special data is acknowledged in writing.

Answers S1 6.5, 16, 17.
"""

from __future__ import annotations

from datetime import date

from dpdesk.domain.registers.declaring import Facts, Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

CHECKS = (("free", "Freely given (16.1)"), ("explicit", "Explicit (16.2)"), ("specific", "Specific (16.3)"), ("clear", "Clear (16.4)"),
          ("informed", "Informed (16.5)"), ("active", "By a statement or act (16.6)"), ("not_inferred", "Not inferred from silence (16.7)"))


def _unsound(facts: Facts, on: date) -> str:
    """All of 16.1 to 16.7, and for spoken consent to special data its acknowledgement (16.8)."""
    if set(facts.values.get("checks", "").split()) != {code for code, _words in CHECKS}:
        return "duties.consent_unsound"
    spoken = facts.values.get("method") == "spoken" and facts.values.get("special") == "yes"
    return "duties.spoken_unacknowledged" if spoken and not facts.values.get("acknowledged") else ""


REGISTER = Register(
    "consents", "Ways of consent", "Way of consent", "How people are asked for consent, and whether it would stand. Each person’s own "
    "consent "
    "is kept with the person.", "CN", (
        Field("purpose", "What for", needed=True, clause="S1 16.3"),
        Field("channel", "For which way of contact", Kind.CHOICE, "PECR reg 22", choices=(
            ("email", "E-mail"), ("sms", "Text message"), ("phone", "Phone"), ("whatsapp", "WhatsApp"), ("post", "Post"),
            ("photo", "Photographs"),
            ("sharing", "Passing data on"))),
        Field("method", "How it is asked", Kind.CHOICE, "S1 16.6",
              choices=(("web", "Online"), ("paper", "On paper"), ("spoken", "Spoken"), (
            "other", "Another way")), needed=True),
        Field("words", "The words", Kind.LONG, "S1 16.5", needed=True),
        Field("special", "Special data", Kind.CHOICE, "S1 16.8", choices=(("yes", "Yes"), ("no", "No"))),
        Field("checks", "It is", Kind.SEVERAL, "S1 16.1-16.7", choices=CHECKS),
        Field("acknowledged", "How spoken consent is acknowledged in writing", Kind.LONG, "S1 16.8"),
        Field("withdrawal", "How it is withdrawn", Kind.LONG, "S1 17", "As easily as it is given."),
        Field("form", "Form", Kind.ENTRY, to="collection_forms"),
        Field("reviewed_on", "Last looked at on", Kind.DAY),
    ), (State("draft", "Draft"), State("in_use", "In use"), State("withdrawn", "Not used any more", True)), (
        Move("use", "Put it to use", ("draft",), "in_use", ("checks", "withdrawal"), ("withdrawal",), "reviewed_on",
             (Role.ACCOUNTABLE, Role.DPO), forbids=_unsound),
        Move("again", "Still right", ("in_use",), "in_use", stamps="reviewed_on", forbids=_unsound),
        Move("drop", "Not used any more", ("draft", "in_use"), "withdrawn"),
    ), (returning("Yearly look", "reviewed_on", 12, "S1 8.5.c", while_in=("in_use",)),), ("purpose", "channel", "method"),
    "S1 6.5, 16, 17", 55,
    "check", adds="Add a way of consent",
    guidance="Silence, a ticked box or having once joined is no consent. E-mails and texts for the party’s aims need it; the softer "
    "rule for "
    "charities does not hold for parties.", guidance_on="2026-11-26")
