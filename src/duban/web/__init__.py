"""Django: who may sign in, whose task it is, and the screens of the year's work. Known to `cli` alone.

An app has one job and one door, its `service.py`; imports between apps go through doors and point one way, which
import-linter holds. Nothing below this package knows Django.
"""
