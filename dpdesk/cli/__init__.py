"""`dpdesk <noun> <verb> [--json]`: the verbs of the services for scripts, for tests and for those who like to type."""

from dpdesk.cli.run import main

__all__ = ["main"]
