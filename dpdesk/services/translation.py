"""The one door to gettext: every word the window or the command line shows is asked for here.

Catalogues lie in RESOURCES/locale; without one the British English of the source is shown.
"""

from __future__ import annotations

import gettext
import re

from dpdesk import RESOURCES

_DOMAIN = "dpdesk"
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")

_translations: gettext.NullTranslations = gettext.NullTranslations()


class _Pseudo(gettext.NullTranslations):
    """Brackets and lengthens each text, so that a test sees what was never translated and what is then cut off."""

    def gettext(self, message: str) -> str:
        letters = sum(len(part) for part in _PLACEHOLDER.split(message) if not part.startswith("{"))
        return f"[{message}{'~' * max(2, letters * 2 // 5)}]" if message else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def use_locale(code: str) -> None:
    """Show words of language `code` from now on: "" or "en_GB" for the source's own, "pseudo" for tests."""
    global _translations
    if code == "pseudo":
        _translations = _Pseudo()
    else:
        languages = [code] if code else []
        _translations = gettext.translation(_DOMAIN, RESOURCES / "locale", languages, fallback=True)


def marked(text: str) -> str:
    """`text` unchanged: marks it for translation where a table holds it and `tr` is asked later."""
    return text


def tr(text: str, /, **facts: object) -> str:
    """`text` in the officer's language, with its {placeholders} filled from `facts` where any are given."""
    translated = _translations.gettext(text)
    return translated.format(**facts) if facts else translated


def trn(one: str, many: str, n: int, /, **facts: object) -> str:
    """`one` or `many`, as `n` asks for, in the officer's language; `{n}` becomes the number, with commas."""
    translated = _translations.ngettext(one, many, n).replace("{n}", f"{n:,}")
    return translated.format(**facts) if facts else translated
