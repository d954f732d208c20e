"""`python -m dpdesk`: hands everything to the command line, which opens the window where that is what was asked."""

from __future__ import annotations

import sys


def open_window(folder=None, passphrase: str = "") -> int:
    """The window; imported only here, so that the command line never pays for it."""
    from dpdesk import app
    return app.run(folder, passphrase)


def main() -> int:
    """The program."""
    arguments = sys.argv[1:]
    if not arguments:
        return open_window()
    if arguments[0] == "--child":
        from dpdesk.paper import child
        return child.run(arguments[1])
    from dpdesk import cli
    return cli.main(arguments, open_window)


if __name__ == "__main__":
    sys.exit(main())
