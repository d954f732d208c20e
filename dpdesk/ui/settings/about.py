"""What this program is: version, licence, what it stands on, and what it protects against."""

from __future__ import annotations

import re
from importlib import metadata

from dpdesk import RESOURCES, __version__
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _

_LONGEST = 60  # letters of a licence's name


def components() -> list[tuple[str, str, str]]:
    """The libraries dpdesk stands on as installed here: name, version, licence."""
    try:
        required = metadata.requires("dpdesk") or []
    except metadata.PackageNotFoundError:
        return []
    found = []
    for line in required:
        name = re.match(r"[A-Za-z0-9._-]+", line)
        if name is None or "extra ==" in line:
            continue
        try:
            about = metadata.metadata(name[0])
        except metadata.PackageNotFoundError:
            continue
        found.append((about["Name"], about["Version"], _licence(about)))
    return sorted(found, key=lambda each: each[0].casefold())


def _licence(about: metadata.PackageMetadata) -> str:
    """The licence in a few words, whichever field names it."""
    for said in (about["License-Expression"], about["License"]):
        if said and said.strip() and len(said) <= _LONGEST and "\n" not in said:
            return said.strip()
    named = [line.rpartition("::")[2].strip() for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return ", ".join(named) or _("see its own notice")


def notices() -> str:
    """The notices as Markdown: libraries, the font, the icons."""
    lines = ["| | | |", "|---|---|---|", *(f"| {name} | {version} | {licence} |" for name, version, licence in components())]
    parts = ["\n".join(lines)]
    for title, path in ((_("The fonts Atkinson Hyperlegible Next and Noto Sans"), "fonts/OFL.txt"), (_("The Lucide icons"), "icons/LICENSE")):
        written = (RESOURCES / path).read_text("utf-8").strip()
        parts.append(f"## {title}\n\n" + "\n\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", written)))
    return "\n\n".join(parts)


class AboutSection(Section):
    """The notices are read when they are asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("About dpdesk"), open=False)
        self.body.addWidget(text(_("dpdesk {version}, licensed under the Apache License 2.0.").format(version=__version__)))
        self.body.addWidget(text(_("A lost laptop, a copied folder, a quiet change to the record, an opt-out overwritten by a list: "
                                   "against these it protects. Against a weak passphrase, an unlocked screen, or a computer with "
                                   "spyware on it, it cannot. It makes no connection to the internet, looks for no updates and "
                                   "counts nothing."), "quiet"))
        self.body.addLayout(row(button(_("What it protects against"),
                                       lambda: context.go("help", {"chapter": "protection"}), role="link"), None))
        self.notices = Section(_("Third-party notices"), open=False)
        self.notices.unfolded.connect(self._fill)
        self.body.addWidget(self.notices)
        self._reader: Reader | None = None

    def _fill(self) -> None:
        if self._reader is None:
            self._reader = Reader(_("Third-party notices"))
            self._reader.setMinimumHeight(round(280 * theme.scale()))
            self._reader.show_text(notices())
            self.notices.body.addWidget(self._reader)
