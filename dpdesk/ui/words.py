"""The window's words: all of `services/words.py` under one short name.

Only the door to the translations is there at once; the tables of names and sentences are loaded when one is first asked for,
so that the first window does not wait for them.
"""

from dpdesk.services.translation import tr as _
from dpdesk.services.translation import trn


def __getattr__(name: str) -> object:
    if name.startswith("__"):
        raise AttributeError(name)  # Python's own questions about a module load nothing
    from dpdesk.services import words
    return getattr(words, name)


__all__ = ["_", "trn"]
