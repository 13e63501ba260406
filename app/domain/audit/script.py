"""The verifier as one file, to lie in every export: made of the modules that the product itself verifies with."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from types import ModuleType

from app.domain.audit import ed25519, export, records

_HEAD = '''#!/usr/bin/env python3
"""Verifies an audit export of invoices, offline and with nothing but Python 3.11 or later.

    python verify.py EXPORT.zip [PUBLIC_KEY.pem]

It checks the certificate's signature, the hash of the documents, every document's own hash, its link to the one
before, the seal over its rows, its totals (EN 16931), its number, and the PDFs that are in the export. Give the public
key that the issuer publishes, to know that the certificate is the issuer's. Exit codes: 0 all is well, 1 something does
not hold, 2 the file cannot be read.
"""

from __future__ import annotations

'''


@cache
def verifier_script() -> str:
    """The text of `verify.py`."""
    parts = [_without_own_imports(module) for module in (records, ed25519, export)]
    return _HEAD + "\n\n".join(part.strip("\n") + "\n" for part in parts)


def _without_own_imports(module: ModuleType) -> str:
    source = inspect.getsource(module)
    lines = source.splitlines()
    tree = ast.parse(source)
    for node in tree.body[1:]:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("__future__", "app"):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    # Its docstring speaks of a module.
    return "\n".join(lines[tree.body[0].end_lineno :])
