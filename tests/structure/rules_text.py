"""What may be written where: questions, colours, SQL, sizes, names, docstrings."""

import ast
import re
from collections.abc import Iterator

from tests.structure.reading import Finding, Rule, Source

FILE_LINES = 400
FUNCTION_LINES = 50
EMPTY_NAMES = {
    "utils", "util", "helpers", "helper", "common", "core", "base", "manager", "managers", "logic", "misc",
}  # fmt: skip
ASK = "dpdesk/ui/widgets/ask.py"
DIALOGS = {"QMessageBox", "QInputDialog", "QFileDialog"}
THEME = "dpdesk/ui/theme/"
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|^#[0-9a-fA-F]{3,4}$")
SQL = re.compile(
    r"\s*(?:(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|ATTACH|DETACH|REPLACE|SAVEPOINT|WITH)\s"
    r"|(?:BEGIN|COMMIT|ROLLBACK|VACUUM|REINDEX|ANALYZE)(?:\s|$)"
    r"|(?:select\s.*\sfrom|insert\s+(?:or\s+\w+\s+)?into|update\s+\w+\s+set|delete\s+from|pragma\s+\w"
    r"|(?:create|drop|alter)\s+(?:unique\s+|virtual\s+|temp\s+)?(?:table|index|view|trigger))\s?)",
    re.DOTALL,
)


def short_file(source: Source) -> Iterator[Finding]:
    """A file that grows past the limit holds two things."""
    lines = source.text.count("\n") + 1
    if lines > FILE_LINES:
        yield Finding(source.path, lines, f"{lines} lines; a file has at most {FILE_LINES}: split it by noun")


def short_functions(source: Source) -> Iterator[Finding]:
    """A function past the limit does several things."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                says = f"{node.name} has {lines} lines; a function has at most {FUNCTION_LINES}"
                yield source.finding(node, says)


def module_docstring(source: Source) -> Iterator[Finding]:
    """Every module says in its first lines what it promises."""
    if not (ast.get_docstring(source.tree) or "").strip():
        yield Finding(source.path, 1, "has no module docstring: one to three lines of what it promises")


def telling_name(source: Source) -> Iterator[Finding]:
    """No module or package has a name that would fit anything."""
    for part in source.path.removesuffix(".py").split("/"):
        if part.lower().strip("_") in EMPTY_NAMES:
            yield Finding(source.path, 1, f"'{part}' says nothing; name it after its noun")


def questions_in_ask(source: Source) -> Iterator[Finding]:
    """Every question to the officer goes through ask.py; app.py alone runs the event loop."""
    if source.path == ASK or not source.within("dpdesk/"):
        return
    for node, name in source.imports():
        if name.split(".")[-1] in DIALOGS:
            yield source.finding(node, f"imports {name}; questions go through ui/widgets/ask.py")
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            if node.attr in DIALOGS:
                yield source.finding(node, f"uses {node.attr}; questions go through ui/widgets/ask.py")
            if node.attr in ("exec", "exec_") and source.path != "dpdesk/app.py":
                yield source.finding(node, f"calls .{node.attr}(); questions go through ui/widgets/ask.py")


def colours_in_theme(source: Source) -> Iterator[Finding]:
    """Colours are tokens of the theme."""
    if source.within(THEME) or not source.within("dpdesk/"):
        return
    for node in source.strings():
        if COLOUR.search(node.value):
            yield source.finding(node, f"holds the colour {node.value[:20]!r}; colours live in ui/theme/")


def stylesheet_in_theme(source: Source) -> Iterator[Finding]:
    """There is one stylesheet, and the theme sets it."""
    if source.within(THEME) or not source.within("dpdesk/"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "setStyleSheet":
            yield source.finding(node, "calls setStyleSheet; set a `role` property that ui/theme/ styles")


def sql_in_store(source: Source) -> Iterator[Finding]:
    """SQL is written in store/ only."""
    if source.within("dpdesk/store/") or not source.within("dpdesk/"):
        return
    for node in source.strings():
        if SQL.match(node.value):
            yield source.finding(node, f"holds SQL {node.value.strip()[:40]!r}; SQL is written in store/")


def no_selected_rows(source: Source) -> Iterator[Finding]:
    """selectedRows() takes seconds on a long table."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "selectedRows":
            yield source.finding(node, "uses selectedRows; use the ranges of selection()")


