"""Runs one command and gives its exit status: 0 done, 1 refused or found broken, 2 wrong usage. Never a traceback."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence

from dpdesk.cli.call import Call
from dpdesk.cli.output import Output
from dpdesk.cli.parser import grammar
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.errors import Bug, Cancelled, DeskError, Invalid
from dpdesk.services.words import Said, invalid_command, sentence, trace_code

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None, open_window: Callable[..., int] | None = None) -> int:
    """Carry out `argv`. `open_window(folder, passphrase)` opens the window, for `dpdesk` alone and `demo --window`."""
    words = sys.argv[1:] if argv is None else list(argv)
    parser = grammar(words)
    try:
        args = parser.parse_args(words)
    except SystemExit as left:  # argparse has said why
        return left.code if isinstance(left.code, int) else WRONG_USAGE
    args.open_window = open_window
    call = Call(args, Output(args.as_json))
    try:
        return _carry_out(call, parser)
    except Usage as error:
        call.out.refusal("usage", "", Said(str(error)))
        return WRONG_USAGE
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return refuse(call.out, Cancelled())
    except Exception as error:
        return refuse(call.out, error)


def _carry_out(call: Call, parser) -> int:
    if call.args.self_check:
        from dpdesk.cli.selfcheck import run
        return run(call)
    if call.args.run is not None:
        return call.args.run(call)
    if call.args.open_window is not None:
        return call.args.open_window()
    parser.print_usage(sys.stderr)
    return WRONG_USAGE


def refuse(out: Output, error: Exception) -> int:
    """Say `error` in words; where it is our mistake, with the code for a report."""
    ours = not isinstance(error, DeskError) or isinstance(error, Bug)
    reason = next((str(value) for name, value in vars(error).items() if name in _REASONS), "")
    said = invalid_command(error) if isinstance(error, Invalid) else sentence(error)
    out.refusal(code_of(error), "" if ours else reason, said, trace_code(error) if ours else "")
    return REFUSED


_REASONS = ("reason", "what", "cause", "status", "holds", "right")


def code_of(error: Exception) -> str:
    """The error's code for scripts: its class in small letters, "bug" for what nobody foresaw."""
    name = type(error).__name__ if isinstance(error, DeskError) else "Bug"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


__all__ = ["DONE", "REFUSED", "WRONG_USAGE", "code_of", "main", "refuse"]
