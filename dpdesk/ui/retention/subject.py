"""All that is held on one person: searched, looked through for what is about others, packed; who was told; restriction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.subjects import Found, Review, Subject
from dpdesk.services import duties_forwarded
from dpdesk.services.subject_words import section_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, sealing, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.retention import subject_parts
from dpdesk.ui.retention.finding import PersonSearch
from dpdesk.ui.retention.reviewing import ReviewBlock
from dpdesk.ui.widgets.facts import fact_list, flag
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import Form
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, moment, problem, trn


class SubjectPage(Page):
    """Who is asked for first; then everything about them, step by step on one page."""

    code, title, icon, chapter = "subject", marked("One person’s data"), "search", "rights"
    right = Right.SUBJECT_SEARCH

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("One person’s data"))
        self.who: Subject | None = None
        self.request = ""
        self.found: Found | None = None
        self.review: ReviewBlock | None = None
        self.search = PersonSearch(context, self.choose)
        self.form = Form([FieldSpec("words", _("What they asked for, if not everything"), longest=300),
                          FieldSpec("why", _("Why this search is reasonable and proportionate"), "long", longest=300, help=_(
                              "It is kept with what was searched (UK GDPR Art 12; S1 §32)."))])
        self.form.show({"why": _("Every place where this desk keeps data was searched, by identity, links, name and address")})
        self.go_button = button(_("Search everything"), self.look, role="primary", icon="search")
        self.slot, self._list = EntrySlot(), QVBoxLayout()
        self._list.setSpacing(2 * theme.SPACE)
        self.body.addWidget(self.search)
        self.body.addLayout(self.slot)
        self.body.addWidget(self.form)
        self.body.addLayout(row(self.go_button, None))
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self._draw()

    def place(self) -> dict[str, Any]:
        """Whose page it is."""
        if self.who is None:
            return {}
        return {"id": self.who.person, "elector": next(iter(self.who.electors), ""), "request": self.request}

    def return_to(self, place: dict[str, Any]) -> None:
        """The page of a person (`id`) or an elector; `request` is the entry of the register that is answered."""
        self.request = str(place.get("request", ""))
        if place.get("id") or place.get("elector"):
            self.choose(place.get("id", ""), place.get("elector", ""))

    def choose(self, person: str, elector: str) -> None:
        """Somebody was chosen."""
        from dpdesk.services import subject_search
        session = self.context.session
        self.context.jobs.run("read", lambda: subject_search.subject(session, person=person, elector=elector), owner=self,
                              done=self._chosen, failed=self.failed)

    def _chosen(self, who: Subject) -> None:
        if self.who != who:
            self.found = None
        self.who = who
        self._read()

    def refresh(self) -> None:
        """Read again what stands about them."""
        if self.who is not None:
            self._read()

    def _read(self) -> None:
        session, who = self.context.session, self.who
        assert who is not None

        def read() -> dict[str, Any]:
            from dpdesk.services import holds, restrictions, subject_pack, subject_search
            return {"told": subject_pack.recipients(session, who.person), "searches": subject_search.searches(session, who.key),
                    "restricted": restrictions.of(session, who.key),
                    "holds": holds.of_person(session, who.person) if who.person and session.may(Right.RETENTION_SEE) else []}
        self.context.jobs.run("read", read, owner=self, done=self._draw, failed=self.failed)

    def _draw(self, known: dict[str, Any] | None = None) -> None:
        empty_out(self._list)
        self.review = None
        for widget in (self.form, self.go_button):
            widget.setVisible(self.who is not None)
        if self.who is None or self.request:
            said = duties_forwarded.words(self.context.session, "requests")
            theirs = duties_forwarded.handed_on(self.context.session, "requests")
            self._list.addWidget(flag(said, "info", "warning") if theirs else text(said, "quiet"))
        if self.who is None:
            self.header.set_state(_("Somebody asks for their data, or wants it put right, handed on or left alone: find them first."))
            return
        self.header.set_state(self.who.label)
        if known and known["restricted"]:
            self._list.addWidget(flag(_("The use of their data is restricted since {day}.", day=day(known["restricted"][0].since)), "ban",
                                      "warning"))
        if self.found is not None:
            self._draw_found(self.found)
        if known:
            self._list.addWidget(subject_parts.acts(self, known))
            self._list.addWidget(subject_parts.told(self, known["told"]))
            self._draw_searches(known["searches"])

    def _draw_searches(self, searches: list[Any]) -> None:
        if not searches:
            return
        section = Section(_("Searches made ({n})", n=len(searches)), open=False)
        for each in searches:
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addWidget(text(_("{moment}, by {name}: {n} records", moment=moment(each.at), name=each.by,
                                    n=f"{sum(each.found.values()):,}"), "label"))
            inside.addWidget(text(each.why, "quiet"))
            section.body.addWidget(card(inside))
        self._list.addWidget(section)

    def _draw_found(self, found: Found) -> None:
        section = Section(_("What is held ({n} records)", n=f"{found.total:,}"))
        held = [(section_name(code), f"{n:,}") for code, n in found.counts.items() if n]
        section.body.addWidget(fact_list(held))
        empty = [section_name(code) for code, n in found.counts.items() if not n]
        if empty:
            section.body.addWidget(text(_("Searched, and nothing there: {places}.", places=", ".join(empty)), "quiet"))
        if found.maybe:
            section.body.addWidget(flag(trn("{n} other of the same name is not in it: is it the same person?",
                                            "{n} others of the same name are not in it: are they the same person?", len(found.maybe)),
                                        "users", "warning"))
            for each in found.maybe:
                section.body.addWidget(text(", ".join(value for _name, value in each.values)))
        self._list.addWidget(section)
        for each in found.sections:
            if any(not record.shared for record in each.records):
                self._list.addWidget(subject_parts.listed(each))
        self.review = ReviewBlock(found, self._proposed)
        self._list.addWidget(self.review)
        if self.may(Right.SUBJECT_PACK):
            acts = [button(_("Build the pack…"), self.ask_pack, role="primary", icon="download")]
            if self.may(Right.TRANSFERS_SEND):
                acts.append(button(_("Build it sealed…"), self.ask_sealed, icon="lock"))
            self._list.addWidget(flow(*acts))
            self._list.addWidget(text(_(
                "One archive: a PDF to read, JSON and CSV for machines, and their files. Hand it over, or build it sealed to another "
                "officer’s card or the person’s own age key, and send that. It is on the list of copies."), "quiet"))

    def look(self) -> None:
        """Search everything."""
        from dpdesk.services import subject_requests, subject_search
        session, who, values, request = self.context.session, self.who, self.form.values(), self.request
        if who is None:
            return

        def work() -> tuple[Found, Review]:
            found = subject_search.search(session, who, values["why"], values["words"])
            if request:
                subject_requests.searched(session, request, found, values["why"])
            return found, subject_search.proposal(session, found)

        def done(answer: tuple[Found, Review]) -> None:
            self.found, self._proposed = answer
            self._read()
        self.form.clear_problems()
        self.context.jobs.run("write", work, owner=self, done=done, failed=self.failed)

    def _looked_through(self) -> bool:
        if self.review is None or not self.review.complete:
            self.context.say("warning", _("Look through what may be about others first, and say what becomes of each."), None)
            return False
        return True

    def ask_sealed(self) -> None:
        """Whom the pack is sealed to, then where it is to go."""
        if self._looked_through():
            sealing.ask_whom(self, self.context, self.slot.ask, _("Seal the pack for"), _(
                "Only they can open it: another officer with dpdesk, or somebody without it, with the age tool."), self._ask_sealed_place,
                self.failed)

    def _ask_sealed_place(self, card: str) -> None:
        from dpdesk.services.packages import ENDING
        leaving.choose(self, self.context.jobs, CopyKind.SEALED, leaving.Chooser(
            _("Save the sealed pack"), f"your-data{ENDING}", _("Sealed packages (*.age)")),
            lambda path, accepted: self.write_pack(path, accepted, to=(card,)), self.failed)

    def ask_pack(self) -> None:
        """Where the pack is to go."""
        if not self._looked_through():
            return
        leaving.choose(self, self.context.jobs, CopyKind.PACK, leaving.Chooser(
            _("Save the pack"), "your-data.zip", _("Archives (*.zip)")), self.write_pack, self.failed)

    def write_pack(self, path: Path, accepted: str = "", to: tuple[str, ...] = ()) -> None:
        """Build it; sealed, where `to` names cards."""
        from dpdesk.services import subject_pack, subject_requests
        if self.found is None or self.review is None:
            return
        session, found, review, request = self.context.session, self.found, self.review.review(), self.request

        def work() -> Any:
            done = subject_pack.write(session, found, review, path, accepted=accepted, to=to)
            if request:
                subject_requests.packed(session, request, done)
            return done
        self.write(work,
                   lambda done: trn("The pack is saved as “{file}”: {n} record.", "The pack is saved as “{file}”: {n} records.",
                                    done.records, file=path.name))

    def ask_portable(self) -> None:
        """Where the data for another controller is to go."""
        leaving.choose(self, self.context.jobs, CopyKind.PORTABLE, leaving.Chooser(
            _("Save their data for another controller"), "person.json", _("JSON (*.json)")), self.write_portable, self.failed)

    def write_portable(self, path: Path, accepted: str = "") -> None:
        """Write it."""
        from dpdesk.services import subject_portable
        session, person = self.context.session, self.who.person if self.who else ""
        self.write(lambda: subject_portable.write(session, person, path, accepted=accepted),
                   lambda _copy: _("Saved as “{file}”.", file=path.name))

    def ask_letters(self, how: str, what: str) -> None:
        """Where the letters to whoever was given their data are to go."""
        leaving.choose(self, self.context.jobs, CopyKind.DUTIES, leaving.Chooser(
            _("Save the letters"), "letters.pdf", _("PDF documents (*.pdf)")),
            lambda path, accepted: self.write_letters(how, what, path, accepted), self.failed)

    def write_letters(self, how: str, what: str, path: Path, accepted: str = "") -> None:
        """Write them, one to each body, and say so in the request."""
        from dpdesk.services import subject_letters
        session, person, request = self.context.session, self.who.person if self.who else "", self.request
        self.write(lambda: subject_letters.save(session, person, how, what, path, request=request, accepted=accepted),
                   lambda _copy: _("Saved as “{file}”: a letter to each. Send them, then delete the file.", file=path.name))

    def write(self, work: Callable[[], Any], said: Callable[[Any], str]) -> None:
        """Do something in the write lane, say so, and read again."""
        def done(answer: Any) -> None:
            self.slot.close_up()
            self.context.say("done", said(answer), None)
            self.context.changed("members")
        self.context.jobs.run("write", work, owner=self, done=done, failed=self.failed)

    def heard(self, noun: str) -> None:
        """What an officer is looking through is not drawn anew under their hands."""
        if self.review is None or noun != "members":
            super().heard(noun)

    def failed(self, error: Exception) -> None:
        """Beside the fields where it is about them."""
        if self.slot.show_problems(error):
            return
        if isinstance(error, Invalid) and "why" in error.problems:
            self.form.show_problems({"why": problem(error.problems["why"])})
        else:
            failures.show(self.context, error)
