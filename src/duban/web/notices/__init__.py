"""What people are told: notices in the app and by mail, and their deadlines as a calendar."""
