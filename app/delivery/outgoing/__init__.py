"""Calls to addresses that customers chose: signed, guarded and bounded. Knows nothing of the database."""
