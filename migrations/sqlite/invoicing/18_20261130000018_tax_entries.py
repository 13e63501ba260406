from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

# What was finalized before is entered as it is now: what a VAT group's lines lack of it is spread over its parts, the rest
# to the first. The day of voiding is UTC's, since SQLite knows no time zones.


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE tax_entry (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    invoice_id VARCHAR(40) NOT NULL CHECK (length(invoice_id) <= 40),
    type VARCHAR(32) NOT NULL CHECK (type IN ('STANDARD', 'CREDIT_NOTE', 'PROFORMA', 'ADVANCE', 'SELF_BILLED')),
    date DATE NOT NULL,
    of_date DATE NOT NULL,
    treatment VARCHAR(32) NOT NULL CHECK (length(treatment) <= 32),
    category VARCHAR(3) NOT NULL CHECK (length(category) <= 3),
    percent VARCHAR(40),
    country VARCHAR(2) CHECK (length(country) <= 2),
    rule VARCHAR(100) NOT NULL CHECK (length(rule) <= 100),
    supply_kind VARCHAR(16) NOT NULL CHECK (length(supply_kind) <= 16),
    nature VARCHAR(40) NOT NULL CHECK (length(nature) <= 40),
    tax_class VARCHAR(32) NOT NULL CHECK (tax_class IN ('STANDARD', 'REDUCED', 'SECOND_REDUCED', 'SUPER_REDUCED', 'PARKING', 'ZERO', 'EXEMPT')),
    origin VARCHAR(10) CHECK (length(origin) <= 10),
    buyer_tax_id VARCHAR(40) CHECK (length(buyer_tax_id) <= 40),
    currency VARCHAR(3) NOT NULL CHECK (length(currency) <= 3),
    document_count INT NOT NULL,
    base_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    tax_currency VARCHAR(3) CHECK (length(tax_currency) <= 3),
    exchange_rate VARCHAR(40),
    tax_currency_minor BIGINT,
    reverses_id VARCHAR(40) CHECK (length(reverses_id) <= 40)
);
CREATE INDEX ix_tax_entry_entity_id_date ON tax_entry (platform_id, entity_id, date);
CREATE UNIQUE INDEX ux_tax_entry_reverses_id ON tax_entry (platform_id, reverses_id) WHERE reverses_id IS NOT NULL;
CREATE TRIGGER tax_entry_no_update BEFORE UPDATE ON tax_entry BEGIN SELECT RAISE(ABORT, 'tax_entry is append-only'); END;
CREATE TRIGGER tax_entry_no_delete BEFORE DELETE ON tax_entry BEGIN SELECT RAISE(ABORT, 'tax_entry is append-only'); END;
INSERT INTO tax_entry (platform_id, id, entity_id, invoice_id, type, date, of_date, treatment, category, percent, country, rule, supply_kind, nature, tax_class, origin, buyer_tax_id, currency, document_count, base_minor, tax_minor, tax_currency, exchange_rate, tax_currency_minor, reverses_id)
WITH doc AS MATERIALIZED (
    SELECT i.platform_id, i.id, i.entity_id, i.type, i.status, i.currency, i.taxes, i.snapshot, i.tax_currency, i.exchange_rate, i.tax_currency_minor, i.voided_at, i.issue_date, e.time_zone,
        CASE WHEN i.type = 'CREDIT_NOTE' THEN -1 ELSE 1 END AS sign,
        CASE WHEN s.type = 'ADVANCE' AND s.issue_date < s.supply_date THEN s.issue_date ELSE coalesce(s.supply_date, s.issue_date) END AS of_date
    FROM invoice i JOIN invoice s ON s.platform_id = i.platform_id AND s.id = coalesce(i.corrected_invoice_id, i.id)
        JOIN entity e ON e.platform_id = i.platform_id AND e.id = i.entity_id
    WHERE i.status IN ('FINALIZED', 'VOID') AND i.type <> 'PROFORMA'
        AND EXISTS (SELECT 1 FROM invoice_line l WHERE l.platform_id = i.platform_id AND l.entity_id = i.entity_id AND l.invoice_id = i.id)
),
decided AS MATERIALIZED (
    SELECT l.platform_id, l.entity_id, l.invoice_id, l.id, l.net_minor, l.tax_minor, l.tax_class,
        CASE WHEN l.advance_id IS NULL THEN l.net_minor ELSE 0 END AS weight,
        json_extract(l.decision, '$.treatment') AS treatment, json_extract(l.decision, '$.category') AS category, json_extract(l.decision, '$.percent') AS percent, json_extract(l.decision, '$.country') AS country, json_extract(l.decision, '$.rule') AS rule,
        CASE WHEN json_extract(l.decision, '$.rule') LIKE '%.goods.%' OR json_extract(l.decision, '$.rule') LIKE '%eu.triangulation%' THEN 'GOODS' ELSE json_extract(l.supply, '$.kind') END AS kind,
        CASE WHEN json_extract(l.supply, '$.nature') = 'SHIPPING' THEN 'GENERAL' ELSE json_extract(l.supply, '$.nature') END AS nature, json_extract(l.decision, '$.inputs.origin') AS origin
    FROM doc JOIN invoice_line l ON l.platform_id = doc.platform_id AND l.entity_id = doc.entity_id AND l.invoice_id = doc.id
        
),
part AS (
    SELECT platform_id, invoice_id, min(id) AS first, treatment, category, min(percent) AS percent, CAST(percent AS REAL) AS rate, country, rule, kind, nature, tax_class,
        CASE WHEN kind = 'GOODS' THEN origin END AS origin, sum(net_minor) AS net, sum(tax_minor) AS tax, sum(weight) AS weight
    FROM decided GROUP BY platform_id, invoice_id, treatment, category, CAST(percent AS REAL), country, rule, kind, nature, tax_class, CASE WHEN kind = 'GOODS' THEN origin END
),
grouped AS (
    SELECT doc.platform_id, doc.id AS invoice_id, json_extract(j.value, '$.category') AS category, CAST(json_extract(j.value, '$.percent') AS REAL) AS rate, json_extract(j.value, '$.country') AS country,
        sum(json_extract(j.value, '$.base_minor')) AS base, sum(json_extract(j.value, '$.tax_minor')) AS tax
    FROM doc CROSS JOIN json_each(doc.taxes) AS j GROUP BY 1, 2, 3, 4, 5
),
compared AS (
    SELECT p.*, coalesce(g.base - sum(p.net) OVER same, 0) AS base_missing, coalesce(g.tax - sum(p.tax) OVER same, 0) AS tax_missing,
        sum(p.weight) OVER same AS whole_weight, sum(p.net) OVER same AS whole_net,
        row_number() OVER (PARTITION BY p.platform_id, p.invoice_id, p.category, p.rate, p.country ORDER BY p.first) AS place
    FROM part p LEFT JOIN grouped g ON g.platform_id = p.platform_id AND g.invoice_id = p.invoice_id AND g.category = p.category AND g.rate IS p.rate AND g.country IS p.country
    WINDOW same AS (PARTITION BY p.platform_id, p.invoice_id, p.category, p.rate, p.country)
),
cut AS (
    SELECT c.*, CASE WHEN whole_weight = 0 THEN 0 ELSE base_missing * weight / nullif(whole_weight, 0) END AS base_cut,
        CASE WHEN whole_net = 0 THEN 0 ELSE tax_missing * net / nullif(whole_net, 0) END AS tax_cut
    FROM compared c
),
shared AS (
    SELECT c.*, net + base_cut + CASE WHEN place = 1 THEN base_missing - sum(base_cut) OVER same ELSE 0 END AS base,
        tax + tax_cut + CASE WHEN place = 1 THEN tax_missing - sum(tax_cut) OVER same ELSE 0 END AS all_tax
    FROM cut c WINDOW same AS (PARTITION BY platform_id, invoice_id, category, rate, country)
),
national AS (
    SELECT s.*, doc.tax_currency_minor AS whole_national, row_number() OVER (PARTITION BY s.platform_id, s.invoice_id ORDER BY s.first) AS number,
        CASE WHEN sum(s.all_tax) OVER document = 0 THEN 0 ELSE doc.tax_currency_minor * s.all_tax / nullif(sum(s.all_tax) OVER document, 0) END AS national_cut
    FROM shared s JOIN doc ON doc.platform_id = s.platform_id AND doc.id = s.invoice_id
    WINDOW document AS (PARTITION BY s.platform_id, s.invoice_id)
),
entry AS (
    SELECT n.*, national_cut + CASE WHEN number = 1 THEN whole_national - sum(national_cut) OVER (PARTITION BY platform_id, invoice_id) ELSE 0 END AS national
    FROM national n
),
full_entry AS MATERIALIZED (
    SELECT doc.platform_id, substr(e.first, 6) AS line, doc.entity_id, doc.id AS invoice_id, doc.type,
        CASE WHEN doc.sign < 0 AND doc.issue_date > doc.of_date THEN doc.issue_date ELSE doc.of_date END AS date, doc.of_date,
        e.treatment, e.category, e.percent AS percent, e.country, e.rule, e.kind, e.nature, e.tax_class, e.origin,
        CASE WHEN e.category IN ('AE', 'K') THEN json_extract(doc.snapshot, '$.buyer.tax_id') END AS buyer_tax_id, doc.currency,
        CASE WHEN row_number() OVER (PARTITION BY e.platform_id, e.invoice_id, e.treatment, e.category, e.rate, e.country ORDER BY e.first) = 1 THEN 1 ELSE 0 END AS documents,
        doc.sign * e.base AS base, doc.sign * e.all_tax AS tax,
        CASE WHEN doc.tax_currency_minor IS NOT NULL THEN doc.tax_currency END AS tax_currency, CASE WHEN doc.tax_currency_minor IS NOT NULL THEN doc.exchange_rate END AS exchange_rate,
        doc.sign * e.national AS national, doc.status, substr(doc.voided_at, 1, 10) AS voided_on
    FROM entry e JOIN doc ON doc.platform_id = e.platform_id AND doc.id = e.invoice_id
)
SELECT platform_id, 'txe_' || line, entity_id, invoice_id, type, date, of_date, treatment, category, percent, country, rule, kind, nature, tax_class, origin, buyer_tax_id, currency, documents, base, tax, tax_currency, exchange_rate, national, NULL
FROM full_entry
UNION ALL
SELECT platform_id, 'txev_' || line, entity_id, invoice_id, type, CASE WHEN voided_on > date THEN voided_on ELSE date END, of_date, treatment, category, percent, country, rule, kind, nature, tax_class, origin, buyer_tax_id, currency, -documents, -base, -tax, tax_currency, exchange_rate, -national, 'txe_' || line
FROM full_entry WHERE status = 'VOID';"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS tax_entry;"""