def files_leave_by_the_door(source: Source) -> Iterator[Finding]:
    """What leaves the desk goes through services/copies.py; the machine's own settings and the throw-away desks do not leave."""
    own = ("dpdesk/services/copies.py", "dpdesk/services/machine.py", "dpdesk/services/demo.py", "dpdesk/cli/journey.py")
    if source.within(*own) or not source.within("dpdesk/services/", "dpdesk/cli/", "dpdesk/ui/"):
        return
    for node, name in source.imports():
        if name in ("dpdesk.store.disk.whole_file", "dpdesk.store.disk.write_whole", "dpdesk.store.disk"):
            yield source.finding(node, f"imports {name}; what leaves the desk goes through services/copies.py")
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("write_bytes", "write_text"):
                yield source.finding(node, f"calls {node.func.attr}; what leaves the desk goes through services/copies.py")
            if node.func.attr == "open" and any(isinstance(a, ast.Constant) and isinstance(a.value, str)
                                                and set(a.value) & set("wax+") and len(a.value) <= 3 for a in node.args):
                yield source.finding(node, "opens a file to write; what leaves the desk goes through services/copies.py")


def opened_in_outside(source: Source) -> Iterator[Finding]:
    """What opens something outside the window does so in one place, which knows what may be opened."""
    if source.path == "dpdesk/ui/widgets/outside.py" or not source.within("dpdesk/ui/"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in ("openUrl", "startDetached"):
            yield source.finding(node, f"calls {node.attr}; what is outside is opened by ui/widgets/outside.py")


RULES = [
    Rule(
        "what is outside is opened in one place",
        opened_in_outside,
        planted=("dpdesk/ui/members/page.py", "def f(url):\n    QDesktopServices.openUrl(url)\n"),
        innocent=("dpdesk/ui/widgets/outside.py", "def f(url):\n    QDesktopServices.openUrl(url)\n"),
    ),
    Rule(
        "files leave by the copies door",
        files_leave_by_the_door,
        planted=("dpdesk/services/exports.py", "def f(path):\n    path.open('wb').close()\n"),
        innocent=("dpdesk/services/copies.py", "def f(path):\n    path.open('wb').close()\n"),
    ),
    Rule(
        "whole files are written by the copies door",
        files_leave_by_the_door,
        planted=("dpdesk/services/officers.py", "from dpdesk.store.disk import write_whole\n"),
        innocent=("dpdesk/services/machine.py", "from dpdesk.store.disk import write_whole\n"),
    ),
    Rule(
        "files are short",
        short_file,
        planted=("dpdesk/services/members.py", "x = 1\n" * FILE_LINES + "x = 2\n"),
        innocent=("dpdesk/services/members.py", "x = 1\n" * (FILE_LINES - 1)),
    ),
    Rule(
        "functions are short",
        short_functions,
        planted=("dpdesk/services/members.py", "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
        innocent=("dpdesk/services/members.py", "def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)),
    ),
    Rule(
        "modules have a docstring",
        module_docstring,
        planted=("dpdesk/services/members.py", '""" """\nx = 1\n'),
        innocent=("dpdesk/services/members.py", '"""What members can do."""\n'),
    ),
    Rule(
        "names tell something",
        telling_name,
        planted=("dpdesk/ui/common/rows.py", ""),
        innocent=("dpdesk/ui/members/table.py", ""),
    ),
    Rule(
        "questions only in ui/widgets/ask.py",
        questions_in_ask,
        planted=("dpdesk/ui/members/page.py", "def f(dialog):\n    return dialog.exec()\n"),
        innocent=("dpdesk/app.py", "def f(application):\n    return application.exec()\n"),
    ),
    Rule(
        "message boxes only in ui/widgets/ask.py",
        questions_in_ask,
        planted=("dpdesk/ui/members/page.py", "from PySide6.QtWidgets import QFileDialog\n"),
        innocent=(ASK, "from PySide6.QtWidgets import QFileDialog\n"),
    ),
    Rule(
        "colours only in ui/theme/",
        colours_in_theme,
        planted=("dpdesk/ui/widgets/header.py", "STYLE = f'color: #1a2b3c; {x}'\n"),
        innocent=("dpdesk/ui/theme/tokens.py", "INK = '#1a2b3c'\n"),
    ),
    Rule(
        "the stylesheet only in ui/theme/",
        stylesheet_in_theme,
        planted=("dpdesk/ui/widgets/header.py", "def f(w):\n    w.setStyleSheet('')\n"),
        innocent=("dpdesk/ui/theme/look.py", "def f(w):\n    w.setStyleSheet('')\n"),
    ),
    Rule(
        "SQL only in store/",
        sql_in_store,
        planted=("dpdesk/services/members.py", "def f(t):\n    return f'select * from {t}'\n"),
        innocent=("dpdesk/services/members.py", "TEXT = 'Select a member from the list'\n"),
    ),
    Rule(
        "no selectedRows()",
        no_selected_rows,
        planted=("dpdesk/ui/members/table.py", "def f(model):\n    return model.selectedRows()\n"),
        innocent=("dpdesk/ui/members/table.py", "def f(model):\n    return model.selection()\n"),
    ),
]
