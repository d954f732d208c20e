"""Days as they are typed after a command: by British habit, as ISO, or today, yesterday and tomorrow."""

from __future__ import annotations

from datetime import timedelta

_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}


def typed(text: str) -> str:
    """The ISO day of what was typed; what is no day stays as it is, so that its field is named where it is refused."""
    from dpdesk.services.details_dates import read_day
    from dpdesk.services.session import today
    near = _NEAR.get(text.strip().casefold())
    if near is not None:
        return (today() + timedelta(days=near)).isoformat()
    return read_day(text, today())[0] or text
