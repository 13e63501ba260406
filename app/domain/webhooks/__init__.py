"""Webhooks, as far as they are pure: what an endpoint may be, what it is sent, and how that is signed."""
