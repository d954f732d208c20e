"""The chapters of the guide in reading order, which page each belongs to, and a search through their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dpdesk import RESOURCES


@dataclass(frozen=True)
class Chapter:
    """One chapter: the name of its file, and the codes of the pages whose F1 opens it."""

    code: str
    pages: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The chapter as Markdown."""
        return _text(self.code)

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.text.partition("\n")[0].removeprefix("# ").strip()


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("start", ("today", "welcome", "help", "acknowledge")),
    Chapter("desk", ("unlock", "create")),
    Chapter("recovery", ("recover",)),
    Chapter("backups", ("backups", "restore")),
    Chapter("officers", ("officers",)),
    Chapter("locking", ("settings",)),
    Chapter("importing", ("import", "lists")),
    Chapter("finding", ("members",)),
    Chapter("editing", ("member", "contact", "member_form", "contact_form", "bulk")),
    Chapter("contacts", ("contacts", "enquiries", "enquiry_form")),
    Chapter("duplicates", ("duplicates", "compare")),
    Chapter("stops"),
    Chapter("consents", ("sharing", "wordings")),
    Chapter("post", ("post_write", "post_outbox", "post_mailing", "post_accounts")),
    Chapter("replies", ("replies",)),
    Chapter("exporting", ("export",)),
    Chapter("copies", ("copies",)),
    Chapter("register", ("register", "elector", "register_files", "register_import", "register_follows", "register_links")),
    Chapter("walks", ("walks", "walk", "walks_propose")),
    Chapter("sessions", ("sessions", "campaigns", "session_plan", "session", "sheets_print", "sheets_issue", "sheets_return", "sheet",
                         "sheet_losses", "destroy_sheets")),
    Chapter("entering", ("entering", "entry")),
    Chapter("scans", ("scans", "scans_review", "scans_scanners")),
    Chapter("results", ("results",)),
    Chapter("transfers", ("packages", "package_seal", "outbox", "cards", "destinations", "packs")),
    Chapter("registers", ("requests", "complaints", "incidents", "registers", "duties", "duty", "duty_form")),
    Chapter("calendar", ("duty_calendar", "bank_holidays", "activity")),
    Chapter("rights", ("subject",)),
    Chapter("retention", ("retention", "data_audit")),
    Chapter("erasing", ("erase",)),
    Chapter("policy", ("policy",)),
    Chapter("audit", ("audit",)),
    Chapter("device", ("device", "devices", "strays", "handover")),
    Chapter("disposals", ("disposals",)),
    Chapter("protection", ("about",)),
    Chapter("clauses"),
    Chapter("trial"),
    Chapter("trouble"),
    Chapter("keys"),
    Chapter("commands"),
)
CODES = tuple(chapter.code for chapter in CHAPTERS)


def chapter(code: str) -> Chapter:
    """The chapter of `code`; the first one where there is none."""
    return next((each for each in CHAPTERS if each.code == code), CHAPTERS[0])


def chapter_for(page: str) -> Chapter:
    """The chapter that speaks of the page of code `page`."""
    return next((each for each in CHAPTERS if page in each.pages), CHAPTERS[0])


def holding(words: str) -> tuple[Chapter, ...]:
    """The chapters in which every one of `words` stands, those with it in their title first."""
    wanted = words.casefold().split()
    found = [each for each in CHAPTERS if all(word in each.text.casefold() for word in wanted)]
    return tuple(sorted(found, key=lambda each: not all(word in each.title.casefold() for word in wanted)))


@cache
def _text(code: str) -> str:
    words = (RESOURCES / "help" / f"{code}.md").read_text(encoding="utf-8")
    if code == "clauses":
        from dpdesk.services import clauses
        words = f"{words}\n{clauses.markdown()}\n"
    return words
