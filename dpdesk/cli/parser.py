"""The grammar of the command line: options for every command, and each noun's verbs as its module declares them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from dpdesk import __version__
from dpdesk.services.words import tr

NOUNS = (
    "desk",
    "officers",
    "members",
    "contacts",
    "post",
    "replies",
    "register",
    "walks",
    "results",
    "campaigns",
    "sessions",
    "sheets",
    "registers",
    "duties",
    "policy",
    "retention",
    "scans",
    "cards",
    "sealed",
    "portal",
    "packs",
    "requests",
    "copies",
    "device",
    "handover",
    "disposals",
    "audit",
    "demo",
)

# Stand before the noun and after the verb alike; what stands later wins.
_DEFAULTS = {"desk": None, "as_json": False, "passphrase_fd": None, "new_passphrase_fd": None, "key": None,
             "read_only": False, "accept_loss": False, "yes": False}


class Grammar:
    """Declares verbs: `verb(noun, "list", run, help)` gives the parser to add the verb's own arguments to."""

    def __init__(self) -> None:
        self.root = argparse.ArgumentParser(
            "dpdesk", description=tr("A data-protection desk for the officers of political parties. Without a command "
                                     "the window opens."),
            epilog=tr("The passphrase is asked for, or taken from DPDESK_PASSPHRASE or --passphrase-fd. "
                      "Exit status: 0 done, 1 refused or found broken, 2 wrong usage."))
        _add_shared(self.root)
        self.root.add_argument("--version", action="version", version=f"dpdesk {__version__}")
        self.root.add_argument("--self-check", action="store_true",
                               help=tr("walk through everything in a throw-away desk, a line per step"))
        self.root.set_defaults(run=None, **_DEFAULTS)
        self._nouns = self.root.add_subparsers(title=tr("nouns"), metavar="<noun>", dest="noun")

    def noun(self, name: str, about: str):
        """A noun, for verbs to be added to."""
        parser = self._nouns.add_parser(name, help=about, description=about)
        _add_shared(parser)
        return parser.add_subparsers(title=tr("verbs"), metavar="<verb>", dest="verb", required=True)

    def verb(self, verbs, name: str, run, about: str) -> argparse.ArgumentParser:
        """One verb of a noun, carried out by `run(call) -> exit status`."""
        parser = verbs.add_parser(name, help=about, description=about)
        _add_shared(parser)
        parser.set_defaults(run=run)
        return parser

    def named(self, name: str) -> None:
        """A noun that is not asked for: that it exists is all that is said."""
        self._nouns.add_parser(name)

    def lone(self, name: str, run, about: str) -> argparse.ArgumentParser:
        """A noun that is a command by itself."""
        return self.verb(self._nouns, name, run, about)


def _add_shared(parser: argparse.ArgumentParser) -> None:
    """The options of every command. Suppressed defaults: an option left out after the verb keeps what stood before it."""
    group = parser.add_argument_group(tr("for every command"))

    def option(*names: str, **more) -> None:
        group.add_argument(*names, default=argparse.SUPPRESS, **more)

    option("--desk", metavar="DIR", help=tr("the desk’s folder; without it, the last one opened"))
    option("--json", dest="as_json", action="store_true", help=tr("print JSON on stdout, everything else on stderr"))
    option("--passphrase-fd", type=int, metavar="N", help=tr("read the passphrase from open file N"))
    option("--new-passphrase-fd", type=int, metavar="N",
           help=tr("read a new passphrase from open file N (or DPDESK_NEW_PASSPHRASE)"))
    option("--key", metavar="LABEL", help=tr("whose key to open with, where several officers have one"))
    option("--read-only", action="store_true", help=tr("open the desk for reading only"))
    option("--accept-loss", action="store_true",
           help=tr("open a desk whose last entries are missing; the gap is recorded"))
    option("--yes", action="store_true", help=tr("answer yes to the question a command asks"))


def grammar(words: Sequence[str]) -> argparse.ArgumentParser:
    """The grammar as far as `words` need it: each noun by name, with its verbs where it is among the words or help is asked for.

    Declaring the verbs of all nouns takes longer than most commands.
    """
    built = Grammar()
    whole = any(word == "-h" or word.startswith("--h") for word in words)
    for noun in NOUNS:
        if whole or noun in words:
            import_module(f"dpdesk.cli.{noun}").declare(built)
        else:
            built.named(noun)
    return built.root
