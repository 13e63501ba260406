"""Random sequences of all that can be done with documents, and what must hold after each step."""
