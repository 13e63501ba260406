"""The sample's sellers: five countries, two currencies, four ways of being taxed."""

from __future__ import annotations

from importlib import resources
from typing import Final

from app.domain.documents.model import InvoiceType
from app.domain.parties import AutoInvoice
from app.services.inputs import (
    AddressInput,
    EntityInput,
    LogoInput,
    NumberFormatInput,
    PaymentDetailsInput,
    TaxIdInput,
)


def _logo(name: str) -> LogoInput:
    return LogoInput(content=(resources.files("app.commands.demo") / name).read_bytes())


def sellers() -> tuple[EntityInput, ...]:
    """The sellers, each with its legal identity, numbering, tax settings, currency and branding."""
    return (
        EntityInput(
            external_id="morgenrot",
            name="Kaffeerösterei Morgenrot",
            legal_name="Morgenrot Kaffee GmbH",
            address=AddressInput(country="DE", line1="Schönhauser Allee 112", postcode="10437", city="Berlin"),
            email="hallo@morgenrot.example",
            phone="+49 30 1234567",
            website="https://morgenrot.example",
            registration="HRB 12345 B, Amtsgericht Charlottenburg",
            tax_ids=(TaxIdInput(value="DE136695976", country="DE"),),
            currency="EUR",
            time_zone="Europe/Berlin",
            locale="de",
            auto_invoice=AutoInvoice.ON_ORDER,
            number_formats=(NumberFormatInput(type=InvoiceType.STANDARD, pattern="{yyyy}/{nnn}"),),
            oss=True,
            prices_include_tax=True,
            primary_color="#c2541c",
            footer="Vielen Dank für Ihren Einkauf! Rückgabe innerhalb von 30 Tagen.",
            logo=_logo("morgenrot.png"),
            payment=PaymentDetailsInput(iban="DE89370400440532013000", bic="COBADEFFXXX"),
        ),
        EntityInput(
            external_id="maison-lys",
            name="Maison Lys",
            legal_name="Maison Lys SAS",
            address=AddressInput(country="FR", line1="24 rue du Fil", postcode="59000", city="Lille"),
            email="bonjour@maison-lys.example",
            registration="RCS Lille 303 265 045",
            tax_ids=(TaxIdInput(value="FR40303265045", country="FR"),),
            currency="EUR",
            time_zone="Europe/Paris",
            locale="fr",
            auto_invoice=AutoInvoice.ON_ORDER,
            number_formats=(NumberFormatInput(type=InvoiceType.STANDARD, pattern="FA-{yyyy}-{nnnnn}"),),
            prices_include_tax=True,
            primary_color="#384078",
            logo=_logo("maison-lys.png"),
            payment=PaymentDetailsInput(iban="FR1420041010050500013M02606"),
        ),
        EntityInput(
            external_id="oliva-viva",
            name="Oliva Viva",
            legal_name="Oliva Viva S.L.",
            address=AddressInput(country="ES", line1="Camino Real 7", postcode="23001", city="Jaén"),
            tax_ids=(TaxIdInput(value="ESB58378431", country="ES"),),
            currency="EUR",
            time_zone="Europe/Madrid",
            locale="es",
            auto_invoice=AutoInvoice.ON_PAYMENT,
            number_formats=(NumberFormatInput(type=InvoiceType.STANDARD, pattern="F{yy}{mm}-{nnn}"),),
            other_registrations=("BG", "GR", "FR"),
            prices_include_tax=True,
            primary_color="#5c7a1f",
            payment=PaymentDetailsInput(iban="ES9121000418450200051332"),
        ),
        EntityInput(
            external_id="ksiazkowo",
            name="Książkowo",
            legal_name="Książkowo sp. z o.o.",
            address=AddressInput(country="PL", line1="ul. Floriańska 8", postcode="31-021", city="Kraków"),
            tax_ids=(TaxIdInput(value="PL8567346215", country="PL"),),
            currency="PLN",
            time_zone="Europe/Warsaw",
            locale="pl",
            auto_invoice=AutoInvoice.ON_ORDER,
            number_formats=(NumberFormatInput(type=InvoiceType.STANDARD, pattern="FV {nnn}/{mm}/{yyyy}"),),
            prices_include_tax=True,
            primary_color="#8c1c3a",
        ),
        EntityInput(
            external_id="holzwerk",
            name="Holzwerk Huber",
            legal_name="Martin Huber e.U.",
            address=AddressInput(country="AT", line1="Dorfplatz 2", postcode="6020", city="Innsbruck"),
            currency="EUR",
            time_zone="Europe/Vienna",
            locale="de-AT",
            auto_invoice=AutoInvoice.NEVER,
            small_business=True,
            payment_term_days=30,
            payment=PaymentDetailsInput(iban="AT611904300234573201"),
        ),
    )


# The sample's orders: two of its rows are wrong on purpose.
ORDERS: Final = "orders.csv"
