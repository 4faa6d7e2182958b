"""The public page: of a task what the office chose to publish, and nothing else."""
