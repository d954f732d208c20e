"""Stray copies: what looks like a register or a membership list is found by its headers, and nothing else is called one."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Cancelled, Invalid
from dpdesk.domain.strays import Kind, kind_of
from dpdesk.services import audit, strays

REGISTER = "Elector Number Prefix,Elector Number,Elector Surname,Elector Forename,PostCode\nAA,1,Lee,Ann,AN1 2AB\n"
PEOPLE = "Name;E-mail;Mobile\nAnn Lee;ann@example.org;07700 900101\n"


@pytest.mark.parametrize(("headers", "kind"), [
    (("Elector Number Prefix", "Elector Number", "Elector Surname"), Kind.REGISTER),
    (("PD", "Number", "Surname", "Forename"), Kind.REGISTER),
    (("ENO", "Surname", "Initials"), Kind.REGISTER), (("Elector No", "Name", "Vote type"), Kind.REGISTER),
    (("Membership No", "Forename", "Surname", "Email", "Postcode"), Kind.PEOPLE),
    (("First Name", "Last Name", "Phone", "Email"), Kind.PEOPLE),
    (("Full name", "Address", "Post code"), Kind.PEOPLE), (("Date", "Amount", "Payee", "Email"), None), (("Name", "Size", "Price"), None),
    (("Name", "Score"), None), (("Recipe", "Serves", "Number"), None), ((), None)])
def test_headers_give_a_list_away(headers, kind):
    assert kind_of(headers) is kind


def test_strays_are_found_below_a_folder_and_the_log_learns_no_name(session, tmp_path):
    home = tmp_path / "home"
    (home / "Downloads" / "old").mkdir(parents=True)
    (home / "node_modules").mkdir()
    (home / "Downloads" / "reg 2026.CSV").write_text(REGISTER)
    (home / "Downloads" / "old" / "phoning.tsv").write_text(PEOPLE.replace(";", "\t"))
    (home / "budget.csv").write_text("Date,Payee,Amount\n2026-01-01,Printer,10\n")
    (home / "empty.csv").write_text("")
    (home / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (home / "node_modules" / "sample.csv").write_text(PEOPLE)
    (home / "link.csv").symlink_to(home / "Downloads" / "reg 2026.CSV")
    found = strays.look(session, home)
    assert [(each.path.name, each.kind.value, each.known) for each in found.strays] == [
        ("phoning.tsv", "people", False), ("reg 2026.CSV", "register", False)]
    assert [each.name for each in found.unread] == ["broken.xlsx"] and found.looked == 5
    (line,) = audit.listing(session, audit.Filter(action="device.searched"))
    assert dict(line.facts) == {"looked": 5, "found": 2, "unknown": 2, "unread": 1}
    with pytest.raises(Cancelled):
        strays.look(session, home, cancelled=lambda: True)
    with pytest.raises(Invalid):
        strays.look(session, home / "nowhere")


def test_what_is_on_the_list_of_copies_is_known(session, tmp_path):
    from dpdesk.domain.members import Kind as Who
    from dpdesk.services import exports, members
    members.add(session, Who.MEMBER, {"surname": "Lee", "email": "lee@example.org", "postcode": "AN1 2AB", "status": "current"})
    exports.members(session, exports.Wish(tmp_path / "l.csv", ("surname", "email", "postcode"), members.Query(), "branch", "Badges"))
    (found,) = strays.look(session, tmp_path).strays
    assert (found.path.name, found.known) == ("l.csv", True)
