"""Where the project's definitions are written, and which ambiguities each relies on."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CITING = frozenset({"reading", "ambiguity"})
"""The functions that look an ambiguity up by its id."""


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """A name that a module defines at its top level."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module's definitions by name, and what each imported name stands for."""

    path: Path
    definitions: dict[str, ast.stmt]
    imports: dict[str, str]


@dataclass(frozen=True, slots=True)
class SourceCode:
    """The modules of a checkout, each parsed once."""

    root: Path
    _modules: dict[str, Module | None] = field(default_factory=dict)

    def link(self, definition: Definition) -> str:
        """Return the path and line of a definition, as a link from the root of the checkout.

        Raises KeyError where there is no such definition.
        """
        module = self._module(definition.module)
        if module is None:
            raise KeyError(definition.module)
        line = module.definitions[definition.name].lineno
        return f"{module.path.relative_to(self.root).as_posix()}#L{line}"

    def text(self, definition: Definition) -> str:
        """Return a function or a class as it is written, from its first decorator on.

        Raises KeyError where there is no such definition.
        """
        module = self._module(definition.module)
        if module is None:
            raise KeyError(definition.module)
        node = module.definitions[definition.name]
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
        lines = module.path.read_text(encoding="utf-8").splitlines()
        return "\n".join(lines[first - 1 : node.end_lineno])

    def ambiguities_of(self, definition: Definition) -> list[str]:
        """Return the ids of the ambiguities that a definition, or one that it uses, looks up."""
        seen: set[Definition] = set()
        left, found = [definition], set()
        while left:
            each = left.pop()
            node = self._node(each)
            if node is None or each in seen:
                continue
            seen.add(each)
            found.update(_looked_up(node))
            left += self._used_by(each.module, node)
        return sorted(found)

    def _node(self, definition: Definition) -> ast.stmt | None:
        module = self._module(definition.module)
        return module.definitions.get(definition.name) if module else None

    def _used_by(self, module_name: str, node: ast.stmt) -> Iterator[Definition]:
        """Give what a definition may use: names of its module, imported names, their attributes."""
        module = self._module(module_name)
        imports = module.imports if module else {}
        for each in ast.walk(node):
            if isinstance(each, ast.Name):
                package, _, name = imports.get(each.id, f"{module_name}.{each.id}").rpartition(".")
                yield Definition(package, name)
            elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                yield Definition(imports.get(each.value.id, ""), each.attr)

    def _module(self, name: str) -> Module | None:
        """Return a module of the checkout by its name; None for what is not written here."""
        if name not in self._modules:
            path = self.root.joinpath(*name.split(".")).with_suffix(".py")
            self._modules[name] = _parsed(path) if name and path.is_file() else None
        return self._modules[name]


def _parsed(path: Path) -> Module:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    definitions: dict[str, ast.stmt] = {}
    imports: dict[str, str] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            definitions[node.name] = node
        elif isinstance(node, ast.Assign):
            targets = [each for target in node.targets for each in ast.walk(target)]
            definitions |= {each.id: node for each in targets if isinstance(each, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            imports |= {
                name.asname or name.name: f"{node.module}.{name.name}" for name in node.names
            }
    return Module(path, definitions, imports)


def _looked_up(node: ast.stmt) -> set[str]:
    return {
        str(each.args[0].value)
        for each in ast.walk(node)
        if isinstance(each, ast.Call)
        and ast.unparse(each.func) in CITING
        and isinstance(each.args[0], ast.Constant)
    }
