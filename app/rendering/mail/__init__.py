"""Messages: words in the documents' languages, plain text and HTML in a seller's brand, and the bytes that are sent."""
