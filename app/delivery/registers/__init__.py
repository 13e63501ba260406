"""Asking the registers of VAT numbers over HTTP."""
