"""What happens by itself: lights at night, reminders, mail. Each round of a job is done once, whoever does it."""
