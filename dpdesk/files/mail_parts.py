"""Takes one message apart without trusting it: bounded in size, depth and number of parts; broken MIME gives what can be read.

Own code and not the standard library's parser, which recurses as deep as a message nests and compares every line with every
boundary above it: a crafted message of a megabyte keeps it busy for minutes.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parseaddr, parsedate_to_datetime

from dpdesk.domain.replies import HTML_QUOTE

DEEPEST = 8
MOST_PARTS = 60
LONGEST_HEADERS = 256 << 10
LONGEST_VALUE = 4_000
LONGEST_TEXT = 64 << 10
_MOST_HEADERS = 500
_NAME = re.compile(rb"[!-9;-~]{1,80}")
_PARAMETER = re.compile(r';\s*([a-z0-9*_-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.){0,300})"|([^\s;"]{1,300}))', re.IGNORECASE)
_CHARSET = re.compile(r"(?:utf-?_?(?:8|16|32)\w*|us-?ascii|ascii|iso[-_]?8859.*|latin.*|l[1-9]|"
                      r"(?:windows|cp|ibm)[-_]?\d+|koi8.*|mac.*|big5.*|gb\w*|euc.*|shift.*|sjis|iso[-_]?2022.*|tis.*|hz.*)", re.IGNORECASE)


@dataclass
class Part:
    """One part of a message: headers by lower-case name (the first of each), the content type, the raw body, the parts in it."""

    headers: dict[str, str]
    kind: str
    parameters: dict[str, str]
    body: bytes
    parts: list[Part] = field(default_factory=list)

    def header(self, name: str) -> str:
        """A header with its encoded words read; "" where it is not there."""
        return readable(self.headers.get(name, ""))

    def walk(self) -> Iterator[Part]:
        """This part and all in it, but not those of a message that is only enclosed."""
        yield self
        if not self.kind.startswith("message/"):
            for part in self.parts:
                yield from part.walk()

    def text(self) -> str:
        """The body as text, its transfer encoding and character set undone as far as they are sound; at most 64 Ki characters."""
        return decoded(self.content(), self.parameters.get("charset", ""))[:LONGEST_TEXT]

    def content(self) -> bytes:
        """The body without its transfer encoding; what is broken in it is passed over."""
        coding, body = self.headers.get("content-transfer-encoding", "").strip().lower(), self.body
        if coding == "quoted-printable":
            return quopri.decodestring(body)
        if coding == "base64":
            letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
            with_end = letters[:len(letters) - (len(letters) % 4 == 1)]
            try:
                return base64.b64decode(with_end + b"=" * (-len(with_end) % 4))
            except binascii.Error:
                return b""
        return body


def take_apart(raw: bytes, default: str = "text/plain") -> Part:
    """The message in `raw`. Whatever the bytes are, there is an answer; parts too deep or too many are left as raw body."""
    return _part(raw, default, DEEPEST, [MOST_PARTS])


def _part(raw: bytes, default: str, deeper: int, left: list[int]) -> Part:
    headers, body = _split(raw)
    kind, parameters = _content_type(headers.get("content-type", ""), default)
    part = Part(headers, kind, parameters, body)
    if deeper <= 0:
        return part
    boundary = parameters.get("boundary", "")
    if kind.startswith("multipart/") and boundary:
        inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        for each in _between(body, boundary.encode("utf-8", "surrogateescape"), left):
            part.parts.append(_part(each, inner, deeper - 1, left))
    elif kind in ("message/rfc822", "message/global") and left[0] > 0:
        left[0] -= 1
        part.parts.append(_part(part.content(), "text/plain", deeper - 1, left))
    return part


def _between(body: bytes, boundary: bytes, left: list[int]) -> Iterator[bytes]:
    """What stands between the lines of a boundary; the rest where the last one is missing."""
    mark, start = b"--" + boundary, -1
    at = 0 if body.startswith(mark) else _next(body, mark, 0)
    while at >= 0 and left[0] > 0:
        if start >= 0:
            left[0] -= 1
            yield body[start:at].removesuffix(b"\n").removesuffix(b"\r")
        end = body.find(b"\n", at)
        if end < 0 or body[at + len(mark):at + len(mark) + 2] == b"--":
            return
        start = end + 1
        at = _next(body, mark, end)
    if start >= 0 and left[0] > 0:
        left[0] -= 1
        yield body[start:]


def _next(body: bytes, mark: bytes, at: int) -> int:
    """Where the next line begins that is the boundary and not only begins like it."""
    while (found := body.find(b"\n" + mark, at)) >= 0:
        after = body[found + 1 + len(mark):found + 3 + len(mark)]
        if not after.strip(b" \t\r\n") or after[:1] in b"\r\n \t" or after == b"--":
            return found + 1
        at = found + 1
    return -1


def _split(raw: bytes) -> tuple[dict[str, str], bytes]:
    """(headers, body); a first line that is no header makes all of it body."""
    headers: dict[str, str] = {}
    name, at, limit = "", 0, min(len(raw), LONGEST_HEADERS)
    for _count in range(_MOST_HEADERS * 20):
        if at >= limit:
            return headers, raw[at:]
        end = raw.find(b"\n", at, limit)
        line, following = (raw[at:end], end + 1) if end >= 0 else (raw[at:limit], limit)
        line = line.rstrip(b"\r")
        if not line:
            return headers, raw[following:]
        if line[:1] in b" \t" and name:
            if len(headers[name]) < LONGEST_VALUE:
                headers[name] += " " + _header_text(line).strip()
        elif (found := _NAME.match(line)) and line[found.end():found.end() + 1] == b":":
            name = found[0].decode().lower()
            if name in headers or len(headers) >= _MOST_HEADERS:
                name = ""
            else:
                headers[name] = _header_text(line[found.end() + 1:]).strip()
        elif not headers:
            return {}, raw
        at = following
    return headers, raw[at:]


def _header_text(raw: bytes) -> str:
    return decoded(raw[:LONGEST_VALUE], "").replace("\0", "")


def _content_type(value: str, default: str) -> tuple[str, dict[str, str]]:
    kind = value.partition(";")[0].strip().lower() or default
    found: dict[str, str] = {}
    for name, quoted, plain in _PARAMETER.findall(value[:LONGEST_VALUE]):
        found.setdefault(name.lower().rstrip("*0").rstrip("*"), re.sub(r"\\(.)", r"\1", quoted) or plain)
    return kind if re.fullmatch(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}", kind) else default, found


def decoded(raw: bytes, charset: str) -> str:
    """Bytes as text by a character set that is one, else as UTF-8, else as Windows text; nothing is refused."""
    if charset and _CHARSET.fullmatch(charset.strip()):
        try:
            if codecs.lookup(charset.strip()).name not in ("utf-8", "ascii"):
                return raw.decode(charset.strip(), "replace")
        except (LookupError, ValueError):
            pass
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def readable(value: str) -> str:
    """A header's encoded words as text, on one line without control characters; what cannot be read stays as it is."""
    value = value[:LONGEST_VALUE]
    if "=?" in value:
        try:
            pieces = decode_header(value)
            value = "".join(piece if isinstance(piece, str) else decoded(piece, charset or "") for piece, charset in pieces)
        except (HeaderParseError, ValueError, LookupError, binascii.Error):
            pass
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def address_of(value: str) -> str:
    """The address in a header or in a field such as `rfc822; <ann@example.org>`; "" where there is none. Encoded words are
    left as they are: a name may not pretend to be an address."""
    kind, semicolon, rest = value.partition(";")
    if semicolon and kind.strip().lower() in ("rfc822", "utf-8", "x400", "unknown", "x-local"):
        value = rest
    found = parseaddr(value[:1_000])[1].strip()
    return found if re.fullmatch(r"[^\s@<>\"(),;:]{1,64}@[^\s@<>\"(),;:]{1,255}", found) else ""


