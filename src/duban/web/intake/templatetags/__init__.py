"""Tags of the screens of tasks."""
