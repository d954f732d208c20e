"""Messages as bytes (RFC 5322, 2045-2047, 2231): an `Envelope` to be sent, or a draft for the officer's own mail program.

Nothing tells the machine, the program or anybody else; the bytes follow from the one envelope and from nothing besides.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterable

from dpdesk.domain.mail_addresses import Mailbox
from dpdesk.domain.post import Attachment, Bundle, Envelope, Writing

_WIDE = 76
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_WORD = 45  # bytes in one encoded word: 60 characters of base64, 72 with what stands around
_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


def message(envelope: Envelope) -> bytes:
    """The message as it goes to the server: one recipient, and no trace of how many others there are."""
    if type(envelope) is not Envelope:
        raise TypeError("only an Envelope is sent")
    heads = [*_letter_heads(envelope.sender, envelope.writing), _mailboxes("To", envelope.to), f"Date: {envelope.date}",
             f"Message-ID: {envelope.message_id}"]
    return _whole(heads, envelope.writing, envelope.attachments, envelope.message_id)


def draft(envelope: Envelope) -> bytes:
    """The message of one person as a draft that opens ready to be sent (X-Unsent); the mail program gives it its number."""
    if type(envelope) is not Envelope:
        raise TypeError("only an Envelope is drafted")
    heads = [*_letter_heads(envelope.sender, envelope.writing), _mailboxes("To", envelope.to), f"Date: {envelope.date}", "X-Unsent: 1"]
    return _whole(heads, envelope.writing, envelope.attachments, envelope.message_id)


def bundle(found: Bundle) -> bytes:
    """The draft of one batch: To is the sender, the batch stands in Bcc, which the mail program takes out as it sends."""
    if type(found) is not Bundle:
        raise TypeError("only a Bundle hides recipients")
    hidden = ",\r\n ".join(map(str, found.hidden))
    heads = [*_letter_heads(found.sender, found.writing), _mailboxes("To", found.to), f"Bcc: {hidden}", f"Date: {found.date}",
             "X-Unsent: 1"]
    return _whole(heads, found.writing, found.attachments, found.date)


def _letter_heads(sender: Mailbox, writing: Writing) -> list[str]:
    heads = [_mailboxes("From", sender), unstructured("Subject", writing.subject)]
    if writing.unsubscribe:
        heads.append(f"List-Unsubscribe:\r\n <{writing.unsubscribe}>")
    return heads


def _whole(heads: Iterable[str], writing: Writing, attachments: tuple[Attachment, ...], seed: str) -> bytes:
    mark = hashlib.sha256(seed.encode()).hexdigest()
    body = _alternatives(writing, f"=_a{mark[:24]}")
    if attachments:
        body = _mixed(body, attachments, f"=_m{mark[24:48]}")
    head = "\r\n".join([*heads, "MIME-Version: 1.0"])
    return head.encode("ascii") + b"\r\n" + body


def _alternatives(writing: Writing, boundary: str) -> bytes:
    """Plain text and HTML; a boundary that begins with "=_" stands in no quoted-printable text."""
    edge = f"--{boundary}\r\n".encode()
    return b"".join((
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode(),
        edge, _text_part("plain", writing.text), edge, _text_part("html", writing.html), f"--{boundary}--\r\n".encode()))


_CR = re.compile(r"\r\n?")


def _text_part(kind: str, text: str) -> bytes:
    lines = (_CR.sub("\n", text).rstrip("\n") + "\n").encode("utf-8", "replace").replace(b"\n", b"\r\n")
    coded = b2a_qp(lines, istext=True)
    return (f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n').encode() + coded + b"\r\n"


def _mixed(body: bytes, attachments: tuple[Attachment, ...], boundary: str) -> bytes:
    edge = f"--{boundary}\r\n".encode()
    parts = [f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode(), edge, body]
    for each in attachments:
        parts += [edge, _file_part(each)]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])


def _file_part(found: Attachment) -> bytes:
    kind = found.media_type if _TYPE.fullmatch(found.media_type) and not found.media_type.startswith(("multipart", "message")) else (
        "application/octet-stream")
    head = (f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
            f"Content-Disposition: attachment;\r\n{_file_name(found.name)}\r\n\r\n")
    coded = b2a_base64(found.content, newline=False)
    lines = b"\r\n".join(coded[at:at + _WIDE] for at in range(0, len(coded), _WIDE))
    return head.encode("ascii") + lines + b"\r\n"


def _file_name(name: str) -> str:
    """The parameter of a file's name: quoted where it is ASCII, else as RFC 2231 has it, in short sections."""
    plain = "".join(c for c in name if c.isprintable() and c not in '"\\/') or "attachment"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > 60:
        plain = stem[:50] + dot + ending[:9] if dot and len(ending) < 9 else plain[:60]
    if plain.isascii():
        return f' filename="{plain}"'
    coded = "".join(chr(b) if chr(b).isalnum() and b < 128 or b in b"-._" else f"%{b:02X}" for b in plain.encode())
    sections, at = [], 0
    while at < len(coded):
        end = min(at + 50, len(coded))
        while end < len(coded) and "%" in coded[end - 2:end]:
            end -= 1
        sections.append(coded[at:end])
        at = end
    return ";\r\n".join(f" filename*{number}*={'utf-8' + chr(39) * 2 if not number else ''}{part}" for number, part in enumerate(sections))


def _mailboxes(head: str, found: Mailbox) -> str:
    """A header that holds one mailbox. Folded so that the address stands on a line of its own where the name is long."""
    if not found.name:
        return f"{head}: {found.address}"
    if found.name.isascii() and _ATOMS.fullmatch(found.name):
        shown = found.name
    elif found.name.isascii():
        shown = '"' + found.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        shown = "\r\n ".join(_words(head, found.name))
    if len(shown) > 60 and "\r\n" not in shown:  # a quoted name cannot be cut: as words it can
        shown = "\r\n ".join(_words(head, found.name))
    gap = " " if len(head) + len(shown.rsplit("\n", 1)[-1]) + len(found.address.text) < _WIDE - 6 else "\r\n "
    return f"{head}: {shown}{gap}<{found.address}>"


def unstructured(head: str, text: str) -> str:
    """A header of free text: as it is where it is short and ASCII, else in encoded words of whole characters."""
    if text.isascii() and "=?" not in text and len(head) + len(text) + 2 <= _WIDE and text.strip() == text:
        return f"{head}: {text}"
    return f"{head}: " + "\r\n ".join(_words(head, text))


def _words(head: str, text: str) -> list[str]:
    """Encoded words (RFC 2047) for a header: no line longer than 76 characters, and none cuts a character in two."""
    words, room, most = [], b"", (_WIDE - len(head) - 14) // 4 * 3  # the first stands behind the header's name
    for char in text:
        coded = char.encode("utf-8", "replace")
        if len(room) + len(coded) > most:
            words.append(room)
            room, most = b"", _WORD
        room += coded
    return [f"=?utf-8?b?{b64encode(word).decode()}?=" for word in [*words, room]]
