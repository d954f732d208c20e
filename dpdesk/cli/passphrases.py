"""Where secrets come from on the command line: a file descriptor, the environment, or a prompt without echo.

Never an argument: what is typed after a command stands in the process list and in the shell's history.
"""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace

from dpdesk.domain.secret import Secret
from dpdesk.services.words import tr


class Usage(Exception):
    """The command was not used as it has to be; the text says how. Exit status 2."""


def from_descriptor(number: int) -> str:
    """One line of the open file `number`, read byte by byte: two secrets may share one descriptor."""
    line = bytearray()
    try:
        while (byte := os.read(number, 1)) not in (b"", b"\n"):
            line += byte
        return line.decode().removesuffix("\r")
    except (OSError, ValueError, OverflowError) as error:
        raise Usage(tr("Descriptor {number} gives no passphrase: it is not open, or not UTF-8 text.",
                       number=number)) from error


def _asked(prompt: str, variable: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise Usage(tr("No passphrase was given: set {variable}, use {option}, or run this in a terminal to be asked.",
                       variable=variable, option=option))
    return getpass.getpass(prompt + " ", stream=sys.stderr)


def _secret(descriptor: int | None, variable: str, prompt: str, option: str) -> Secret:
    if descriptor is not None:
        text = from_descriptor(descriptor)
    elif variable in os.environ:
        text = os.environ[variable]
    else:
        text = _asked(prompt, variable, option)
    if not text:
        raise Usage(tr("The passphrase is empty."))
    return Secret(text)


def passphrase(args: Namespace) -> Secret:
    """The passphrase that opens the desk."""
    return _secret(args.passphrase_fd, "DPDESK_PASSPHRASE", tr("Passphrase:"), "--passphrase-fd")


def recovery_key(args: Namespace) -> Secret:
    """The recovery key from the printed kit."""
    return _secret(args.recovery_key_fd, "DPDESK_RECOVERY_KEY", tr("Recovery key:"), "--recovery-key-fd")


def new_passphrase(args: Namespace, whose: str = "") -> Secret:
    """A new passphrase, asked twice where it is typed."""
    option, variable = "--new-passphrase-fd", "DPDESK_NEW_PASSPHRASE"
    if args.new_passphrase_fd is not None or variable in os.environ:
        return _secret(args.new_passphrase_fd, variable, "", option)
    prompt = tr("New passphrase for {whose}:", whose=whose) if whose else tr("New passphrase:")
    first = _secret(None, variable, prompt, option)
    if first != Secret(_asked(tr("The same again:"), variable, option)):
        raise Usage(tr("The two were not the same. Nothing was changed."))
    return first


def founding_passphrase(args: Namespace) -> Secret:
    """The passphrase of a desk that is being created: new, but given like any other where a script gives it."""
    if args.passphrase_fd is not None or "DPDESK_PASSPHRASE" in os.environ:
        return passphrase(args)
    return new_passphrase(args)


def asked_secret(descriptor: int | None, variable: str, prompt: str, option: str) -> Secret:
    """A secret that is not the desk's own (a mailbox's password): by open file, environment or question."""
    return _secret(descriptor, variable, prompt, option)
