"""Static files under names that hold their hash, so that a browser may keep them for a year."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

__all__ = ["Storage"]


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # it has no types
    """Names what is collected by its hash; before anything was collected, by its own name."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
