"""One Markdown source as simple HTML and as plain text. Raw HTML is shown as typed, pictures are links, links are plain to see.

A picture fetched from elsewhere would tell its server who read the letter and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_PAGE = ('<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
         '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">\n{body}</body>\n</html>\n')


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False, "breaks": True}).disable("image")
    reader.validateLink = lambda url: bool(_SAFE.match(url.strip()))  # type: ignore[method-assign]
    return reader


def html_of(source: str) -> str:
    """The HTML of a Markdown source, without a page around it."""
    return _reader().render(source)


def page(title: str, body: str) -> str:
    """A whole page; `title` is escaped already."""
    return _PAGE.format(title=title, body=body)


def text_of(source: str) -> str:
    """The plain text of a Markdown source: headings underlined, lists with their marks, links followed by their address."""
    return "\n\n".join(_blocks(_reader().parse(source))).strip() + "\n"


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Each block of the text, quotes and lists indented by their depth."""
    before: list[str] = []  # what stands before a line: "> " in a quote, spaces in a list
    counts: list[int] = []
    mark = ""
    run: list[str] = []  # the items of a list stand close together
    for at, token in enumerate(tokens):
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            counts.append(int(token.attrs.get("start", 1)) if kind[0] == "o" else -1)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            counts.pop()
            if not counts and run:
                yield "\n".join(run)
                run = []
        elif kind == "list_item_open":
            mark = "- " if counts[-1] < 0 else f"{counts[-1]}. "
            counts[-1] += counts[-1] >= 0
            before.append(" " * len(mark))
        elif kind == "blockquote_open":
            before.append("> ")
        elif kind in ("list_item_close", "blockquote_close"):
            before.pop()
        elif text := _text(token, tokens[at - 1] if at else None):
            block = _indented(text, before, mark)
            mark = ""
            if counts:
                run.append(block)
            else:
                yield block
    if run:
        yield "\n".join(run)


def _text(token: Token, opened: Token | None) -> str:
    """What one token says; "" for those that only open and close."""
    if token.type == "inline":
        text = _inline(token.children or [])
        if opened is not None and opened.type == "heading_open":
            widest = max(map(len, text.split("\n")), default=0)
            return f"{text}\n{('=' if opened.tag == 'h1' else '-') * min(widest, 70)}"
        return text
    if token.type in ("code_block", "fence"):
        return "\n".join(f"    {line}" for line in token.content.rstrip("\n").split("\n"))
    return "-" * 20 if token.type == "hr" else ""


def _indented(text: str, before: Sequence[str], mark: str) -> str:
    outer, inner = "".join(before[:-1]), "".join(before)
    first = outer + mark if mark else inner
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(inner + line for line in lines[1:])])


def _inline(tokens: Sequence[Token]) -> str:
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif token.type == "link_open":
            links.append((str(token.attrs.get("href", "")), len(out)))
        elif token.type == "link_close":
            url, start = links.pop()
            said = "".join(out[start:])
            if said not in (url, url.removeprefix("mailto:")):
                out.append(f" ({url.removeprefix('mailto:')})")
        else:
            out.append(token.content)
    return "".join(out)
