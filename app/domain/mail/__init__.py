"""E-mail as the domain sees it: addresses, what becomes of a message, bounces, when reminders are due."""
