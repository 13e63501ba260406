"""Spanish."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="es",
    invoice="Factura",
    credit_note="Factura rectificativa",
    proforma="Factura proforma",
    advance="Factura de anticipo",
    self_billed="Autofactura",
    number="Número",
    issue_date="Fecha de expedición",
    supply_date="Fecha de entrega",
    due_date="Vencimiento",
    order="Pedido",
    customer_tax_id="NIF/IVA del cliente",
    description="Descripción",
    quantity="Cantidad",
    unit_price="Precio unitario",
    vat="IVA",
    net_amount="Importe neto",
    gross_amount="Importe bruto",
    net_total="Base imponible",
    gross_total="Total",
    prepaid="Ya pagado",
    amount_due="Total a pagar",
    credited="Importe abonado",
    tax_summary="Desglose del IVA",
    base="Base",
    allowance="Descuento",
    charge="Recargo",
    payment="Pago",
    account_holder="Titular",
    reference="Referencia",
    pay_by="Pague a más tardar el {date}.",
    tax_id="NIF/IVA",
    page="Página {page} de {pages}",
    draft="BORRADOR",
    void="ANULADA",
    subtotal="Subtotal",
    seller="Vendedor",
    buyer="Cliente",
    zero_rated="Tipo cero",
    exempt="Exento de IVA",
    reverse_charge="Inversión del sujeto pasivo",
    intra_community="Entrega intracomunitaria",
    export="Exportación",
    outside_scope="No sujeto a IVA",
)