def day_of(value: str) -> str:
    """The day a mail says it was written on, ISO; "" where it says none a calendar has."""
    try:
        return parsedate_to_datetime(value[:100]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ""


_BREAK = re.compile(r"^/?(?:br|p|div|tr|li|h[1-6]|table|ul|ol|hr)\b", re.IGNORECASE)
_QUOTE = re.compile(r"^(?:blockquote\b|div[^>]{0,200}(?:gmail_quote|divRplyFwdMsg|moz-cite-prefix|yahoo_quoted))", re.IGNORECASE)

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}  # keeps the places of letters, as lower() does not
_UNSEEN = ((re.compile("<!--"), "-->"), *((re.compile(rf"<{tag}(?=[\s>/])"), f"</{tag}") for tag in ("style", "script", "head", "title")))


def text_of_html(source: str) -> str:
    """The words of an HTML body; nothing in it is shown or fetched. A quotation begins with a line of its own."""
    source = source[:LONGEST_TEXT]
    for opening, closing in _UNSEEN:
        source = _without(source, opening, closing)
    pieces = source.split("<")
    words = [pieces[0]]
    for piece in pieces[1:]:
        tag, closed, after = piece.partition(">")
        if not closed:
            continue
        if _QUOTE.match(tag):
            words.append(f"\n{HTML_QUOTE}\n")
        elif _BREAK.match(tag):
            words.append("\n")
        words.append(" ".join(after.split("\n")))
    lines = html.unescape("".join(words)).replace("\xa0", " ").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def _without(source: str, opening: re.Pattern[str], closing: str) -> str:
    """`source` without what stands between two marks; an end that is missing takes the rest with it."""
    kept, at, lower = [], 0, source.translate(_LOWER)
    while found := opening.search(lower, at):
        kept.append(source[at:found.start()])
        end = lower.find(closing, found.end())
        end = lower.find(">", end) if end >= 0 else -1
        if end < 0:
            return "".join(kept)
        at = end + 1
    return "".join([*kept, source[at:]])
