"""`python -m dpdesk`: hands everything to the command line, which opens the window where that is what was asked."""

from __future__ import annotations

import sys


def open_window(folder=None, passphrase: str = "") -> int:
    """The window; imported only here, so that the command line never pays for it."""
    from dpdesk import app
    return app.run(folder, passphrase)


def _end_in_order() -> None:
    """`kill` and a closed terminal end a command as an error does: what it began is taken back, what is temporary goes."""
    import signal

    def end(number, _frame) -> None:
        raise SystemExit(128 + number)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:
            signal.signal(getattr(signal, name), end)


def main() -> int:
    """The program."""
    arguments = sys.argv[1:]
    if not arguments:
        return open_window()
    if arguments[0] == "--child":
        from dpdesk.paper import child
        return child.run(arguments[1])
    from dpdesk import cli
    _end_in_order()
    return cli.main(arguments, open_window)


if __name__ == "__main__":
    sys.exit(main())
