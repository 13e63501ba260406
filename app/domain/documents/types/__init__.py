"""Document types, one file each; `app.domain.documents.registry` lists them."""
