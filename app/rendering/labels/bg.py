"""Bulgarian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="bg",
    invoice="Фактура",
    credit_note="Кредитно известие",
    proforma="Проформа фактура",
    advance="Авансова фактура",
    self_billed="Самофактуриране",
    number="Номер",
    issue_date="Дата на издаване",
    supply_date="Дата на доставка",
    due_date="Срок за плащане",
    order="Поръчка",
    customer_tax_id="ДДС № на клиента",
    description="Описание",
    quantity="Количество",
    unit_price="Ед. цена",
    vat="ДДС",
    net_amount="Нетна сума",
    gross_amount="Брутна сума",
    net_total="Общо без ДДС",
    gross_total="Общо",
    prepaid="Платено",
    amount_due="Дължима сума",
    credited="Кредитирана сума",
    tax_summary="ДДС по ставки",
    base="Основа",
    allowance="Отстъпка",
    charge="Добавка",
    payment="Плащане",
    account_holder="Титуляр",
    reference="Основание",
    pay_by="Моля, платете до {date}.",
    tax_id="ДДС №",
    page="Страница {page} от {pages}",
    draft="ЧЕРНОВА",
    void="АНУЛИРАНА",
    subtotal="Междинна сума",
    seller="Продавач",
    buyer="Клиент",
    zero_rated="Нулева ставка",
    exempt="Освободено от ДДС",
    reverse_charge="Обратно начисляване",
    intra_community="Вътреобщностна доставка",
    export="Износ",
    outside_scope="Извън обхвата на ДДС",
)
