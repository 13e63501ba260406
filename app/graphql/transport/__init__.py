"""GraphQL over HTTP, WebSocket and Server-Sent Events, over any executable schema."""

from app.graphql.transport.limits import Limits
from app.graphql.transport.routes import GraphQLTransport

__all__ = ["GraphQLTransport", "Limits"]
