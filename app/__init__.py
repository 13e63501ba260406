"""Marketplace invoicing: compliant invoices for every seller of a marketplace."""

__version__ = "0.1.0"
