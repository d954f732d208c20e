"""How the structure tests read the tree: a `Source` per Python file, a `Finding` per broken rule."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule, shown so that an editor can jump to it."""

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


@dataclass(frozen=True)
class Source:
    """A Python file by its path from the root of the checkout, in forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def prose(self) -> set[int]:
        """The ids of the docstring constants, which no rule about strings concerns."""
        holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        firsts = (node.body[0] for node in self.nodes if isinstance(node, holders) and node.body)
        return {id(first.value) for first in firsts if isinstance(first, ast.Expr)}

    def within(self, *places: str) -> bool:
        """Whether the file is one of the places, or lies in one that ends with a slash."""
        folders = tuple(place for place in places if place.endswith("/"))
        return self.path in places or self.path.startswith(folders)

    def finding(self, node: ast.AST, says: str) -> Finding:
        return Finding(self.path, getattr(node, "lineno", 1), says)

    def strings(self) -> Iterator[ast.Constant]:
        """Every string constant that is not a docstring, pieces of f-strings included."""
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in self.prose:
                yield node

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Every imported name in full: `from a import b` gives `a.b`; relative ones are made absolute."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                yield from ((node, f"{base}.{alias.name}") for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        folders = self.path.split("/")[: -node.level]
        return ".".join([*folders, *([node.module] if node.module else [])])


Check = Callable[[Source], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A check, where it holds, a planted offence it must find, and an innocent file it must let pass."""

    name: str
    check: Check
    planted: tuple[str, str]
    innocent: tuple[str, str]

    def __str__(self) -> str:
        return self.name


def python_files(*folders: str) -> list[Source]:
    """The Python files under the folders, as they are in the work tree now."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths]


def reaches(name: str, module: str) -> bool:
    """Whether the imported name is the module or lies in it."""
    return name == module or name.startswith(module + ".")


def listed(findings: list[Finding]) -> str:
    return "\n".join(["", *map(str, findings)])
