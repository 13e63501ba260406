from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

# Who may make keys and read the whole event log may read the history as well: of a permission that no key has, no key
# could be given it. The event log tells the same facts in fewer words.


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        BEGIN;
CREATE TABLE audit_entry (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    subject_type VARCHAR(32) NOT NULL CHECK (length(subject_type) <= 32),
    subject_id VARCHAR(40) NOT NULL CHECK (length(subject_id) <= 40),
    action VARCHAR(32) NOT NULL CHECK (length(action) <= 32),
    changes TEXT NOT NULL,
    omitted INT NOT NULL,
    actor VARCHAR(80) NOT NULL CHECK (length(actor) <= 80),
    actor_kind VARCHAR(32) NOT NULL CHECK (length(actor_kind) <= 32),
    on_behalf_of VARCHAR(40) CHECK (length(on_behalf_of) <= 40),
    version_from INT,
    version_to INT,
    request_id VARCHAR(128) CHECK (length(request_id) <= 128),
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_audit_entry_id UNIQUE (platform_id, id)
);
CREATE INDEX ix_audit_entry_subject_id_id ON audit_entry (platform_id, subject_id, id);
CREATE INDEX ix_audit_entry_entity_id_id ON audit_entry (platform_id, entity_id, id);
CREATE INDEX ix_audit_entry_actor_id ON audit_entry (platform_id, actor, id);
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
UPDATE api_key SET permissions = replace(permissions, '"api_keys:write"', '"api_keys:write","audit:read"')
    WHERE permissions LIKE '%"api_keys:write"%' AND permissions LIKE '%"events:read"%' AND permissions NOT LIKE '%"audit:read"%';
