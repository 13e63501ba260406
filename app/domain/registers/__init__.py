"""What the registers of VAT numbers are asked and what they answer."""
