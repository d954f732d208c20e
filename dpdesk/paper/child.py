"""Where the program becomes one of its own child processes (`--child KIND`), which the officer never starts by hand."""

from __future__ import annotations

from importlib import import_module

KINDS = {"decoding": ("decoding_child", "serve"), "reading": ("reading_child", "serve"), "rendering": ("rendering", "main")}


def run(kind: str) -> int:
    """Do that kind of work until the pipe ends; returns the exit status."""
    module, work = KINDS[kind]
    return getattr(import_module(f"dpdesk.paper.{module}"), work)()
