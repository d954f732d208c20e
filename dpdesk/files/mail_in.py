"""Reads mail that came back: .eml, .emlx, mbox, or bytes from a mailbox; whatever comes, it ends in letters or `Unreadable`.

Reasons of `Unreadable`:
  missing         there is no such file               unreadable     the system does not let us read it
  mail_empty      nothing in it                       mail_too_big   over 2 GiB, or one message over 32 MiB
  not_mail        neither a message nor an mbox       outlook_msg    Outlook's own format (.msg, .pst)
  mail_packed     a zip or another archive

A message longer than 2 MiB is read to there: what a person wrote and what a report says stand at its beginning.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dpdesk.domain.errors import Unreadable
from dpdesk.domain.replies import Delivery, Letter, own_words, token_in
from dpdesk.files.mail_parts import Part, address_of, day_of, readable, take_apart, text_of_html

REASONS = ("missing", "unreadable", "mail_empty", "mail_too_big", "not_mail", "outlook_msg", "mail_packed")
LARGEST = 2 << 30
LARGEST_MESSAGE = 32 << 20
READ = 2 << 20
LONGEST_RETURNED = 256 << 10
_LINE = 1 << 20
_MOST_DELIVERIES = 50
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh")
_OLE, _PST = b"\xd0\xcf\x11\xe0", b"!BDN"
_FROM = re.compile(rb"From (?:[^\r\n]{0,998}\b(?:19|20)\d\d\b|-?\s*$)", re.MULTILINE)
_EMLX = re.compile(rb"(\d{1,10})[ \t]*\r?\n(?=[A-Za-z-]{1,60}:)")
_AUTOMATIC_SUBJECT = re.compile(r"^\s*(?:re:\s*)?(?:auto(?:matic|mated)?[- :]*(?:reply|response|answer)|auto:|out of (?:the )?office|"
                                r"ateb awtomatig|allan o'r swyddfa|i am away|on holiday|vacation)", re.IGNORECASE)
_REPORT_SUBJECT = re.compile(r"\b(?:undeliver\w*|delivery status notification|delivery (?:has )?fail\w*|mail delivery|returned mail|"
                             r"failure notice|delivery (?:has been )?delayed|not delivered|could not be delivered)\b", re.IGNORECASE)
_REPORTER = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|bounces?)(?:[+-]|@|$)|"
                       r"^microsoftexchange[0-9a-f]{32}@", re.IGNORECASE)


@dataclass(frozen=True)
class Post:
    """One message found: its place in the file, from 1; the letter, or `reason` where it cannot be read; `digest` of its bytes."""

    place: int
    letter: Letter | None
    digest: str = ""
    reason: str = ""


@contextmanager
def _named(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Unreadable(name, "missing") from None
    except OSError:
        raise Unreadable(name, "unreadable") from None


def read_mail(path: Path) -> Iterator[Post]:
    """The messages of a file, one after another: an mbox is never held whole. Raises `Unreadable`."""
    with _named(path.name), path.open("rb") as file:
        if path.stat().st_size > LARGEST:
            raise Unreadable(path.name, "mail_too_big")
        yield from _messages(file, path.name)


def read_bytes(raw: bytes, name: str) -> Iterator[Post]:
    """The messages in bytes: pasted, dropped or fetched. Raises `Unreadable`."""
    import io
    yield from _messages(io.BytesIO(raw), name)


def read_message(raw: bytes, place: int) -> Post:
    """One message as a server gave it; what cannot be read is told by its reason."""
    return _post(place, raw.lstrip(b"\r\n"), len(raw))


def _messages(file: BinaryIO, name: str) -> Iterator[Post]:
    head = file.read(4_096)
    file.seek(0)
    if not head.strip(b"\r\n\t \0\xef\xbb\xbf"):
        raise Unreadable(name, "mail_empty")
    if head.startswith((_OLE, _PST)):
        raise Unreadable(name, "outlook_msg")
    if head.startswith(_PACKED):
        raise Unreadable(name, "mail_packed")
    if _FROM.match(head):
        for place, (raw, size) in enumerate(_mbox(file), 1):
            yield _post(place, raw, size)
        return
    raw = file.read(LARGEST_MESSAGE + 1)
    if len(raw) > LARGEST_MESSAGE:
        raise Unreadable(name, "mail_too_big")
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if count := _EMLX.match(raw):  # Apple Mail: the length of the mail, the mail, and what the program keeps of it
        raw = raw[count.end():count.end() + int(count[1])]
    post = _post(1, raw, len(raw))
    if post.letter is None:
        raise Unreadable(name, post.reason)
    yield post


def _mbox(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """(the beginning, the size) of each message of an mbox; `>From ` is unquoted, what goes past `READ` is only counted."""
    pieces: list[bytes] = []
    kept = size = 0
    blank, begun, whole = True, False, True
    while line := file.readline(_LINE):
        if whole and blank and _FROM.match(line):
            if begun:
                yield b"".join(pieces), size
            pieces, kept, size, begun = [], 0, 0, True
        else:
            size += len(line)
            if kept < READ:
                piece = line[1:] if whole and re.match(rb">+From ", line) else line
                pieces.append(piece)
                kept += len(piece)
        blank = whole and not line.strip(b"\r\n")
        whole = line.endswith(b"\n")
    if begun:
        yield b"".join(pieces), size


def _post(place: int, raw: bytes, size: int) -> Post:
    if size > LARGEST_MESSAGE:
        return Post(place, None, "", "mail_too_big")
    digest = hashlib.sha256(raw[:READ]).hexdigest()
    message = take_apart(raw[:READ])
    if not {"from", "subject", "date", "to", "message-id", "received", "return-path"} & message.headers.keys():
        return Post(place, None, digest, "not_mail")
    return Post(place, letter_of(message), digest)


def letter_of(message: Part) -> Letter:
    """A message as the plain values the rules look at."""
    sender = address_of(message.headers.get("from", "")) or address_of(message.headers.get("return-path", ""))
    subject = message.header("subject")[:300]
    deliveries, returned = _report_of(message)
    own, quoted = own_words(_words(message))
    own, quoted = own[:20_000], quoted[:20_000]
    report = bool(deliveries) or _is_report(message, sender, subject)
    return Letter(sender, subject, day_of(message.headers.get("date", "")), message.headers.get("message-id", "")[:500].strip(),
                  own, quoted, returned, _is_automatic(message, subject), report,
                  bool(token_in(message.headers.get("list-unsubscribe", ""))), deliveries)


def _words(message: Part) -> str:
    """The words a person reads: the first plain text that is no attachment, else the first HTML without its tags."""
    texts = [part for part in message.walk() if part.kind in ("text/plain", "text/html")
             and not part.headers.get("content-disposition", "").lower().startswith("attachment")]
    for part in texts:
        if part.kind == "text/plain" and (words := part.text().strip()):
            return words
    return next((words for part in texts if part.kind == "text/html" and (words := text_of_html(part.text()).strip())), "")


def _is_automatic(message: Part, subject: str) -> bool:
    """Whether a machine wrote it (RFC 3834), or it went to a list."""
    submitted = message.headers.get("auto-submitted", "").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    told = {"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "list-id", "list-unsubscribe"}
    if told & message.headers.keys() or message.headers.get("x-ms-exchange-generated-message-source"):
        return True
    if message.headers.get("precedence", "").strip().lower() in ("auto_reply", "bulk", "list", "junk"):
        return True
    return bool(_AUTOMATIC_SUBJECT.match(subject))


def _is_report(message: Part, sender: str, subject: str) -> bool:
    """Whether it is a report of delivery, or looks like one that does not keep to the standard."""
    if message.kind == "multipart/report" and message.parameters.get("report-type", "").lower() in ("delivery-status", ""):
        return True
    if message.headers.get("x-failed-recipients"):
        return True
    nobody = message.headers.get("return-path", "").strip() == "<>"
    return bool((_REPORTER.match(sender) or nobody) and _REPORT_SUBJECT.search(subject))


def _report_of(message: Part) -> tuple[tuple[Delivery, ...], str]:
    """(the recipients a report tells of, what it returns of our own message)."""
    deliveries: list[Delivery] = []
    returned = ""
    for part in message.walk():
        if part.kind in ("message/delivery-status", "message/global-delivery-status"):
            deliveries += _deliveries(part.content()[:READ])
        elif part.kind in ("message/rfc822", "message/global") and part.parts:
            returned = returned or part.parts[0].headers.get("list-unsubscribe", "")
        elif part.kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            returned = returned or take_apart(part.content()[:LONGEST_RETURNED]).headers.get("list-unsubscribe", "")
    return tuple(deliveries[:_MOST_DELIVERIES]), returned


def _deliveries(raw: bytes) -> list[Delivery]:
    """The groups of a delivery status after its first, which speaks of the message (RFC 3464 §2.1)."""
    found = []
    for block in re.split(rb"\r?\n(?:[ \t]*\r?\n)+", raw.strip())[:_MOST_DELIVERIES + 1]:
        fields = take_apart(block + b"\n\n").headers
        if "final-recipient" in fields or "original-recipient" in fields:
            found.append(Delivery(fields.get("action", "").partition("(")[0].strip()[:40], fields.get("status", "")[:60],
                                  address_of(fields.get("final-recipient", "")), address_of(fields.get("original-recipient", "")),
                                  readable(fields.get("diagnostic-code", ""))[:500]))
    return found