COMMIT;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        BEGIN;
DROP TABLE IF EXISTS audit_entry;
UPDATE api_key SET permissions = replace(permissions, ',"audit:read"', '') WHERE permissions LIKE '%,"audit:read"%';
COMMIT;"""


MODELS_STATE = (
    "eJztXdty2zjSfhWUbyZbpXHF8iFe50q2lRntOJLXh8xhtUVDJGRxTIEakorjnT/v/gMgKf"
    "EsgpZkGO6qVEyR+EjpaxDobnQ3/t6x6VfXNm16v9sxTXdOg50T9PcOxVPCDgquttAOns1S"
    "1/i5AI8cgcCJdiM/8LDJ7zjGjk/YKYv4pmfPAtulvHEHTbH3QIKZg02C3BnxcOB6uxxsuS"
    "ZD87tXt5tT+685MQL3ngQT4rHW//lvi385i3wjfvxx9mCMbeJY6R9n8RuI80bwNBPnLh1s"
    "00+iKf8SI8N0nfmULpvPnoKJSxft2XfkZ+8J5d+JWInfSueOE7ESnwq/LDsReHOy+JbW8o"
    "RFxnjucMY4OvwGy3M7htEf3BjX3RvD2MmxGSMSxEWnTJdySdg08AUBU/zNcAi9Dybs48H7"
    "7+FzlkSErfgDv3Suzn7uXL07eP8P/kCXiTMUcz+60haXvotb4ACHNxG0L3kWf3NMn02wV0"
    "x03H49VMcnllwvO+PWyW6/r8M2a1VKt7jG+V7ya3qE82HgIM/yObsS2FNSzHQameHbiqC7"
    "8cErZL+C7Jve5+71TefzJb/91Pf/cgRfnZsuv9IWZ58yZ98dZeSyuAn6tXfzM+If0R+Dfl"
    "fQ6frBvSeeuGx388cO/054HrgGdR8NbCU5iU/Hp9JidmnARlODTLHtyLxPOWCjFysaoVSR"
    "bOa9Ojyo814dHpS/V/za9+98shg/JIYxfmKEzYdH7FlG7orbdsva5i9N29PsGUzxveCO/8"
    "jvreSEy2aiYOx605L5eHF51YQ8SzZcOSMPKEHRFI5silz2cepahIl/QlBAKKbBLuoFPrqz"
    "rTtk+4h8Jd4Tcvnci8Qzf2DX4mcarFF+Nt/QM0ATUF4TiKRuSPKdhmmoFqyL+SXT/IUqni"
    "O6dD4VNPfYF8LUJDm6Y6zKRO9c9L50TxD/f0ivO/3z08FvJyg6yI44dUSw364hgv12qQj4"
    "pbQIHOyzOfcrYR3XJ3/lhXFq3/doUNzj89iMMOzQxNqEMN5vqsvf82/w4z/b7f39D+33+0"
    "fHhwcfPhwevz9mbcXXzV/6UCGU095Pvf5NWh78RFoK/iOZNRZDARjk0EwOYKSUCuS1Gynq"
    "6MxdGtjBU4nGHF1cpS+TZbMa/iufOA7TSt0xwijWSNGjHUyQzRRYh9xjB9lWeM8WU16/MU"
    "QQsGf6Lfb9pyPCewbC1EIjj/1f5PraxCNAV1ZEYyvXlRP2jRThGZzKSpwy2jL5FhCPYqeQ"
    "63LHSgamoVtlE+5KcAdvll8xIxiyLKdRwHU9rpkFHcz9pob2Eq0y3zudsxthbId/mbl9e3"
    "3Z7Z93z5nBHR8OKWeJXWYn4yM1zHCmvDL91pd+IbI4GN1rvRExbY5NyV4TvhdAIFya8HZT"
    "wttAuDTh3HQ2S92s1ZwnsTrSXov1CtLLODcj01yW7xinH9d7tcjeq2B7r5xuj9zzL9eA8C"
    "VSQ8prMV5BeD6Cgy9veVI9OwFRWXlsOoLUGUDKx4+cfS8bMgGhEqtDJZIEzxhJUhPhAqAf"
    "wet3Tz2SkW8HUvwmIPoxvBG1js9Y/JGB5IyXxQHdtegO2BNsq8B18i/fpTfkW8mKbAKmxb"
    "RXtfbX/e0mtewX8/nuc+e3f6SW/i4G/Z/i5gn+zy4Gp1lNY+55hJoFqkbFkkISpAXrGZ9T"
    "HZdTuccp17PtKTH+JzkfpkAacnxUR+k4Ktc5jnIqh+Oa2JFzcS8QGhK8AZubr/OHa+SNQ8"
    "my91CZ+J1+90v36gSJP0M66BuDq3N+Ij4S5y47v3/u9m/E2ehYnP90e/Gpd7G4tPyohhc8"
    "DAQw+MIwDqRn3TxaZUEqO/nO8NOUh5IFxJsaFn4qkENpKFohdnvBaJscx8J4tPbewYeD4/"
    "2jg0UY2uJMVfRZPtLsKw6MUCknHilYzz91XYfgElUnD85wPGLoV0hyVfzeYHCR6uqnvWxf"
    "vv182r16tyf6PWvEDctC6v0pdhxjNPdtSvyC3l1JfR4M1Nen3pXm2wWSZUm25Vm2gWb5vs"
    "xjEo2kY0VaYym5BagtDdSWxwmhxpx+JZ7NnlkSIbfaFii4jcri2Pl5cHF+gvj/Q8op/Kl7"
    "gsK/Q3rRub4xvnQueqzF8lgNVX/mMWPLZ1aX6cwtYgT4m+SQVXwDGMDqD2BkbgQTj/gTlz"
    "2FfDMJsaQ10dJ7gCDqC4J15Sn2njitrie1PpUF6ufWr7Kq4oHnQ+m48yHn9iRTHnou5/VM"
    "YFSeC5RZCRy7LjNMZSheIvTrwXvva61M8WYVwRgFEdTuvRvyJEF0CqQf1+vvy7FHi09wcn"
    "06j9SP740susbE2SMstcadxelH936d9an98vWp/XxITMTZyDabUB3B9GN6b6/OkL1XPmDv"
    "ZZlmFqVfGLRR6kxPIMCFDsnaMlS/9mTtpJjnM6uhmNNIELPSYvbIzHkyAldmGkpi9JuDNh"
    "ID65Ep/3GebxDKSZB1+BTit+jsWZx5td6emMGStfXqFYMcWIduv42lAtXKf1wwQ3ynqgSI"
    "aNCqVQbEcOK2K2uB3EwIGj0FxA8rdYRVO37wEb9DC+EZ9gI09typqHIX3h35LvuEA+TYfu"
    "AjyuvcIRN73hNvNM0XA9nQM6AaiCLOEagGooJjKnr1JZlOoYDnGjzzurQipE3S05rFAdn1"
    "yS7QSW2KvadKposUUT4LvUKaqxRRrs4kFSLG5mmv37n6vVgjitsnzbXT32+6nQzzYGU3Uk"
    "9fg5Wtjurbmdm/kLLKd9HFVSovntnGA5EofWd6JEAM0UJ+4HrEQtgXNemuf+782D48+oj8"
    "ifvICzybBPHoH3aRl3OeYosUF7p77g1BkVVk3gFFVoU5/6UUWcWcIJumGQrabXjV2iNjuy"
    "CIsSp6K0ZoyPHeUZ0F1KwqlFhAPSqsVD5251JBGCmQhjTXWSEoXx/IrQ4wrcaYYH8iQ3ES"
    "oyHD688JnhFvavt+k4SBDFQLurdeXADCBnS1dIvEPJIrWJVCafF+pYez4zqqz3G55nNcUJ"
    "Z6ZjO5NXif0sg1vE+KqfQ6vU4e+eo+NBo100iQsmpSVsc9eDb3A3cqPGJFDsLF5dYKF6GZ"
    "bFjDRziaP4VbV/BN3sLl6la4dwVfoY6KRYq9Kb50blBYZiJcrraIaVsk3BIOfytyF6713u"
    "A5VMStAp5DFVxasAQOG49o50cEP+1m+X1gP62Y39XFAWKsylzvnA3617efeUmw+GhIT2+v"
    "e/3u9fUJio+GtD/oGzed3zqnF13jovtT58K47F5dD/onqOxKVr2plbK09soBUCZ5wyHisB"
    "cJ7EXyVgiHvUhgLxIlaK/FOuxFAnuRvErKYS+SV7YXydbrVivdf9c/PIc7BMjwu0Tox+/6"
    "XVYhW0aDYSKP1I/vNQ8WEWXP22Y0dxOVB+mdqKqi+DOkvX70OToY0tv+l+5V71OP7zS6PB"
    "ZOl65wsHTVcKbEvX1CzGaru4U3gEVe1RZ5C8dG6jOOpLcSKoHrN0quP1Qmok7WsZaB6cf0"
    "RrwOUHAJCi7B/AAFl0DMKsZ6DTyrNNArvNZaEeXlY4f4hrtouzLQ61ceVYWjiKyRO7+fBO"
    "nArF10N2ZPId6MdYLgjidt8uirKK+Tt+UfbTqbB2GIVjSsITvIh35t/GkQDKaI1wGCwVTw"
    "+EAw2JZKdETBtbJMZ3DAtdqBd2pTvRGD0cReIMl0AgJWeS2Sn+ckfiXe4curwVn3+rrX/+"
    "kELY+Fn3jQO+uGjmJxNKSfOr0Lfib8O6Rnnf5Z90KcWhwO6VX3023/nJ+Mj9TwHzNNxWxk"
    "KqaAYCkqZymmi8TbjUS8hMGCgMryHc+dsc1M0iZCzmJB0ipL2uSzakNJZ7EgaZUlHe/QMS"
    "VMSlI6bR6pn2q7uX2CPDImHqFlm9FXU54C68f6Zqy2uccpK4jxqXRGLEEqWxINid6vo+aX"
    "a/mwV+d6Jo01bhoQuAF2jKlNizaIPLXvS9e0M0Cd1rX/2W7v739ov98/Oj48+PDh8Pj9Yo"
    "E7f6lqpfu09xNnPCWZvAiw47iPXAeSrtqURmox3my9aBObO+/lmU/AgPYGtPsTe2YwLbNB"
    "HG0BVEONZr2BtDFn8lkkeaR+ZK8/iyRmrUliWhFWP87Xn/kwxrYz96SoTkD0Y3hT2wMnYk"
    "ukuE7DtJg1N13QEyJNIdJUCRXwtTkpIdJUWzErFml6YVOyUxFtKq63VkScilhTUf1BNF0Z"
    "cDqgBPHWYh88igS8xXcLITQgHrHYt3WDCXuKiP3ErJexNshjBpPFDiesST6sdE33hOBRRV"
    "YQIHhUhdUbCB7dDs/hCCpJcxIELNdZi3R9uzirs9QgSULAIimwSKAG5jaDRB/mUq64sDmQ"
    "W4vc5DeTIDkD03Ag3pQn7q85FopCgY1LTHuKnWLCk7CsgRvidiP8K2S+gufz7lnvc+fiXf"
    "ugdZRZF0/OhpntS6kt5eaM2+s4ZqzbY8+5MkQIh2QPTgOhD6/ow/58NnMKRonqJe4lSosh"
    "edsr3Ly2hulg/1l1ixY3UFkEO9c3nf555+r8BMVHPK/k/PYsTCsRB0N63T0b9M+NxYX0Z3"
    "b99rJ7lbic/Dikl52rX8K0l/BgSP/oXg1OEP9/SLu/dT9f3pyg8G/Wt/UyGSwQ1gNhPW+B"
    "dnUc8tfEs6NfmPfGRxdbq4o/LJvVcsOHG+twt7hPmMjZS7uLeoGPPPfxBx85rvmA+C2xY/"
    "+P+GhsU37Emn8UO3uLGCa+jQ91nhD5yo7uGdAv9s5v7lHgtFfE1QZOexXcnOC031ItVc5O"
    "U+04wqpMdKFifMZU2t4Nh3VPUOIDU3GvBp8GV587IrVbHA1p5/wLz9U+QdEBV6MvPhmnvT"
    "CRO/FBDaV3hgPul5bxmCQgKguzaVBYnbfmqPytOcovwrA5XjLxboHQkOD1B++Krd1DZSvP"
    "clVKTAao03LXllNiBJO27zOllIdaFbgH2dkKIaShVVFcr88rW+Ud7Nx0i5icYH8iM2CkQP"
    "p5stcfqAthpU26K8QbSrk3euKI7BT7N+KrrRUODjvRrs4Wxrbj/OjYDwQxUc95MvkuEhUo"
    "l/4FNPYI4S4H20fsNi56ILMAPU5ch1eZRHc+xTN/4gZ3rXDPYfItqjvJ2vNBhliF+xtv7c"
    "Hg/VDEMgTvhwpWOXg/oN6lbly/THio0kowuPPAnbfSnfcmimqeX3U+3Zwg8YeJrds/DwMN"
    "woMh/dTrdy56f4hamvHhkH4ZiH2a2P9qiCou9fQ8keXvorTobvuXnZ7YCYv/FVEiN73Oxc"
    "XvRng+/ZlfD8+qIrRwtVl2YkqhYGZaPTPF6+WNvLoF4EaeXdU4fxHHbpkAyn2Rpaxr0NPX"
    "vzjUzGcO7vJ0qKw0gRnYW2bQatD/LOh9KR0uIN6UEfJUoMaVJ9oVYXVaglxfDRAo7AmFPd"
    "UcE9ZY2BPCzyH8/K3RzsuSSJO+AAHlDSjnOgf7itKsJ3FAfAPiKQmalG1OwXRSD7fsyODZ"
    "eU2qZidhQH9j+u891/ebCCADBBE0FoHYhamBBNI4EEBjAZgesWweO9hACHksCKKxILj7qo"
    "EMUjCgvzH9UEseaskrQzbUktehMk0Y+tVoy60CqI6Mb6B+GHWLVo0qVobdwhUjPeityW8l"
    "wfmQU9fziMnVvigLQDr2tOQG+olgA0EoUTZCnvCKGkwJjA4cb90P79KAL4rKJsBlcTpwv+"
    "kcuJlHvtru3JcmOwcEtmuwbY0Nf4Lbh0dSVKdQwPNqnmELFtiCRYnp8TXkyhaJeSTlkEmj"
    "tFgYTI9Qx3X0yuNyvfI4X0UV9rp5C+9TlPbcSNBZ7BpErZgaoKek5cbOLE4/9W79g6fLtD"
    "W+DiP/TqWR8Eap/Eb57tzjvqpmTq9CtH4v1/o9XkyX8+VWiJYI/fg9rOXTPaxw6R7mPbqY"
    "vSZExP03WqwogetH/kYWLMSYE8+6DaaQIjxMJCpPJKImf2n6SPl7lsXp94KtOYGEfDMnmN"
    "4TwytOJavaHSSHffYGIYoxX5VUttwfZK9de4OQBWOyiXs54FvO3luQESqMMuNDAVS/IWID"
    "FWcSw2rTaOw8HrL7m0biMQPJMuS1/gxMv56/EdWfs9bIG5gCgr6psr4ZiUrOD5gC6fcyrc"
    "cJqFxZ14qN5JMtWvXKuzbZTP7RDiZiqxg85eHQ7C+1xGc2TSKuNPNl7Y/oLj6843VU+e8J"
    "95R5nNgOCQutsvYmptQN0IgIpFVU43WbD4Yar4oob1DjVQXFGWq8bofnhisOa1hqeGtMw9"
    "b064/UClMZ+BTdrHRuAqmfGrqBAHHYnB42p3+BhDXYnH5bzNdz3MPm9E3GjHWnAMLm9Nvp"
    "w7A5/csUyoLN6WFzeqgOCNUB3w7tUDENKqa9XfqhYtqLiyBev5Id+JM4GPkblQGIy1Y0cW"
    "YWovUzodfv0MTWV64oyvKdhgHRNZaZAiK9bJrAAMXFFKsTI3IZbu6wUxwfEl9trYgNmSXa"
    "1QoLiQDIHSOX8j11xbJki2+uy8Mtos8/+CgOoiwO8mh2GwjZUOIl4LeAkI2XH+MhZANCNv"
    "RiOoz2a2KSZpFgkza2SWEzpHxXX3Mu25TpL27BaFK+TrtEaMjuJvLMG6Q+Q8KzfBCNKN0v"
    "n3CSgEGRIaXzTaA225sSM9Rm0zqzqPu13GcUXmut8BiRr7X9RR12wQxaiN2PMGFasXeHwa"
    "jPrrBm7DMOkInnPr8c5J1FDe4xpEN6F0dyi8QgDuAeixH2uU/JfaRIhCNz95NNfeIFYTaR"
    "T/5atI8dEqz9PZ79OPYIiUDsLGL9nh36LXRvMz7YTYY0+63Yv+t/X9gBEblLoydxV484+A"
    "nhccDuY7rTqR3wdpfhy8yat9DjhOkg7GcsEpqYWWM7HEx30V1kvPMvOqSsRfj4KFvqRDzC"
    "Z4KNvikziui9OCmk5sfutvAuLYFz5wHC/CcKMgLBznOdbeWR95W7AEkF30eqlrqOty3abu"
    "COU8HmeEEXs+bMvpSjU2lzbgPZJuQvuRE7AkB1jKautuV0Lkd8Ggf8Nw5A45RJ2Dtxew1H"
    "7aM6w8lR+XBylB9OzAmZYkO+XH4eqJM3f225mP589CcxA+napSmYhj15A5nE+MlxcQHN5Q"
    "F6CYgWFG87Po8Z0UVLgBV1S2OAFnRvvMi1KRbsmrh1M1Dw6yrn11XI3Sj01Av3fqfE5bi4"
    "3lrldgw1XidqutL3+LP7yC55pc4vhD3CvvB0RFhX3kW/enYQEMrddI8TlwG86KLfit131B"
    "251hMi7HF5N+XmH/cMd5wycUIQCQeut40oaA72A3krOonSycLYghGtzhTTs8h05gY89ugX"
    "8lQyz2QarZps7GVz4yFqv3LG+ZWvQmE0nQdYrP+IRRmMGB5NsI8sNhm0kO+Gq1UYeWTG9C"
    "PR0ubl7fxHPjWI0Z8Xq+PNEb5nos1PNht9EsRYKzK6wcyiwswCduhG7dBodK1LbtRcQ2rb"
    "h4d1gvMOD8uD8/i1jJU/44RI1rdKgTRkev2O7jF7OPFmXqQ01iU6A9OR6rXvvevOA9OdFq"
    "zZVKdLJ2Ba0Lz1bGkIAgVn4aYtuV/JaOK6D11qzVy7NEox26q1wpZ7DNsbJAlYHbpIEeON"
    "UeuHVpRHTGJ/JX7CuZcMEmwh10s7/D4KwwtHQYYLtyBy3PvYXjPnnu96BSGP23u2CJX02K"
    "vH/fk+YS9r4N8h376naER8ZgbzmMjo7CIO0fYQf1e5MTmf7fIWDjEXsZaPodHJnZc/+CLq"
    "kp+dsm/DvkwLjZ54cCbxprbPF3f9u49hlGMUdRl+URx+4N+XG7R2sIs63IzlsZP8hy0vY0"
    "oe2U3Jk8us2buwiYiO5PfgDlnsi18ozotfIK6GXtYAP5DoC09EfCmzin2bmmR5J/7pDuxi"
    "lWwzsItVsIshJG8rNM89R8akiJpr2IPb7w+Oa2WvHRxXpK/xi8oUgVa6K28kWVDM7tGtJC"
    "24DFSLHr5tK24SJq3IUp+AAe0NaI80aFnaEzCgvQntAQ7mjasZL9Eqk7/T7XdOL3j54ehg"
    "SM9719Gp+ChrYNYZ/tdfXtiyfc5Nk80gC6Aw4daacEMzXz4yIo2D2IjGCQZjbDvsW4WOBF"
    "nfaQ4MO3Oq5j1N1xxJ+dFk5/sC+Pamnp3//HdHk3lfpD6TAr/Eqes6BFdtT0WK/BIjBtsU"
    "7Ysz2+X9dDC4SPF+2ssSe/v5tHv1bi+zZ0d+gMMzuzzDpyJKIg3bYkdvv28f/bi392P7cF"
    "MdPruZUo1pfa9qI6V8mmbkb88TXmVNJEA6aE/bHlYSaxayI3sGCqN6A/qXSztymmwaB5my"
    "TRXZ7BJaIymk0CCLZ8qikU2RxYJJobJJIZ87DUnT1UnTEMn0Jl6c+cxqKOY0EsSsnJiVC1"
    "g7J47Nht2y3KNsq1bNgDUrCai1N0MYPMXL04WxYGHAWyuK3ApLymHTJDPWV3nQWFg8TsRw"
    "OQT7JNTP7tAUew886orHUI0I+37IZzcu3shhw88Ma/mFtRQWpfn+dT3oh6FxImQseuYPPl"
    "oYuXG82TKmrLWsjcdwPOP2iR0EZDpLBpeNyL1N2RceUkoekefOqcXvEjXkybmich+/1dj2"
    "/IAHigXek8ELC95Fz5tCuJhKsTQQLvZy3EO42NZpDsdCeaJTOOjSdbgWEUmyRCdAwHJtlg"
    "VHOZ7LlxfSKA2J3kC1tm0Wf1SO3Bfx472JCKXLbv883Ag9POAbp5+ddbvn4abp0eGQfur0"
    "RNRS+Ddra7xMzFKk9zPS50WpneWbEWVxOr0ka3PFUfItMGKq5B01BXBwZqvmrEkV6Vna+7"
    "KyzkBBzirLmd1qxn4dMcrmt4plwhxSo1XCtQ2cxPPkapIsAPrZ0Ie1wmYPK8JmD/NhsxDU"
    "tPWgphcosatYv95+RE3suZYaoZOg7am171/J0AzLy29CxRnb1PYnjeScgYIqq5qclVtf7o"
    "Q27k7l8nLcqFVzdRkn2tdaXP755uYSeYR1MT8Qa6IoXqBuiW3DoizRxZ5ioqyGzddkeTpD"
    "tG3bNCy88Rhu2DYliHNVvLC84efB+qwirn5Yn1VimQXWZ7dBczyEyRKdwUGXrsF1WFBfwr"
    "ZZAsBdX2DauA8F64OVKXUPBVxuMpvuZZTaNSbTgecUPKev23MaKexGw1IzBfAtelH//r4p"
    "7+n2fXvRcNBYDnk8COI5guD1MGWc2zmgDgPQttm35mElc2MqM5dmUKAMFocuec383Gkk+L"
    "nB/1nq//yXO9opdnryK60Vns4/ozarN+5xvYcwncQON89B7jwQxY95nkfsggw30/EfiCWy"
    "XezgIzvFAJ77GOelsNE2mLQQRgwxZ3ehzhN6FDWG+dVH9hg2lRZs57Pd54uUmjCgJnAfCL"
    "1DnN9km/BZE5eJiT0nzuVJ5evsoruZ5/Ku5t+he5fBx547Re9R4KI9cLCq5BEBB6sK3ihw"
    "sG6F5gf2u2Ts+7i9hn14/SkCNp3NC/S9alNyAdKC4m1bMG8iReDft91bHvof/h3Sq9t+X6"
    "QMRAf1UgaG9KzTP+teiFOLw6y29TKJBLGuVGAsEdOeYqdkok3AspZSiNuN8OpIcx2v0nn3"
    "rPe5c/GufdA6yjjNk7NCmmOmw/rMlJAZ/RMQ/SbXjRSUjTPhJdwpSQj4Ugp8KVxqDXjNwo"
    "DbohW1OW3go1qiwD+lnH8qVeYndDJI7iKaRsHIX2/vDlg63fTSqc+/co7hlSt1EUoHmre/"
    "PCecq8QyRlIjSBansnnVsI+vf69nk9uojrHgLk94ZThRERyCi+oHFyVc/jJdPQPTYZTZtB"
    "MSEp3fhvYJyV5vQswKxTrAywwpfSDnVxzScm2yfjIXv7oormVxubUiuMVPNlwd4TIhNNwz"
    "3HOtuclLpbqPFM2IZ7uWbYqwDxF8MieIl9WJs+ZcUb01EMEm7hhRFwWE4qJSsBt5wjNCSM"
    "RfCS03bq9dFMm6VoHLo0iiOkyyg2YCBvqPciMmGI5gOKrFvVZvFPYDo7lZUQAHeSsv72cY"
    "GEV4kLjyEpdeMkuj9Jsx17Zupo5B151i2/kcxREVG3WpJq0Vhh3hjY1EYNJq666DouatcN"
    "uLsPQJ6wmY+jjcDkME9D8yu0psscF31vgoiqjkkwf44Z/uKESwhiIFAHkEi4O84bfNh4vM"
    "BZeaYuk+TlsQtV2mcz9AI76/h20h3kIkP7SQPzcnfEcRnlThB2QmCslQFFJPmJHqkSl/Mz"
    "x/F93F25TcCdv0ziPjuc8+DdkPeWKPsdmtPGLaM5vwn8K/K5cV+57eV+IxjP/Id5AV2Rn3"
    "rmvtol8ntkOiPVCWe5q00F2mdK3Y2AQjocJB7oRKqjnkTqhgFkHuxFZojkZFWZ7TMCD6OU"
    "kqq0P6X0PCyk6v/2XQO+ueoOhgSK+6n3v98+7VCYqPhrTbP78c9Po3xnnvunMqwvZzp7L6"
    "xsuE73PVIS+w8p0xouZQgaWgilCkvsmYRUmMfuPLXi0X/V6Fj34vn6rluCZ2pFZAlgiVh5"
    "bGEbG1AmIr4mGzBDPbH1sWT84h0tVVslgtCN926KZpNhdAFgsCaJKaOB/9ScwCX2b5GJOA"
    "aEF5ZpA5rDXKHFYMM4eQ1bY6t6FmckNldkNBZc4A2470SJKAadGjIb95A+ZQNr/5utu/OU"
    "H8/3wO8+ngtn/GT0QHrPUvvctLkfkcHqhhEkEi6Ppto9gBLTsIJXEqvwjKjkKRq1+W9wQM"
    "aG9AO6QUbjilMNIECz26K/VHfVco9mu5A/Yr/AH7eYfAzBob/gS3D49kuE6j9OvWRwd1wk"
    "8PysNPD0oUj0ZxNFksxNCoHEMD+8O+LXlP+G+Qy8NOQPQbO9fvtIaExTfxIsXCknuX0igN"
    "1b71VzTg4VxN0kKXMJiRVHuR1AktHXgW8dj7SilxdopDS1NNWitCS13e2DATrVeHllIULZ"
    "SFMZmBqCbt2/eUWEjczxfxjiLzL4psa7EL4iQPugyDsArCRtd0YxESGm75599FJas5hpJH"
    "sW8gazm2PT9oIYLNidgsUFy3hUs54KmHYWSnHSAeb/oxiZ5gH1F2C4jJVCmOCmIyX457iM"
    "nc9iZ2L5rHrBS5G6lqF00dsp7/BEwLprfu+aecCNkKYAkUFP6SKPzFs8r4QlXTzMMEFuwV"
    "1eyVfJ4ptp1nZJkm0SDtVyHtuScX6ZvB6aeHbWQx9SuzSfm3yjFdGvCSQEC8S8HEBO7oNz"
    "FOzWdWQzGnkSBm5cSsjrO0M7fsoEsD72mn2FWaaNBa4SjFvKlBFm1XukkHlCDuV70nPMFc"
    "7OAnAt1bPPf8jj1r13KnTOi7E9sPXO/pDgXEcYoT6p95L3BTKuLDATelCv4zcFNuheYosS"
    "ckScIUyeI07NMbyEaOSJPs1GmYhkyvv1uHBWxkOvQSoSHB6+/KoaIjn7+5hGlB87bd7+7U"
    "DgrzTEpdGQkEuDIKU3cCuVSGBUCLDrzpQCvBliG7uW8apSHR6x+QGUEjMsHO2HDHUtpFFg"
    "ha82r1IvIPG2PPncq7lRcwKDOTH49jjgK3AbEhCGgt2E4z3HxLMqEsjdJvZNhrH9ep4NM+"
    "Lq/gw6/B4gh4zbftNSeebU52Sjzm4cXWKm/5stkqR3m5hNfsti4d4guHoIKhPRpv1PVZr2"
    "VgL/dRly52l4/y5avdOqja7cPDWsV9DiuK+xzmzJpZQVnBCntmVlRWUAd292oFbOxVBGzs"
    "5QM22BMDQot21L0e9EumziUkO2/aZoD+Dzm2/xrdHRXkcjKqHUxZX1JmFuQ3OH3pmuzf/x"
    "8HZqEf"
)
