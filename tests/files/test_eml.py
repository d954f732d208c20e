"""Messages are read back by another parser as they were meant, hold nobody but their recipient, and depend on nobody else."""

from __future__ import annotations

import email
import email.policy
import re
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dpdesk.domain.mail_addresses import Address, mailbox, shown_name
from dpdesk.domain.post import Attachment, Bundle, Envelope, Writing
from dpdesk.files import eml, letters

SENDER = mailbox("branch@example.org", "Any Töwn, branch")
DATE = "Tue, 24 Nov 2026 10:00:00 +0000"


def envelope(name: str = "Ann Lee", subject: str = "Hello", text: str = "text\n", html: str = "<p>text</p>\n", **more) -> Envelope:
    writing = Writing(subject, text, html, "mailto:branch@example.org?subject=stop%20ABCDEFGHABCDEFGH")
    return Envelope(SENDER, mailbox("ann@example.org", name), writing, "<0123@example.org>", DATE, **more)


def parsed(content: bytes):
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert not message.defects and not [part.defects for part in message.walk() if part.defects]
    return message


def name_of(content: bytes) -> str:
    """The name in To by the rule itself: nothing stands between two encoded words (the newer policy of email puts a space there)."""
    name, _address = parseaddr(email.message_from_bytes(content, policy=email.policy.compat32)["to"])
    return str(make_header(decode_header(name)))


def well_formed(content: bytes) -> None:
    assert content.isascii()
    assert b"\r" not in content.replace(b"\r\n", b"") and b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert b"\0" not in content


def test_a_message_tells_nothing_but_itself():
    message = parsed(eml.message(envelope()))
    assert set(message.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "List-Unsubscribe"}
    assert [str(a) for a in message["to"].addresses] == ["Ann Lee <ann@example.org>"]
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert message["list-unsubscribe"].strip() == "<mailto:branch@example.org?subject=stop%20ABCDEFGHABCDEFGH>"


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
LINES = TEXTS.map(lambda text: " ".join("".join(c if c.isprintable() else " " for c in text).split()))


@given(st.text(max_size=300), LINES, TEXTS)
@example("00" + "𝐀" * 11, "𝐀" * 30, "x")
@example("Ann", "a" * 70, "x")
def test_whatever_names_and_subjects_hold_it_reads_back(name, subject, text):
    content = eml.message(envelope(name, subject, text, f"<p>{text}</p>"))
    well_formed(content)
    message = parsed(content)
    (to,) = message["to"].addresses
    assert to.addr_spec == "ann@example.org"
    assert name_of(content).split() == shown_name(name).split()
    assert message["subject"].split() == subject.split()
    assert message.get_all("bcc") is None and message.get_all("cc") is None
    wanted = re.sub("\r\n?", "\n", text).rstrip("\n") + "\n"
    got = message.get_body(("plain",)).get_payload(decode=True).decode()
    assert got.replace("\r\n", "\n") == wanted


@pytest.mark.parametrize("name", ["a.pdf", "Tagesordnung für den Mai.pdf", "x" * 300 + ".txt", 'a"b\\c/../d.txt', "", "日" * 60])
def test_attachments_come_through(name):
    content = bytes(range(256)) * 9
    files = (Attachment(name, "application/pdf", content), Attachment("b.txt", "message/evil", b"y"))
    message = parsed(eml.message(envelope(attachments=files)))
    well_formed(eml.message(envelope(attachments=(Attachment(name, "application/pdf", content),))))
    first, second = message.iter_attachments()
    assert first.get_content() == content and "/" not in first.get_filename() and second.get_content_type() == "application/octet-stream"
    if name == "Tagesordnung für den Mai.pdf":
        assert first.get_filename() == name


def test_drafts_open_as_drafts_and_a_bundle_goes_to_the_branch():
    message = parsed(eml.draft(envelope()))
    assert message["X-Unsent"] == "1" and message["message-id"] is None and message["bcc"] is None
    hidden = tuple(Address(f"person{at}@example.org") for at in range(60))
    content = eml.bundle(Bundle(SENDER, hidden, Writing("Hello", "t\n", "<p>t</p>\n"), DATE))
    message = parsed(content)
    assert [a.addr_spec for a in message["to"].addresses] == ["branch@example.org"]
    assert [a.addr_spec for a in message["bcc"].addresses] == [str(each) for each in hidden]
    well_formed(content)


def test_nothing_else_can_be_rendered():
    bundle = Bundle(SENDER, (Address("ann@example.org"),), Writing("Hello", "t", "t"), DATE)
    for wrong in (bundle, "text", None):
        with pytest.raises(TypeError):
            eml.message(wrong)
        with pytest.raises(TypeError):
            eml.draft(wrong)
    with pytest.raises(TypeError):
        eml.bundle(envelope())


MARKDOWN = """# Meeting

Dear *you*, see [our page](https://example.org/x) or <https://example.org>, write to <branch@example.org>.

- one
- two
  1. deep
  2. deeper

> said
> once

```
code <b>
```

---
<script>alert(1)</script> ![pixel](https://example.org/p.png) [bad](javascript:alert(1)) [data](data:text/html,x)
"""


def test_one_source_two_renderings():
    html, text = letters.html_of(MARKDOWN), letters.text_of(MARKDOWN)
    assert "<h1>Meeting</h1>" in html and "<em>you</em>" in html
    assert "<script" not in html and "<img" not in html and "javascript:alert" not in re.findall(r'href="([^"]*)"', html)
    assert {re.match(r"\w+:", each).group() for each in re.findall(r'href="([^"]*)"', html)} <= {"https:", "mailto:"}
    assert text.startswith("Meeting\n=======\n\nDear you, see our page (https://example.org/x) "
                           "or https://example.org, write to branch@example.org.")
    assert "- one\n- two\n  1. deep\n  2. deeper" in text and "> said\n> once" in text and "    code <b>" in text


@given(st.text(max_size=200))
def test_no_markdown_makes_the_renderer_fail_or_run_a_script(source):
    html = letters.html_of(source)
    assert "<script" not in html.lower() and "<img" not in html.lower()
    assert all(re.match(r"(https?|mailto):", each, re.I) for each in re.findall(r'href="([^"]*)"', html))
    assert letters.text_of(source).endswith("\n")
