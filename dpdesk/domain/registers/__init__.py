"""The registers of the data-protection duties: each module here that declares a `REGISTER` is one. A new one is one more file."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from dpdesk.domain.registers.declaring import Register


@cache
def every() -> tuple[Register, ...]:
    """All registers in their order in the window."""
    modules = [import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    found = [each.REGISTER for each in modules if hasattr(each, "REGISTER")]
    return tuple(sorted(found, key=lambda each: (each.order, each.code)))


def get(code: str) -> Register:
    """The register of that code; KeyError where there is none."""
    return next((each for each in every() if each.code == code), None) or _none(code)


def _none(code: str) -> Register:
    raise KeyError(code)
