"""Orders as signed webhooks: `POST /orders/{channel}`, beside the API and by its inputs."""

from __future__ import annotations

from app.graphql.inbound.routes import InboundOrders

__all__ = ["InboundOrders"]
