"""A contract for import-linter: what others may use of an app stands in its door; the rest may change tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph

__all__ = ["DoorContract"]


class DoorContract(Contract):
    """Modules of an app that others import: its door alone. `urls` includes them all, so it may import any `urls`."""

    package = fields.StringField()
    door = fields.StringField()
    apps = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - importlinter's
        """Every import between apps that does not go through a door."""
        found = [
            (importer, imported)
            for importer in sorted(graph.modules)
            if importer.startswith(f"{self.package}.")
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._passes_by(importer, imported)
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: Any) -> None:
        """Name each of them."""
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} imports {imported}: use its {self.door}", bold=False)

    def _passes_by(self, importer: str, imported: str) -> bool:
        app = self._app(imported)
        return (
            app is not None and self._app(importer) != app and imported != f"{self.package}.{app}.{self.door}"
        )

    def _app(self, module: str) -> str | None:
        name = module.removeprefix(f"{self.package}.").partition(".")[0]
        apps: Any = self.apps
        return name if module.startswith(f"{self.package}.") and name in apps else None
