"""One file per country: its dated rates with their sources. Regimes do not import one another."""
