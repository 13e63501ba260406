from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
BEGIN;
CREATE TABLE order_refund (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    order_id VARCHAR(40) NOT NULL CHECK (length(order_id) <= 40),
    credit_note_id VARCHAR(40) CHECK (length(credit_note_id) <= 40),
    amount_minor BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL CHECK (length(currency) <= 3),
    reason VARCHAR(500) CHECK (length(reason) <= 500),
    reference VARCHAR(200) CHECK (length(reference) <= 200),
    fingerprint VARCHAR(64) NOT NULL CHECK (length(fingerprint) <= 64),
    refunded_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR(80) NOT NULL CHECK (length(created_by) <= 80),
    CONSTRAINT ck_order_refund_1 CHECK (amount_minor >= 0),
    CONSTRAINT uq_order_refund_entity_id_order_id_reference UNIQUE (platform_id, entity_id, order_id, reference),
    CONSTRAINT fk_order_refund_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id),
    CONSTRAINT fk_order_refund_entity_id_order_id FOREIGN KEY (platform_id, entity_id, order_id) REFERENCES sales_order (platform_id, entity_id, id),
    CONSTRAINT fk_order_refund_entity_id_credit_note_id FOREIGN KEY (platform_id, entity_id, credit_note_id) REFERENCES invoice (platform_id, entity_id, id)
);
CREATE INDEX ix_order_refund_id ON order_refund (platform_id, id);
CREATE INDEX ix_order_refund_entity_id_order_id_id ON order_refund (platform_id, entity_id, order_id, id);
CREATE INDEX px_order_refund_entity_id_credit_note_id ON order_refund (platform_id, entity_id, credit_note_id) WHERE credit_note_id IS NOT NULL;
ALTER TABLE sales_order ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0;
CREATE INDEX px_invoice_entity_id_corrected_invoice_id ON invoice (platform_id, entity_id, corrected_invoice_id) WHERE corrected_invoice_id IS NOT NULL;
COMMIT;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
BEGIN;
DROP INDEX px_invoice_entity_id_corrected_invoice_id;
ALTER TABLE sales_order DROP COLUMN refunded_minor;
DROP TABLE order_refund;
COMMIT;"""


MODELS_STATE = (
    "eJztXW1zozjW/SuqfJnZKk+q89q96U9O4p7xbtrO5qVnZtdbRMZyzAYLD4J2Z/eZ//5IAm"
    "zejWjjKORWpWIMOoCPQLo6uvfqf3sW/epYpkUf97um6fjU2ztD/9ujeE74Rs7RDtrDi0Xi"
    "mNjn4bEtEThWbsw8F5vijFNsM8J3TQgzXWvhWQ4Vhbtojt0n4i1sbBLkLIiLPcfdF+CJY3"
    "K0OHt5OZ9af/jE8JxH4s2Iy0v/698dcXMT8o2w6OviyZhaxJ4kf9xEnEDuN7znhdx3bWOL"
    "fpJFxU2MDdOx/TldF188ezOHrsrzexR7HwkV90Qmsd9KfdsOWYl2BTfLd3iuT1Z3OVnvmJ"
    "Ap9m3BmEAHd7Det2cYg+Gdcdu7M4y9DJsRIkZcuMt0qKgJi3pMEjDH3wyb0Edvxr8ev/sz"
    "uM6aiKCUuOCX7s3FL92bH4/f/UVc0OHVGVTzIDxyKA/9KU+BPRycRNK+5ll+Zpi+mGE3n+"
    "io/HaojnasuV4/jDsn+/BdFbZ5qUK65THB95pf0yWCDwN7WZYv+RHPmpN8ppPIFN+TELof"
    "bbxC9kvIvut/7t3edT9fi9PPGfvDlnx173riyKHc+5za++Npql5WJ0G/9u9+QeIr+udw0J"
    "N0Osx7dOUV1+Xu/rkn7gn7nmNQZ2ngSZyTaHe0K1nNDvV4a2qQObZslfcpA6z1YoUtlC41"
    "m3qvTo6rvFcnx8XvlTj255+is5g+xZoxsWOMzacldidG5ohz6BSVzR6aH87TezDFj5I78S"
    "P/7MQ7XN4TeVPHnRf0x6vDmzrkRbzgxh55SAkKu3BkUeTwr3NnQnj1zwjyCMXU20d9j6EH"
    "a/KALIbIV+I+I0f0vUhe8wd+LLqmwQtle/OGrgGWgPaWQFjrhiLfSVgLzYJtMb9mWrxQ+X"
    "1Ej/pzSXOf3xCmJsnQHWF1Jnrvqv+ld4bE/xG97Q4uz4e/naFwI93iVKmCo8MKVXB0WFgF"
    "4lCyCmzMeJ/7lfAHl5E/spVxbj32qZf/xGexqcqwgiFWE5XxrqlH/lHcwU9/PTw8Onp/+O"
    "7o9MPJ8fv3Jx/efeBl5e1mD70vqZTz/s/9wV2yPsSOZC2wJVnUroYcMNRDvXqAQUphhbz2"
    "QYo+NnOPepb3XGAxhwc32ctkXayCfsWIbXOr1JkijCKLFC0tb4YsbsDa5BHbyJoE5+xw4/"
    "UbR3gevybr8Pufj4l4MhCmEzR2+f886auJS4CtrInFVmwrx8Y3SoSncDobcdpYy+SbR1yK"
    "7Vyui4WVFKyFskoTciXIwc3yK3sEQ5XlJAq4rsY1H0F7Pqs70F6jdeZ7r3txJwfbwScfbt"
    "/fXvcGl71LPuCONkdUsMQP853Rlh7DcG68cvuWKb8QaRy07pXeiIg226LkoA7fKyAQrkz4"
    "YV3CD4FwZcLF0NkslFnLOY9j20h7JdZLSC/i3AyH5qp8R7j2cX1QieyDErYPiul2yaO4uR"
    "qEr5EtpLwS4yWEZz04xPSWq/RkxyA6G491W5AqDUhx+5EZ36u6TICrxGZXiTjBC06SUke4"
    "ArSP4O3LU0syZpanxG8M0j6GGzHrRI8lLukp9nhpHNBdiW6PX8Ga5Egnf2MOvSPfCmZkY7"
    "BWdHtlc3+93+4S034Rnz9+7v72l8TU39Vw8HNUPMb/xdXwPG1p+K5LqJljapRMKcRBrWA9"
    "pTlVkZyKFafMk23NifFfxf4wAWohx6dVjI7TYpvjNGNy2I6JbTWJe4VoIcENjLnFPH8wR1"
    "7blSx9Dp2J3xv0vvRuzpD8GNHhwBjeXIod0Zbcd939/XNvcCf3htty/6f7q0/9q9Wh9Vc9"
    "VPDAEcAQE8PYU+51s2idK1LbzneBn+fClcwj7tyY4Oeceih0RcvF7s4Zrcl2LPBHOzw4fn"
    "/84ej0eOWGttpT5n2W9TT7ij0jMMqJS3Lm888dxya4wNTJglMcjzn6FZJc5r83HF4lHvXz"
    "fvpZvv983rv58UA+97yQGFjmUs/m2LaNsc8sSljO011KfRYM1Fen3lHm2wGSVUm21Fm2gG"
    "b1Z1n4JBpxYUXZYik4BZgtNcyW5YxQw6dfiWvxaxZ4yG0eC+ScRufq2PtleHV5hsT/ERUU"
    "/tw7Q8HniF51b++ML92rPi+x3tbD1F+4fLDF+KjLtP0JMTz8TbHJyj8BNGDVGzDiG97MJW"
    "zm8KuQbyYhE2VLtPAcUBHVK4I/ynPsPgtaHVdpfioNbJ+sXzaqihqe94XtzvuM7EnmwvVc"
    "TfWMYXTuC7SZCZw6Dh+YqlC8RrTvCT54V2lmShQrccbI8aB2Hp2AJwWiE6D2cb39ZzlStE"
    "QHp/ZMZ5Ht47uRSdeIOGuMlea407j20X1UZX7qqHh+6ijrEhNyNrbMOlSHsPYxfXBQpck+"
    "KG6wD9JM8xEly3XaKBTTYwiQ0CFYW4Xq1x6sHa9mfzGpWc1JJFSz1tXskoX9bHiOSjcUx7"
    "SvD2rEB9Ylc/HjXGYQKkhQFXxy8TsUe1Z7Xq3aEzFYMLdePmOQAbfhsd/FVIFu6T+u+EB8"
    "rywFiCzQqZQGxLCjshtzgdzNCBo/e4QFmTqCrB0/MCTO0EF4gV0PTV1nLrPcBWdHzOHfsI"
    "dsi3kMUZHnDpnYdZ9FoXk2GUhD14BsIJqII5ANRAdhKnz1FZlOoIDnCjyLvLTSpU1RaU3j"
    "gOzqZOfYpBbF7nMp03mGqOiFXiHNZYaoMGfiBhFn87w/6N78nm8RReXjw7Xz3+963RTzMM"
    "quZZ6+hlG2PqZvd2H9nRRlvgsPbjJ58cIynohC6jvTJR7iiA5inuOSCcJM5qS7/aX70+HJ"
    "6UfEZs5SJHg2CRLeP/ygSOc8xxOSn+jue08Ihqwm/Q4Ysjr0+S9lyGomgjRNMyS0a3jW2i"
    "VTK8eJscx7K0K0kOOD0yoTqGlTKDaBepqbqXzq+EpOGAlQC2muMkNQPD+QmR3gVo0xw2ym"
    "QnEc00KGtx8TvCDu3GKsTsBACtoKuneeXADcBto60s2r5rFawqoEqhXvV7I5+1DF9PlQbP"
    "l8yElLvbB4vdV4n5LILbxPmpn0bXqdXPLVearVaiaRUMu61bI+8uCFzzxnLhWxPIFwdbiz"
    "QSI04wUraIRj/zlYukIs8hZMV3eCtSvEDHWYLFKuTfGle4eCNBPBdPWEmNaEBEvC4W95cu"
    "FWzw3KoSayCiiHOkhaMAUOC4+0TkcEnbZZfp/4T8vnd3NygAirM9d7F8PB7f1nkRIs2hrR"
    "8/vb/qB3e3uGoq0RHQwHxl33t+75Vc+46v3cvTKueze3w8EZKjqSNm8qhSxtPXMApElu2E"
    "Uc1iKBtUjeCuGwFgmsRaIF7ZVYh7VIYC2SV0k5rEXyytYi2Xneaq2f3+03z8EKASr8rhHt"
    "43f7klXAllGjmcgi28f3lhuLkLLvW2Y0cxKdG+m9MKui/BjR/iD8Hm6M6P3gS++m/6kvVh"
    "pdb0vRpScFlp4eYkr0tM+IWW92N/cEMMmr2yRvbttIGedIeSmhAnj7Wsntu8qE1KkKaylY"
    "+5huRHWAhEuQcAn6B0i4BNWso6/X0J0UOnoFxzobvLwYtgkznFXZjY5evwqvKhx6ZI0d/3"
    "HmJR2z9tHDlF+FuAv+EHgPImhTeF+FcZ2irPhq0YXvBS5aYbOGLC/r+tX41cAZTBPVAZzB"
    "dFB8wBlsRyk6QudaVaZTOOBab8c7valuZMBoYtdTZDoGgVF5JZK/TyR+Jerw9c3wond72x"
    "/8fIbW21InHvYveoFQLLdG9FO3fyX2BJ8jetEdXPSu5K7V5oje9D7dDy7FzmhLD/2YWypm"
    "raFiAggjRe1Giskk8VatKl7DYEJA5/qd+vbU4kPSOpWcxkJN61zTpuhVa9Z0Ggs1rXNNRy"
    "t0zAmvJSWbNotsn2nb3DpBLpkSl9CixejLKU+A28d6M6M23xWU5fj4lIoRa5DOI4maRB9V"
    "MfOLrXxYq3M7ncYWFw3wHA/bxtyieQtEnluPhXPaKWCb5rX/enh4dPT+8N3R6YeT4/fvTz"
    "68W01wZw+VzXSf938WjCdqJlsF2LadpbCBlLM2JZGtaG92nrSJ952P6szHYEB7DdrZzFoY"
    "3Mqs4UebA22hRbNdR9qIM/UokiyyfWRvP4okYq1OYFoetn2cbz/yYYot23eVqI5B2sdwU8"
    "sDx3xLlLhOwlrRazad0BM8TcHTVAsT8LWJlOBp+iaq2SVTn7M4qaNfZLG7azDfNdta7kC/"
    "0Mzf98qiZK/E51ce72zw+5UevzIHhyy60e13SAkSpeVqhBRJeEes2UKoR1wy4XfreDN+Fe"
    "mBi/nDwMsg15GPHZrxIlnn3i2dE1x4NZnHARdeHebQwIV3NzwHLagizXEQsFxlRthhVn5s"
    "baGxE4fAuDBnXAiZSHfpqvvkKwmiQXEgtxK58TtTIDkFa2FD3JQe+oePpaGQozQQ05pjO5"
    "/wOCwtMwS4/RD/Cpkv4fmyd9H/3L368fC4c5ryToj3hqlFZKmlJDZH5dvYZmx73kRwZUhH"
    "GsUnOAmEZ3jDM8z8xcLOaSXKHQ3WqFY0ybv2MxAZTkwbs+/KHrU6gc5VsHd71x1cdm8uz1"
    "C0JaJ7Lu8vguAeuTGit72L4eDSWB1IfufH7697N7HD8a8jet29+XsQfBRsjOg/ezfDMyT+"
    "j2jvt97n67szFHymta1K/oVbjyMC5ypwrnoLtOsjyN8S1wp/YVaNDw92NqXgWBerJMMHyx"
    "sJWZwRXuX8pd1HfY8h11n+wJDtmE9InBLb1n8JQ1OLii1e/KNcX116konFlKj9jMhXvvXI"
    "gSxfnW/uUiDaayK1gWivg8wJov2OMtoKdupaxyFWZ6JzDeMLbtL27wSsd4ZiX7iJezP8NL"
    "z53JUB9nJrRLuXX0TE/BkKN4QZffXJOO8H4fSxL3oYvQvsCV1aRTGJQXSuzLqueVXemtPi"
    "t+Y0OwnD+3jF8McVooUEb9+Fmo+5PSMwtrIslzn2pIBtmu7acWCSZNJijBulwuEtRx7ke0"
    "sqIQkt86V7fapsmTrYvevlMTnDbKbSYCRA7VOyt+8uDc69dR7XV+H1qY+80ZdbZC9f34iO"
    "djYIHFasXJWFpC3b/sm2ngjiVe2LkP59JPOArvUFNHUJEZKDxRA/jYOeyMJDy5lji1yf6I"
    "FRvGAzx3voBCs/k29h9k9eXjQyZJK7yvTOLgzqhyYjQ1A/dBiVg/oBWUfbxvXLuIdqbQSD"
    "nAdy3kY5702kNr286X66O0Pyg1dbb3AZOBoEGyP6qT/oXvX/KTOaRpsj+mUoV8vi//Woqi"
    "jh1vdVWfYsWlfd/eC625frkYlP6SVy1+9eXf1uBPuT38XxYK8ulRbMNqt2TAkU9Eybe6Zo"
    "vryWqpsDrqXs6sb5iwi7RRVQrEUWst6CJ337k0P1NHOQy5OussoEpmBvmcFJjedvAk9fwo"
    "bziDvnhDznmHHFgXZ52DZNQW4vEwukV4X0qnq2CVtMrwru5+B+/tZoF2lJlElfgYDyGpQL"
    "m4PfojLrcRwQX4N4Srw6yacSsDaZhzsWMkR0Xp3c5XEY0F+b/kfXYaxOBaSAUAW1q0CuhV"
    "WjBpI4qIDaFWC6ZGJ59XIQZrFQEbUrQshXNeogAQP6a9MPGf0ho782ZENG/zZkpglcv2ot"
    "fJYDbSPjDeQPo07erFHJzLCTO2PUDnor8ltKcNbl1HFdYgqzL4wCUPY9LThB+6qgASeUMB"
    "ohS3hJDqYYpg0c71yHd6gnJkVVA+DSuDZw33QM3MIlXy3HZ8pkZ4DAdgW2J1ODzfDhyakS"
    "1QkU8LyZZ1gIBxbC0aJ7fA2xsnnVPFYSZJKoVkwMJluoD1Xsyg/FduWHbBZVWHHoLbxPYd"
    "hzrYpOY7dQ1ZqZAe2sabW2M41rn3m3/cbT4daamIdRf6eSSHijdH6jmOO7QquqJ3rlotv3"
    "cm1f8eK2HFObIVoj2sfvSSVN96RE0j3JKrqYvyZE+v3XmqwogLeP/EYmLGSbE/W6NbqQPD"
    "x0JDp3JDInf2H4SPF7lsa17wXbcgAJ+WbOMH0khpsfSla2OkgG+90LhGjGfFlQ2Xp9kIPD"
    "yguErBhTDdzLAN9y9N6KjMBgVGkfcqDtayIayDgTa1bremNn8RDdX9cTjw+QJoa61Z+Cte"
    "/Jb8T0F6zVUgMTQLA3dbY3w6pS0wEToPa9TNsRAbVL61qykHy8RKdaetc6i8kvLW8ml4rB"
    "c+EOzT/pRH7n3SQSRrOY1v6IHqLNB5FHVfyeYE2Z5cyySZBolZc3MaWOh8ZEIid5OV53eW"
    "HI8aqJ8QY5XnUwnCHH6254rjnjsIWphrfGNCxNv31PrSCUQXTR9VLnxpDtM0MbcBCHxelh"
    "cfoXCFiDxel3xXw14R4Wp6/TZmw7BBAWp9/NMwyL079MoixYnB4Wp4fsgJAd8O3QDhnTIG"
    "Pa26UfMqa9eBVE81eqDX8cBy1/rTQAUdqKOmJmLrp9Q+jtC5p48lUYiqp8J2FAdIVpJo8o"
    "T5vGMEBxPsX6+IgMxXzKDZn6NOWbkFuis8FHZJWiKiq80UdELrwrPCzm2H0i3sLGJkHBCc"
    "gEOVOEKZJnPZOlGL899LAKKXlA3tLiAIutjwbgrFNIY1ca0RF9CNJeGiJzFH/2H6JywW4k"
    "diNL+I6YHPhR+qU4voccKncvsfBIeSL8BqZTXmjquITfDn95xFrE4mg4bysu9jDlO4m74L"
    "/LW13n9pfuT4cnp+JnLMXvlGd0bHBR0eilF6cAF5WX79PARaXNS+O+NZaTHY/a8CMDBXut"
    "wthDupLW0TvSSBA8agsesNJW9lHfcqAkxNg3HmhTK7Ie4unVfbRiQyYVqlOwFrYZ209rGI"
    "2oa4SPpaCQNkzrCDLItvimqhmyLbY6VvA6WOR3L18Djo52Nui/i1i5SuGBIUDollILDWTO"
    "Dt+Qsmb4/QeGIts9P9iv3mlAF9VkcA26qA7CBuiiELrXLqZBqgOpThfum5Tq5tx+cXJak2"
    "L7fI1oIbtN5BsFoW4nQp1cwlVdUYjBQE54FXICqEZvoppBNWq1atT7WqwZBcc6GxQj8rWy"
    "XtTlB0yvg/j5iPTZC9UdDqOMH+HF+HfsIRP7TBz2smJRjXNI974oo8fK4U4oFmPMhKbkLE"
    "PHQSE/WZQR1wuySjHyx6p8JEjw8o948dPUJSQE8b2IP/d8k3XQo8X54CcZ0fRd8b/bf1xZ"
    "HpE5rMbP8qwusfEzwlOPn8d05nNLuBSi6+Bl5sU7aDnjNojwMYwSW/FhjWULMN1HD+HgXd"
    "zoiPISweXDrFkxP8jgTvmgiD7KnbLWWCS3BWfprLwasfiJkgxPsvO9YltxBpbS1eCVkrCE"
    "ppa+wtsOx24gx+kw5nhBibnlzL6U0Kn1cK6BrEPkD7UWOwRAluS6Utu6O1cjPokD/uvyLy"
    "lTGO9E5VvYap9WaU5Oi5uT02xzYs7IHBvqy6ZmgW1S87eWk4/54/8Q01NewyoBa+GT3EBG"
    "SfxsOziH5uJA7RikFRTvOk6bD6LzpgBL1q+KAK2gu/HFDk05YVdH1k1BQdfVTtfVSG6Udu"
    "qV87hXIDmujnc2yY6BxWuHRTdqj784S37ILRS/EHYJv+H5mPBHeR/96lqeR6iQ6ZYzhwPc"
    "8CDrRPIddcbO5BkRfrmsTNn85b5DjtPGTwg84UB6a8RAszHz1EfRcVSbRhg7GETr08X0J2"
    "S+cDzhe/R38lzQz6QKbepsrHVx4yksXy0xBkZz38Ny/kdOymDE8WiGGZrwzqCDmBPMVmHk"
    "kgW3j2RJSyxzwpaia5Ctv1i0RBRH+JFXbUFijKauBD7WmrRu0LPo0LPAOLTRcWjYulYlNy"
    "zeQmoPT06qOOednBQ754ljqVH+QhCiuM5BAtRCprcvdEOw8s6ClR3fM515zpxNedrMGKwV"
    "NO9ajQUn0FpVAWKhykjuVzKeOc5Tj04WjlXopZgu1dkwllsG5Q0SB2x2XaSI88apZcEoyi"
    "Umsb4SFhP34k6CHeS4ScHvoxx44dDJcCULItt5jMZrpu8yx81xedzdtaWrpMtfPaHnM8Jf"
    "Vo89IGY9UjQmjA+DhU9kuHflh2i5SLyrYjDpL/ZFCZuYK1/LZTDoFOLlD0x6XYq9c343/G"
    "Y6aPwsnDOJO7eYmNxlDx8DL8fQ6zK4URx8EfcrBrSWt4+6YhgrfCfFD1sfxpQs+UnJs8NH"
    "sw9BEekdKc4hBFnM5C+U++UvkEcDlVVkcAxveCb9S/momFnUJOsziW8PMC7WaWwG42Idxs"
    "XgkrcTmn3XVhlShMVb+AQfvjv+UCl67fhDSfiaOKjNYoBaP8qNBAvK3j08leIILgVtxRO+"
    "61HcLAhaUaU+BgPaa9AeWtCqtMdgQHsd2j3s+bVXtVujdSZ/rzfonl+JZejCjRG97N+Gu6"
    "Kt9ACzSvO//WXmJhYT3EwM9TSlOVDocCt1uMEwX90zIokD34jaAQZTbNn8rgIhQVU7zYC3"
    "IJ9q9g68dvU0mXMkoaOp9vc58N11PXv/+vdeS/p9GfpMcnSJc8exCS5bxoDk6RJjDmuK9t"
    "We3fJ+PhxeJXg/76eJvf983rv58SC1dnO2gcMLqzjCp8RLIgnb4YN++O7w9KeDg58OT5p6"
    "4JP9+kGVbv2guFc/yAnTDPX2LOFlo4kYqA3W066bldichWrLnoJCq16D/vXUjpolm8RBpG"
    "xdQzY9hVarFhJoqIvvrItaY4o0FoYUOg8p1GOnIWi6PGgaPJnexIvjLyY1qzmJhGrWrpq1"
    "c1i7JLbFm92i2KN0qU5Fh7VJHFBpbYbAeUqkpwt8wQKHt07ouRWklMOmSRaeWD/XDZPHSR"
    "8um2BGAvvsQa63K7yuhA/VmIgVbRk/cf5CDg1fM8jlF+RSWKXm+9vtcBC4xkmXsfCaPzC0"
    "GuRG/mZrn7LOOjcex4mI22e+4ZH5Iu5cNiaPFuU3PKKULJHr+DRYaDgoKIJzZeY+caqp5T"
    "JPOIp57rMhEgs+hNebg7uYTr404C72ctyDu9jOaQ7aQnWiEzh4pKtwLT2SVImOgYDlyixL"
    "jjI8F08vJFEtJLqBbG27TP6oHbkvouO9CQ+l697gsj/4+QyFGyN6e39x0etdChel1eaIfu"
    "r2pddS8Jkea7yMz1Jo93PS/bzQzuLFiNK4Nr0kW5PiKPnmGRFV6kJNDhzEbN3EmkSSnvV4"
    "X7WuU1CoZ53rmZ9qwX8dMYr6t5JpwgyyRbOEW2s4ieuq5SRZAdo3hj6p5DZ7UuI2e5J1mw"
    "Wnpp07Nb1Ail3Nnuvde9REyrVSCx0H7c6sffdKmmaYXn4TJs7Uohab1arnFBRMWd3qWbv5"
    "5W4wxt0rnV6OCnUqzi7jWPlKk8u/3N1dI5fwR4x5ck4URRPUHblsWBglulpTTKbVsMScrA"
    "hnCJdtmweJN5bBgm1zggRX+RPLDV8P5mc1kfphflaLaRaYn90FzVETpkp0CgePdAWug4T6"
    "CmObNQDk+pyhjfOUMz9YGlL3lMNlk9F0L2PUbjGYDpRTUE5ft3IaGuxGzVQzOfAdqqj/+7"
    "Mp9XT32l7YHNSuhyweKuJ7KkLkw1QRtzPANjRAu2Z/4geZzI25Sl+aQoExmO+65NbTuZNI"
    "0LlB/yzUP//mjPfyRU9xpLNB6fxPWGbzwj2O+xSEk1jB4jnI8T2Z/FjEeUQSZLCYDnsiEx"
    "ntYnkf+S4OcJ1lFJfCW1tv1kEYcYTPz0LtZ7SUOYbF0SW/DO9Kc5bz2e31ZUhN4FDjOU+E"
    "PiDBb7xMcK2Zw6uJXyeK5UnE6+yjh4XriEeNPaBHh8OnrjNH75DnoAMQWHVSREBg1UGNAo"
    "F1JzQ/8d+lMr6PyrfwGd5+iIBFF36OvVc+lFyBWkHxrkcwbyJE4B/3vXvh+h98jujN/WAg"
    "QwbCjWohAyN60R1c9K7krtVm2tp6mUCCyFbKGSwR05pju6CjjcHSI6UAtx/i9anNbbxKl7"
    "2L/ufu1Y+Hx53TlGge7xWSHHMblvGhhErrH4O0r3NtJKFsFAmvIKfEIaCl5GgpotZq8JqG"
    "Abd5M2o+raFRrVGgT2mnTyXS/AQig+IqokkUtPzV1u6AqdOmp06ZuOUMwxtn6kJUG2je/f"
    "ScFFfJxBgrtSBpnM7Dq5rP+PbXejbFGNU2VtxlCS91J8qDg3NRdeeimOSv8qinYG1oZZoW"
    "ISHQ+W1YnxDs9SaqWSNfB3iZIaQP6vkVu7Tcmvw58eWvzvNrWR3ubHBuYfGCmz1cZoQGa4"
    "a7zsQ3RapUZ0nRgriWM7FM6fYhnU98gkRanShqzpHZWz3pbOJMEXWQRyjOSwXbyBW+w4VE"
    "fipYuVH51nmRbGsWuNiLJMzDpNpoxmBg/2jXYsLAEQaOenHfqjcKM8+oP6zIgUN9a1/f3z"
    "HAyMNDjWtf48pTZklU+3rMrc2b6TOg682xZX8O/YjyB3WJIp0NAzsiChsxx6TNo7suCot3"
    "gmUvgtQn/EnAlOFgOQzp0L/k4yq5xIZYWeOjTKKSDR4Qm/9xxgGCF5QhAMglWG5kB367vL"
    "iMXHCoKafuo7AFmdtl7jMPjcX6HtYEiRIy+KGDmG/OxIoiIqiCeWQhE8lQFFBP+CDVJXPx"
    "ZrhsHz1Ey5Q8yLHpg0umPuPfRvyHPPPLWPxULjGthUXETxH3KuqK36f7lbgcw5ZiBVkZnf"
    "HoOJN99OvMskm4Bsp6TZMOekilrpULm2AkTTiIndDJNIfYCR2GRRA7sROaw1ZRleckDIj+"
    "niCVzS79ryFgZa8/+DLsX/TOULgxoje9z/3BZe/mDEVbI9obXF4P+4M747J/2z2XbvuZXW"
    "l742Xc94XpkK2w4pUxwuKQgSUni1BovqkMi+KY9rUvB5Uk+oMSjf4gG6plOya2lWZA1gid"
    "m5baHrGVHGJL/GHTBPOxP55MRHAOUc6uksa2gvBdu26aZv0KSGOhAuqEJvrj/xAzR8ssbm"
    "NikFZQnmpkTiq1MiclzcwJRLVtjm2oGNxQGt2Qk5nTw5at3JLEYK14oiG+uYHhUDq++bY3"
    "uDtD4n82hvl8eD+4EDvCDV767/3raxn5HGzoMSSCQNDtj40iAVq1EYrjdH4RtG2FQqlflf"
    "cYDGivQTuEFDYcUhhagrmK7kb7sb0zFEeV5ICjEj3gKCsILCZTg83w4cmpCtdJVPse69Pj"
    "Ku6nx8Xup8cFhkctP5o0FnxodPahgfVh31Z9z8RvUIvDjkHa13ZuX7SGgMU38SJFlaX2Li"
    "VRLTT7tp/RQLhz1QkLXcOgR9LtRdLHtXToTojL31dKib2X71qaKNLZ4FrqiMKGGSu92bWU"
    "onCiLPDJ9GQ2aWY9UjJB8nxM+jvKyL/Qs63DD8idwukycMLKcRvd0omlS2iw5B97CFNWCw"
    "wlS7luIC85tVzmdRDB5kwuFiiPW1JS9kToYeDZaXlI+Jt+jKNnmCHKTwE+mTr5UYFP5stx"
    "Dz6Zu17E7kXjmLUit5GsdmHXoar8x2CtYHrnyj8VRKhmAIuhIPGXQuIvEVUmJqrqRh7GsD"
    "Be0W28ko0zxZb9HVGmcTTU9quobd9V8/RN4dpnhzUymfqVj0nFXWWYLnR4iSHA3yWnYwI5"
    "+k20U/5iUrOak0ioZu2qWR+xtEtcy5zt5cuk4cHOBoEUr4ttUkaLa3jLOmFh55KroeT0K2"
    "FHra9IuJVOpVgULOy2iw2k4n77dY7u02EKJ5XCFE5KwhROMl45i5wAyWKGw+ItZPegkul5"
    "UGJ6HmRNT35Fj9C8tQFuh4MCC2kNSfeblumh/0O2xV6jDVpCriCjXKlKi1KpXlCc4Pyls8"
    "v8+f8uRsPN"
)
