"""The GraphQL API."""

from app.graphql import enums as enums  # every enum is described here, before any type of the package names one
