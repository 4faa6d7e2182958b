"""Many readings over places and years: linking, promises and outcomes, audit, corrections, exports."""
