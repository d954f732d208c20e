"""Keys typed while sheets are entered: one key a code, the row changing by itself; a code that others begin with waits for the next key.

`D` then `L` is D for this row and L for the next; `D`, `N`, `C` is DNC where that is a code.
"""

from __future__ import annotations

from collections.abc import Iterable


class Keys:
    """Turns characters into codes. `held` is what was typed of a code that may still grow; `wrong` the last that fits none."""

    def __init__(self, letters: Iterable[str]) -> None:
        self._letters = tuple(dict.fromkeys(letter.upper() for letter in letters))
        self.held = ""
        self.wrong = ""

    def feed(self, typed: str) -> list[str]:
        """The codes that are whole after one more character, in their order."""
        self.wrong = ""
        self.held += typed.upper()
        return self._whole(final=False)

    def flush(self) -> list[str]:
        """The codes that are whole because nothing more comes for this row."""
        found = self._whole(final=True)
        self.held = ""
        return found

    def _whole(self, *, final: bool) -> list[str]:
        found: list[str] = []
        while self.held:
            grows = any(letter != self.held and letter.startswith(self.held) for letter in self._letters)
            if grows and not final:
                break
            first = max((letter for letter in self._letters if self.held.startswith(letter)), key=len, default="")
            if not first:
                self.wrong, self.held = self.held, ""
                break
            found.append(first)
            self.held = self.held[len(first):]
        return found
