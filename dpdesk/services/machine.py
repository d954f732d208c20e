"""What this machine remembers between desks: looks and the last desk's folder, and nothing personal."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

THEMES = ("system", "light", "dark")
SCALES = (100, 200)


_FIELDS = {"theme": str, "text_scale": int, "last_desk": str, "window": str, "look": str}


class Machine:
    """The machine's own settings: looks and the last desk's folder. Kept in a small JSON file outside any desk.

    `window` is the window's place as Qt writes it, `look` what the theme came to last time; with `path` None nothing is kept.
    """

    def __init__(self, theme: str = "system", text_scale: int = 100, last_desk: str = "", window: str = "",
                 path: Path | None = None, look: str = "") -> None:
        self.theme, self.text_scale, self.last_desk, self.window, self.path = theme, text_scale, last_desk, window, path
        self.look = look

    @classmethod
    def load(cls, path: Path | None = None) -> Machine:
        """From the user's configuration folder; what cannot be read or is out of range counts as not set."""
        if path is None:
            from platformdirs import user_config_path
            path = user_config_path("dpdesk", appauthor=False) / "machine.json"
        known: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            found = json.loads(path.read_text("utf-8"))
            known = {name: found[name] for name, kind in _FIELDS.items() if type(found.get(name)) is kind}
        machine = cls(**known, path=path)
        if machine.theme not in THEMES:
            machine.theme = "system"
        machine.text_scale = min(SCALES[1], max(SCALES[0], machine.text_scale))
        return machine

    def save(self) -> None:
        """Write; a machine that cannot keep its looks still works."""
        if self.path is None:
            return
        from dpdesk.domain.errors import NotPossible
        from dpdesk.store.disk import write_whole
        values = {name: getattr(self, name) for name in _FIELDS}
        with suppress(OSError, NotPossible):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(values, indent=1).encode())
