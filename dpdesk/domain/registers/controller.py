"""The controller's own record: who answers, who advises, the registration with the regulator, and who else decides.

Answers S1 3.14-3.15, 7, 12.2-12.3, 12.10.
"""

from __future__ import annotations

from dpdesk.domain.deadlines import Run, again_on
from dpdesk.domain.registers.declaring import Clock, Facts, Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning


def _fee(facts: Facts) -> Run | None:
    """The fee is due every year; who never registered says why (S1 12.3)."""
    paid = facts.day("registered_on")
    return Run(paid.isoformat(), again_on(paid, 12).isoformat()) if paid and not facts.values.get("exempt_why") else None


REGISTER = Register(
    "controller", "Controller", "Controller", "Who is responsible for the branch’s data, and how they are reached.", "CR", (
        Field("name", "Controller", needed=True, clause="S1 8.3a", help="The branch, as its rules name it."),
        Field("address", "Address", Kind.LONG, "S1 8.3a", needed=True),
        Field("email", "E-mail", clause="S1 8.3a"),
        Field("accountable", "Accountable person", clause="S1 3.15, 12.2", needed=True),
        Field("dpo", "Data protection officer", clause="S1 3.14, 12.10", help="Or why there is none."),
        Field("joint", "Together with the national party", Kind.LONG, "UK GDPR Art 26", "Who is controller of what, in the words of the "
              "agreement."),
        Field("registration", "Number with the regulator", clause="S1 12.3", group="Registration"),
        Field("registered_on", "Registered or renewed on", Kind.DAY, "S1 12.3", group="Registration"),
        Field("exempt_why", "If not registered, why not", Kind.LONG, "S1 12.3",
              "Candidates and elected representatives are exempt; parties and "
              "their branches were not on the list we saw.", group="Registration"),
        Field("reviewed_on", "Last looked at on", Kind.DAY, "S1 33", group="Registration"),
    ), (State("current", "Current"), State("former", "Former", True)), (
        Move("renew", "The fee is paid again", ("current",), "current", stamps="registered_on", needs=("registration",)),
        Move("again", "Still right", ("current",), "current", stamps="reviewed_on"),
        Move("end", "Not the controller any more", ("current",), "former"),
    ), (Clock("fee", "Pay the regulator’s fee", _fee, "S1 12.3"), returning("Yearly look", "reviewed_on", 12, "S1 33")),
    ("name", "accountable", "registration"), "S1 3.14-3.15, 12.2-12.3, 12.10", 35,
    "key-round", adds="Write it down")
