"""What an operator sees of a process: whether it is well, its figures, and a line for each request."""
