"""The interface of everything that has an id of its own."""

from __future__ import annotations

import strawberry


@strawberry.interface(description="An object with a globally unique id, for node(id:).")
class Node:
    id: strawberry.ID = strawberry.field(description="The object's globally unique id.")
