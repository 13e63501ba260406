"""Orders from files: each format is a reader that turns rows into orders or into rejections, never into nothing."""
