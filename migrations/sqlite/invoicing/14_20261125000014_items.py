from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        BEGIN;
CREATE TABLE item (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    external_id VARCHAR(200) CHECK (length(external_id) <= 200),
    sku VARCHAR(200) CHECK (length(sku) <= 200),
    name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
    description VARCHAR(1000) CHECK (length(description) <= 1000),
    unit VARCHAR(20) CHECK (length(unit) <= 20),
    unit_price VARCHAR(40) NOT NULL,
    currency VARCHAR(3) NOT NULL CHECK (length(currency) <= 3),
    price_includes_tax INT NOT NULL,
    supply TEXT NOT NULL,
    tax_class VARCHAR(32) NOT NULL CHECK (tax_class IN ('STANDARD', 'REDUCED', 'SECOND_REDUCED', 'SUPER_REDUCED', 'PARKING', 'ZERO', 'EXEMPT')),
    status VARCHAR(32) NOT NULL CHECK (status IN ('ACTIVE', 'ARCHIVED')),
    version INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_item_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_item_entity_id_external_id UNIQUE (platform_id, entity_id, external_id),
    CONSTRAINT uq_item_entity_id_sku UNIQUE (platform_id, entity_id, sku),
    CONSTRAINT fk_item_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_item_id ON item (platform_id, id);
CREATE INDEX ix_item_name_id ON item (platform_id, name, id);
CREATE INDEX ix_item_entity_id_name_id ON item (platform_id, entity_id, name, id);
CREATE TABLE recurring_invoice (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    customer_id VARCHAR(40) NOT NULL CHECK (length(customer_id) <= 40),
    name VARCHAR(200) CHECK (length(name) <= 200),
    content TEXT NOT NULL,
    unit VARCHAR(32) NOT NULL CHECK (unit IN ('DAY', 'WEEK', 'MONTH', 'YEAR')),
    every INT NOT NULL,
    starts_on DATE NOT NULL,
    day_of_month INT,
    minute_of_day INT NOT NULL,
    ends_on DATE,
    max_occurrences INT,
    action VARCHAR(32) NOT NULL CHECK (action IN ('DRAFT', 'FINALIZE', 'SEND')),
    status VARCHAR(32) NOT NULL CHECK (status IN ('ACTIVE', 'PAUSED', 'ENDED')),
    next_index INT NOT NULL,
    last_on DATE,
    occurrences INT NOT NULL,
    next_run_at TIMESTAMP,
    version INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR(80) NOT NULL CHECK (length(created_by) <= 80),
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT ck_recurring_invoice_1 CHECK ((status = 'ACTIVE') = (next_run_at IS NOT NULL)),
    CONSTRAINT uq_recurring_invoice_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT fk_recurring_invoice_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id),
    CONSTRAINT fk_recurring_invoice_entity_id_customer_id FOREIGN KEY (platform_id, entity_id, customer_id) REFERENCES customer (platform_id, entity_id, id)
);
CREATE INDEX ix_recurring_invoice_id ON recurring_invoice (platform_id, id);
CREATE INDEX ix_recurring_invoice_entity_id_customer_id_id ON recurring_invoice (platform_id, entity_id, customer_id, id);
CREATE INDEX px_recurring_invoice_next_run_at_id ON recurring_invoice (platform_id, next_run_at, id) WHERE status = 'ACTIVE';
CREATE TABLE recurring_occurrence (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    recurring_id VARCHAR(40) NOT NULL CHECK (length(recurring_id) <= 40),
    occurs_on DATE NOT NULL,
    status VARCHAR(32) NOT NULL CHECK (status IN ('MADE', 'AWAITING', 'RETRYING', 'FAILED', 'SKIPPED')),
    invoice_id VARCHAR(40) CHECK (length(invoice_id) <= 40),
    attempts INT NOT NULL,
    reason VARCHAR(1000) CHECK (length(reason) <= 1000),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_recurring_occurrence_entity_id_recurring_id_occurs_on UNIQUE (platform_id, entity_id, recurring_id, occurs_on),
    CONSTRAINT fk_recurring_occurrence_entity_id_recurring_id FOREIGN KEY (platform_id, entity_id, recurring_id) REFERENCES recurring_invoice (platform_id, entity_id, id)
);
CREATE INDEX ix_recurring_occurrence_entity_id_recurring_id_id ON recurring_occurrence (platform_id, entity_id, recurring_id, id);
CREATE INDEX ix_recurring_occurrence_entity_id_invoice_id ON recurring_occurrence (platform_id, entity_id, invoice_id);
CREATE INDEX px_recurring_occurrence_id ON recurring_occurrence (platform_id, id) WHERE status = 'AWAITING';
ALTER TABLE order_line ADD COLUMN item_id VARCHAR(40) CHECK (length(item_id) <= 40);
COMMIT;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        BEGIN;
ALTER TABLE order_line DROP COLUMN item_id;
DROP TABLE IF EXISTS recurring_occurrence;
DROP TABLE IF EXISTS recurring_invoice;
DROP TABLE IF EXISTS item;
COMMIT;"""


MODELS_STATE = (
    "eJztXWtT4zi6/iuqfJnZqgzVQEP30p8CuGeyAwkbQvfMbLaM4gjixZEzvjTN7pn/fiTZTn"
    "yPZeIgzFtFEcfWYzuPbOm9638dk36zTcOk93s9w7B96nVO0P86FC8I28g52kUdvFwmjvF9"
    "Hp5aAoFj7aau52CDn/EOWy5hu2bENRxz6Zk25Y17aIGdB+ItLWwQZC+Jgz3b2ePgmW0wND"
    "97eTufmn/6RPfse+LNicNa/+vfXX5zM/KduNHX5YN+ZxJrlvxxM34CsV/3npZi35WFTfpZ"
    "NOU3MdUN2/IXdN18+eTNbbpqz+6R770nlN8TmcV+K/UtK2Ql2hXcLNvhOT5Z3eVsvWNG7r"
    "BvccY4OriD9b6Org+GY/1aG+t6J8NmhIgRF+4ybMp7wqSeKwhY4O+6Rei9N2df37/7K7jO"
    "moigFb/gl97o7Jfe6Mf37/7GL2iz7gy6eRAeORCH/hKnwB4OTiJoX/MsPjNMn82xk0901H"
    "47VEc71lyvH8adk33wrgrbrFUh3eIY53vNr+EQzoeOvSzL5+yIZy5IPtNJZIrvWQjdizZe"
    "IfslZI/7l9r1uHd5xU+/cN0/LcFXb6zxIwdi71Nq74/HqX5ZnQR97Y9/Qfwr+mM40ASdtu"
    "vdO+KK63bjPzr8nrDv2Tq1H3U8i3MS7Y52JbvZph4bTXWywKYl8z5lgLVerHCEUqVnU+/V"
    "0fsq79XR++L3ih/76y8+Wdw9xIYxvmOKjYdH7Mz0zBH7wC5qmz20OFik92CK7wV3/Ef+1Y"
    "1PuGwm8u5sZ1EwH68Ob5qQl/GGG2fkISUonMKRSZHNvi7sGWHdPyfIIxRTbw/1PRfdmrNb"
    "ZLqIfCPOE7L53IvENX9gx6Jr6qxRdjZv6BogCSgvCYS9rkvynYS1UCzYFvNrpvkLlT9HaN"
    "RfCJr77IYwNUiG7girMtGdi/4X7QTx/xN63Rucnw5/O0HhRnrEqdIFhwcVuuDwoLAL+KFk"
    "F1jYZXPuN8IeXJf8me2MU/O+T738Jz6LTXWGGahYTXTGu6Ye+Xt+Bz/9/eDg8PDDwbvD44"
    "9H7z98OPr47iNrK243e+hDSaec9n/uD8bJ/uA7kr3gPpJl7W7IAUM/1OsHUFIKO+S1Kynq"
    "yMwa9UzvqUBiDg9ukpfJulkF+5VLLItJpfYdwiiSSNGj6c2RyQRYi9xjC5mz4JxdJrx+Zw"
    "jPY9d0u+z+F1PCnwyE6QxNHfY/z/TVxCVAVlZEYiuWlWP6jRThKZzKQpwy0jL57hGHYiuX"
    "62LDSgrWQrNKE+ZKMAc3y6+YEXRZlpMo4Loa10yD9ny3rqK9RqvMd6d3NhbKdvDJ1O2b6y"
    "ttcK6dM4U72pxQzhI7zHZGW2qo4Ux4ZfKtK/1CpHEwuld6IyLaLJOS/Tp8r4BAuDThB3UJ"
    "PwDCpQnnqrNRaGYt5zyObSPtlVgvIb2IcyNUzWX5jnDt43q/Etn7JWzvF9PtkHt+czUIXy"
    "NbSHklxksIz0ZwcPeWI/VkxyAqC491R5AqA0jx+JHR72VDJiBUYnOoRJzgJSNJaiJcAdpH"
    "8PbNU49k6pqeFL8xSPsYbkSs4zMWv6QnOeOlcUB3Jbo9dgVzlmM6+Ydr0zH5XuCRjcFaMe"
    "2V+f6038YJt1/E54+Xvd/+lnD9XQwHP0fNY/yfXQxP05KG7ziEGjmiRolLIQ5qBespm1MV"
    "k1OxxSnzZJsLov9Xcj5MgFrI8XEVoeO4WOY4zogclm1gS87EvUK0kOAGdG7u5w985LVDyd"
    "LnUJn4zkD7oo1OkPiY0OFAH47O+Y5oS+y76v1+qQ3GYm+4LfZ/vrn43L9YHVp/VcMKHgQC"
    "6NwxjD3pWTeLVrkjlZ18l/hpwUPJPOIs9Bl+yumHwlC0XOzugtGaHMeCeLSD/fcf3n88PH"
    "6/CkNb7SmLPstGmn3Dnh4I5cQhOf78U9u2CC4QdbLgFMdThn6FJJfF7w2HF4lH/bSffpZv"
    "Lk+10Y/74rlnjbhimUu9u8CWpU9916TEzXm6S6nPgoH66tTb0nzbQLIsyaY8yybQLP8s85"
    "hEPW5YkZZYCk4BYksNseVxTqju02/EMdk1CyLkNusCOadRuTs6vwwvzk8Q/z+hnMKftRMU"
    "fE7oRe96rH/pXfRZi/W2GqL+0mHKlsu0LsPyZ0T38HfJISv/BDCAVR/AiK97c4e4c5tdhX"
    "w3CJlJS6KF54COqN4R7FFeYOeJ02o7Uv6pNLB9Zv0yrSoaeD4UjjsfMmZPsuCh53JWzxhG"
    "5blAGU/gnW0zxVSG4jWifU/w/rtKninerCQYIyeC2r63A54kiE6A2sf19p/lyKLFJzi5Zz"
    "qLbB/fjThdI+LMKZbycadx7aP7sIp/6rDYP3WYDYkJOZuaRh2qQ1j7mN7frzJk7xcP2Ptp"
    "pplG6eYGbRQa02MIMKFDsrYM1a89WTvezf5yVrObk0joZqW72SFL60n3bJlpKI5p3xzUSA"
    "ysQxb8xzmuTignQdbgk4vfobFntefVWnsiBgt86+Uegwy4DY/9LlwFqpX/uGCKeKesBIho"
    "0K1UBkS3orYba4GM5wRNnzziBpU6gqodP7iIn6GL8BI7Hrpz7IWochecHbk2+4Y9ZJmu5y"
    "LK69whAzvOE2+0yBYDaegaUA1EEeMIVANRwTAVvvqSTCdQwHMFnnldWhHSJmlpTeOA7Opk"
    "58ikJsXOUynTeYIon4VeIc1lgigXZ+ICEWPztD/ojX7Pl4ii9nF17fT3sdZLMQ9adi3x9D"
    "Vo2eqIvr2l+SspqnwXHtwk8uKlqT8QidJ3hkM8xBBd5Hq2Q2YIu6Im3fUvvZ8Ojo4/IXdu"
    "P/ICzwZBPPqHHeTlnBd4RvIL3T33hCDIKjLvgCCrwpz/UoKsYkaQpmmGgnYNe60dcmfmBD"
    "GWRW9FiBZyvH9cxYGaFoViDtTj3Erld7YvFYSRALWQ5ioegmL/QMY7wKQafY7duQzFcUwL"
    "Gd5+TvCSOAvTdeskDKSgraB758UFIGygrZpuXjdP5QpWJVCteL+Sw9nHKqLPx2LJ52NOWe"
    "qlyfqtxvuURG7hfVJMpG/T6+SQb/ZDrVEziYReVq2X1TEPnvmuZy+ERSzPQLg63N1gIjTi"
    "DSvYCKf+U7B0BV/kLXBXd4O1K7iHOiwWKdam+NIbo6DMROCunhHDnJFgSTj8Pc9cuNVzg+"
    "VQEbMKWA5VMGmBCxwWHmmdHRHstM3y+8B+Wj6/m4sDRFiVue6cDQfXN5e8JFi0NaGnN9f9"
    "gXZ9fYKirQkdDAf6uPdb7/RC0y+0n3sX+pU2uh4OTlDRkbR4UyllaeuVA6BMcsMh4rAWCa"
    "xF8lYIh7VIYC0SJWivxDqsRQJrkbxKymEtkle2FsnO61Yr/fxuf3gOVgiQ4XeNaB+/2zdZ"
    "BWzpNYaJLLJ9fG95sAgpe94yo5mTqDxId8KqiuJjQvuD8Hu4MaE3gy/aqP+5z1caXW8Lo4"
    "smDCyaGsaU6GmfE6Oedzf3BODkVc3Jmzs2UpdxJL2UUAG8faPk9kNlQupkDWspWPuYbsTq"
    "AAWXoOASzA9QcAm6WcVYr6EzKwz0Co51N0R5udgirm6v2m4M9PrKo6pwGJE1tf37uZcMzN"
    "pDt3fsKsRZsofAu+VJmzz6Kszr5G35V5MufS8I0QqHNWR62dCvxq8GwWCKWB0gGEwFiw8E"
    "g+2oREcYXCvLdAoHXKsdeKc21Y0ojAZ2PEmmYxDQyiuR/Dwj8SuxDl+Nhmfa9XV/8PMJWm"
    "8LO/Gwf6YFhmKxNaGfe/0Lvif4nNCz3uBMuxC7VpsTOtI+3wzO+c5oSw37MZNUjFqqYgII"
    "mqJymmKySLxZq4vXMHAIqNy/d751ZzKVtE4np7HQ0yr3tMFn1Zo9ncZCT6vc09EKHQvCek"
    "lKps0i2yfaNrdOkEPuiENo0WL05ZQnwO1jvRmtzXc4ZTkxPqXGiDVIZU2iJtGHVcT8Yikf"
    "1urczqSxxUUDPNvDlr4wad4CkafmfaFPOwVsk1/77wcHh4cfDt4dHn88ev/hw9HHdysHd/"
    "ZQmaf7tP8zZzzRM9kuwJZlP3IZSLpqUxLZivFm50Wb2Nx5L898DAa016DdnZtLnUmZNeJo"
    "c6AtlGi2G0gbcSafRZJFto/s7WeRRKzVSUzLw7aP8+1nPtxh0/IdKapjkPYx3NTywLHYEi"
    "muk7BWzJpNF/SESFOINFVCBHxtRkqING1tNysWaXphUtIpiTYVx7sbIk5FrKmo/iCabgw4"
    "HVKCeGuxDh5FAt7lq4UQ6hGHzNjd2t6cXUXEfmL2lLE2yGEK04xtzlmTbFjpls4JwaOKeB"
    "AgeFQF7w0Ej+6G52AElaQ5DgKWq/gibdfMz+osVEjiENBIcjQSqIG5yyDRB1/KFBc0B3Ir"
    "kRu/MwmSU7AWDsRNWeL+9LEQFHJ0XGKYC2zlEx6HpRXcALcX4l8h8yU8n2tn/cvexY8H77"
    "vHKb94fDZMLV9KTSkzZ9S+jWPGti32nCtdhHBIPsFJIDzDG55h118urZxRotzFvUa1Ykje"
    "tYeb19YwLOw+q27R6gQqd0HnetwbnPdG5yco2uJ5Jec3Z0FaidiY0GvtbDg411cHkt/Z8Z"
    "srbRQ7HP86oVe90a9B2kuwMaF/aKPhCeL/J1T7Tbu8Gp+g4DNt23qZDBYI64GwnrdGO5uK"
    "pM2KMUz7hKbt2GDU8XlcE8cMf0HW4REe7G6qr7FuVsnTEaxdxD0PLmFdzMbFPdT3XOTYjz"
    "+4yLKNB8RPiS3zv8RFdyblW6z5J7F4uggT4yslUesJkW9s654B3XwHSHOXAr+IEm9SF/wi"
    "L8g9+EV2Xq6Ws1NXAQmxKhOdq3ucMa2hP+Yw7QTFvjAtYjT8PBxd9kT2vNia0N75F54Of4"
    "LCDa6pXHzWT/tBrnzsixp6xRJ73PQvY5SKQVTuzLpxd1XemuPit+Y46+dic7xkbuMK0UKC"
    "tx8fbWHX0wNhK8tyWdZRCtgmj+KOs44Ek6brMqGUR7PlWGDZ3pJOSELLAuVenw5XZoDtjb"
    "U8JufYncsMGAlQ+/Te7cdCQ+RunccVQjqlzBt9sUU6+faN6Gh3g4HDjLWrskq0aVk/WeYD"
    "QayrfZ6vv4dEkc+1fQHdOYRwk4PpInYaGz2QpYce57bFC3miW5fipTu3vdtusKwz+R6W9m"
    "Tt+SBDZrlLSO/swmD9UEQzBOuHClo5WD+gpGjbuH6ZCFylhWAw54E5b6M5703ULT0f9T6P"
    "T5D4YN2mDc6DWI5gY0I/9we9i/4folxptDmhX4ZiKSz2X42uiqppPa/LsmdRuutuBle9vl"
    "hsjH+KQJxxv3dx8bse7E9+58eDvap0WuBtlp2YEiiYmTbPTJG/vJZVNwdcy7KrGucvYtgt"
    "6oBiW2Qh6y140rfvHKpnMwdzeTIaWZrAFOwtMzir8fzN4OlLyHAecRaMkKccMa44lzEP2y"
    "YX5PbKrEDtVKidquaYsMXaqRDhDxH+b412XvlFmvQVCCivQTmXOdgtSrMexwHxNYinxKtT"
    "GTsBa5N4uGNDBk+ArFOYPA4D+mvTf+/YrlunA1JA6ILaXSAWuqrRA0kcdEDtDjAcMjN57G"
    "CNTshioSNqdwQ3X9XogwQM6K9NP5Trh3L9ypAN5frbUPwnCP2qtapZDrSNjDdQoo3aeV6j"
    "Es+wnesxage9FfktJTgbcmo7DjG42BdmAUjHnhacoH1d0EAQSpiNkCW8pMxVDNMGjnduh7"
    "epx52isglwaVwbuG86B27pkG+m7bvSZGeAwHYFtmd3ujvHB0fHUlQnUMDzZp5hlRtY5UaJ"
    "6fE15MrmdfNUyiCTRLXCMZgcoT5WkSs/FsuVH7OFamE5obfwPoVpz7U6Oo3dQlcrJga0s6"
    "flxs40rn3i3fYHT5tJa9wPI/9OJZHwRqn8Rrm273BbVT2jVy66fS/X9i1eTJZz5TxEa0T7"
    "+D2qZNM9KjHpHmUtupi9JkTE/ddyVhTA20d+Iw4LMeZEs26NKSQPDxOJyhOJWPagMH2k+D"
    "1L49r3gm05gYR8N+aY3hPdyU8lK1uAJYN99hosijFfllS2XoJl/6DyGiwrxmQT9zLAt5y9"
    "tyIjEBhlxoccaPuGiAYqzsSG1brR2Fk8ZPfXjcRjCtJMl5f6U7D2PfmNiP6ctVrWwAQQ5E"
    "2V5c2wq+TsgAlQ+16m7RgBlSvremFS0ikt7SpadKuVd9WtqHGlVWx4a/RoenOxVAxe8HBo"
    "9kln4jubJhEXmrlb+xO6jTZveR1V/nuCNWUe56ZFgkKrrL2BKbU9NCUCOcur8brLC0ONV0"
    "WEN6jxqoLgDDVed8NzTY/DFlwNb41pJnmZ+Yt7FycixiAQqZWjzgWpDHyKrlc6N4Zsnxja"
    "QID4gy8j5ofN28dsI76a+J1JkJyCtXAo3q+Wa7Jflmuyn5Nr8qePhbggabyPw2Dt9A12e7"
    "7UvMzTHLVv45ix7RRAzpUuypBJPsFJIDzDG57hoHRmluPy8kFrVCuG5BcolKUbFnZr1wlP"
    "nEDlLsgt2j/Szm/OeD33cIOX4T8bDs711YHkd3b85kobxQ7Hv4qy478GNeODjQn9QxsNTx"
    "D/P6Hab9rl1fgEBZ9pM1gl5/rWC49DdUCoDvjWaIeKaVAx7e3SDxXTXrwLIv+V7MAfx8HI"
    "X6sMQFS2oo4xMxfdPhV6+wZNPPvGBUVZvpMwILqCm8kj0m7TGAYozqdYnRiRq2Bxh05+fE"
    "h0tLshNmQZa1cpLCQEIPsO2ZSvqSvckl2+uC4Ptwi//+CiKIgyP8ij3mkgZEOJl4CfAkI2"
    "Xn6Mh5ANCNloF9NBtF8dlTSNBJ20tk4KiyFlH/Ut57ItmPxi54wmxX7aNaKF7DaRZ14j9R"
    "kSnuWDaETpfvmEkxgMigwpnW8CtdneVDdDbbZWZxZp34ptRsGx7gaLEflW2V7UYwcMr4vY"
    "+QjrzFlk3WEw6rIjrBn7jj1kYN/lh72ssajGOSZ0Qm+jSG6RGMQB3GIxxS63KdmPFIlwZG"
    "5+MqlLHC/IJnLJn6v2kUGCtb/Hy5/uHEJCENuL2HPPNt0uujcZH+wkE5q+K/Z3/c8L0yMi"
    "d2n6JM7qEAs/IXznsfMY9mJherzdVfAys+Zd9DhnMgj7GauEJqbWmBYH0z10Gyrv/EYnlL"
    "UILh9mS52IS7isY8M7ZUoRvRc7Ra+5kbktOEtX4GzfQ5j/REGGJ9h5rrGtOPK+dBUgqeD7"
    "UNRS1/C2Q90NzHEq6BwvaGJuObMvZehUWp1rINuE/Ck3YocAqI5R19S2ns7liE/igP/aAW"
    "icMgl9J2rfwlH7uMpwclw8nBxnhxNjThZYly+XnwW2yZq/tVxM15/+hxiedO3SBKyFT3ID"
    "mcT4ybJxDs3FAXoxSCso3nV8HlOi81yAJXVLI0Ar6G68yLUhHHZ1zLopKNh1lbPrKmRuFH"
    "LqhX3fKTA5ro53N5kdA4nXCptutD3+Yj+yQ06h8Qthh7AbXkwJe5T30FfH9DxCuZnucW4z"
    "gBMedLuR+Y7aU3v2hAi7XNZM2fzlnmGOUyZOCCLhwPTWiIBmYdeT16LjqDZpGDtQotWZYv"
    "ozsljaHo89+pU8FcwzqUabJhtz3Vx/CNtvnHG+ci8URgvfw8L/I5wyGDE8mmMXzdhk0EWu"
    "HXirMHLIkslHoqXJy9u5j3xqEKM/L1bHmyN8z7o2O9k0eiWIsVZkdIOZRYWZBfTQRvXQcH"
    "StSm7YvIXUHhwdVQnOOzoqDs7jx1Ja/pITIlnfKgFqIdPbN3TfsYsTZ+mEQmNVolOwNlK9"
    "9bV3bd8z7EWOz6Y8XToGawXNO8+WhiBQMBY2rcl9JdO5bT9odLa0zcIoxXSr7gZd7jFor5"
    "M4YHPoIkWMN0atG2hRDjGI+Y24MeNePEiwi2wnafD7JBQvHAYZrsyCyLLvI33N8B3XdnJC"
    "Hnd3bREq6bBXj9vzXcJeVs+9Ra55T9GUuEwN5jGR4d5VHKLpIP6ucmXSX+7xFhYxVrGWj4"
    "HSyY2XP7gi6pLvXbC7YTfTRdMnHpxJnIXpcueue/spiHIMoy6DG8XBF36/XKE1vT3U42os"
    "j53kP2x9GFPyyE5Knmymzd4GTUR0JD8HN8hiV/xCsV/8AnE0sLJ6+IGENzwX8aVMK3ZNap"
    "D1mfi3W9CLVdLNQC9WQS+GkLyd0Ow7loxKETZv4RN88O79x0rZa+8/lqSv8YPKFIFW+lFu"
    "JFlQzO7hqSQ1uBS0FU/4rrW4eZC0Ikt9DAa016A9lKBlaY/BgPY6tHvY82tXM16jVSa/ow"
    "16pxe8/HC4MaHn/etwV7SVVjCrDP/bLy88M13OTZ3FIHOgMOFWmnADNV8+MiKJg9iI2gkG"
    "d9i02F0FhgRZ22kGDCtzqmY9TdYcSdjRZOf7HPjupp7Ov/7dacm8L1KfSY5d4tS2LYLLlq"
    "cieXaJKYM1Rftqz255Px0OLxK8n/bTxN5cnmqjH/dTa3ZkBzi8NIszfEqiJJKwHT7oB+8O"
    "jn/a3//p4KipBz69mFKFaX2/bCGlbJpmaG/PEl6mTcRAbZCedj2sxHwWsiN7Cgqjeg3616"
    "4dOUk2iYNM2bqCbNqFVqsXEmjoi2f2RS2dIo0FlUJllUI+dxqSpsuTpiGS6U28OP5yVrOb"
    "k0joZuW6WbmAtXNimWzYLco9SrfqVgxYm8UBldZmCIKneHm6IBYsCHjrhpFbQUk5bBhkyZ"
    "5VHjQWFI8TMVwWwS4J5LNbtMDOA4+64jFUU8LuD7nsxPkLOTR8zaCWX1BLYVWa7x/Xw0EQ"
    "GidCxsJr/uCilZIbxZutY8q669p4DMczbp/YhkcWy3hw2ZTcm5Td8IRS8ogc26czfpawIU"
    "/OFZX7+KnuTMf1eKCY5zzpvLDgbXi9BYSLqRRLA+FiL8c9hIvtnOZgLJQnOoGDR7oK1yIi"
    "SZboGAhYrsyy4CjDc7F7IYlqIdENVGvbZfFH5ch9ETvem4hQutIG58FC6MEGXzj97EzTzo"
    "NF08PNCf3c64uopeAzrWu8TMxSKPcz0v281M7ixYjSuDa9JFszxVHy3dMjquQNNTlwMGar"
    "ZqxJFOlZ6/uyfZ2CQj+r3M/sVEv264heNL+VuAkzyBZ5Cbc2cBLHkatJsgK0T4c+qhQ2e1"
    "QSNnuUDZuFoKadBzW9QIldxZ7r3UfURJZrqRE6DtqdWPvulQzN4F5+EyLOnUlNd16rn1NQ"
    "EGVV62fl/Mu9QMftlLqXo0bdit5lHGtfybn8y3h8hRzCHjHXEz5RFDmou2LZsDBLdLWmmC"
    "irYXKfLE9nCJdtWwSFNx6DBdsWBHGu8h3LDV8P/LOKmPrBP6uEmwX8s7ugORrCZIlO4eCR"
    "rsB1UFBfQrdZA8Bcn6Pa2A85/sHSlLqHHC6bzKZ7GaF2i8l0YDkFy+nrtpyGArtes9RMDn"
    "yHVtT//dWU9XT3tr1wOKjdD1k8dMRzOoLXw5QxbmeAbRiAds3+zA8qmesLmbk0hQJhMD90"
    "yaln504iwc4N9s9C++c/7Gkn3+jJj3Q3WDr/E7bZvHCP7TwE6SRmsHgOsn1PFD/meR6RCT"
    "JYTMd9IDOR7WJ6n9guBnDsxygvhY223ryLMGIIn52FWk/oUdQY5kcf2WXYVJqznM9ury9S"
    "aoKAGs9+IPQWcX7jbYJrzW3WTew6US5PIl9nD90uHZs/au4turcZ/M6xF+gd8my0DwZWlS"
    "wiYGBVwRoFBtad0PzAfpeMfh+1b+EzvP0UAZMu/Rx5r1yVXIFaQfGuNZg3kSLwzxvthof+"
    "B58TOroZDETKQLhRLWVgQs96gzPtQuxabaalrZdJJIhkpRxliRjmAlsFE20MltaUAtxeiF"
    "enN7fxKp1rZ/3L3sWPB++7xymjeXxWSHLMZFiXqRIyo38M0r7JtZGCslEmvIQ5JQ4BW0qO"
    "LYX3Wg1e0zDgNs+j5tMaNqo1CuxTytmnEmV+AiOD5CqiSRSM/NXW7gDXadOuU5ffcobhjZ"
    "66ENUGmnfvnhPGVTLTp1IjSBqnsnpV8xnf/lrPBtdRLX3FXZbw0nCiPDgEF1UPLoqZ/GUe"
    "9RSsDaNM00ZISHR+G9InJHu9iW5WKNYBXmZI6YN+fsUhLdcGe0588avz4lpWh7sbglvceM"
    "PNES5zQoM1wx175hu8VKr9SNGSOKY9Mw0R9iGCT3yCeFmdKGvOFtVbPRFsYt8haiOPUJxX"
    "CraRKzwjhER8Ski5UfvWRZFsywtcHEUS1mGSHTRjMJB/lBsxQXEExVEt7lv1RmHX0+urFT"
    "lw6G/l+/sZCkYeHnpc+R6XdpklUe2bMbfmN1NHodMW2LQuwziifKUu0aS7QbEjvLEeC0za"
    "rN31UNi8Gyx7EZQ+YU8Cpi4OlsMQAf2PTK8SS2zwlTU+iSIq2eQBvvkfexogWEORAoAcgs"
    "VGVvHb5cVF5oJNDeG6j9IWRG2Xhe96aMrX9zBniLcQyQ9d5PrGnK8owpMqXI8sRSEZigLq"
    "CVNSHbLgb4bj7qHbaJmSW6Gb3jrkznfZtwn7IU/sMiY7lUMMc2kS/lP4vfK+YvfpfCMOw7"
    "iPfAVZkZ1xb9uzPfR1blokXANlvaZJF92mSteKhU0wEiIc5E6oJJpD7oQKahHkTuyE5nBU"
    "lOU5CQOin5Oksjmk/zUkrHT6gy/D/pl2gsKNCR1pl/3BuTY6QdHWhGqD86thfzDWz/vXvV"
    "MRtp/ZlZY3XiZ8n4sO2Q4rXhkjbA4VWHKqCIXim4xaFMe0b3zZr2Si3y+x0e9nU7Us28CW"
    "lAdkjVB5aKkdEVspILYkHjZNMNP98WzGk3OIdHWVNLYVhO86dNMw6ndAGgsdUCc10Z/+hx"
    "g5tsziMSYGaQXlqUHmqNIoc1QyzBxBVtvm3IaKyQ2l2Q05lTk9bFrSI0kM1oonGvKbG1CH"
    "0vnN19pgfIL4/2wO8+nwZnDGd4QbrPWv/asrkfkcbKihEkEi6PZ1o8gALTsIxXEqvwjKjk"
    "KhqV+W9xgMaK9BO6QUNpxSGEqCuRbdjfJjez0Uh5XMAYcl9oDDrEFgObvT3Tk+ODqW4TqJ"
    "at9jffy+Svjp++Lw0/cFgketOJo0FmJoVI6hgfVh31Z/z/lvkMvDjkHaN3Zu32gNCYtv4k"
    "WKOkvuXUqiWij2bb+iAQ/nqpMWuobBjKTai6ROaOnQmRGHva+UEquTH1qaaNLdEFpq88a6"
    "EWu9ObSUotBRFsRkeqKatGveUzJD4nyuiHcUmX9hZFuXHRA7edBlEISVEza6pROLkNBgyT"
    "/3NixZzTGUPIp1A1nLO9NxvS4i2JiLxQLFcVOYlD2eehhEdpoe4vGmn+LoOXYRZaeAmEyV"
    "4qggJvPluIeYzF0vYveiecxKkdtIVbtw6pC1/MdgrWB655Z/yomQrQAWQ0HhL4nCXzyrjD"
    "uq6mYexrCgr6imr2TzTLFpPSPLNI6G3n4Vve07cpG+KVz75LBGnKnfmE7K7yrDdGHASwwB"
    "8S45ExOYo9/EOOUvZzW7OYmEblaum9UxlvY9sujkG0nFoe4G46gZNapiE+WNRSo5collEe"
    "cHFxnYw5Z975PAxsjz25eOaTD8vWO7LjddUrIqe4Y9xBdwYWcWLT38PddE2tR1wJapiKEH"
    "bJkqGNleypb55nj+7hGHYksyHjEFa5+60oxl88GXITlsDuRWIhfM8s3yG78zCZpTsPY9zP"
    "vVst/2y7Lf9nOy39ivlUrkjNq3j+HtB91xrnQho+eov2WrPyaBsP4jSQseKWuS7ziEGjkx"
    "byVCXBzUwsH5sEqeQ3GWQ3YZU1HohxqWz25PZ+qkpAcv/wTgzKvuzHP95dLKecY3+KtXqF"
    "Y85Lt2V7PnVDcsnLd+b7VE5cQJVO6CzvW4NzjvjXi6cbjFized34ic5HCDZzCfDQfn+upA"
    "8jtfr/lKG8UOx79O6FVv9KtY3zncmNA/tNHwBPH/E6r9pl1ejU9Q8Jk2i1Ua9RooAPUG0t"
    "R7Z+P+F+0EBZ8TyulgG6z/oi01OgMcceCIU2KqeQ0eGnDEvYluVscRNyJcp2Jb/aAuaCff"
    "KZdp1t3goHMigG7GEBWWPsKi/nIImiHPRhhN/Sdesvme9b/wlImtyGlGaN76RnVPA742Rf"
    "wQ4GtTwgcEvrad8Gz4rmcviCPLdAoHXKuWpKG49bwBZxC7okdojsy6ocjnGtaKp3jXRq9i"
    "n9Bmi8ez/EO7snec934/QezfhH7VtF9PEP8/oZfDwfiXEyQ+JvR3rTc6Qfy/GrYP8o04Od"
    "bfQsvHqj3YPfKM6XwNNVfPsyVxfbjAlh4HlanCr5DgMp8cU23TXnr8pNt3+oINtHOJZzIN"
    "gzL52SdzYVLfI5wmxpYEtxkcvPc57PJMf8m3PgZ55juv2JMr98rz6c02Qq95XuH14iczi4"
    "QXP68GbHHQ02a5a41WW/Ia9T6PmezFPyb0c3/Qu+j/oZ2gaEuUSBZuxYEiPqc36QC86t1c"
    "c/df8CkW7AkX6VHFFShq/AkWJEaiJAgmyKKUcbkJMgZ5yxNkvclxGxNj259J8do6Pq1bCn"
    "QNhbR21dyXEN4B4R3w4kDZz9dR9hPiaFr7PikYRzNcyYadDaE0sZbdytE0dhJUJf19DYnW"
    "dnfRzCd7qO+tImTC4pnogTzxWBnTO0EYzRx856EFfuJrtc+IRdhznZv4vv0rQBiOIm5zCM"
    "N5Oe4hDGfXPMeiFuWoTgOB7Qpsi2lD1rOTAL1pf+6bMHJf9s61E8T/T2jva68/FplI0RZP"
    "dhqPfhf7oq3sIo1qLskYykWyI00S1r6YtO0PM7D25fZtVA7BrlyxhzWifc9sU3UewBJYZ6"
    "p8FZYLMFC9iW5Wx0DVI45pzDv5NqnwYHeDGQqvm20yPBX38JZNO4VzeK6AlDN7hzOLunad"
    "rUzdxXacQgde8Vxe7MFTSnmomxVxdFQlK+LoqDgrgh9LCaHsvZJgOGzeQnb3q4pKZZJS9Z"
    "yT6+FANt9kZhoe+j9kme5rlPRLyOVkJCbLTN5JOsUkNQvyE/C8kxed1f76f3cOqJI="
)
