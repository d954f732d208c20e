"""Makes of one letter what each person reads: text and HTML rendered once, fields filled in for each, the foot from the policy."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from dpdesk.domain import post_codes
from dpdesk.domain.errors import MailingRefused
from dpdesk.domain.mail_addresses import Address, Mailbox, mailbox
from dpdesk.domain.members import Kind, Member
from dpdesk.domain.post import Bundle, Envelope, Writing
from dpdesk.domain.post_fields import Field, cut, mark, mark_of, marks_in, values_of
from dpdesk.services.dates import day
from dpdesk.services.post import Letter
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

SAMPLE = Member("0" * 32, 0, Kind.MEMBER, number="1001", title="Dr", forename="Alex", surname="Example", branch="Anytown",
                ward="Riverside", status="current", joined_on="2020-05-01", renewal_on="2027-05-01")
"""Nobody: whom a letter is shown for before anybody is chosen, and in a test to oneself."""
_CODE = Field("code")
_IN_PLACE = "A" * 16  # of a code, in what is quoted once for all: codes are letters and digits, which quoting leaves alone


@dataclass(frozen=True)
class Sender:
    """Who a mailing comes from: the branch's mailbox, and the branch's name for the foot."""

    mailbox: Mailbox
    branch: str


def sender_of(session: Session, address: str, name: str = "") -> Sender:
    """The sender of that address; the name is the branch's where none is given. Raises `BadAddress`."""
    return Sender(mailbox(address, name or session.branch), session.branch)


class Press:
    """Prints one letter. What a person gets follows from the letter, the sender, the person, the mailing and the moment alone."""

    def __init__(self, session: Session, letter: Letter, sender: Sender, mailing: str) -> None:
        from dpdesk.files import letters
        self._letter, self._sender, self._mailing = letter, sender, mailing
        self._key = session.desk.key("post")
        subject = mark(letter.subject)
        body = mark(letter.body, (*subject.fields, _CODE))
        self._fields = body.fields
        self._at = body.fields.index(_CODE)
        page = letters.html_of(body.text)
        if marks_in(page) != marks_in(body.text):
            raise MailingRefused("field_in_link")
        foot = _Foot(session, letter, sender, mark_of(self._at))
        self._subject = cut(" ".join(subject.text.split()))
        self._text = cut(f"{letters.text_of(body.text)}\n-- \n{foot.text}")
        self._html = cut(letters.page("", page + foot.html))
        address = quote(str(sender.mailbox.address), safe="@")
        self._stop = cut(f"mailto:{address}?subject={quote(_stop_subject(_IN_PLACE)).replace(_IN_PLACE, mark_of(self._at))}")
        self._moment: tuple[datetime | None, str] = (None, "")

    def code_for(self, person: str) -> str:
        """The code in the message of a person."""
        return post_codes.make(self._key, self._mailing, person)

    def writing(self, person: Member | None) -> Writing:
        """What a person reads; None is a letter that many get in Bcc, with every field at its fallback."""
        values = self._values(person)
        escaped = [html.escape(value) for value in values]
        return Writing(self._subject.filled(values), self._text.filled(values), self._html.filled(escaped), self._stop.filled(values))

    def _values(self, person: Member | None) -> list[str]:
        plain = [each for each in self._fields if each != _CODE]
        filled = iter(values_of(person, plain, day) if person else [each.fallback for each in plain])
        code = self.code_for(person.id if person else "")
        return [code if each == _CODE else next(filled) for each in self._fields]

    def envelope(self, person: Member, at: datetime, to: Mailbox | None = None) -> Envelope:
        """The one message of a person; `to` another mailbox than theirs is for a test to oneself."""
        number = post_codes.message_number(self._key, self._mailing, person.id)
        host = self._sender.mailbox.address.host
        return Envelope(self._sender.mailbox, to or mailbox(person.email, person.name), self.writing(person), f"<{number}@{host}>",
                        self._date(at), self._letter.attachments)

    def _date(self, at: datetime) -> str:
        """The date as it stands in a message: to the second, so it is the same for many."""
        second = at.replace(microsecond=0)
        if self._moment[0] != second:
            self._moment = (second, format_datetime(second))
        return self._moment[1]

    def bundle(self, hidden: Sequence[Address], at: datetime) -> Bundle:
        """The draft of one batch in Bcc."""
        return Bundle(self._sender.mailbox, tuple(hidden), self.writing(None), format_datetime(at), self._letter.attachments)

    @property
    def personal(self) -> bool:
        """Whether the letter has fields of the person: in Bcc everybody reads the fallback."""
        return len(self._fields) > 1


def _stop_subject(code: str) -> str:
    return tr("stop {code}", code=code)


class _Foot:
    """Who we are, why you get this, how to stop (PECR reg 22, 23): as text, and as HTML with a link that writes the message."""

    def __init__(self, session: Session, letter: Letter, sender: Sender, code: str) -> None:
        policy, address = session.policy, str(sender.mailbox.address)
        identity = session.desk.setting("post_identity")
        who = " ".join(filter(None, (policy.post_who.replace("{branch}", sender.branch), identity)))
        why = policy.why_written(letter.purpose)
        subject = _stop_subject(code)
        stop = policy.post_stop.replace("{subject}", subject)
        self.text = "\n".join((who, why, stop.replace("{address}", address))) + "\n"
        before, _, after = html.escape(stop).partition("{address}")
        link = f"mailto:{quote(address, safe='@')}?subject={quote(_stop_subject(''))}{code}"
        linked = f'{before}<a href="{html.escape(link)}">{html.escape(address)}</a>{after}'
        self.html = f"<hr>\n<p><small>{html.escape(who)}<br>\n{html.escape(why)}<br>\n{linked}</small></p>\n"
