"""What keeps an installation running: the server, logs, health, backup and restore."""
