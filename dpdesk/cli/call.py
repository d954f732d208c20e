"""One call of the command line: its options, its output, and the desk it opens."""

from __future__ import annotations

import contextlib
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from dpdesk.cli.output import Output
from dpdesk.cli.passphrases import Usage, passphrase
from dpdesk.domain.errors import NotFound
from dpdesk.domain.secret import Secret
from dpdesk.services.words import notice, place_warning, span, tr


class Call:
    """What a command is given: `args`, `out`, and ways to the desk."""

    def __init__(self, args: Namespace, out: Output) -> None:
        self.args, self.out = args, out

    @property
    def desks(self):
        """The service that finds, creates and opens desks."""
        from dpdesk.services.desks import Desks
        from dpdesk.services.machine import Machine
        return Desks(Machine.load())

    def folder(self) -> Path:
        """The desk that was named, else the last one opened on this machine."""
        if self.args.desk:
            return Path(self.args.desk).expanduser().absolute()
        last = self.desks.last()
        if last is None:
            raise Usage(tr("Which desk? Name its folder with --desk."))
        return Path(last)

    @contextlib.contextmanager
    def session(self) -> Iterator:
        """The desk, opened with the passphrase given, and closed again whatever happens."""
        with self.session_with(None) as session:
            yield session

    @contextlib.contextmanager
    def session_with(self, secret: Secret | None) -> Iterator:
        """As `session`, with a passphrase that was asked for already."""
        desks, folder = self.desks, self.folder()
        card = desks.examine(folder)
        for code in card.place:
            self.out.note(place_warning(code))
        key = self._key(card)
        secret = passphrase(self.args) if secret is None else secret
        self._pause(desks)
        session = desks.open(folder, secret, key, read_only=self.args.read_only, accept_loss=self.args.accept_loss)
        try:
            for code in session.notices:
                self.out.note(notice(code))
            yield session
        finally:
            session.close()

    def _key(self, card) -> str | None:
        """The identity of the key named with --key, by its label or identity."""
        wanted = self.args.key
        if not wanted:
            return None
        for key in card.keys:
            if wanted in (key.label, key.id) or wanted.casefold() == key.label.casefold():
                return key.id
        raise NotFound("key", wanted)

    def _pause(self, desks) -> None:
        """Wait as long as wrong passphrases before this one ask for."""
        seconds = desks.wait()
        if seconds > 0:
            self.out.note(tr("Waiting {span}, after wrong passphrases.", span=span(seconds)))
            time.sleep(seconds)

    def confirmed(self, question: str) -> bool:
        """Whether the officer says yes: by --yes, or typed where there is a terminal."""
        if self.args.yes:
            return True
        if not sys.stdin.isatty():
            raise Usage(tr("{question} Add --yes to say so.", question=question))
        self.out.note(tr("{question} Type “yes”:", question=question))
        return sys.stdin.readline().strip().casefold() == "yes"
