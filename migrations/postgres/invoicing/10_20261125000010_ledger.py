from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


# FORCE binds the tables' owner as well; for the length of this transaction the entries of all tenants are written.
async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE customer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE payment NO FORCE ROW LEVEL SECURITY;
ALTER TABLE payment ADD COLUMN customer_id VARCHAR(40) COLLATE "C";
ALTER TABLE payment ADD COLUMN direction VARCHAR(32) COLLATE "C" NOT NULL DEFAULT 'RECEIVED' CHECK (direction IN ('RECEIVED', 'REFUNDED'));
ALTER TABLE payment ADD COLUMN unallocated_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN reversed_at TIMESTAMPTZ;
ALTER TABLE payment ADD COLUMN reversed_by VARCHAR(80) COLLATE "C";
ALTER TABLE payment ADD COLUMN reversal_reason VARCHAR(500) COLLATE "C";
UPDATE payment SET customer_id = i.customer_id FROM invoice i WHERE i.platform_id = payment.platform_id AND i.id = payment.invoice_id;
ALTER TABLE payment ALTER COLUMN customer_id SET NOT NULL;
ALTER TABLE payment ALTER COLUMN direction DROP DEFAULT;
ALTER TABLE payment ALTER COLUMN unallocated_minor DROP DEFAULT;
ALTER TABLE payment ALTER COLUMN invoice_id DROP NOT NULL;
ALTER TABLE payment ADD CONSTRAINT ck_payment_2 CHECK (unallocated_minor BETWEEN 0 AND amount_minor);
ALTER TABLE payment ADD CONSTRAINT fk_payment_entity_id_customer_id FOREIGN KEY (platform_id, entity_id, customer_id) REFERENCES customer (platform_id, entity_id, id);
CREATE INDEX ix_payment_entity_id_customer_id_id ON payment (platform_id, entity_id, customer_id, id);
CREATE TABLE ledger_entry (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    customer_id VARCHAR(40) COLLATE "C" NOT NULL,
    invoice_id VARCHAR(40) COLLATE "C",
    payment_id VARCHAR(40) COLLATE "C",
    kind VARCHAR(32) COLLATE "C" NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT', 'EXCESS', 'PAYMENT', 'ON_ACCOUNT', 'BALANCE', 'REFUND', 'ELSEWHERE', 'REVERSAL', 'VOID')),
    debit VARCHAR(32) COLLATE "C" NOT NULL CHECK (debit IN ('RECEIVABLE', 'SALES', 'CUSTOMER_BALANCE', 'CASH', 'ELSEWHERE')),
    credit VARCHAR(32) COLLATE "C" NOT NULL CHECK (credit IN ('RECEIVABLE', 'SALES', 'CUSTOMER_BALANCE', 'CASH', 'ELSEWHERE')),
    amount_minor BIGINT NOT NULL,
    currency VARCHAR(3) COLLATE "C" NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by VARCHAR(80) COLLATE "C" NOT NULL,
    reverses_id VARCHAR(40) COLLATE "C",
    reference VARCHAR(200) COLLATE "C",
    CONSTRAINT ck_ledger_entry_1 CHECK (amount_minor > 0),
    CONSTRAINT ck_ledger_entry_2 CHECK (debit <> credit)
);
CREATE INDEX ix_ledger_entry_entity_id_customer_id_occurred_at_id ON ledger_entry (platform_id, entity_id, customer_id, occurred_at, id);
CREATE INDEX ix_ledger_entry_entity_id_invoice_id ON ledger_entry (platform_id, entity_id, invoice_id);
CREATE INDEX px_ledger_entry_entity_id_payment_id ON ledger_entry (platform_id, entity_id, payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX px_ledger_entry_entity_id_customer_id ON ledger_entry (platform_id, entity_id, customer_id) WHERE debit = 'CUSTOMER_BALANCE' OR credit = 'CUSTOMER_BALANCE';
CREATE UNIQUE INDEX ux_ledger_entry_reverses_id ON ledger_entry (platform_id, reverses_id) WHERE reverses_id IS NOT NULL;
CREATE FUNCTION ledger_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger_entry is append-only' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_append_only();
INSERT INTO ledger_entry (platform_id, id, entity_id, customer_id, invoice_id, payment_id, kind, debit, credit, amount_minor, currency, occurred_at, created_at, created_by)
    SELECT platform_id, 'lent_' || substr(id, 5), entity_id, customer_id, id, NULL, 'INVOICE', 'RECEIVABLE', 'SALES', gross_minor, currency, finalized_at, finalized_at, coalesce(finalized_by, created_by)
    FROM invoice WHERE status = 'FINALIZED' AND type NOT IN ('CREDIT_NOTE', 'PROFORMA') AND gross_minor > 0;
INSERT INTO ledger_entry (platform_id, id, entity_id, customer_id, invoice_id, payment_id, kind, debit, credit, amount_minor, currency, occurred_at, created_at, created_by)
    SELECT platform_id, 'lent_' || substr(id, 5), entity_id, customer_id, invoice_id, id, 'PAYMENT', 'CASH', 'RECEIVABLE', amount_minor, currency, paid_at, created_at, created_by
    FROM payment;
ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_entry FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
ALTER TABLE payment FORCE ROW LEVEL SECURITY;"""


# What the old tables cannot hold is lost: payments on account, refunds, and what was reversed.
async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE payment NO FORCE ROW LEVEL SECURITY;
DROP TABLE ledger_entry;
DROP FUNCTION ledger_entry_append_only();
DELETE FROM payment WHERE invoice_id IS NULL OR direction <> 'RECEIVED' OR reversed_at IS NOT NULL;
DROP INDEX IF EXISTS ix_payment_entity_id_customer_id_id;
ALTER TABLE payment DROP COLUMN customer_id;
ALTER TABLE payment DROP COLUMN direction;
ALTER TABLE payment DROP COLUMN unallocated_minor;
ALTER TABLE payment DROP COLUMN reversed_at;
ALTER TABLE payment DROP COLUMN reversed_by;
ALTER TABLE payment DROP COLUMN reversal_reason;
ALTER TABLE payment ALTER COLUMN invoice_id SET NOT NULL;
ALTER TABLE payment FORCE ROW LEVEL SECURITY;"""


MODELS_STATE = (
"eJztXWtz4jjW/iuqfJnZKibVIZfOpD+RxN3NThqyIem5LFuOsAV4YmTGl6Sz+85/f3VkG3"
    "wFyw1EcVTV1TG2HhueI0tH56b/7Vn00bEMi072O4bhBNTfO0P/26N4RthBwdUW2sPzeeoa"
    "nPPxyOYInGg38nwXG3DHMbY9wk6ZxDNca+5bDoXGHTTD7gPx5zY2CHLmxMW+4+4D2HQMho"
    "a7r24XUOuvgOi+MyH+lLis9b//04IvZ5JvxIs/zh/0sUVsM/3jTLgBP6/7z3N+7trGFv3I"
    "m8KXGOmGYwczumw+f/anDl20Z98Rzk4Ihe9EzMRvpYFtR6zEp8Ivy074bkAW39JcnjDJGA"
    "c2MAbo8Bssz+3peq9/qw+0W13fy7EZIxLERacMh4IkLOp7nIAZ/qbbhE78Kft49O7v8DlL"
    "IsJW8MCvnZuLz52bH4/e/QMe6DBxhmLuRVfa/NLf/BbYx+FNOO1LnvnfHNMXU+wWEx233w"
    "zV8Ykl18vOuHOy2++qsM1aldLNrwHfS34NlwAfOvbzLF+yK741I8VMp5EZvs0Iuh8fvEL2"
    "V5B92/2iDW47X67h9jPP+8vmfHVuNbjS5mefM2d/PMnIZXET9Gv39jOCj+iPfk/jdDqeP3"
    "H5E5ftbv/Yg++EA9/RqfOkYzPJSXw6PpUWs0N9NprqZIYtW+R9ygFrvVjRCCWLZDPv1fFR"
    "lffq+Kj8vYJrf/8Nk8X4ITGMwYkRNh6esGvquStO2ylrm780a8+yZzDFE84d/Mi/W8kJl8"
    "1E/thxZyXz8eLyugl5nmy4dkbuU4KiKRxZFDns48wxCRP/lCCfUEz9fdT1PXRvmffI8hB5"
    "JO4zcmDuRfyZP7Br8TN11ig/m2/pGUoTkF4TiKSuC/KdhjVQLdgU80um4YUqniM0Gsw4zV"
    "32hTA1SI7uGCsz0XtX3a/aGYL/h3TQ6V2e9387Q9FBdsSpIoLDdgURHLZLRQCX0iKwscfm"
    "3EfCOq5H/soL49yadKlf3OPz2IwwrHCJtQ1hvNtWl5/AN/jp53b78PB9+93hyenx0fv3x6"
    "fvTllb/nXzl96vEMp591O3d5uWB5xIS8F7IvPaYigAKznUk4NapJQK5LUvUuTRmTXqW/5z"
    "icYcXVynL5Nlswr2K4/YNtNKnTHCKNZI0ZPlT5HFFFibTLCNLDO8Z4spr98YwvfZM70W+/"
    "6zEYGegTA10chl/xeZvrbxCKUrS6KxlevKifWNEOEZnMxKnDTaMvnmE5diu5DrcsNKBtZA"
    "s8o2zJXKHLxdfvmMoIuynEYprqtxzVbQfuDVXWgv0TLzvde5uOWL7fAvW27fDa613qV2yR"
    "bc8eGQAkvsMjsZH8mxDGfKK9NvPeEXIotTo3ulNyKmzbYoOajD9wKoCBcmvF2X8LYiXJhw"
    "WDobpWbW1ZwnsU2kvRLrK0gv49yIluaifMe45nF9UInsgxVsH5TT7ZIJfLkahC+RDaS8Eu"
    "MrCM9HcIB7yxXq2QmIzMpj3RGkygBSPn7k1veiIRMqVGJ9qESS4DkjSWgiXACaR/DmzVNP"
    "ZORZvhC/CUjzGN6KWgczFjzSF5zxsjhFdyW6ffYEyywwnfzTc+gt+VbikU3AGjHtrfL9ab"
    "/dptx+MZ8/fun89o+U6++q3/sUN0/wf3HVP89qGoHrEmoUqBorXApJUCNYz9icqpicyi1O"
    "uZ5tzYj+X8H5MAVqIMcnVZSOk3Kd4ySnctiOgW0xE/cC0UCCt7DmBj9/6COvHUqWvYfMxO"
    "/1tK/azRnif4a039P7N5dwIj7i5647v3/Rerf8bHTMz3+8u/rYvVpcWn6UwwoeBgLo4BjG"
    "vvCsm0fLLEhpJ985fp5BKJlP3Jlu4ucCOZSGohVidxeMts1xLIxHax8cvT86PTw5WoShLc"
    "6sij7LR5o9Yl8PlXLikgJ//rnj2ASXqDp5cIbjEUO/QpJXxe/1+1eprn7ezfbluy/n2s2P"
    "B7zfs0awsCyk3pth29ZHgWdR4hX07pXU58GK+urUO8J8O4pkUZItcZYtRbN4X4aYRD1pWB"
    "HWWEpuodSWGmrL05RQPaCPxLXYM0si5NavBQpuI7M49j73ry7PEPw/pEDhJ+0MhX+H9Koz"
    "uNW/dq66rMXyWA5Vf+6yxZbHVl2GHZhE9/E3wSGr+AZqAKs+gJFA96cu8aYOewr5ZhBiCm"
    "uipfdQgqguCNaVZ9h9BlodV8g/lQU2z6y/alUVDzzvS8ed9zmzJ5lB6LmY1TOBkXkukMYT"
    "OHYctjAVoXiJaF4PPnhXyTMFzVYEYxREUDsTJ+RJgOgUqHlcb74vxxYtmODE+nQe2Ty+t+"
    "J0jYmzRljIx53FNY/uwyr+qcNy/9RhPiQm4mxkGXWojmDNY/rgoMqQfVA+YB9kmWYrSq8w"
    "aKPUmJ5AKBO6StYWofq1J2snxRzMzZpiTiOVmKUWs0vm9rPuOyLTUBLTvDloKzGwLpnBj3"
    "M9nVAgQdTgU4jfobFncebVWntiBkt866s9BjlwE7r9LlwFspX/uGIL8b1VJUB4g1alMiC6"
    "HbddWwvkdkrQ6NknXlipI6za8YOH4A4thOfY9dHYdWa8yl14d+Q57BP2kW15voco1LlDBn"
    "bdZ2g0yxcD2dIzVDUQSYwjqhqIDIap6NUXZDqFUjxX4Bnq0vKQNkFLaxanyK5OdoFOalHs"
    "Pq9kukgRhVnoFdK8ShEFdSapEDE2z7u9zs3vxRpR3D65XDv//VbrZJhXq+xa6ulrWGXLo/"
    "p25tYvpKzyXXRxncqL55b+QARK3xku8RFDtJDnOy4xEfZ4TbrB585P7eOTD8ibOk9Q4Nkg"
    "CKJ/2EUo5zzDJikudPe9N1SKrCTzjlJkZZjzX0qRlcwIsm2aVUG7LXutXTK2CoIYV0VvxY"
    "gGcnxwUsWBmlWFEg7Uk8JK5WMnEArCSIEaSHMVD0G5fyDnHWBajT7F3lSE4iSmgQxvPid4"
    "TtyZ5Xl1EgYy0EbQvfPiAipsoKkr3SIxj8QKVqVQjXi/0sPZaRXV57Rc8zktKEs9t5jcar"
    "xPaeQG3ifJVPomvU4ueXQeao2aaaSSsmxSlsc8eBF4vjPjFrEiA+HicmuNidBINqxgIxwF"
    "z+HWFbDJW+iuboV7V4CHOioWyfem+Nq5RWGZidBdbRLDMkm4JRz+VmQu3Oi9leVQErOKsh"
    "zKYNJSLnC18Ujj7IjKTrtdfh/YTyvmd31xgBgrM9d7F/3e4O4LlASLj4b0/G7Q7WmDwRmK"
    "j4a01+/pt53fOudXmn6lfepc6dfazaDfO0NlV7LqTaWUpY1XDlBlkrccIq72IlF7kbwVwt"
    "VeJGovEilor8S62otE7UXyKilXe5G8sr1Idl63Wur+u/nhOdwhQITfJaJ5/G7eZBWypdcY"
    "JvLI5vG94cEiouz7thnN3UTmQXovqqrI/wxptxd9jg6G9K73VbvpfuzCTqPLY2500biBRZ"
    "PDmBL39ikx6nl3C2+gnLyyOXkLx0bqMY6EtxIqgTdvlNx8qExEnahhLQNrHtNbsTqogkuq"
    "4JKaH1TBJSVmGWO9+q5ZGugVXmutifLysE083Vm0XRvo9StEVeEoImvkBJOpnw7M2kf3Y/"
    "YU4s5ZJ/DvIWkToq+ivE5oCx8tOg/8MEQrGtaQ5edDv7b+NBUMJonVQQWDyWDxUcFgOyrR"
    "EQXXijKdwSmu5Q68k5vqrSwYDez6gkwnIGpVXonk7zMSvxLr8PVN/0IbDLq9T2doecztxP"
    "3uhRYaivnRkH7sdK/gTPh3SC86vQvtip9aHA7pjfbxrncJJ+MjOezHTFMxai0VU0C1UpRu"
    "pZguEm/VEvESphwCMst3HNhjiy1J6wg5i1WSllnSBsyqNSWdxSpJyyzpeIeOGWFSEtJp88"
    "jmqbbb2yfIJWPiElq2Gf1qylPg5rG+nVVb4AJlBTE+K40RS5DMK4maRB9WUfPLtXy1V+dm"
    "Jo0NbhrgOz629ZlFizaIPLcmpT7tDLBJfu2f2+3Dw/ftd4cnp8dH798fn75bOLjzl1Z5us"
    "+7n4DxlGTyIsC27TyBDiRctSmNbMR4s/OiTWzunIgzn4Ap2mvQ7k2tuc60zBpxtAXQBmo0"
    "mw2kjTkTzyLJI5tH9uazSGLW6iSmFWGbx/nmMx/G2LIDV4jqBKR5DG9re+BEbIkQ12lYI2"
    "bNbRf0VJGmKtJUChXwtRkpVaRpY8UsWaTplUXJ3opoU369tSbilMea8uoPvOnagNM+JQha"
    "833wKOLwFuwWQqhPXGKyb+v4U/YUHvuJWS9jbZDLFkwmO5yyJvmw0g3dUwWPSuJBUMGjMn"
    "hvVPDobngOR1BBmpMgxXIVX6TjWcVZnaULkiRErUgKViSqBuYug0QfAiFTXNhckVuJ3OQ3"
    "EyA5A2vgQLwtS9xfAeaKQsEalxjWDNvFhCdh2QVuiNuP8K+Q+RU8X2oX3S+dqx/bR62TjF"
    "88ORtmti+llpCZM27fxDFj0xZ74ErnIRyCPTgNVH14TR/2gvncLhglVru4l6hGDMm79nBD"
    "bQ3Dxt531S1a3EBmEewNbju9y87N5RmKjyCv5PLuIkwr4QdDOtAu+r1LfXEh/Zldv7vWbh"
    "KXkx+H9Lpz80uY9hIeDOkf2k3/DMH/Q6r9pn25vj1D4d+sbetlMlhUWI8K63kLtMtjkB8Q"
    "14p+Yd4aH11srSv+sGxWyQwfbqwDZnGPMJGzl3YfdX0Puc7TDx6yHeMBwS2xbf2XeGhsUT"
    "hizT/wnb15DBNs40PtZ0Qe2dGEAb1i6/z2HqWM9pKY2pTRXgYzpzLa76iWKrBTVzuOsDIT"
    "XagYXzCVtnsLMO0MJT4wFfem/7F/86XDU7v50ZB2Lr9CrvYZig5Ajb76qJ93w0TuxAc5lN"
    "459sEuLWIxSUBkFmbdoLAqb81J+VtzknfCsDleMPFugWggwZsP3uVbu4fKVp7lVSkxGWCT"
    "3F07TonhTFqex5RSCLUqMA+ysyuEkIauiuJ6fVbZVdbBzq1WxOQUe1ORASMFap4le/OBui"
    "qstE53VfGGQuaNLj8ie8X2jfhqa42Bw0q0q7KFsWXbP9nWA0FM1AEkk+8jXoFyaV9AY5cQ"
    "MDlYHmK3cdADmfvoaerYUGUS3XsUz72p49+3wj2Hybeo7iRrD4MMMQv3N97Zg5X1Q5KVob"
    "J+yLAqV9YPVe+yaVy/THio1EqwMucpc95ac96bKKp5edP5eHuG+B8mNq13GQYahAdD+rHb"
    "61x1/+C1NOPDIf3a5/s0sf/lEFVc6un7RJa/i9Siu+tdd7p8Jyz4y6NEbrudq6vf9fB8+j"
    "NcD8/KIrTQ2yw6MaVQamZaPzPF/vJaVt0CcC3Lrmycv4hht0wA5bbIUtYb0NM37xyqZzNX"
    "5vJ0qKwwgRnYW2bQrNH/TNX7UjqcT9wZI+S5QI0rT7QrwjbJBbm5GiCqsKcq7CnnmLDBwp"
    "4q/FyFn7812qEsiTDpC5CivAbloHOwryjMehKniK9BPCV+nbLNKViT1MMdGzIgO69O1ewk"
    "TNFfm/6J63heHQFkgEoEtUXAd2GqIYE0TgmgtgAMl5gWxA7WEEIeqwRRWxBgvqohgxRM0V"
    "+bflVLXtWSl4ZsVUu+CZVpwtCvWltuFUCbyPgW6odRp8hrtMIz7BR6jJpBb0V+VxKcDzl1"
    "XJcYoPZFWQDCsaclN2ieCLYQhBJlI+QJX1GDKYFpAsc7t8M71AenqGgCXBbXBO63nQM3d8"
    "mj5QSeMNk5oGK7AtvmWPemuH18IkR1CqV4Xs+z2oJFbcEixfT4GnJli8Q8EjLIpFGNcAym"
    "R6jTKnrlableeZqvoqr2unkL71OU9lxL0FnsBkQtmRrQTEmLjZ1ZXPPUu80Png7T1sAPI/"
    "5OpZHqjZL5jfKcwAVbVT2jVyG6eS/X5i1eTJfzxDxES0Tz+D2uZNM9XmHSPc5bdDF7TQiP"
    "+6/lrCiBN4/8rTgs+JgTz7o1ppAivJpIZJ5IeE3+0vSR8vcsi2veC7bhBBLyzZhiOiG6W5"
    "xKtmp3kBz2uzcIkYz5VUlly/1BDtqVNwhZMCaauJcDvuXsvQUZocIoMj4UQJs3RGyh4kxi"
    "WK0bjZ3Hq+z+upF4bIFk6uJafwbWvJ6/FdUfWKtlDUwBlb4ps74ZiUrMDpgCNe9l2owRUL"
    "qyris2kk+2aFUr71pnM/kny5/yrWLwDMKh2V9q8s9smkSgNINb+wO6jw/voY4q/J5wT5mn"
    "qWWTsNAqa29gSh0fjQhHmkU1Xnf5YFXjVRLlTdV4lUFxVjVed8NzTY/DBlwNb41ptTX95i"
    "O1wlQGmKLrlc5NIJunhm4hQFxtTq82p3+BhDW1Of2umK9muFeb09cZMzadAqg2p99NH1ab"
    "079MoSy1Ob3anF5VB1TVAd8O7apimqqY9nbpVxXTXlwEsf9KdOBP4tTIX6sMQFy2oo4xsx"
    "DdvCX05g2a2HwERVGU7zRMEV3BzeQTYbdpAqMoLqZYnhiR63Bzh73i+JD4amtNbMg80a5S"
    "WEgEQM4YYTQKnonbQo6LHHbJJeOAmsh3kBVvzGv5APAQmAxMD3bghZgMm5gT4hZHf2zw/k"
    "M6pPdLvykPEYHLY8v1/MUWwvE9+GPgclgHE0EpqWhrYD96tPcB3QcUVrsGXhTK5Ld9gnZP"
    "cDffGVK4C//qP3hohG0YuVgLQuFOBhOVCj+R54WGW6jwk5efr1T4idpiuGlcv1yozxvQxF"
    "KraAtWY6V+/PW+i9QNZO7bezfahdb9GjoqwiPwXXy8612G58IjSTwKPHa3joEpi1QWptoW"
    "ppzCKiaJQrgSR21xqJ3mCkaezSYKz9iCyimYcsuDYJaIBrK7jSIeNepKqGoS4hGKfF8U8W"
    "y+BExVcJM6mU8VvnxTYlaFL7dcu80lUGq31guVgaokaJlfqIWwxN6oDKx5Wsi23ihs16jh"
    "UABtHuMbq+Mgj2dReyz3K4bXWmu8iuSxsk+xwy4Yfgux+xEmTzP24TEY9TC3yYVeOAMHHl"
    "z2837DGvfgvsE422/hGQRP0Ah75AcPOU8U8ZQ18ERa1COuH2ace+SvRfvY0cPaT/D8p7FL"
    "SARiZxHr9uzQa6GJ9QjOPxp6BpPfiv0b/OvK8gnPbx8987u6xMbPCI99dh/Dmc0sH9pdh0"
    "Moa94CZ6JLwJsYJ70H1LdsANN9dB85ReCLDilrET4+yqg/44/wmGCjb4pnDp3wk1xqHvxe"
    "8LaGd2lxnBP4CMNP5GT4nJ3vdWKWZ2eu3ClSKEEzGjnkdWju0ASl3JwymE5e0HXfcGZfyo"
    "EstXayhYxk8pfYiB0BVAW1uh6D5XQuRnwap/ivnaQAlAkse+L2DRy1T6oMJyflw8lJfjgx"
    "pmSGdfEtlfLAJjklN1avwwtGfxLDF65vn4I1sCdvodoMfrYdXEBzeRJHAtIIinedw8EW0U"
    "XhDCtq28eARtC99Y1QDB53UMeYnoEq95R01nSJzI1cT71yJnslJsfF9dY6s2Oo8dpR07W2"
    "x8/OE7vklhq/EHYJ+8KzEWFdeR/96lq+TyiY6Z6mDhi3o4teKzbfUWfkmM+IsMflzZTbf9"
    "x3mOOkib9WGQbK9LYVBc3Gni++ik6imrTC2MEiWp4ppmuS2dzxIYTyF/JcMs9kGq2bbKxl"
    "c/0har92xuFJaxjNAh9z/w93ymDE8GiKPWSyyaCFPCf0VmHkkjnTj3hLC0oge08wNfDRHw"
    "oaQ3OEJ0y0+clmq09SuWuSjG5qZpFhZlHr0K2uQ6PRtSq5UfMGUts+Pq4SY3x8XB5jDNcy"
    "q/w5ECJYAzUFaiDTmzd0j9nDiTt3I6WxKtEZWBOpPqpC9VE51Ue5Hh34hjMr8NmsLqmTgD"
    "WC5p1X1FGx7MpYuO2V3K9kNHWcB42ac8cqjVLMtmqtWcs9he11kgSsD12kiPHGqPXCVZRL"
    "DGI9Ei9h3EsGCYZ1TJIGvw984YWjIMOFWRDZziRerxmB6zkFpVJ2+GweKumyVw/s+R5hL6"
    "vv3SPPmlA0Ih5bBkNMZHR2EYdouQjeVVhMBvN9aGGHCdbLcikYgfHyB49HXcLZGfs27Mu0"
    "0OgZgjOJO7M8cO569x/CKMco6jL8ojj8AN8XFrRQEqYDy1iInYQftryMKXliNyXPDlvN3o"
    "dNeHQk3AMMstjjv5Cf57+AXw2trD5+INEXnvL4UrYq9iyo6LK4E3y6V+timdZmal0sw7pY"
    "heTthObAtUWWFFHzBvbg9ruj00pJuEenK7Jw4aI0G4VI3ZW3kvPMZ/foVoIruAy0ET1816"
    "u4aZi0Ikp9AqZor0F7pEGL0p6AKdrr0O5jP6i948USLTP5e1qvc34F1aGigyG97A6iU/FR"
    "doFZZfjffMEo0/KAmzobhhdA1YRbacINl/nikRFpnIqNqJ1gMMaWzb5VaEgQtZ3mwKpwgW"
    "zW03Q6fcqOJjrfF8B3N/Xs/fs/ew2Z93nqMymwS5w7jk3wqi1MSZFdYsRg26J9cWa3vJ/3"
    "+1cp3s+7WWLvvpxrNz8eZPZ1yw9weG6VZ/isiJJIw3bY0dvv2ic/HRz81D7eVofPbrhZYV"
    "o/WLXZZj5N0y6riLpqNWF/ZxXUVzRzbGNYSfgsREf2DFSN6jXoX7p2xDTZNE5lytZVZLMu"
    "tFpSSKGVLL5TFrXWFFmsWlLIvKQQz51WSdOrk6ZVJNObeHGCuVlTzGmkErN0YpYuYO2S2B"
    "Ybdstyj7KtWhUD1swkoNL+XWHw1DjaUisOeGtFkVthSTlsGGTO+ioEjYXF43gMl02wR0L9"
    "7B7NsPsAUVcQQzUi7Pshj924eE+vLT8zrOUX1lJYlOb756DfC0PjeMhY9MwfPLRY5MbxZs"
    "uYstayNh7DQcbtMzvwyWyeDC4bkYlF2RceUkqekOvAnmSwW1nYEJJzeeW+5U5jEDznPutQ"
    "WPA+et5MhYvJFEujwsVejnsVLrZzmsOxUJzoFE516Spc84gkUaITIMVyZZY5Rzmey90LaV"
    "QDid5CtbZdFn+UjtwXseO9iQila6132e19OkPRwZAO7i4uNI3vabc4HNKPnS6PWgr/Ztca"
    "LxOzFOn9jPSgKLWzfIu7LK5JL8nGTHGUfPP1mCpxQ00BXBmzZTPWpIr0LNf7orLOQJWcZZ"
    "Yzu9Wc/Tqil81vK9yEOWSDvIQbGziJ64rVJFkAmreG3tgeLSqo6UWDml6gxK5k/Xr3ETWx"
    "5VpohE6CdqfWvnslQ7NyL78JFWdsUcub1pJzBqpUWdnkLJ1/uROucfdWupfjRq2K3mWcaF"
    "/Jufz59vYauYR1Mc/nPlEUO6hbfNuwKEt0sacYL6thgU8W0hmibdtmYeGNp3DDthlBwFWx"
    "Y3nLz1P+WUlM/co/K4WbRflnd0FzPISJEp3BqS5dgeuwoL7A2mYJUOb6gqWN81DgH1yZUv"
    "dQwOU2s+leRqndYDKdspwqy+nrtpxGCrtes9RMAXyHVtT//b0t6+nubXvRcFBbDnm8EsT3"
    "CALqYYoYt3PAJgxAu2bfDMJK5vpMZC7NoJQyWBy65Nazc6eRys6t7J+l9s9/OqO9YqMnXG"
    "mtsXT+GbVZv3GP4z6E6SRWuHkOcgKfFz+GPI/YBBlupuM9EJNnu1j+B3aKAVznKc5LYaOt"
    "P20hjBgiYHeh9jN64jWG4eoTewybSgu289nt83lKTRhQ4zsPhN4j4DfZJnzW1GFiYs+Jc3"
    "lS+Tr76H7uOtDVvHs0cRh87Doz9A75DjpQBlaZLCLKwCqDNUoZWHdC8wP7XSLr+7h9A/vw"
    "5lMELDoPCvS91UvJBagRFO96BfMmUgT+dafdQeh/+HdIb+56PZ4yEB1USxkY0otO70K74q"
    "cWh1lt62USCWJdqWCxRAxrhu2SiTYBy66UQtx+hJdHmpt4lS61i+6XztWP7aPWScZonpwV"
    "0hwzHdZjSwmR0T8Bad7kupWCsnEmvIA5JQlRtpQCWwpIrQavWZjitsijFtAaNqolStmnpL"
    "NPpcr8hEYGwV1E0yg18lfbu0O5TrftOvXgK+cYXuupi1BNoHn37jluXCWmPhIaQbI4mZdX"
    "Nfv45vd6NmCNausL7vKErwwnKoKr4KLqwUUJk79IV8/AmjDKbNsIqRKd34b2qZK93oSYJY"
    "p1UC+zSulTcn7FIS0Dg/WTgP/qoriWxeXWmuAWL9lwfYTLlNBwz3DXMQMDSqU6TxTNiWs5"
    "pmXwsA8efBIQBGV14qw5h1dv9XmwiTNG1EE+obioFOxWnvAdIST8r4CWG7dvXBTJprzA5V"
    "EkUR0m0UEzAVP6j3Qjplo4qoWjXNw36o3Cnq/XX1YUwJW8pZf3dywwivBK4tJLXNhllkY1"
    "b8bcmN9MngWdNsOW/SWKIype1KWatNYs7Ag01hOBSetXdx0UNW+F216EpU9YT8DUw+F2GD"
    "yg/4mtq/gWG7CzxgdeRCWfPACHfzqjEMEa8hQA5BLMD/ILv10+nGcuONTgrvs4bYHXdpkF"
    "no9GsL+HZSJowZMfWsgLjCnsKAJJFZ5P5ryQDEUh9YQtUl0ygzfD9fbRfbxNyT1fm967ZB"
    "x47NOQ/ZBn9hiL3colhjW3CPwU+K4gK/Y93UfiMoz3BDvI8uyMieOY++jXqWWTaA+U5Z4m"
    "LXSfKV3LNzbBiKtwKndCJtVc5U7IsCxSuRM7oTkaFUV5TsMU0d+TpLI+pP81JKzsdXtf+9"
    "0L7QxFB0N6o33p9i61mzMUHw2p1ru87nd7t/pld9A552H7uVNZfeNlwvdBdcgLrHxnjKi5"
    "qsBSUEUoUt9ElkVJTPPGl4NKJvqDFTb6g3yqlu0Y2BbygCwRMg8ttSNiKwXEroiHzRLM1v"
    "7YNCE5hwhXV8liG0H4rkM3DaO+ALJYJYA6qYnB6E9iFNgyy8eYBKQRlGcGmeNKo8zximHm"
    "WGW1rc9tqJjcsDK7oaAyp48tW3gkScAa0aNVfvMWlkPZ/OaB1rs9Q/B/Pof5vH/Xu4AT0Q"
    "Fr/Uv3+ppnPocHciyJVCLo5tdGsQFadBBK4mR+EaQdhSJTvyjvCZiivQbtKqVwyymFkSZY"
    "aNFdqz8210NxWMkccLjCHnCYNwjMzbHuTXH7+ESE6zSqed365KhK+OlRefjpUYniUSuOJo"
    "tVMTQyx9Co/WHflryn8BvE8rATkOaNnZs3WquExTfxIsXCEnuX0qgGqn2br2gA4Vx10kKX"
    "MDUjyfYiyRNa2ndN4rL3lVJi7xWHlqaatNaEljrQWDcSrdeHllIUOcrCmEyfV5P2rAklJu"
    "L383i8I8/8iyLbWuwCPwlBl2EQVkHY6IZuzENCwy3/vPuoZDVgKHni+waylmPL9fwWItiY"
    "8s0C+XWLm5R9SD0MIzstH0G86Yckeoo9RNktVEymTHFUKibz5bhXMZm73sTuRfOYpSJ3K1"
    "XtoqlD1PKfgDWC6Z1b/ikQIVoBLIFShb8ECn9BVhk4qupmHiawar0i23oln2eKLfs7skyT"
    "aCXtVyHtwBWL9M3gmqeHbcWZ+sjWpPCtckyXBrwkECrepWBiUuboNzFOBXOzppjTSCVm6c"
    "Qsj7H0ipgT4mrUd5/3im2lyRatNaZSm7fVyaLxWktpnxKEZ05AfTRzHiENHPbDwxRhw+Bn"
    "fYd9csB0uI86bPq0JuwJKAwh8xBhc8UzAtvshPD0c5ew22A7bznd1oPAktqFZPsxcQk1iM"
    "eLsQEh7DdbFNvWfyGD/cll64wwoZ4bU8P7sW8YzAjYU6GqmxPYJprjZ26sxch2nIefgjkU"
    "g1veHrLjed23IQ3z+C32QLgZMolN2AscVoi7Z2LaN0f7oUD2jSkxHu6R4czm2CW8OgD/Fk"
    "/R7ome77jEVPZamYxZyl4rgyHxpey1b41nI2Bj0IzNHYJMZ3CKa1WwQB6i2VwOs7vwOJ2C"
    "KaJVZYiCyhAXN9pl9/YMhX+HVPvtQhsMzlD4d0ivO79/4flS0cGQ9nt65+Kifwcnl8dDet"
    "65gl0fz1B0AFUnPt71LqHmBPxl974aaL9+1m5Ym8UhtPqq3Qw6V9AuPBpS9uUYDv7PKuAv"
    "k25lkpFVkmq7vmcswFJ3jRvtQut+haofIIj4eEiZPDTWH/gf1l3uBrf9L9qNvpB29gzsAz"
    "r4DFuADj4Xi1wOkRpspVJfpku0EqpEQg1X5vrMokWZTefWpDw7MoNsksX453b78PB9+93h"
    "yenx0fv3x6fvFqbj/KVVNuTz7icwI6fEUWBXDlywMRREv65UwJcgmV+pujlPVXp6eUfP9n"
    "PH4HzVMepmoMqqK51VV/lo3qyYVcrAllMGXLBxe8QTXUtncGoxvX4xvfA1iHTpFKh5LG8s"
    "iFIez1+HuJYx3St2+kUXW2v8fXjZbJ2nr5z4DXucSlcKhSNAwfog6ojyups2Ek5S7l4qDd"
    "gpf/vLI3aaMJu1j48rFSg7XlGg7Di34p0XlEYtZzhq3kB2DyoNrQcrhtaDfNAZe6JPaNGu"
    "4IN+r0QpW0KySrdl+Oj/kG15r9GWsIJcICOlaedi1LPh6BkVGm5w/tKz2t//D43Fabo="
)
