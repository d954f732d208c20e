"""Pictures of every page, for eyes: `python -m tests.ui.screenshots FOLDER`, on the demo branch, in both looks."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

SIZE = (1180, 780)
PAGES = ("today", "members", "member", "member_form", "import", "bulk", "erase", "duplicates", "compare", "lists", "contacts", "contact",
         "contact_form", "enquiry_form", "enquiries", "sharing", "wordings", "post_write", "post_outbox", "post_accounts", "replies",
         "register", "elector", "register_files", "register_import", "register_follows", "register_links",
         "walks", "walk", "walks_propose",
         "sessions", "campaigns", "session_plan", "session", "sheets_print", "sheets_issue", "sheets_return", "sheet", "sheet_losses",
         "destroy_sheets",
         "results", "entering", "entry",
         "scans", "scans_review", "scans_scanners",
         "requests", "complaints", "incidents", "registers", "duties", "duty", "duty_form", "duty_calendar", "bank_holidays", "activity",
         "retention", "policy", "subject", "data_audit",
         "packages", "package_seal", "outbox", "cards", "destinations", "packs",
         "audit", "export",
         "copies", "device", "devices", "disposals", "strays", "handover", "backups", "officers", "settings", "help")


def main(target: Path) -> None:
    """Make a demo desk, open it, and grab each page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from dpdesk.domain.secret import Secret
    from dpdesk.services import demo
    from dpdesk.services.desks import Desks
    from dpdesk.services.machine import Machine
    from dpdesk.ui import theme
    from dpdesk.ui.shell.window import Window
    from tests.ui.places import places
    target.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as place:
        passphrase, session = demo.create(Path(place) / "desk")
        session.close()
        machine = Machine(path=Path(place) / "machine.json")
        desks = Desks(machine)
        for look, scale in (("light", 100), ("dark", 100), ("light", 200)):
            theme.apply(app, look, scale)
            window = Window(desks, machine, "")
            window.resize(*SIZE)
            window.show()
            window.start(Path(place) / "desk")
            spin(app)
            window.grab().save(str(target / f"unlock-{look}-{scale}.png"))
            window.enter(desks.open(Path(place) / "desk", Secret(passphrase) if isinstance(passphrase, str) else passphrase))
            window.desk._watch.stop()  # nobody is in front of this window: it would cover itself
            for code in PAGES:
                window.desk.go(code, places(window.desk.session).get(code))
                settle(app, window)
                window.grab().save(str(target / f"{code}-{look}-{scale}.png"))
            each_register(app, window, target, look, scale)
            window.close()


def each_register(app, window, target: Path, look: str, scale: int) -> None:
    """The list of every register, its form, and its first entry."""
    from dpdesk.domain import registers
    from dpdesk.services import duties
    for register in registers.every():
        found = duties.listing(window.desk.session, register.code)
        for name, code, place in (("list", "duties", {"register": register.code}), ("form", "duty_form", {"register": register.code}),
                                  *((("entry", "duty", {"id": found[0].duty.id}),) if found else ())):
            window.desk.go(code, place)
            settle(app, window)
            window.grab().save(str(target / f"register-{register.code}-{name}-{look}-{scale}.png"))


def settle(app, window) -> None:
    """Until nothing is under way, and what was read is drawn."""
    spin(app, 0.1)
    end = time.monotonic() + 10
    while window.desk.jobs.under_way and time.monotonic() < end:
        app.processEvents()
    spin(app, 0.3)


def spin(app, seconds: float = 0.7) -> None:
    """Let the window work."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
