"""The plain way: Strawberry over Tortoise models with DataLoaders, as their documentation shows it."""
