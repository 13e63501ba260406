"""What carries messages away: a mail server by SMTP, or a folder of `.eml` files."""
