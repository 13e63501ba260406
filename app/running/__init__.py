"""What any part of a process may lean on: how it ends, how it logs, what it counts. Knows nothing of the product."""
