"""The commands of `invoicing`, a file each; `app.cli` puts them together."""
