"""The first evening, step by step, over the services and a real desk; the self-check and the tests walk the same steps."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.copies import WITHIN, CopyKind, CopyState
from dpdesk.domain.errors import CopyStays, Damaged, Declined, DeskError, NotAcknowledged, NotAllowed, UseRefused, WrongPassphrase
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services.words import tr

PASSPHRASE, SECOND = "seven quiet herons on the weir", "pepper lantern walks uphill"
MARK = "Zyxwvutsrq"  # a surname found nowhere else: it must never stand in the clear on disk
LIST = f"""Membership No,Title,Forename,Surname,Email,Mobile,Address 1,Town,Postcode,Joined,Status,Do not email
1001,Ms,Catherine,Smith,catherine@example.org,07700 900101,1 Lock Lane,Anytown,AN1 2AB,03/02/2019,current,
1002,Mr,Siôn,{MARK},sion@example.org,07700 900102,2 Lock Lane,Anytown,AN1 2AB,14/05/2021,current,
1003,,Aisha,Khan,aisha@example.org,,3 Wharf Road,Anytown,AN1 3CD,21/11/2023,current,yes
1004,,Bob,Broken,not-an-address,,4 Wharf Road,Anytown,AN1 3CD,01/01/2020,current,
"""

REGISTER = f"""PD,Elector Number,Suffix,Surname,Forename,Postcode,Address 1
AN-1,1,0,Smith,Catherine,AN1 2AB,1 Lock Lane
AN-1,2,0,{MARK},Siôn,AN1 2AB,2 Lock Lane
AN-1,3,1,,,,
AN-1,x,0,Broken,Bob,AN1 2AB,4 Lock Lane
"""


class Missed(Exception):
    """Something did not come out as it has to; the text says what was expected."""


def expect(held: bool, what: str) -> None:
    """Raise `Missed` unless it held."""
    if not held:
        raise Missed(what)


@contextmanager
def refused(kind: type[DeskError]) -> Iterator[None]:
    """Expect a refusal of one kind."""
    try:
        yield
    except kind:
        return
    raise Missed(f"a refusal: {kind.__name__}")


class Journey:
    """The steps, in order, on a desk in `place`; each leaves the next what it needs."""

    def __init__(self, place: Path, desks) -> None:
        self.place, self.desks = place, desks
        self.folder = place / "desk"
        self.session = None

    def steps(self) -> list[tuple[str, str, Callable[[], None]]]:
        """(code, words, step) of every step."""
        return [
            ("create", tr("a desk is created, and the policy recorded as read"), self.create),
            ("passphrase", tr("a wrong passphrase is refused, the right one opens"), self.passphrase),
            ("import", tr("a list is previewed, and comes in without its broken row"), self.bring_in),
            ("search", tr("people are found under a misspelt name"), self.search),
            ("edit", tr("an edit is attributed, and undone"), self.edit),
            ("stop", tr("an opt-out survives the next import"), self.stop),
            ("register", tr("an electoral register comes in, is refused for other uses, and is taken back"), self.register),
            ("officer", tr("a second officer reads the policy first, and may only what the role allows"), self.officer),
            ("lock", tr("the desk locks, and opens again as it was"), self.lock),
            ("duties", tr("a request has its day, a lost machine its report, and the signed pack holds everything"), self.duties),
            ("export", tr("an export escapes formulas and is recorded"), self.export),
            ("verify", tr("the audit log verifies"), self.verify),
            ("backup", tr("a backup is made, checked and restored"), self.backup),
            ("older_copy", tr("an older copy put back is noticed"), self.older_copy),
            ("flipped_byte", tr("a changed byte in the database is noticed"), self.flipped_byte),
            ("encrypted", tr("nothing personal stands in the clear on disk"), self.encrypted),
        ]

    def close(self) -> None:
        """Lock whatever is open."""
        if self.session is not None:
            self.session.close()
            self.session = None

    def _open(self, passphrase: str = PASSPHRASE):
        self.close()
        self.session = self.desks.open(self.folder, Secret(passphrase))
        return self.session

    def create(self) -> None:
        """Found the desk."""
        from dpdesk.services.desks import Founding
        self.session, key = self.desks.create(self.folder, Founding(
            "Jane Example", Role.ACCOUNTABLE, "generic", "Anytown", Secret(PASSPHRASE)))
        expect(bool(key), "a recovery key")
        expect(self.session.acknowledged, "the policy recorded as read")

    def passphrase(self) -> None:
        """Try a wrong one and the right one."""
        self.close()
        with refused(WrongPassphrase):
            self._open("seven quiet herons on the wier")
        self._open()

    def _preview(self, text: str):
        """What a list of these words would do."""
        from dpdesk.services import imports
        path = self.place / "list.csv"
        path.write_text(text, "utf-8")
        return imports.preview(self.session, imports.open_list(self.session, path))

    def _apply(self, preview) -> None:
        from dpdesk.services import imports
        imports.apply(self.session, preview)
        (self.place / "list.csv").unlink()

    def bring_in(self) -> None:
        """Preview, and apply."""
        from dpdesk.services import members
        preview = self._preview(LIST)
        expect((preview.counts.new, preview.counts.refused, preview.counts.stops) == (3, 1, 1), "3 new, 1 refused, 1 opt-out")
        expect((preview.refused[0].row, preview.refused[0].reason) == (5, "email_bad"), "row 5 refused for its e-mail")
        expect(members.counts(self.session).members == 0, "nothing changed by the preview")
        self._apply(preview)
        expect(members.counts(self.session).members == 3, "3 members")

    def _found(self, text: str):
        from dpdesk.services import members
        rows = members.search(self.session, text)
        expect(bool(rows), f"somebody found under {text}")
        return rows[0]

    def search(self) -> None:
        """Misspelt and unaccented."""
        expect(self._found("Katherine Smyth").member.number == "1001", "Catherine Smith first")
        expect(self._found("sion").member.number == "1002", "Siôn first")
        expect(self._found("AN13CD").member.postcode == "AN1 3CD", "a postcode without its space")

    def register(self) -> None:
        """Take a register in, use it, and take an update back."""
        from dpdesk.domain.register_files import FileKind, Purpose, Supply
        from dpdesk.services import electors, register, register_files
        from dpdesk.services.session import today
        session, path = self.session, self.place / "register.csv"
        supply = Supply("Anytown Council", today().isoformat(), register.last_day(session))

        def take(text: str, kind: FileKind):
            path.write_text(text, "cp1252")
            shown = register.preview(session, register.open_file(session, path), register.Taking(kind))
            return register.apply(session, shown, supply)
        result = take(REGISTER, FileKind.FULL)
        expect((result.counts.new, result.counts.anonymous, result.counts.refused) == (3, 1, 1), "3 electors, 1 anonymous, 1 refused")
        expect(electors.search(session, "lock lane 2")[0].elector.surname == MARK, "an elector found by address")
        expect(len(register.require_use(session, Purpose.CANVASSING)) == 1, "canvassing allowed")
        for purpose, whom in ((Purpose.NEWSLETTER, WITHIN), (Purpose.CANVASSING, "headquarters")):
            with refused(UseRefused):
                register.require_use(session, purpose, whom=whom)
        header, first, *_rest = REGISTER.splitlines()
        update = take(f"Status,{header}\nD,{first}\n", FileKind.UPDATE)
        expect(electors.counts(session).electors == 2, "an elector taken off")
        register_files.roll_back(session, update.file_id)
        expect(electors.counts(session).electors == 3, "the elector back")
        path.unlink()

    def edit(self) -> None:
        """Change a phone number and undo it."""
        from dpdesk.services import members
        seen = self._found("1001").member
        edited = members.edit(self.session, seen.id, {"mobile": "07700 900199"}, seen)
        expect(edited.mobile == "+447700900199", "the new number")
        last = members.history(self.session, seen.id)[0]
        expect(last.officer == "Jane Example" and last.undoable, "the edit under the officer's name")
        expect(members.undo(self.session, last.seq).mobile == seen.mobile, "the old number back")

    def stop(self) -> None:
        """Stop one person and import again a list that says otherwise."""
        from dpdesk.services import contacting, members
        person = self._found("1002").member
        contacting.stop(self.session, person.id, "email", StopReason.OPT_OUT, "Told us at the door")
        self._apply(self._preview(LIST.replace("yes", "no").replace("sion@", "SION@")))
        for number in ("1002", "1003"):
            expect("email" in self._found(number).stopped, f"{number} still stopped")
        expect(members.counts(self.session).members == 3, "still 3 members")

    def officer(self) -> None:
        """A second officer, of lesser role."""
        from dpdesk.services import members, officers
        officers.add(self.session, "Sam Sample", Role.DATA_ENTRY, Secret(SECOND), kdf=self.desks.kdf)
        second = self._open(SECOND)
        with refused(NotAcknowledged):
            members.counts(second)
        officers.acknowledge(second)
        members.add(second, Kind.CONTACT, {"forename": "Ngozi", "surname": "Okafor", "known_as": "Ngozi"})
        with refused(NotAllowed):
            officers.suspend(second, second.officer.id)

    def lock(self) -> None:
        """Close, keep a copy for later, open."""
        from dpdesk.services import members
        self.close()
        shutil.copytree(self.folder, self.place / "earlier")
        counts = members.counts(self._open())
        expect((counts.members, counts.contacts) == (3, 1), "3 members and 1 contact")

    def duties(self) -> None:
        """A request with its clock, a lost machine with its report, and the signed pack of everything."""
        from dpdesk.services import accountability, copies, duties, incidents
        from dpdesk.services.session import today
        with refused(Declined):
            shown = duties.add(self.session, "requests", {"who": MARK, "type": "access", "received_on": today().isoformat()})
            expect(bool(shown.due), "a day by which the answer is due")
            duties.move(self.session, shown.ref, "answer", {"answered_how": "letter"})
        shown = incidents.lost_device(self.session, "a laptop", "Self-check")
        people = shown.duty.values["people_count"]
        expect(people == "7" and len(shown.running) == 2, f"3 members, a contact and 3 electors, not {people}; two clocks")
        path = self.place / "pack.zip"
        made = accountability.pack(self.session, path, "Self-check", accepted=copies.judge(path, CopyKind.DUTIES).code)
        expect(accountability.check(self.session, path)["log_head"]["code"] == made.head_code, "the pack as it was signed")
        path.unlink()

    def export(self) -> None:
        """Write a list and look at the file."""
        from dpdesk.services import copies, exports, members
        path = self.place / "export.csv"
        written = exports.members(self.session, exports.Wish(
            path, ("number", "surname", "mobile"), members.Query(), WITHIN, "Self-check", copies.judge(path, CopyKind.MEMBERS).code))
        text = path.read_text("utf-8-sig")
        expect(text.count("\n") == 4 and "'+447700900101" in text, "a header and 3 rows, the phone number escaped")
        with refused(CopyStays):
            copies.close(self.session, written.copy.id)
        path.unlink()
        expect(copies.close(self.session, written.copy.id).state is CopyState.DELETED, "the copy looked for and gone")

    def verify(self) -> None:
        """One button."""
        from dpdesk.services import audit
        verdict = audit.verify(self.session)
        expect(verdict.whole and verdict.report.entries > 8, "a whole log")
        expect("members.exported" in audit.actions(self.session), "the export in the log")

    def backup(self) -> None:
        """Out to one file and back as a desk of its own."""
        from dpdesk.services import backups, copies, members
        path = self.place / "out.dpdesk"
        made = backups.back_up(self.session, path, accepted=copies.judge(path, CopyKind.BACKUP).code)
        expect(MARK.encode() not in made.path.read_bytes(), "nobody's name in the backup")
        expect(backups.check(self.session, made.path) == made, "the backup found whole")
        people = members.counts(self.session)
        self.close()
        self.session, _found = backups.restore(self.desks, made.path, self.place / "again", Secret(PASSPHRASE))
        expect(members.counts(self.session) == people, "everybody back")
        self._open()

    def older_copy(self) -> None:
        """Put the database of the copy back beside today's header."""
        self.close()
        database = next(self.folder.glob("*.db"))
        today = database.read_bytes()
        database.write_bytes((self.place / "earlier" / database.name).read_bytes())
        with refused(Damaged):
            self._open()
        database.write_bytes(today)
        self._open()

    def flipped_byte(self) -> None:
        """Change one byte in the middle of the database; the desk of earlier stands in afterwards."""
        from dpdesk.services import audit
        self.close()
        database = next(self.folder.glob("*.db"))
        today = database.read_bytes()
        altered = bytearray(today)
        altered[len(altered) // 2] ^= 1
        database.write_bytes(altered)
        try:
            noticed = not audit.verify(self._open()).whole
        except Damaged:
            noticed = True
        self.close()
        expect(noticed, "the changed byte found")
        shutil.rmtree(self.folder)
        shutil.copytree(self.place / "earlier", self.folder)
        self._open()

    def encrypted(self) -> None:
        """Search every file of the desk for what the list held."""
        self.close()
        for path in [p for p in self.place.rglob("*") if p.is_file()]:
            content = path.read_bytes()
            for mark in (MARK, "catherine@example", "07700", "AN1 2AB", "Jane Example"):
                expect(mark.encode() not in content, f"{path.name} without clear text")
