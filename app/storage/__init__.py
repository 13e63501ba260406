"""Adapters for what is kept outside the database: files, and the key that signs certificates."""
