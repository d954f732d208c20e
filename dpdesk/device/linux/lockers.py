"""Whether a command line runs a screen locker: the program itself counts, not its name in a question or a message (S1 §27.3a)."""

from __future__ import annotations

import shlex

LOCKERS = frozenset({"swaylock", "swaylock-effects", "gtklock", "hyprlock", "waylock"})
_ENDS = frozenset({";", "&", "&&", "|", "||", "(", ")"})
_BEFORE = frozenset({"exec", "then", "else", "do", "env", "setsid", "nohup", "uwsm", "app", "--"})


def locks(command: str) -> bool:
    """Whether a locker is run: `pidof hyprlock && systemctl suspend` and `notify-send "swaylock soon"` run none."""
    return any(words[0].rpartition("/")[2] in LOCKERS for words in _parts(command))


def asks_session(command: str) -> bool:
    """Whether the session is told to lock, which locks only where somebody listens."""
    return any(words[0].rpartition("/")[2] == "loginctl" and words[1:2] in (["lock-session"], ["lock-sessions"])
               for words in _parts(command))


def _parts(command: str) -> list[list[str]]:
    """The commands of a line, each as its words without what only starts it; `sh -c '…'` is looked into."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:
        return []
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _ENDS:
            parts.append([])
        else:
            parts[-1].append(word)
    found = []
    for part in parts:
        while part and (part[0] in _BEFORE or ("=" in part[0] and "/" not in part[0].partition("=")[0])):
            part = part[1:]
        if len(part) > 2 and part[0].rpartition("/")[2] in ("sh", "bash") and part[1] == "-c":
            found += _parts(part[2])
        elif part:
            found.append(part)
    return found
