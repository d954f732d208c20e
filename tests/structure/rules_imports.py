"""Who may import what: Qt, the database driver, the network, and the floors of the house."""

import sys
from collections.abc import Iterator

from tests.structure.reading import ROOT, Finding, Rule, Source, reaches

QT = ("PySide6", "shiboken6")
DRIVERS = ("sqlcipher3", "sqlalchemy", "alembic", "sqlite3")
NETWORK = (
    "socket", "ssl", "socketserver", "http", "urllib.request", "smtplib", "ftplib", "imaplib", "poplib",
    "xmlrpc", "asyncio", "urllib3", "requests", "httpx", "dns", "PySide6.QtNetwork",
)  # fmt: skip
THREADS = ("threading", "_thread", "concurrent.futures", "multiprocessing")
THREAD_CLASSES = ("QThread", "QRunnable", "QThreadPool")
NOT_FEATURES = ("shell", "theme", "widgets")


def only_in(modules: tuple[str, ...], places: tuple[str, ...], says: str):
    """A check that only the places import the modules."""

    def check(source: Source) -> Iterator[Finding]:
        if source.within(*places):
            return
        for node, name in source.imports():
            if any(reaches(name, module) for module in modules):
                yield source.finding(node, f"imports {name}; {says}")

    return check


def domain_is_pure(source: Source) -> Iterator[Finding]:
    """domain/ imports the standard library and itself."""
    if not source.within("dpdesk/domain/"):
        return
    for node, name in source.imports():
        if name.split(".")[0] not in sys.stdlib_module_names and not reaches(name, "dpdesk.domain"):
            yield source.finding(node, f"imports {name}; domain/ imports the standard library only")


def faces_use_services(source: Source) -> Iterator[Finding]:
    """ui/ and cli/ reach services/ and domain/ (and the resources folder), nothing below."""
    face = next((face for face in ("ui", "cli") if source.within(f"dpdesk/{face}/")), None)
    if not face:
        return
    allowed = (f"dpdesk.{face}", "dpdesk.services", "dpdesk.domain", "dpdesk.RESOURCES", "dpdesk.__version__")
    for node, name in source.imports():
        if reaches(name, "dpdesk") and not any(reaches(name, each) for each in allowed):
            yield source.finding(node, f"imports {name}; {face}/ reaches services/ and domain/ only")


def features_are_apart(source: Source) -> Iterator[Finding]:
    """A feature folder of ui/ imports no other feature folder; what two need goes to widgets/."""
    parts = source.path.split("/")
    if parts[:2] != ["dpdesk", "ui"] or len(parts) < 4 or parts[2] in NOT_FEATURES:
        return
    for node, name in source.imports():
        words = name.split(".")
        if words[:2] == ["dpdesk", "ui"] and len(words) > 2 and not shared(words[2], parts[2]):
            yield source.finding(node, f"imports {name}; the features {parts[2]} and {words[2]} stay apart")


def shared(name: str, feature: str) -> bool:
    """What a feature may import from ui/: itself, the two shared folders, and the modules beside them."""
    return name in (feature, "theme", "widgets") or (ROOT / f"dpdesk/ui/{name}.py").exists()


LOCKS_ALLOWED = "dpdesk/store/desk.py"  # starts no thread; its lock queues the changes that the lanes' threads make


def threads_in_jobs(source: Source) -> Iterator[Finding]:
    """Threads exist in ui/jobs.py only; a lock to be safe from them also in the open desk."""
    if source.within("dpdesk/ui/jobs.py") or not source.within("dpdesk/"):
        return
    for node, name in source.imports():
        if source.within(LOCKS_ALLOWED) and name == "threading.RLock":
            continue
        if any(reaches(name, module) for module in THREADS) or name.split(".")[-1] in THREAD_CLASSES:
            yield source.finding(node, f"imports {name}; work in the background goes through ui/jobs.py")


def no_star(source: Source) -> Iterator[Finding]:
    """A star import hides where a name comes from; one from PySide6 in a test crashes pytest-qt."""
    for node, name in source.imports():
        if name.endswith(".*"):
            yield source.finding(node, f"imports {name}; name what is imported")


RULES = [
    Rule(
        "Qt only in ui/ and app.py",
        only_in(QT, ("dpdesk/ui/", "dpdesk/app.py"), "Qt belongs to ui/ and app.py"),
        planted=("dpdesk/services/members.py", "def f():\n    from PySide6 import QtCore\n"),
        innocent=("dpdesk/ui/page.py", "from PySide6.QtWidgets import QWidget\n"),
    ),
    Rule(
        "the database driver only in store/",
        only_in(DRIVERS, ("dpdesk/store/",), "the database belongs to store/"),
        planted=("dpdesk/services/members.py", "import sqlalchemy.exc\n"),
        innocent=("dpdesk/store/engine.py", "from sqlcipher3 import dbapi2\n"),
    ),
    Rule(
        "the network only in portal/, post/ and scanners/",
        only_in(NETWORK, ("dpdesk/portal/", "dpdesk/post/", "dpdesk/scanners/"),
                "connections belong to portal/, post/ and scanners/"),
        planted=("dpdesk/files/policies.py", "from urllib import request\n"),
        innocent=("dpdesk/files/policies.py", "from urllib.parse import quote\n"),
    ),
    Rule(
        "domain/ imports the standard library only",
        domain_is_pure,
        planted=("dpdesk/domain/members.py", "from ..services import members\n"),
        innocent=("dpdesk/domain/members.py", "import re\nfrom .ids import new\n"),
    ),
    Rule(
        "ui/ and cli/ reach services/ and domain/ only",
        faces_use_services,
        planted=("dpdesk/ui/members/page.py", "from dpdesk import store\n"),
        innocent=("dpdesk/ui/assets.py", "from dpdesk import RESOURCES, services\n"),
    ),
    Rule(
        "features of ui/ stay apart",
        features_are_apart,
        planted=("dpdesk/ui/members/page.py", "from dpdesk.ui import audit\n"),
        innocent=("dpdesk/ui/members/page.py", "from dpdesk.ui.widgets.form import Form\nfrom . import x\n"),
    ),
    Rule(
        "threads only in ui/jobs.py",
        threads_in_jobs,
        planted=("dpdesk/ui/members/page.py", "from PySide6.QtCore import QObject, QThread\n"),
        innocent=("dpdesk/ui/jobs.py", "from PySide6.QtCore import QThread\n"),
    ),
    Rule(
        "no star import",
        no_star,
        planted=("tests/ui/test_page.py", "from PySide6.QtWidgets import *\n"),
        innocent=("tests/ui/test_page.py", "from PySide6.QtWidgets import QWidget\n"),
    ),
]