MODELS_STATE = (
    "eJztXWtT47ia/isqvsxsVYZqoKE59KcApjtnIGFD6LlstoxiK4kPjpzxpWnO2fnvq1e2E1"
    "8TyyRBGFV1NY6tx04eydKr9/qfPYt+dyzDopP9tmE4AfX3ztB/9iieEXZQcLWF9vB8nroG"
    "53w8sjkCJ9qNPN/FBtxxjG2PsFMm8QzXmvuWQ6FxG82w+0j8uY0Ngpw5cbHvuPsANh2Doe"
    "Huq9sF1PorILrvTIg/JS5r/T//24IvZ5IfxIs/zh/1sUVsM/3jTLgBP6/7z3N+7tbGFr3i"
    "TeFLjHTDsYMZXTafP/tThy7as+8IZyeEwnciZuK30sC2I1biU+GXZSd8NyCLb2kuT5hkjA"
    "MbGAN0+A2W5/Z0vdsb6HfaQNf3cmzGiARx0SnDodATFvU9TsAM/9BtQif+lH38+OHv8DlL"
    "IsJW8MBv7f7F13b/548f/gse6LDuDLu5G1055Jf+5rfAPg5vwmlf8sz/5pi+mGK3mOi4/W"
    "aojk8suV4Oxp2TffihCtusVSnd/BrwveTXcAnwoWM/z/Ilu+JbM1LMdBqZ4duMoPvxwRtk"
    "fwXZg86Ndjdo39zC7Wee95fN+WoPNLhyyM8+Z87+fJLpl8VN0G+dwVcEH9Gfva7G6XQ8f+"
    "LyJy7bDf7cg++EA9/RqfOkYzPJSXw6PpXuZof6bDbVyQxbtsj7lAPWerGiGUqWns28V8cf"
    "q7xXxx/L3yu49vffsFiMHxPTGJwYYePxCbumnrviHDplbfOXZoez7BlM8YRzBz/y71ZywW"
    "UrkT923FnJery4vG5Bnicbrl2Re5SgaAlHFkUO+zhzTMK6f0qQTyim/j7q+B56sMwHZHmI"
    "fCfuM3Jg7UX8mT+xa/EzddYov5pv6RlKEpBeEoh6XRfkOw1roFiwKeaXTMMLVbxGaDSYcZ"
    "o77AthapAc3TFWZqL3rjvftDME/w/pXbt7ed77/QxFB9kZp0oXHB1W6IKjw9IugEvpLrCx"
    "x9bc74QNXI/8le+Mc2vSoX7xiM9jM51hhVusbXTGh20N+Ql8g1/+cXh4dPTp8MPRyenxx0"
    "+fjk8/nLK2/OvmL31a0SnnnS+d7iDdH3Ai3QveE5nX7oYCsOqHev2gNimlHfLWNynyyMwa"
    "9S3/uURiji6uk5fJslkF/ZVHbJtJpc4YYRRLpOjJ8qfIYgKsTSbYRpYZ3rPFhNcfDOH77J"
    "lei33/2YjAyECYmmjksv+LVF/beISSlSWR2Mpl5cT+RojwDE5mIU4aaZn88IlLsV3Idbli"
    "JQNroFplG+pKpQ7eLr98RdBFWU6jFNfVuGY7aD/w6m60l2iZ+d5rXwz4Zjv8y7bb93e3Wv"
    "dSu2Qb7vhwSIEldpmdjI/k2IYz4ZXJt57wC5HFqdm90hsR02ZblBzU4XsBVIQLE35Yl/BD"
    "Rbgw4bB1NkrVrKs5T2KbSHsl1leQXsa5EW3NRfmOcc3j+qAS2Qcr2D4op9slE/hyNQhfIh"
    "tIeSXGVxCe9+AA85YrNLITEJmFx7ozSJUJpHz+yO3vRV0mlKvEeleJJMFzRpLQQrgANI/g"
    "zaunnsjIs3whfhOQ5jG8FbEOVix4pC+44mVxiu5KdPvsCZZZoDr5p+fQAflRYpFNwBqx7K"
    "2y/Wm/D1Jmv5jPn2/av/9XyvR33et+iZsn+L+47p1nJY3AdQk1CkSNFSaFJKgRrGd0TlVU"
    "TuUap9zItmZE/7fgepgCNZDjkypCx0m5zHGSEzlsx8C2mIp7gWggwVvYc4OdP7SR13Yly9"
    "5DZuL3uto3rX+G+J8h7XX1Xv8STsRH/Nxt+48brTvgZ6Njfv7q/vqqc724tPwohxY8dATQ"
    "wTCMfeFVN4+WuSOlXXzn+HkGrmQ+cWe6iZ8L+qHUFa0QuztntG3OY6E/2uHBx08fT49OPi"
    "7c0BZnVnmf5T3NvmNfD4Vy4pICe/6549gEl4g6eXCG4xFDv0GSV/nv9XrXqaF+3smO5fub"
    "c63/8wEf96wRbCwLqfdm2Lb1UeBZlHgFo3sl9Xmwor469Y4w344iWZRkS5xlS9EsPpbBJ1"
    "FPKlaEJZaSWyixpYbY8jQlVA/od+Ja7JklHnLr9wIFt5G5O/a+9q4vzxD8P6RA4RftDIV/"
    "h/S6fTfQv7WvO6zF8lgOUX/uss2Wx3Zdhh2YRPfxD8Epq/gGagKrPoGRQPenLvGmDnsK+W"
    "EQYgpLoqX3UB1RvSPYUJ5h9xlodVwh+1QW2Dy1/qpdVTzxfCqddz7l1J5kBq7nYlrPBEbm"
    "tUAaS+DYcdjGVITiJaJ5I/jgQyXLFDRb4YxR4EHtTJyQJwGiU6Dmcb35sRxrtGCBExvTeW"
    "Tz+N6K0TUmzhphIRt3Ftc8uo+q2KeOyu1TR3mXmIizkWXUoTqCNY/pg4MqU/ZB+YR9kGWa"
    "7Si9QqeNUmV6AqFU6CpYW4Tqtx6snezmYG7W7OY0UnWz1N3skrn9rPuOyDKUxDRvDdqKD6"
    "xLZvDjXE8nFEgQVfgU4neo7FmcebPanpjBEtv6aotBDtyEYb8LU4Fs6T+u2UZ8b1UKEN6g"
    "VSkNiG7HbdfmAhlMCRo9+8QLM3WEWTt+8hDcoYXwHLs+GrvOjGe5C++OPId9wj6yLc/3EI"
    "U8d8jArvsMjWb5ZCBbeobKBiKJckRlA5FBMRW9+oJMp1CK5wo8Q15a7tImqGnN4hTZ1cku"
    "kEktit3nlUwXCaKwCr1BmlcJoiDOJAUixuZ5p9vu/1EsEcXtk9u18z8GWjvDvNpl1xJP38"
    "IuWx7Rtz23fiVlme+ii+tEXjy39EcikPrOcImPGKKFPN9xiYmwx3PS3X1t/3J4fPIZeVPn"
    "CRI8GwSB9w+7COmcZ9gkxYnuXnpDJchKsu4oQVaGNf+1BFnJlCDbplkltNuy1dolY6vAiX"
    "GV91aMaCDHBydVDKhZUShhQD0pzFQ+dgIhJ4wUqIE0V7EQlNsHctYBJtXoU+xNRShOYhrI"
    "8OZjgufEnVmeVydgIANtBN07Ty6g3AaautMt6uaRWMKqFKoR71d6OjutIvqclks+pwVpqe"
    "cW67ca71MauYH3STKRvkmvk0u+O4+1Zs00UvWybL0sj3rwIvB8Z8Y1YkUKwsXl1hoVoZFs"
    "WEFHOAqew9IVUOQtNFe3wtoVYKGOkkXy2hTf2gMUppkIzdUmMSyThCXh8I8ideFG7600h5"
    "KoVZTmUAaVljKBq8IjjdMjKj3tdvl9ZD+tmN/1yQFirMxc7130unf3N5ASLD4a0vP7u05X"
    "u7s7Q/HRkHZ7XX3Q/r19fq3p19qX9rV+q/Xvet0zVHYlK95UClnaeOYAlSZ5yy7iqhaJqk"
    "XyXghXtUhULRIpaK/EuqpFomqRvEnKVS2SN1aLZOd5q6Uev5ufnsMKASL8LhHN43fzKquQ"
    "Lb3GNJFHNo/vDU8WEWUvKzOau4nMk/RelFWR/xnSTjf6HB0M6X33m9bvXHWg0ujymCtdNK"
    "5g0eRQpsSjfUqMetbdwhsoI69sRt7CuZF6jCPhUkIl8ObNkpt3lYmoE1WsZWDNY3orWgeV"
    "cEklXFLrg0q4pLpZRl+vnmuWOnqF11prvLw8bBNPdxZt1zp6/QZeVTjyyBo5wWTqpx2z9t"
    "HDmD2FuHM2CPwHCNoE76sorhPawkeLzgM/dNGKpjVk+XnXr60/TTmDSaJ1UM5gMmh8lDPY"
    "jlJ0RM61okxncIpruR3v5KZ6KxtGA7u+INMJiNqVVyL5ZUriN6Idvu33LrS7u073yxlaHn"
    "M9ca9zoYWKYn40pFftzjWcCf8O6UW7e6Fd81OLwyHta1f33Us4GR/JoT9mkopRa6uYAqqd"
    "onQ7xXSSeKtWFy9hyiAgc/+OA3tssS1pnU7OYlVPy9zTBqyqNXs6i1U9LXNPxxU6ZoT1kp"
    "BMm0c2T7TdXp0gl4yJS2hZMfrVlKfAzWN9O7u2wAXKCnx8ViojliCZdxI1iT6qIuaXS/mq"
    "VudmFo0NFg3wHR/b+syiRQUiz61JqU07A2ySXfsfh4dHR58OPxydnB5//PTp+PTDwsCdv7"
    "TK0n3e+QKMp3om3wXYtp0nkIGEszalkY2Yb3aetImtnRNx5hMwRXsN2r2pNdeZlFnDj7YA"
    "2kCJZrOOtDFn4lEkeWTzyN58FEnMWp3AtCJs8zjffOTDGFt24ApRnYA0j+FtlQdO+JYIcZ"
    "2GNWLV3HZCT+VpqjxNpRAB35qSUnmavotudsk4YCyadfQXeezuJswP250td6C/kMzf99qi"
    "ZG+Fzy+/3lrj98s9fnkODt50rdtvjxIErXk1Qoo4vAU1Wwj1iUtM9m0df8qewj1wMRsMrA"
    "1yHT7s0JQ1yTv3buieyoVXEjuOcuGVwYamXHh3w3M4gwrSnAQplqtYhB3PKo6tLRV2khC1"
    "LyzYF6pMpLt01X0MhBSiYXNFbiVyk99MgOQMrIET8bb0oX8FmAsKBZoGYlgzbBcTnoRl1Q"
    "whbj/Cv0HmV/B8qV10btrXPx9+bJ1kvBOSq2GmiCy1hJTNcfsmzhmbtpsAVzp3pBEcwWmg"
    "GsNrxrAXzOd2wSyx2tFgiWrElLxrPwPIcGLY2HtR9qjFDWTugr27Qbt72e5fnqH4CKJ7Lu"
    "8vwuAefjCkd9pFr3upLy6kP7Pr97daP3E5+XFIb9v9X8Pgo/BgSP/U+r0zBP8Pqfa7dnM7"
    "OEPh36xuq5J/4cbjiJRzlXKuem+0s6VIWK2YwDRPaNqMDkYem8cdca3oF+QNHtHF1rosJ8"
    "tmlSwdYQUpsDx4hHUxmxf3Ucf3kOs8/eQh2zEeEdwS29a/iYfGFoUj1vwzL2HPnfWgXhW1"
    "nxH5zo4mDOgVG0C29yhlF5HiTWopu8grcq/sIjtPGgzs1N2ARFiZiS7ce1ywXUNnADDtDC"
    "U+sF1Ev3fV69+0eQ4DfjSk7ctvkJTgDEUHsFO5vtLPO2HGgsQHOfYVc+yD6l9EKZWAyNyZ"
    "db0fq7w1J+VvzUnezsXWeMEI0wWigQRv3kvdxp6vh8JWnuVVvlMZYJMsijuO/eJMWp7HhF"
    "LwKSzQwLKzKzohDV3lrvj29nCrFLDtgVbE5BR7U5EJIwVq3r538x7pyn+6znB9c461TBZ1"
    "6y0NWaRyqq23MHzHtmXyHPi6aABZAbR5U9tm7KDyqPQ6/IjsFev04qutNUo9K9GuSn16y7"
    "Z/sa1Hghj9AWQK2Uc8vfBSp4bGLiGgZrM8xG7joEcy99HT1LEhhTB68Ciee1PHf2iFBeXJ"
    "jyipMGsPCysxC4vX7+zBSuMniTZEafxk0EQpjZ9KZtw0rl/H61xq6UipsJUKe60K+11kTL"
    "7st68GZ4j/Yd2mdS9D/6XwYEivOt32dedPnig5PhzSbz1ehI/9L0dXxXn8XtZl+btI3XX3"
    "3dt2h5c5hL/c+WzQaV9f/6GH59Of4Xp4VpZOCz0sRBemFEqtTOtXpthHpJ66Kg+upbGSjf"
    "NX0VmVdUC5qqqU9QaM9M0bROvZiZSJKO2BL0xgBvaeGTRrjD9Tjb6UDOcTd8YIeS4Q48rj"
    "d4uwTTK7by7Bk8rarLI2yzknbDBrs4pqUVEt7412yHYkTPoCpCivQTnIHOwrCrOexCniax"
    "BPiV8np10K1iTxcMeKDAj6rVMSIQlT9Nemf+I6nlenAzJA1QW1u4CX2KvRA2mc6oDaHWC4"
    "xLT8eqlN81jVEbU7AtRXNfogBVP016ZfFQpRhUKkIVsVCnmrjt55f7Fa9RQLoE1kfAtpCa"
    "lTZDVaYRl2Ci1GzaC3Ir8rCc67nDquSwwQ+6IoAGHf05IbNK8LtuCEEkUj5AlfkdotgWkC"
    "xzvXwzvUB6OoaNBnFtcE7rcd9zl3yXfLCTxhsnNAxXYFts2x7k3x4fGJENUplOJ5Pc+qvp"
    "aqryXF8vjW4sPjzhoJKWTSqEYYBtMz1GkVufK0XK48zSdnVoXM3sP7FIU91+roLHYDXS2Z"
    "GNDMnhabO7O45ol3m588HSatgR1G/J1KI9UbJfMb5TmBC7qqekqvQnTzXq7Na7yYLOeJWY"
    "iWiObxe1xJp3u8QqV7nNfoYvaaEO73X8tYUQJvHvlbMVjwOSdedWssIUV4tZDIvJDwUh+l"
    "4SPl71kW17wXbMMBJOSHMcV0QnS3OJRsVdGhHPbFdYckY35VUNmy7NDBYeW6QwvGRAP3cs"
    "D3HL23ICMUGEXmhwJo86aILWScSUyrdb2x83gV3V/XE49tkExdXOrPwJo38rci+gNrtbSB"
    "KaCSN2WWN6OuEtMDpkDNe5k2rwRkj/tO3NCriXWGsE9UAbp5tG9+9WaDNIh8yUQ5z0MV4c"
    "WEQ+paqdIXX1uU7K1MYcxbtKqlMdbtuHGlCmXQGj1Z/pSXAcMzcPtnf6nJPzNxEMHmENw3"
    "PqOH+PAB8gXD7wnrhT1NLZuECYVZewNT6vhoRDjSLMplvMsHq1zGUrx1LaRyGcuwxKhcxr"
    "vhuaZlbQMmtffGNNthWL6YQ2ISojwSC9QWYcgOLNH1UkQnkEoMrRAI8RiIbGej5s1jdis2"
    "yeQ3EyA5A2vgVHxQLabqYFVM1UFBTNVfAebigqCRKgl7sX1KNuarGahOKtun2O8q0HKWj+"
    "a4fRPnjE2HugJXOk+3JziC00A1hteM4TBFbJ7j1WmylqhGTMmvkBBON2zs1c6Hn7qBzF1Q"
    "WJyir13eX0DdgugAyk1c9LqX+uJC+jO7fn+r9ROXkx95ev1fw9oI4cGQ/qn1e2cI/h9S7X"
    "ft5nZwhsK/WTVYJSeSjSfYV1kwVRbM90a7ygyoMgO+X/pVZsBX74LYfiU68Sdxauavle4i"
    "Ts9SR5lZiG7eFnrzCk1sfgdBUZTvNEwRXcHM5BNhs2kCoyiW3UekB/aUPhkHNOObUNiitc"
    "ZHZJGKLW681keEF5gGD4sZdh+JP7exQVB4A2IiZ4wwRfyuZ7yVx74eeliETj0g/8liAMtb"
    "Xg3BeaeQrT1pSIf0IUzvqkOGNDb2H+J24WkEp5EFviMGA37mfilO4COH8tNPGDxSHgn7Au"
    "MxazR2XMK+Dnt5oOY2XI3stvCwhzE7Sdw5+13+4jl3X9u/HB6fwM94gt/J7+jYykVFopce"
    "bqFcVF5/TVMuKk0uAf3eWE4vPGLbjxxUyWsV9h7clbSOviOLVAqP2goPVVEuP9Q3HBCsck"
    "lsPaCsVgYJlTdC3EcrsWUSoToDa+Ccsfn0nfGOukaYZAaq0uNJHSmpsoq+q25WWUW3EBMr"
    "jx74NixmvVesA46vttbof+eJdpXCAyMAV7+iUfBM3BZyXK4XDVcD5DvI8vcR195aPgA8BK"
    "5jJihFue7TJiZbpYujADd4f67mXcbPLFSvY8v1fMSeHPAnRffgj8lqgP3oIeGjvc/oIaDg"
    "9WTgRWEwfttQhQt3850hhbvwr/6Th0bYBgsWa0Eo3AnUyUrHK5OiQOl4ZVDSKB3vjrSPge"
    "c7M3E1bwanuJY65FNqhcEW0mRY4JVTGs+13oc9dQOZx/ZeX7vQOt9Ch/XwCHzYr+67l+G5"
    "8CgrWr2SZ7lSvL++4j0nsIr1RCFcdYeyg8hrB5mxDZVTsOSWKz+WiAayu42k5coKshMrCK"
    "8DL66uTcCUrvZN6GqVSv5ddLNSyW85TaVLoLRgTVtmCqqSvsr8Qi06S+yNysCaJ4Vs643C"
    "do2c1QXQ5jG+MTcjeSyL2vdyu2J4rbXGqki+V7YpttkFw28hdj/C4zoiGx6DUQ9znVxohT"
    "Nw4MFlP283rHEPbhuMs74tLINgCRphj/zkIecpCi4BS6RFPeL6YeZRj/y1aB8belj7CZ7/"
    "MnYJiUDsLGLDnh16LTSxvoPxj4aWweS3Yv/u/vva8gnPczp65nd1iY2fER777D6GM5tZEH"
    "aCbsMplDVvgTHR5XEocfLTgPqWDWC6jx4iowh80SFlLcLHR5lVE7Ey4TfFM4dO+Eneax78"
    "XrC2hndpLSJfMPxETobP2XmpEbM8S98qdZRYor5o5pDXoLlDFZQyc8qgOnlF033DmX0tA7"
    "LU0skWMlOSv8Rm7AigKsbUtRgsl3Mx4tM4xX9d/jllAtueuH0DZ+2TKtPJSfl0cpKfTowp"
    "mWEdNopiGZvzwCYZJTeWt9kLRv8ihi9czzcFa+BI3kLWcfxsO7iA5vJkPglIIyjedS4fto"
    "kucmdYUcs3BjSC7q0Xfje430EdZXoGqsxT0mnTJVI3cjn12pnslagcF9db69SOocRrR03X"
    "6h6/Ok/skluq/ELYJewLz0aEDeV99Jtr+T6hoKZ7mjqg3I4ueq1YfUedkWM+I8Iel1dTbv"
    "9xL1DHSeN/rSIMlOptKwKajT1ffBedRDVph7GDTbQ8S0zHJLO544ML5a/kuWSdyTRat9hY"
    "y+b6Y9S+WvI0jGaBj7n9hxtlMGJ4NMUeMtli0EKeE1qrMHLJnMlHvKUFpfC8J1ga+OwPhe"
    "2gOcIT1rUlydO29SQVuybJ7KZWFhlWFrUP3eo+NJpdq5IbNW8gtYfHx1V8jI+Py32M4Vpm"
    "lz8HQgRrYaVADWR684puldBmZwltnMA3nFmBzWZ1avUErBE071obq3zZa3WFUhaK7OR+I6"
    "Op4zxq1Jw7VqmXYrZVa81e7ilsr5MkYL3rIkWMN0atF+6iXGIQ6zvxEsq9pJNgmMckqfD7"
    "zDdeOHIyXKgFke1M4v2aEbieU5AqZYfP5q6SLnv1QJ/vEfay+t4D8qwJRSPisW0w+ERGZx"
    "d+iJaL4F2FzWQw34cWdhhgvUyXghEoL3/yuNclnJ2xb8O+TAuNnsE5k7gzywPjrvfwOfRy"
    "jLwuwy+Kww/wfWFDCylh2rCNBd9J+GHLy5iSJ3ZT8uyw3exD2IR7R8I9QCGLPf4L+Xn+C/"
    "jVUMsKWb6jLzzl/qVsV+xZkNFlcSf49KD2xTLtzdS+WIZ9sXLJ2wnNgWuLbCmi5g0cwYcf"
    "Pp5WCsL9eLoiChcuSlMwWuqhvJWYZ766R7cS3MFloI0Y4bvexU3DoBVR6hMwRXsN2iMJWp"
    "T2BEzRXod2H/tB7crHS7TM5O9p3fb5NWSHig6G9LJzF52Kj7IbzCrT/+YTRpmWB9yYNYJN"
    "C6Bqwa204IbbfHHPiDRO+UbUDjAYY8tm3ypUJIjqTnNglbhANu1pOpw+pUcTXe8L4Ltbev"
    "b+53/3GrLu89BnUqCXOHccm+BVpa5IkV5ixGDbon1xZre8n/d61ynezztZYu9vzrX+zwe8"
    "E1gjyy+Z4PDcKo/wWeElkYbtcKAffjg8+eXg4JfD420N+PS6flBlWT8oX9UPCsI07bKMqK"
    "t2E/YLs6C+oZVjG9NKwmYhOrNnoGpWr0H/0rQjJsmmcSpStq4gmzWh1eqFFFr1xQv7otae"
    "IotVWwqZtxTisdMqaHp10LTyZHoXL04wN2t2cxqpulm6bpbOYe2S2Babdstij7KtWhUd1s"
    "wkoFL9rtB5ahyV1Iod3lqR51aYUg4bBpmzsQpOY2HyOO7DZRPskVA+e0Az7D6C1xX4UI0I"
    "+37IYzcurum15WeGufzCXAqL1Hz/vOt1Q9c47jIWPfMnDy02ubG/2dKnrLXMjcdwEHH7zA"
    "58MpsnnctGZGJR9oWHlJIn5DpQkwyqlYUNITiXZ+5bVhoD5zn3WYfEgg/R82bKXUwmXxrl"
    "LvZ63Ct3sZ3THM6F4kSncGpIV+GaeySJEp0AKZYrs8w5yvFcbl5IoxpI9Bayte0y+aN05L"
    "6KHu9deCjdat3LTvfLGYoOhvTu/uJC03hNu8XhkF61O9xrKfyb3Wu8js9SJPcz0oOi0M7y"
    "EndZXJNeko2p4ij54esxVeKKmgK4UmbLpqxJJelZ7vdF+zoDVf0scz+zW83ZryN62fq2wk"
    "yYQzbISrixiZO4rlhOkgWgeXvojdVoUU5Nr+rU9AopdiUb17v3qIk110IzdBK0O7H2wxuZ"
    "mpV5+V2IOGOLWt60Vj9noEqUla2fpbMvt8M97t5K83LcqFXRuowT7SsZl78OBrfIJWyIeT"
    "63iaLYQN3iZcOiKNFFTTGeVsMCmyyEM0Rl22Zh4o2nsGDbjCDgqtiwvOXnKfusJKp+ZZ+V"
    "wsyi7LO7oDmewkSJzuDUkK7AdZhQX2BvswQodX3B1sZ5LLAPrgypeyzgcpvRdK8j1G4wmE"
    "5pTpXm9G1rTiOBXa+ZaqYAvkMt6n/+3pb2dPe6vWg6qN0PebzqiJd0BOTDFFFu54BNmIB2"
    "zb4ZhJnM9ZnIWppBKWGw2HXJrafnTiOVnlvpP0v1n/90RnvFSk+40lqj6fxX1GZ94R7HfQ"
    "zDSayweA5yAp8nP4Y4j1gFGRbT8R6JyaNdLP8zO8UArvMUx6Ww2dafthBGDBGwu1D7GT3x"
    "HMNw9Yk9hi2lBeV8dvt8HlITOtT4ziOhDwj4TbYJnzV1WDex58SxPKl4nX30MHcdGGreA5"
    "o4DD52nRn6gHwHHSgFq0waEaVglUEbpRSsO6H5kf0ukf193L6BY3jzIQIWnQcF8t7qreQC"
    "1AiKd72DeRchAv99r92D63/4d0j7990uDxmIDqqFDAzpRbt7oV3zU4vDrLT1OoEEsaxUsF"
    "kihjXDdslCm4Bld0ohbj/Cy9Obm3iVLrWLzk37+ufDj62TjNI8uSqkOWYyrMe2EiKzfwLS"
    "vMV1Kwll40h4AXVKEqJ0KQW6FOi1GrxmYYrbIotaQGvoqJYopZ+STj+VSvMTKhkEq4imUW"
    "rmr1a7Q5lOt2069eAr5xhea6mLUE2geffmOa5cJaY+EppBsjiZt1c1x/jmaz0bsEe19QV3"
    "ecJXuhMVwZVzUXXnooTKX2SoZ2BNmGW2rYRUgc7vQ/pUwV7vopsl8nVQL7MK6VP9/IZdWu"
    "4MNk4C/quL/FoWl1trnFu8ZMP1Hi5TQsOa4a5jBgakSnWeKJoT13JMy+BuH9z5JCAI0urE"
    "UXMOz97qc2cTZ4yog3xCcVEq2K084QUuJPyvgJQbt2+cF8mmrMDlXiRRHibRSTMBU/KPdD"
    "Om2jiqjaNc3DfqjcKer9ffVhTAVX9L398v2GAU4VWPS9/jwiazNKp5K+bG7GbybOi0Gbbs"
    "m8iPqHhTl2rSWrOxI9BYTzgmrd/dtVHUvBWWvQhTn7CRgKmHw3IY3KH/ie2reIkNqKzxmS"
    "dRyQcPwOG/nFGIYA15CAByCeYH+Y3fLh/OIxccanDTfRy2wHO7zALPRyOo72GZCFrw4IcW"
    "8gJjChVFIKjC88mcJ5KhKKSesE2qS2bwZrjePnqIy5Q88L3pg0vGgcc+DdkPeWaPsditXG"
    "JYc4vAT4HvCn3Fvqf7nbgM4z1BBVkenTFxHHMf/Ta1bBLVQFnWNGmhh0zqWl7YBCMuwqnY"
    "CZlEcxU7IcO2SMVO7ITmaFYU5TkNU0S/JEhlvUv/WwhY2et0v/U6F9oZig6GtK/ddLqXWv"
    "8MxUdDqnUvb3ud7kC/7Ny1z7nbfu5UVt54Hfd9EB3yHVZeGSNqrjKwFGQRisQ3kW1REtO8"
    "+eWgkor+YIWO/iAfqmU7BraFLCBLhMxTS22P2EoOsSv8YbMEs70/Nk0IziHC2VWy2EYQvm"
    "vXTcOo3wFZrOqAOqGJwehfxCjQZZbPMQlIIyjPTDLHlWaZ4xXTzLGKalsf21AxuGFldENB"
    "Zk4fW7bwTJKANWJEq/jmLWyHsvHNd1p3cIbg/3wM83nvvnsBJ6ID1vrXzu0tj3wOD+TYEq"
    "lA0M3vjWIFtOgklMTJ/CJIOwtFqn5R3hMwRXsN2lVI4ZZDCiNJsFCju1Z+bK6F4qiSOuBo"
    "hT7gKK8QmJtj3Zviw+MTEa7TqOYN65OPVdxPP5a7n34sETxq+dFkscqHRmYfGlUf9n319x"
    "R+g1gcdgLSvLlz80prFbD4Ll6kuLPE3qU0qoFi3+YzGoA7V52w0CVMrUiyvUjyuJb2XJO4"
    "7H2llNh7xa6lqSatNa6lDjTWjUTr9a6lFEWGstAn0+fZpD1rQomJ+P087u/II/8iz7YWu8"
    "BPgtNl6IRV4Da6oRtzl9Cw5J/3EKWsBgwlT7xuIGs5tlzPbyGCjSkvFsivW1yl7EPoYejZ"
    "afkI/E0/J9FT7CHKbqF8MmXyo1I+ma/HvfLJ3HURu1eNY5aK3K1ktYuWDlHNfwLWCKZ3rv"
    "mnQIRoBrAESiX+Ekj8BVFlYKiqG3mYwKr9imz7lXycKbbsF0SZJtGqt99EbweumKdvBtc8"
    "OWwrxtTvbE8K3yrHdKnDSwKh/F0KFialjn4X81QwN2t2cxqpulm6bpZHWXpNzAlxNeq7z3"
    "vFutJki9YaVanN2+pk0XitprRHCcIzJ6A+mjnfIQwc6uFhirBh8LO+wz45oDrcR222fFoT"
    "9gQUupB5iLC14hmBbnZCePi5S9htsJ3XnG7rQaBJ7UCw/Zi4hBrE48nYgBD2my2KbevfEM"
    "H+5LJ9RhhQz5Wp4f3YNwxmBPSpkNXNCWwTzfEzV9ZiZDvO4y/BHJLBLW8P0fE879uQhnH8"
    "Fnsg3AyZxCbsBQ4zxD2wbto3R/thh+wbU2I8PiDDmc2xS3h2AP4tnqLqiZ7vuMRU+lqZlF"
    "lKXyuDIvG19LXvjWcjYHPQjK0dgkxncIprlbBAHqLZWg6ru/A8nYIpolVmiILMEBd97bIz"
    "OEPh3yHVfr/Q7u7OUPh3SG/bf9zweKnoYEh7Xb19cdG7h5PL4yE9b19D1cczFB1A1omr++"
    "4l5JyAv+ze13fab1+1PmuzOIRW37T+Xfsa2oVHQ8q+HMPB/1kB/HXCrUwyskpCbdePjAVY"
    "6qHR1y60zjfI+gEdER8PKesPjY0H/ocNl/u7Qe9G6+uL3s6egTqgd1+hBOjd1+Iul6NLDb"
    "ZTqd+nS7TqVIk6NdyZ6zOLFkU2nVuT8ujIDLJJGuN/HB4eHX06/HB0cnr88dOn49MPC9Vx"
    "/tIqHfJ55wuokVPdUaBXDlzQMRR4v64UwJcgmV+pujFPVUZ6+UDPjnPH4HzVUepmoEqrK5"
    "1WV9lo3m03q5CBLYcMuKDj9ognupfO4NRmev1memFrEBnSKVDzWN6YE6U8lr87bvO5svgX"
    "LSyqtGzQWldWiTdlD7cr5t4eTCHAwCY8sXRsJyPmwiDWQo9k7qMAckzzpNdT7E0RL9MR5s"
    "AmPujYHcqjD/LWvi3cXxnGJJmplGFMhlVCGcZ2w3OU+0+U6DRMMa2MCAsjgn57ebUwJMAH"
    "OVSA4klgXpgARu7xvfkMMB6TgMR0qzFC6VRr61RnxLRwyJzAyE6jGji6Dyrtpw5W7KcO8p"
    "7mSudWyn6TdG4u5I6lrLdWFHwsU1Jkkau6ulndDF2XM45zj9Ea70saqcKdZHtd5NEyaT9C"
    "n+k+9sv0TKkmrXV13qLGuhu3Xqtruqeg0eGKoNhYuUyHEbhOCyqdYeQ5gWsQNA9GNq8XCR"
    "ktZpErtomf03W2Qy/r0PE6/EJmXgm1ywdvWDu1Sios3FIWyITROy2vdmqHAmG5zirsfaFt"
    "zwLRQMFw89v6eCmvKiTE7d+1aKBcQfJDc8OuIG7xuCSGNcN2ifxaMjRDzH6EfYNErxqc2k"
    "Xnpn398+HH1sFhJmdDcj5IkzsmvlGvZnQaqbaCSrYtlW07PpmVyLT80jpZ1oobVcknB41D"
    "WdIjtk3cnzxkMJnCdiZBFFIIwubctQyGn7iO50HaN0oiiZFH+sFEYfLwPw/5+EdherltPU"
    "eZTyWRjJT5VAapVJlPd8TzD5+4FNuCtRwyMOXQVC0r3GMgtJENmytyK5GrUhpul9/kNxOg"
    "OQNr3mA+qFY58GBV5cCDgsqB7NcKFcGM2zeP4c0XLACudC6jC2oY0sB3qmc4qaxmUGqy/G"
    "jesJqMD0bdooYdsK+ns+1kgbViVfbT4huoRKjVE6F6wXxuF4zxNbl+F6hGDPJVarNtpPpl"
    "41Q3bOzVLvKauoHMXbB3N2h3L9t9KNUaHUFygct7Xs81OoDqrxe97qW+uJD+zK7f32r9xO"
    "XkR0iH0P+10/0C6RD4wZD+qfV7Zwj+h+QJ2s3tAJInwN+sWuyV/CHfQ4nf9sWg8007Q+Hf"
    "IQU62AHrv/hIjs5QSUxVElMplpq3YKFRSUzfRTfLY4jrE9hTsaNOmKJsr9gol2vWWmOgc2"
    "OAbiUQa611v0VZNSOQyVOLolHwTFyEJ6z/uaWMH8VGM0Lzxrj6t1G2NknsEMrWJoUNSNna"
    "dsKzyuHZ0AJXkmvPt2AMYk+EBACiOq8ErBGjeNdKr3Kb0HqNx4vsQ7vSd1y2/zhD7L8h/U"
    "3Tfj1D8P+Q3vS6g69niP8Z0j+0dv8Mwf9y6D54qnoBzceivdJ7FCnTfez6nl6kSyr3SU+B"
    "3rVjuomfdWesz9hEOxUYk1lYraEp2zK44ZE5s2jgE6CJsSXAbQ6n3vsCdiGPkOBbn4C88J"
    "2XbOSKvfKwvEXJL6G+isjIzCPVi58fmtgod3paL3ct0XJLXv321YDJXvBnSK863fZ150/t"
    "DMVHYGDscrNiVxKb07s0AN627+/A/Bf+HVLWG/CR/5GjWyjb/emcBYGZKA1SC2RZuV2xBT"
    "IBec8LZL3FcRMLY9PHJH9t3YDWMF9moCpHhmzmS+Xeodw71Iuj8p+/jfznyo+mse+ThH40"
    "vYVsuLfGlSbRslXZm8ZJg6qEvy8hyAe/mCfsITMg+6jjLzxkIIk3ZEp6JM/gK2P5Z5BByc"
    "VjH83wMxqRuEZuYeD75p+g3HAkMZsrN5zX41654ey+fsfCa1G0VkoaqNiuwDZfNkQtOynQ"
    "u7bnvgsl9037UjtD8P+Qtn9rdwY8Eik+gmCnQf8Pfi4+GtKrducaNN/h3yG9+7Vze8sDm8"
    "IDOZThqpT0jqYZ7PtkNvdFFLxJiNJRFeioXII9sWQPS0Tzxuy28jwoTWCdpfJNaC6Ugupd"
    "dLM8Cqp2YFq+Rn33ea9YL5Vo0FqjjsLQVCeLtmu1UD1KopTbkB8Rkng7vMYST+P9wJ61bz"
    "oz1un7Uwvq4T0/IJ/YNmRBzOubXngvpVmSREBTmiUZhOPX0ixJLc9trxQdJ0lAas7iGjim"
    "t+D9p+r+7WprvcL9tWRn/SZcXqUZyqGgU6C6WBNMt4Q1guZdB9M5M8sHcnK0l7sELhFKYV"
    "TsKO+4ghNFCGjEAN62jwtnSy8vw7qCY/0tFGCVZkJmBI3IFNtj3RkLSRdZoJKa14sXkaeo"
    "PnadmcBcnIWpwKX8fBxz5Ds1iA1BitYiuwj7WV7x1mOVbSSJat7McHB4WsU8cnhabh2Ba8"
    "o4orTmO9aaD/CPVTrzxeXWGo05ZJQV1JfPseuH1YRYhwczhv7JQ9/agxbyrAkl5hli49i0"
    "fEQdn3jLCkLgfMm+gklMhF2CKJlg3/pO9lHX8afse0XK83Ll+i4ePKRDem09gr8oQTYxJ8"
    "Rlp5FLxiSMq+JlO4G9s/Dm8DhGvwdZ3cISnpG7aJi/jSfOQGOLYtv6NwYa0ZNrwddzKFF6"
    "f5nEO6X3l0G0Vh6lu+H59by83hvT5aaVCgnf34B5pTDX+0Vfu+wMAKadocSHIb3t9656/Z"
    "v2GYqPhrR9+a3dvYCUAeEBJG64vtLPO9fXYVr4xYesYPA6yhZVf7hOSDskExLjLQF519T5"
    "sDGcFSYvXDFXp1AyzyDSKFENRsXEKcqMtyrVaQLURJarkCxQ+4e4RuFAXlnDKoF6cQEryT"
    "RSq2aCWvWrnCDez1dV8yUgzdPxVZkkyueI3BThBraQo0zcvoEzw0FV5/JVvuV5HxkoMVVi"
    "MVzpJJPCNZHukypsZ1WiCbJP8gmn/cAtGM0raF5CGsjwFvZ+quLX+6745bjWxBJyRFsimr"
    "cWH1RbMFasF1l+eekUKAApaNnM4prH9TZqQajKqFveHcWGLZ2L5Hmiy5Nh54DK26/ADWKE"
    "PaLPLFrk8nduTUrpTeOaRO0/Dg+Pjj4dfjg6OT3++OnT8emHBcf5S6vIPu98Ab5TIz3fAT"
    "Dj1uA/BVP0v4j+8mm8fLnM4pq3XG54Iic/QqcC3S1Wea9SduWw71PldXBYWeeVHJ51p5c8"
    "vkF+hDueZlxwe/GIJ56tKIVr3iyzGaFcHje0NnEtY7pXErgdXmytC9peNlvnf1bO+oa9qE"
    "pnisKBWTAzRKNQXheqjQjW5S5TpdmXy2WM8vTLTdgoHh4fVzFEHB+XmyLgWia6hr1XAgxH"
    "zRvI7lZMEeUFA+963TJLWlmxQNMyfPR/yLa8t7hbWUEukAF3Lo9zzIY0ttLO2HCD89de1f"
    "7+f0++Xz0="
)
