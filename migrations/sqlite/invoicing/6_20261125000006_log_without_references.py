from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        BEGIN;
PRAGMA defer_foreign_keys = ON;
CREATE TABLE event_copy AS SELECT * FROM event;
DROP TABLE event;
CREATE TABLE event (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id VARCHAR(40) NOT NULL CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    seq BIGINT,
    entity_seq BIGINT,
    type VARCHAR(60) NOT NULL CHECK (length(type) <= 60),
    schema_version INT NOT NULL,
    subject_id VARCHAR(40) NOT NULL CHECK (length(subject_id) <= 40),
    payload TEXT NOT NULL,
    actor VARCHAR(80) NOT NULL CHECK (length(actor) <= 80),
    occurred_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_event_id UNIQUE (platform_id, id),
    CONSTRAINT uq_event_seq UNIQUE (platform_id, seq)
);
INSERT INTO event (platform_id, position, id, entity_id, seq, entity_seq, type, schema_version, subject_id, payload, actor, occurred_at)
    SELECT platform_id, position, id, entity_id, seq, entity_seq, type, schema_version, subject_id, payload, actor, occurred_at FROM event_copy ORDER BY position;
DROP TABLE event_copy;
CREATE INDEX ix_event_entity_id_seq ON event (platform_id, entity_id, seq);
CREATE INDEX ix_event_subject_id_seq ON event (platform_id, subject_id, seq);
CREATE INDEX px_event_position ON event (platform_id, position) WHERE seq IS NULL;
COMMIT;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        BEGIN;
PRAGMA defer_foreign_keys = ON;
CREATE TABLE event_copy AS SELECT * FROM event;
DROP TABLE event;
CREATE TABLE event (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id VARCHAR(40) NOT NULL CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    seq BIGINT,
    entity_seq BIGINT,
    type VARCHAR(60) NOT NULL CHECK (length(type) <= 60),
    schema_version INT NOT NULL,
    subject_id VARCHAR(40) NOT NULL CHECK (length(subject_id) <= 40),
    payload TEXT NOT NULL,
    actor VARCHAR(80) NOT NULL CHECK (length(actor) <= 80),
    occurred_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_event_id UNIQUE (platform_id, id),
    CONSTRAINT uq_event_seq UNIQUE (platform_id, seq),
    CONSTRAINT fk_event_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_event_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
INSERT INTO event (platform_id, position, id, entity_id, seq, entity_seq, type, schema_version, subject_id, payload, actor, occurred_at)
    SELECT platform_id, position, id, entity_id, seq, entity_seq, type, schema_version, subject_id, payload, actor, occurred_at FROM event_copy ORDER BY position;
DROP TABLE event_copy;
CREATE INDEX ix_event_entity_id_seq ON event (platform_id, entity_id, seq);
CREATE INDEX ix_event_subject_id_seq ON event (platform_id, subject_id, seq);
CREATE INDEX px_event_position ON event (platform_id, position) WHERE seq IS NULL;
COMMIT;"""


MODELS_STATE = (
    "eJztXWtzo7jS/iuqfNk5Vd7U5Do5mU9O4tn12cTOyWX2cnyKyCDHbLDwIjyenH3nv7+SAJ"
    "u7EWM7CumqVIxBD+CnQepudbf+3rHpF9c2bfq42zZNd0b9nVP09w7FE8I3co620A6eThPH"
    "xD4fDx2JwLF2Q+Z72BRnHGGHEb7LIsz07Klvu1Q0bqMJ9p6IP3WwSZA7JR72XW9XgC3X5G"
    "hx9vJ2M2r/NSOG7z4Sf0w83vo//22Jm7PIV8Kir9MnY2QTx0r+OEucQO43/Oep3HftYJt+"
    "kk3FTQwN03VmE7psPn32xy5dtOf3KPY+EiruiVix30pnjhOyEu0Kbpbv8L0ZWdyltdxhkR"
    "GeOYIxgQ7uYLlvxzB6/TvjtnNnGDsZNiNEjLhwl+lSIQmb+kwSMMFfDYfQR3/Mvx6+/xZc"
    "Z0lE0Epc8HP75vzn9s27w/f/EBd0uTgDMffCI/vy0Dd5Cuzj4CSS9iXP8jPD9PkYe/lER+"
    "3XQ3W0Y8n18mHcOtn776uwzVsV0i2PCb6X/JoeEXwY2M+yfMGP+PaE5DOdRKb4tkLobrTx"
    "CtkvIfuue9W5vWtfXYvTTxj7y5F8te864si+3Puc2vvuOCWXxUnQr927n5H4iv7o9zqSTp"
    "f5j5684rLd3R874p7wzHcN6s4NbMU5iXZHu5JidqnPe1ODTLDtqLxPGWCtFyvsoXSRbOq9"
    "Ojqs8l4dHRa/V+LYt29isBg9xboxsWOIzac59iwjc8Tdd4vaZg9N9ifpPZjiR8md+JHfWv"
    "EBl49E/sj1JgXj8eLwqgF5Gm+4ckTuU4LCIRzZFLn868S1CBf/mCCfUEz9XdT1GXqwrQdk"
    "M0S+EO8ZuWLsRfKaP/Bj0TUN3ig7mm/oGqAJaK8JhFI3FPlOwhqoFqyL+SXT4oXKHyM6dD"
    "aRNHf5DWFqkgzdEVZnoncuu587p0j8H9Dbdu/irP/bKQo30j1OFREc7FcQwcF+oQjEoaQI"
    "HMz4mPuF8AeXkb+ywjizH7vUz3/is9iUMOzAxNqEMN5v6pF/FHfw4z/39w8OPuy/Pzg+OT"
    "r88OHo5P0JbytvN3voQ4lQzro/dXt3SXmIHUkpsDmZ1hZDDhjkUE8OYKQUCuS1Gyn66Mwd"
    "6tv+c4HGHB5cpS+TZbMK/itGHIdrpe4IYRRppGhu+2NkcwXWIY/YQbYVnLPFldevHOH7/J"
    "qsxe9/MiTiyUCYWmjo8f95rq9NXAJ0ZU00tmJdOWbfKBGewumsxGmjLZOvPvEodnK5Lnas"
    "pGANdKtswl0J7uDN8itHBEOV5SQKuK7GNbeg/Rmra2gv0TrzvdM+v5PGdvDJze372+tO76"
    "JzwQ3uaHNABUv8MN8ZbelhhnPlleu3TPmFSOOgd6/0RkS0OTYle3X4XgCBcGXC9+sSvg+E"
    "KxMuTGez0M1aznkc20TaK7FeQnoR52ZomqvyHeGax/VeJbL3StjeK6bbI4/i5moQvkQ2kP"
    "JKjJcQno3gENNbntKTHYPorDzW7UGqdCDF/UfGvlcNmYBQidWhEnGCp5wkpYFwAWgewet3"
    "T83JkNm+Er8xSPMY3ohaJ0YscUlfccRL44DuSnT7/Aq2leM6+Rdz6R35WjAjG4M1Ytgrm/"
    "vr/HaXmPaL+Hx31f7tH4mpv8t+76eoeYz/88v+WVrTmHkeoWaOqlEypRAHNYL1lM+pisup"
    "2OOUebLtCTH+pzgeJkAN5Pi4itJxXKxzHGdUDsc1saPm4l4gGkjwBmxuMc8fzJHXDiVLn0"
    "Nn4nd6nc+dm1MkPwa03zP6NxdiR7Ql9123f7/q9O7k3nBb7v90f/mpe7k4tPyqhxc8CAQw"
    "xMQw9pVH3SxaZ0FqO/hO8fNEhJL5xJsYFn7OkUNhKFoudnvBaJvsx4J4tP29ww+HJwfHh4"
    "swtMWesuizbKTZF+wbgVJOPJIzn3/mug7BBapOFpzieMjRr5Dksvi9fv8y8aifddPP8v3V"
    "Wefm3Z587nkjYVjmUs8m2HGM4YzZlLCcp7uU+iwYqK9OvavMtwskq5Jsq7NsA83qz7KIST"
    "TijhVljaXgFKC21FBb5mNCjRn9QjybX7MgQm61LZBzGp3FsfNz//LiFIn/Ayoo/KlzioLP"
    "Ab1s394Zn9uXXd5iua2Hqj/1uLHFuNVlOjOLGD7+qthl5Z8AOrDqHRiZGf7YI2zs8quQry"
    "YhlrImWngOEER1QfBHeYK9Z0Gr6ynNT6WBzXPrl1lVUcfzobDf+ZBxe5KJCD1X83rGMDqP"
    "BdrMBI5clxumKhQvEc17gvfeV5qZEs1KgjFyIqjdRzfgSYHoBKh5XK//WY48WmKAU3ums8"
    "jm8b2RSdeIOHuIlea407jm0X1QZX7qoHh+6iAbEhNyNrTNOlSHsOYxvbdXpcveK+6w99JM"
    "c4uS5QZtFDrTYwhwoUOytgrVrz1ZOy7m2dSqKeYkEsSstZg9MnWeDd9VGYbimOaNQRuJgf"
    "XIRPw4jxmEChJUHT65+C06exZ7Xq23J2KwYG69fMYgA27CY7+NqQLdyn9cckN8p6wEiGzQ"
    "qlQGxHCititrgdyNCRo++4QFlTqCqh0/MCTO0EJ4ij0fjTx3IqvcBWdHzOXfsI8cm/kMUV"
    "HnDpnY855Fo0m2GMiGrgHVQDRxjkA1EB0cU+Grr8h0AgU8V+BZ1KWVIW2KntY0DsiuTnaO"
    "TmpT7D2XMp2niIpR6BXSXKaICnUmrhBxNs+6vfbN7/kaUdQ+bq6d/X7XaaeYByu7lnr6Gq"
    "xsfVTf9tT+hRRVvgsPrlJ58dQ2nohC6TvTIz7iiBZivusRC2Ema9Ld/tz+cf/o+CNiY3cu"
    "CjybBInoH35QlHOeYIvkF7r73hOCIqvJuAOKrA5j/kspspo5QTZNMxS02/CstUdGdk4QY1"
    "n0VoRoIMd7x1UmUNOqUGwC9Ti3UvnInSkFYSRADaS5ygxB8fxAZnaAazXGGLOxCsVxTAMZ"
    "Xn9O8JR4E5uxOgkDKWgj6N56cQEIG2iqpZsn5qFawaoEqhHvV7I7O6mi+pwUaz4nOWWppz"
    "aXW433KYlcw/ukmUrfpNfJI1/cp1q9ZhIJUtZNyvq4B89nzHcn0iOW5yBcHG6tcBGa8YYV"
    "fITD2XOwdIVY5C2Yrm4Fa1eIGeqwWKRcm+Jz+w4FZSaC6WqLmLZFgiXh8Nc8d+Fazw2eQ0"
    "3cKuA51MGlBVPgsPBI4/yI4KfdLL9P/Kfl87u6OECE1ZnrnfN+7/b+SpQEi7YG9Oz+ttvr"
    "3N6eomhrQHv9nnHX/q19dtkxLjs/tS+N687Nbb93ioqOpNWbSilLa68cAGWSNxwiDmuRwF"
    "okb4VwWIsE1iLRgvZKrMNaJLAWyaukHNYieWVrkWy9brXWz+/6u+dghQAVfpeI5vG7fpdV"
    "wJZRo5vIIpvH95o7i5Cy71tmNHMSnTvpnbCqovwY0G4v/B5uDOh973PnpvupK1YaXW5Lp0"
    "tHOlg6ejhToqd9TMx6s7u5J4BJXt0meXP7Rso4R8pLCRXAm9dLrj9UJqRO1bGWgjWP6Y14"
    "HaDgEhRcgvEBCi6BmHWM9ep7VmGgV3CstSLKi2GHMMNdtF0Z6PWriKrCYUTW0J09jv1kYN"
    "YuehjxqxBvyh8C/0EkbYroqzCvU7QVX206nflBiFbYrSHbz4Z+bfxqEAymidcBgsF08PhA"
    "MNiWSnSEwbWqTKdwwLXegXd6U70Rg9HEnq/IdAwCVnklkr/PSfxKvMPXN/3zzu1tt/fTKV"
    "puSz9xv3veCRzFcmtAP7W7l2JP8Dmg5+3eeedS7lpsDuhN59N970LsjLb08B9zTcWsZSom"
    "gGApamcpJovE27VEvITBhIDO8h3NnJHNTdI6Qk5jQdI6S9oUo2pNSaexIGmdJR2t0DEhXE"
    "pKOm0W2TzVdnPrBHlkRDxCixajL6c8AW4e65ux2maeoCwnxqfUGbEE6WxJ1CT6oIqaX6zl"
    "w1qd6xk01rhogO/62DEmNs1bIPLMfiyc004BmzSv/c/9/YODD/vvD45Pjg4/fDg6eb+Y4M"
    "4eKpvpPuv+JBhPSCYrAuw47lzoQMpVm5LIRvQ3Wy/axMfOR3XmYzCgvQbtbGxPDa5l1oij"
    "zYE2UKNZbyBtxJl6FkkW2Tyy159FErFWJzEtD9s8ztef+TDCtjPzlKiOQZrH8KaWB47Fli"
    "hxnYQ1YtTcdEFPiDSFSFMtVMDX5qSESNPGilmzSNNLm5KdkmhTeby1IuJUxprK6g+y6cqA"
    "0z4lSLSW6+BRJOEtsVoIoT7xiMXv1vXH/Coy9hPzp4y3QR43mCy+OeZNsmGlazonBI9qMo"
    "MAwaM6zN5A8Oh2eA56UEWa4yBgucpcpMvs/KzOQoMkDgGLJMcigRqY2wwSfZopueKC5kBu"
    "JXLjd6ZAcgrWwI54U564v2ZYKgo5Ni4x7Ql28gmPw9IGboDbDfGvkPkSni86592r9uW7/c"
    "PWcWpePD4appYvpbaSmzNq38Q+Y90ee8GVIUM4FJ/gJBCe4RXPMJtNp05OL1E+xb1ENaJL"
    "3vYMt6itYTqYfVfdosUJdBbBzu1du3fRvrk4RdGWyCu5uD8P0krkxoDeds77vQtjcSD5nR"
    "+/v+7cxA7Hvw7odfvmlyDtJdgY0D86N/1TJP4PaOe3ztX13SkKPtO+rZfJYIGwHgjreQu0"
    "6+OQvyWeHf7CrDc+PNhaVfxh2aySGz5YWEe4xRnhIucv7S7q+gx57vwHhhzXfELilNix/0"
    "cYGtlUbPHmH+XK3jKGSSzjQ51nRL7wrUcOZPne+c1dCpz2mrjawGmvg5sTnPZbqqUq2Kmr"
    "HYdYnYnOVYzPuUrbvROwzimKfeEq7k3/U//mqi1Tu+XWgLYvPotc7VMUbgg1+vKTcdYNEr"
    "ljX/RQeqfYF35pFY9JDKKzMOsGhVV5a46L35rj7CQMH+MVE+8WiAYSvP7gXbm0e6BsZVku"
    "S4lJAZs03bXllBjJpM0YV0pFqFWOe5DvLRFCEloWxfX6vLJl3sH2XSePyTFmY5UOIwFqni"
    "d7/YG6EFZa53GFeEMl90ZXbpGdfP9GdLS1wsFhx9pVWcLYdpwfHfuJIC7qmUgm30WyAuXS"
    "v4BGHiHC5WAzxE/joicy9dF87DqiyiR6YBRP2dj1H1rBmsPka1h3krcXnQyxctc33tqFwf"
    "uhiWUI3g8drHLwfkC9y6Zx/TLhoVorweDOA3feSnfemyiqeXHT/nR3iuQHF1undxEEGgQb"
    "A/qp22tfdv+QtTSjzQH93JfrNPH/eogqKvX0fSLLnkVr0d33rttduRKW+JRRInfd9uXl70"
    "awP/ldHA/26iK0YLZZdWBKoGBkWj0yRfPltby6OeBanl3dOH8Rx26RAIp9kYWsN+BJX//k"
    "UD2fObjLk6GyygSmYG+ZQavG82fB05fQ4XziTTghzzlqXHGiXR62SVOQ66sBAoU9obCnnn"
    "3CGgt7Qvg5hJ+/NdpFWRJl0hcgoLwG5ULn4LeozHocB8TXIJ4Sv07Z5gSsSerhlh0ZIjuv"
    "TtXsOAzor03/o+cyVkcAKSCIoLYI5CpMNSSQxIEAagvA9Ihli9jBGkLIYkEQtQUh3Fc1ZJ"
    "CAAf216Yda8lBLXhuyoZZ8EyrTBKFftZbcyoE2kfEN1A+jbt6sUcnMsJs7Y9QMeivyW0pw"
    "NuTU9TxiCrUvzAJQjj0tOEHzRLCBIJQwGyFLeEkNphimCRxv3Q/vUl9MiqomwKVxTeB+0z"
    "lwU498sd0ZUyY7AwS2K7BtjQw2xvtHx0pUJ1DA82qeYQkWWIJFi+HxNeTK5ol5qOSQSaIa"
    "MTGY7KFOquiVJ8V65Um2iiqsdfMW3qcw7bmWoNPYNYhaMzWgmZJW6zvTuOapd+vvPF2urY"
    "l5GPV3KomEN0q3N0q7uh0lK4XFW7Sq1e+os1rY3PbHshYonoj5Lv5JLfndx1+RKJsu7JaP"
    "6CHafBCFMsTvCYqGzse2Q4JKGry9iSl1fTQkEmnlFfHY5oWhiIcmDk8o4qGDsxmKeGyH55"
    "rzKGuYPXlrTMPaY+t3xS3XHa1XGyWGbJ6xsYEZQFh9DFYfe4GIJFh9bFvMl6X7wupjesV4"
    "wepj23mGYfWxl8mEhNXHYPUxSP+G9O+3QzukxEJK7NulH1JiX1wE0fyVascfx0HP/+rWnb"
    "wOSm/t5E/uRkdbKyZ2p7F2leZ0QwByR8ilYsUDOafQEksfiLnS8PsPDEW1q/JnaOudBuZb"
    "NXEvw3yrDq59mG+F+dZmMR2E6tTRJ9NIUChrK5RQqjL7qK+5VOWE6y9qy2kuEQ1kd/0dSa"
    "0sesifV58Bl4WV1AOZYzBIAdEujBky596smCFzbgPJH/p4jTpfin1GwbHWCo8R+VLZX9Tm"
    "B0y/hfj5CBemFXl3OIwyfoQ3C5bGNPGMicN+3pqcyucY0AF9iMIwZVS/AAiPxRAz4VNy5x"
    "TJWELhfrIpI54fpAIw8teifeSQ4O0f8fRHsepnCOJ7EX/u+SZroUeb88FPMqDpu+J/t/++"
    "tH0iEw+Gz/KsHnHwM8Ijn5/HdCcT2xftroOXmTdvofmY6yD8ZyyyEbhZYzsCTHfRQ2i8ix"
    "sdUN4iuHyY6nAqL8G4YMM75UYRfZQ7pdRY5G4LztKSOHfmIyx+oiTDl+x8r7OtOGy2tEaj"
    "UuRsqGrp63jbou0G7jgdbI4XdDE3nNmXcnRqbc5tZMUytR47BMDKZHVdbcvhXI34JA74rx"
    "09IihTsHei9g3stde/LBwzx2SCDfViRllgk7z5a0ukYrPhn8T0lRfyTMAa+CRvIA0QPzsu"
    "zqG5OLomBmkExdsOq+RGdN4UYHHXvAA0gu6NlyAx5YRdHbduCgp+Xe38uhq5G6Weeuk+7h"
    "S4HBfHW6vcjoHG64RNV/oef3bn/JBX6PxC2CMoWOaXWLvoV8/2fUKFm24+djnACw+yVuS+"
    "o+7QtZ4R4ZfLuik3f7nvcMdpEycEkXDgetuIguZg5qtb0XFUkyyMLRjR+gwxXYtMpq4vYo"
    "9+Ic8F40yq0arBxl42N57C9itHnF/FLBRGk5mP5fyPnJTBiOPRGDNk8cGghZgbzFZh5JEp"
    "149kS1vUpmJzMTTI3l9UmhLNEX7kos0ONhu9EsRYa9K7wciiw8gCduhG7dCwd61Kbti8gd"
    "TuHx1VCc47OioOzhPHUlb+VBCiWJwmAWog0+t3dI/4xYk39UKlsSrRKVgTqV77ygjuzDfd"
    "Sc6cTXmuYwzWCJq3XlsAgkDBWbhpS+5XMhy77lOHWlPXLoxSTLdqrbDl5kF7g8QBq0MXKe"
    "K8cWpZYEV5xCT2F8Jizr14kGALuV7S4fdRGl44DDJcuAWR4z5G9po585jr5YQ8bu/aMlTS"
    "46+e8Oczwl9Wnz0gZj9SNCSMm8EiJjLcu4hDtD0k3lVhTM6mu6KFQ8xFrOU8MDqF8/IHJq"
    "Muxd4Jvxt+My00fBbBmcSb2ExM7rKHj0GUYxh1GdwoDr6I+xUGre3vorYwY0XspPhhy8OY"
    "kjk/KXl2uTX7EDSR0ZHiHMIhi5n8hXK//AXyaOBl9fETCW94LONLuVXMbGqS5ZnEtwewi3"
    "WyzcAu1sEuhpC8rdA88xwVkyJs3sAneP/94Uml7LXDk5L0NXFQmwquWj/KG0kWlKN7eCpF"
    "Cy4FbcQTvm0rbhwkrahSH4MB7TVoDzVoVdpjMKC9Du0+9me1S5Eu0TqTv9Pptc8uRe3QcG"
    "NAL7q34a5oK21gVun+118b1LKZ4MYyuAHHFAfbLBQG3EoDbmDmq0dGJHEQG1E7wWCEbYff"
    "VeBIUPWdZsCw4Jtu3tNkzZGEH011vM+Bb2/o2fnPf3caMu7L1GeS45c4c12H4LK1ZUieX2"
    "LIYZuifbFnu7yf9fuXCd7Pumli76/OOjfv9lIF97MdHJ7axRk+JVESSdgWH/T99/vHP+7t"
    "/bh/tKkHPr0SSoVhfa9sFZRsmmbob88SXmZNxEBN0J623a3E5ixUe/YUFHr1GvQvp3bUNN"
    "kkDjJl6yqy6Sm0WlJIoEEW3ymLWjZFGgsmhc4mhXruNCRNlydNQyTTm3hxZlOrppiTSBCz"
    "dmLWLmDtgjg273aLco/SrVoVA9asOKDS2gxB8JQoTxfEggUBb60wcisoKYdNk0z5syqCxo"
    "LicTKGyyGYkUA/e0AT7D2JqCsRQzUk/P4Q4yfOX8hhw9cMavkFtRQWpfn+ddvvBaFxMmQs"
    "vOYPDC2M3CjebBlT1lrWxuM4kXH7zDd8MpnGg8uG5NGm/IYHlJI58twZtcRZwoYiOVdW7h"
    "OnGtke80WgmO89G6Kw4EN4vQmEi+kUSwPhYi/HPYSLbZ3moC9UJzqBg0e6CtcyIkmV6BgI"
    "WK7MsuQow3Px9EIS1UCiN1CtbZvFH7Uj90X8eG8iQum607sIVjEONsSqx+fnnc5FsOJxuD"
    "mgn9pdGbUUfKZtjZeJWQr1fk76LC+1s3gxojSuSS/J2lxxlHz1jYgqdUdNDhyc2bo5axJF"
    "epb2vqqsU1CQs85y5qea8l9HjKLxrWSaMINs0Czh2jpO4nlqNUkWgObZ0EeVwmaPSsJmj7"
    "JhsxDUtPWgphcosavZc739iJrIc63UQ8dB21Nr37+Srhmml9+EijOyqc3GteScgoIqq5uc"
    "tZtfbgc27k7p9HLUqFVxdhnH2leaXP757u4aeYQ/YsyXc6IomqBuyWXDwizRxZpisqyGLe"
    "ZkRTpDuGzbJCi8MQ8WbJsQJLjKn1je8PVgflYTVz/Mz2oxzQLzs9ugOerCVIlO4eCRrsB1"
    "UFBfwbZZAsBdn2PauE8584OlKXVPOVxuMpvuZZTaNSbTgecUPKev23MaKuxGzVIzOfAtel"
    "H//rYp7+n2fXthd1BbDlk8COJ7BCHqYao4tzPAJnRA22bfmgWVzI2JyliaQoEymB+65NXz"
    "cyeR4OcG/2eh//Nf7nAn3+kpjrRWeDr/DNusXrjH9Z6CdBI7WDwHuTNfFj8WeR6RCzJYTI"
    "c9EUtmu9j+R76LAzx3HuWl8N7WH7cQRhwx42ehzjOayxrD4uicX4YPpTnL+Wz3+jKlJgio"
    "8d0nQh+Q4DfeJrjW2OVi4teJcnkS+Tq76GHqueJRYw/o0eXwkedO0Hvku2gPHKw6eUTAwa"
    "qDNwocrFuh+Yn/LhX7PmrfwGd4/SkCNp3OcvS9clNyAWoExdu2YN5EisC/7zv3IvQ/+BzQ"
    "m/teT6YMhBvVUgYG9LzdO+9cyl2LzbS29TKJBJGulGMsEdOeYKdgoI3B0pZSgNsN8fpIcx"
    "2v0kXnvHvVvny3f9g6TjnN46NCkmOuwzJuSqj0/jFI8wbXjRSUjTLhFdwpcQj4UnJ8KUJq"
    "NXhNw4DbvBm1Ga3ho1qiwD+lnX8qUeYncDIoriKaREHPX23tDpg63fTUKRO3nGF45UxdiG"
    "oCzdufnpPOVWIZQ6UeJI3T2byq+Yyvf61nU9iojrHgLkt4aThRHhyCi6oHF8Vc/iqPegrW"
    "hF5m005ISHR+G9onJHu9CTFrFOsALzOk9IGcX3FIy63Jn5OZ/NV5cS2Lw60VwS0s3nB1hM"
    "uY0GDNcM+1ZqYolerOKZoSz3Yt25RhHzL4ZEaQKKsTZc25snqrL4NN3BGiLvIJxXmlYDdy"
    "he8IIZGfClpu1L5xUSTrmgUujiIJ6zCpdpoxGOg/2vWYYDiC4agX9416ozDzjfpmRQ4c5K"
    "29vL/DwMjDg8S1l7jylFkS1bwRc23zZvoYdJ0Jtp2rMI4o36hLNGmtMOyIaGzEApNWW3dt"
    "FDZvBcteBKVP+JOAKcPBchgyoH/O7Sq5xIZYWeOjLKKSTR4Qm3+6wwDBG8oUAOQRLDeyht"
    "82Ly4zF1xqyqn7KG1B1naZzJiPhmJ9D9tCooVMfmghNjPHYkURkVTBfDKVhWQoCqgn3Ej1"
    "yES8GR7bRQ/RMiUP0jZ98Mhoxvi3Af8hz/wyNj+VR0x7ahPxU8S9Clnx+/S+EI9j2FysIC"
    "uzMx5d19pFv45th4RroCzXNGmhh1TpWrmwCUZShYPcCZ1Uc8id0MEsgtyJrdAc9oqqPCdh"
    "QPT3JKmsDul/DQkrO93e5373vHOKwo0BvelcdXsXnZtTFG0NaKd3cd3v9u6Mi+5t+0yG7W"
    "d2pfWNlwnfF6pDVmDFK2OEzaECS04VoVB9UzGL4pjm9S97lVz0eyU++r1sqpbjmthRmgFZ"
    "InTuWmpHxFYKiC2Jh00TzG1/bFkiOYcoV1dJYxtB+LZDN02zvgDSWBBAndTE2fBPYub4Mo"
    "v7mBikEZSnOpmjSr3MUUk3cwRZbatzGyomN5RmN+RU5vSx7Sj3JDFYI55oyG/egDmUzm++"
    "7fTuTpH4n81hPuvf987FjnCDt/6le30tM5+DDT1MIkgEXb9tFDmgVTuhOE7nF0HbXih09a"
    "vyHoMB7TVoh5TCDacUhppgrkd3pf7Y3BmKg0rugIMSf8BB1iEwtUYGG+P9o2MVrpOo5j3W"
    "x4dVwk8Pi8NPDwsUj1pxNGksxNDoHEMD68O+LXmPxW9Qy8OOQZrXd67faQ0Ji2/iRYqEpf"
    "YuJVENVPvWX9FAhHPVSQtdwmBE0u1F0ie0tO9ZxOPvK6XE2ckPLU00aa0ILXVFY8OMtV4d"
    "WkpROFEWxGT6spo0sx8psZA8H5PxjjLzL4xsa/EDcqcIugyCsHLCRtd0YhkSGiz5xx7Ckt"
    "UCQ8lcrhvIW45sj/ktRLA5losFyuO2dCn7IvUwiOy0fSTiTT/G0WPMEOWngJhMneKoICbz"
    "5biHmMxtL2L3onnMWpG7kap24dCh6vmPwRrB9NY9/1QQoVoBLIaCwl8Khb9EVpmYqKqbeR"
    "jDgr2im72SzTPFtvMdWaZxNEj7VUh75qlF+qZwzdPDNjKZ+oXbpOKuMkwXBrzEEBDvkjMw"
    "gTv6TfRTs6lVU8xJJIhZOzHr4yxtE882xzv5btLwYGuFgxQvm63yjBZLeM1+wsLBJdeHkj"
    "OuhAO1vk7CtQwqxU7BwmG7WEEqHrdfp3WfTlM4qpSmcFSSpnCUicqZ5iRIFjMcNm8gu3uV"
    "VM+9EtVzL6t68iv6hOatDXDb7xVoSEtIety0TR/9H3Js9hp10BJyBRnlnqq0Uyo1CooTnL"
    "10dZlv/w9oTQok"
)
