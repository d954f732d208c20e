"""Mail providers' settings and limits, read from resources/mail: data that an officer's account starts from."""

from __future__ import annotations

import tomllib
from functools import cache

from dpdesk import RESOURCES
from dpdesk.domain.policy_readers import choice, code, each, iso_date, line, line_or_none, record, whole
from dpdesk.domain.post_pace import Provider, Security, SignIn

_MOST = 1_000_000
_PROVIDERS = each(record(
    Provider, code=code, name=line, host=line_or_none, port=whole(1, 65_535), security=choice(Security), sign_in=choice(SignIn),
    per_minute=whole(0, _MOST), per_hour=whole(0, _MOST), per_day=whole(0, _MOST), per_message=whole(1, _MOST),
    token_url=line_or_none, note=line_or_none, checked=iso_date), by="code")


@cache
def available() -> tuple[Provider, ...]:
    """Every provider, the general one last."""
    data = tomllib.loads((RESOURCES / "mail/providers.toml").read_text("utf-8"))
    return _PROVIDERS(data["provider"], "provider")


def provider(wanted: str) -> Provider:
    """The provider of that code, the general one where there is none."""
    found = {each.code: each for each in available()}
    return found.get(wanted, found["other"])
