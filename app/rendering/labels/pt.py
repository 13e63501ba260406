"""Portuguese."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="pt",
    invoice="Fatura",
    credit_note="Nota de crédito",
    proforma="Fatura proforma",
    advance="Fatura de adiantamento",
    self_billed="Autofatura",
    number="Número",
    issue_date="Data de emissão",
    supply_date="Data de fornecimento",
    due_date="Vencimento",
    order="Encomenda",
    customer_tax_id="NIF do cliente",
    description="Descrição",
    quantity="Quantidade",
    unit_price="Preço unitário",
    vat="IVA",
    net_amount="Valor líquido",
    gross_amount="Valor bruto",
    net_total="Total sem IVA",
    gross_total="Total",
    prepaid="Já pago",
    amount_due="Total a pagar",
    credited="Valor creditado",
    tax_summary="Resumo do IVA",
    base="Base",
    allowance="Desconto",
    charge="Encargo",
    payment="Pagamento",
    account_holder="Titular",
    reference="Referência",
    pay_by="Pagar até {date}.",
    tax_id="NIF",
    page="Página {page} de {pages}",
    draft="RASCUNHO",
    void="ANULADA",
    subtotal="Subtotal",
    seller="Vendedor",
    buyer="Cliente",
    zero_rated="Taxa zero",
    exempt="Isento de IVA",
    reverse_charge="Autoliquidação",
    intra_community="Transmissão intracomunitária",
    export="Exportação",
    outside_scope="Não sujeito a IVA",
)
