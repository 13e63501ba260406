"""The product without its planner: graphql-core answers every query."""

from __future__ import annotations

import os

import uvicorn

from app import asgi

if __name__ == "__main__":
    # Whatever cannot be planned is answered like this; here everything is.
    setattr(asgi, "QueryPlanner", lambda schema: None)  # noqa: B010  # an assignment would be one to a type
    uvicorn.run(asgi.create_app, factory=True, port=int(os.environ["INVOICING_PORT"]), log_config=None)
