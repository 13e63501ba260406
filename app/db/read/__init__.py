"""Reads that answer with JSON text: a tree of what is wanted, compiled into one statement inside the caller's scope.

The tree (`tree`) knows tables and columns, not GraphQL; `compile` is the only writer of its SQL, with the tenant in
every FROM; `dialect` says how PostgreSQL and SQLite write one value as JSON.
"""
