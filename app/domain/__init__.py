"""The pure core: what an invoice is and what the law asks of it. No input or output, no clock, no ORM."""
