from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


# FORCE binds the table's owner as well; for the length of this transaction the numbers of all tenants are given.
async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE event ADD COLUMN entity_seq BIGINT;
ALTER TABLE platform ADD COLUMN swept_event_seq BIGINT NOT NULL DEFAULT 0;
CREATE TABLE entity_log (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    last_seq BIGINT NOT NULL,
    CONSTRAINT uq_entity_log_entity_id UNIQUE (platform_id, entity_id),
    CONSTRAINT fk_entity_log_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_entity_log_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_webhook_delivery_event_id ON webhook_delivery (platform_id, event_id);
ALTER TABLE event NO FORCE ROW LEVEL SECURITY;
UPDATE event SET entity_seq = numbered.n FROM (
    SELECT position, row_number() OVER (PARTITION BY platform_id, entity_id ORDER BY seq) AS n
    FROM event WHERE seq IS NOT NULL AND entity_id IS NOT NULL
) AS numbered WHERE event.position = numbered.position;
INSERT INTO entity_log (platform_id, entity_id, last_seq)
    SELECT platform_id, entity_id, max(entity_seq) FROM event
    WHERE entity_seq IS NOT NULL GROUP BY platform_id, entity_id;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
ALTER TABLE entity_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE entity_log FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entity_log FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX IF EXISTS ix_webhook_delivery_event_id;
DROP TABLE IF EXISTS entity_log;
ALTER TABLE platform DROP COLUMN swept_event_seq;
ALTER TABLE event DROP COLUMN entity_seq;"""


MODELS_STATE = (
"eJztXWtz4ri2/SsqvkyfKibVIY/OyXwiCenmDA25Cel5XG45wgjwjZEZW3SSc+789yvJNv"
    "gJlhuI4uyqrsbYWrazJKSttbe2/lOz6HfHMi06OWiaprOgrHaO/lOjeEb4QcbVOqrh+Tx2"
    "TZxjeGhLBI6UG3rMxaa44xjbHuGnRsQzXWvOLIeKwk00w+4jYXMbmwQ5c+Ji5rgHAjxyTI"
    "4Wd19fbkGtvxbEYM6EsClxeen//p+6eLkReSZe+HX+aIwtYo/if9xI3ECeN9jLXJ67sbFF"
    "r2VR8RJDw3TsxYyuis9f2NShy/L8HcXZCaHincgo8rfShW0HrISn/JflJ5i7IMu3HK1OjM"
    "gYL2zBmED7b7A6VzOMbq9v3LX6hlFLsRkiIsQFp0yHipqwKPMkATP8bNiETtiUfz3++Lf/"
    "nBURfinxwG/N28svzdsPxx//IR7o8Or0q7kbXGnIS3/LW2CG/ZtI2lc8y88U05dT7GYTHZ"
    "bfDtXhiRXXq8a4d7IbH4uwzUvl0i2vCb5X/JouEXwYmKVZvuJXmDUj2UzHkQm+RwH0IDx4"
    "g+yvIbvf/tq66ze/3ojbzzzvL1vy1ey3xJWGPPuSOPvhNFEvy5ug39r9L0h8RX/2ui1Jp+"
    "OxiSufuCrX/7Mm3gkvmGNQ58nAoygn4enw1N+i7xo/Rn5V4sQQm49P2B0ZqStOw8krm740"
    "a8ySZzDFE1lJgs2/69H+n3eMbOy4s5zhYXl50/gwjxbcOED0KEHBiIIsihz+deaMCO8vpw"
    "QxQjFlB6jNPPRgjR6Q5SHynbgvyBFDAZLP/IlfC59p8ELpwWVHz4CBSfuBKah1Q5HvOKyC"
    "o9S2mF8xLX5Q2SZAiy5mkuY2fyFMTZKiO8TqTHSt0/7WOkfi/wG9a3avLnq/n6PgINnjFK"
    "mCo0aBKjhq5FaBuBSvAht7zOBdF2+4HvkrXRkX1qRNWXaLT2MTlWH5Fv8uKuPjrpr8RLzB"
    "z/9sNI6OPjU+Hp2enRx/+nRy9vGMl5Wvm770aU2lXLQ/t7v9eH2IE/Fa8J7IvHQ1ZIChHs"
    "rVA9jMYDPv3GZuUWaxlxyLObi4yV4mq2IF5BSP2Da3Sp0xwii0SNGTxabI4gasTSbYRtbI"
    "v2edG6/PHMEYf6ZX5+8/GxLRMhCmIzR0+f9ZSswuHgG2siYWW76tHJnfKBGewOlsxGljLZ"
    "NnRlyK7Uyu83WzBKwU1UET1pPpnahnoE7ull85IhiqLMdRwHUxrvkMmi28shPtFVpnvmvN"
    "y76cbPuffLp9f3fT6l61rviEOzwcUMESv8xPhkd6TMO58crtW0/5B5HEQe9e6BcR0mZblB"
    "yW4XsJBMKVCW+UJbwBhCsTLqbOZq7Mup7zKLaKtBdifQ3peZybwdRcle8QVz2uDwuRfbiG"
    "7cN8ul0yES9XgvAVsoKUF2J8DeHpgALh3nKVWnYEorPxWLYHKdKB5Pcfqfn9DFu20sw+BF"
    "Sv9TZOjouQe3KcT6+4Fid4zklSGgiXgOoRvH156okMPYsp8RuBVI/hnZh1YsQSj2SKI14S"
    "B3QXopvxJ1ijDOnkX55D++Q5xyMbgVVi2Fvn+2v93o+5/UI+P3xt/v6PmOuv0+t+DotH+L"
    "/s9C6SlsbCdQk1M0yNNS6FKKgSrCc0pyKSU77ilGrZ1owY/1YcD2OgCnJ8WsToOM23OU5T"
    "JoftmNhWk7iXiAoSvIM5t/Dz+z7y0qFkyXvoTHyt2/rWuj1H8mNAe12jd3slToRH8txN84"
    "+vrW5fng2O5fnr+851u7O8tPqqhwruBwIYwjGMmfKom0brXJHaDr5z/DIToWSMuDNjhF8y"
    "6iE3FC0Tu79gtF32Y348WuPw+NPx2dHp8TIMbXlmXfRZOtLsO2aGb5QTl2T48y8cxyY4x9"
    "RJgxMcDzn6DZK8Ln6v1+vEmvpFO9mW779etG4/HMp2zwuJiWUm9d4M27YxXHgWJV5G615L"
    "fRoM1Ben3lHm2wGSVUm21Fm2gGb1tixiEo2osKJsseTcAsyWEmbL05RQY0G/E9fiz8yJkN"
    "s8F8i4jc7VUfvS61ydI/H/gAoKP7fOkf85oJ3mXd/41uy0eYnVsR6m/tzlky2Pz7pMezEi"
    "BsPPil1W9g2gAyvegZGFwaYu8aYOfwp5NgkZKVuiufeAiiheEbwpz7D7Imh1XCX/VBJYPV"
    "l/3awq7Hg+5fY7n1KyJ5mJ0HM11TOC0Xks0MYTOHYcPjFVoXiFqF4LPvxYyDMliq0JxsiI"
    "oHYmjs+TAtExUPW43n5bDhUtMcCptek0snp878TpGhJnDbGSjzuJqx7dR0X8U0f5/qmjdE"
    "hMwNnQMstQHcCqx/ThYZEu+zC/wz5MMs1nlF5m0EaumB5BgIQOi7VVqH7ri7Wj1byYj0pW"
    "cxwJ1axdNeu2Jr/DrePaunX5skC90Np8ww7Lblyg358SNHxhxPOXz/tL6X/ykLhDHeE5dh"
    "kau85Mpp7y7448h3/DDNmWxzxERfIpZGLXfRGFZukV+jt6BizR12TGAkv0dZgtBj99RaZj"
    "KOC5AM/8cUzGmSjKH0kckF2c7AzPgEWx+7KW6SxXgBiF3iDN63wBwh0ZtbM4mxftbvP2j2"
    "yPZlg+akNd/NFvNRPMg+kLpu/OTd/m3PqV5KWjCi5uMnnx3DIeiUI+Kj4DZ4gj6shjjktG"
    "CHsyUdTdl+bPjZPTX5A3dZ5E1lWTIOGS5xdFjtUZHpHs7FM/ekMwZDUZd8CQ1WHMfy1DVm"
    "tRePs0Q5apHbuSXDK2MiKL1oVUhIgKcnx4WsSrkTSFIl6N08z0wWNnoeQZjYEqSHMRL12+"
    "ky7lo+NWjTHF3lSF4iimggxvf6HenLgzy/PKRPEmoJWge+8rfsGXV9WZblY1D9WyyMRQlf"
    "h9xbuzsyKmz1m+5XOWkSt2bvF6K/F7iiO38HvSzKSv0s/JJd+dx1K9ZhwJtaxbLesjD14u"
    "PObMpCKWJRAuL9c3SIRmtGABjXC4ePHzyYudl3x3dd1PKC881EEGN5kw/luzj/y13767ek"
    "RMa0T8fZrwc5ZcuNV7g3KoiawCyqEOkha4wGE3gMrpiKDT7pbfR/6nZfO7ecVuiNWZ69pl"
    "r3t3/1Xk6QmPBvTi/q7dbd3dnaPwaEC7va7Rb/7evOi0jE7rc7Nj3LRu73rdc5R3JWneFF"
    "pHsPXlvJC7dMe5S2GDANgg4L0QDhsEwAYBWtBeiHXYIAA2CHiTlMMGAW9sg4C9J5PVuv1u"
    "v3v203ar8LtCVI/f7UtWPltGiW4ijawe31vuLALKfmzvv9RNdO6ka0GqM/kxoO1u8D04GN"
    "D77rfWbfu6Lbb/Wx1L0aUlBZaWHmJK2NqnxCzn3c28ATh5dXPyZvaN1OMcKe/vkQOvXi+5"
    "/VCZgDpVYS0Bqx7TO1EdIAsKZEGB8QGyoEA16xjr1XNHuYFe/rX6higvD9vEM5xl2Y2BXr"
    "+JqCocRGQNncVkyuKBWQfoYcyfQtw5bwTsQSzaFNFXwbpOUVZ8teh8wfwQraBbQxZLh37t"
    "/GkQDKaJ6gDBYDooPhAMtqcUHUFwrSrTCRxwrXfgnd5U72TCaGKXKTIdgcCsvBDJPyYSvx"
    "F1+Oa2d9m6u2t3P5+j1bHUiXvty5YvFMujAb1utjvijP85oJfN7mWrI08tDwf0tnV9370S"
    "J8MjPfRjbqmYpaaKMSDMFLWbKcYzN1ulqngFA4eAzvU7Xthji09Jy1RyEgs1rXNNm2JULV"
    "nTSSzUtM41HabNnxFeS0o2bRpZPdN2d5t3uGRMxN7wSg6+THD1WN/NrG3hCsoyYnzWihEr"
    "kM4ziZJEHxUx8/OtfNhAbzuDxhb3bWMOw7Yxs2jWrm0X1iTXp50AVsmv/c9G4+joU+Pj0e"
    "nZyfGnTydnH5cO7vSldZ7ui/bndjdRM+kqwLbtPAkbSDlrUxxZif5m70mb+Ng5UWc+AgPa"
    "S9DuTa25wa3MEnG0GdAKWjTbDaQNOVNfRZJGVo/s7a8iCVkrszAtC1s9zre/8mGMLXvhKl"
    "EdgVSP4V3t2RmJLVHiOg6rxKi564SeEGkKkaZamIBvTaSESNPKVrNmkaYdi5LammhTeb2+"
    "IeJUxprK7A+y6MaA0x4lSJSW++BRJOF1sVsIoYy4ZMTf1mFT/hQZ+4l5K+NlkMsnTCN+OO"
    "VF0mGlW7onBI9q4kGA4FEdvDcQPLofnv0eVJHmKAhYLuKLdDwre1Vn7oQkCoEZScaMBHJg"
    "7jNI9HGhJMX5xYHcQuRG30yB5ASsgh3xrpS4vxZYGgoZc1xiWjNsZxMehSUnuD7uIMC/Qe"
    "bX8HzVumx/bXY+NI7rpwm/eHQ0TGxfSi0lmTMsX8U+Y9uKveDKkCEcii04DoQ2vKENe4v5"
    "3M7oJda7uFeoSnTJ+/Zwi9wapo29H8pbtLyBzlVQu+s3u1fN26tzFB6JdSVX95f+shJ5MK"
    "B3rcte98pYXoh/59fvb1q3kcvRrwN607z91V/24h8M6J+t2945Ev8PaOv31teb/jnyP5Pa"
    "1uusYIGwHgjreQ+06yPI3xHXCv7CtBofXKxvSv6wKlZIhvc31hGyuEd4lfMf7QFqMw+5zt"
    "NPHrId8xGJW2Lb+jfx0Nii4ogX/0Xu7C1jmMQ2PtR+QeQ7P5pwoJetzu/uUSDaayK1gWiv"
    "g8wJov2ecqkKdspaxwFWZ6IzDeNLbtK2+wLWOkeRL9zEve1d926/NuXSbnk0oM2rb2Kt9j"
    "kKDoQZ3bk2Ltr+Qu7IFz2M3jlmQpdWUUwiEJ0rs2xQWJFfzWn+r+Y07YThY7ziwrslooIE"
    "bz94V27t7htbaZbXLYlJAKvk7trzkhjJpOV53CgVoVYZ8iA/u6YS4tB1UVxvT5Vdpw42+6"
    "0sJqfYm6p0GDFQ9ZTs7QfqQlhpmeYK8YZK8kZbHpFatr4RXq1vEDisSLkiWxhbtv2zbT0S"
    "xKt6IRaTHyCZgXKlL6CxS4iQHCwP8ds46JHMGXqaOrbIMokePIrn3tRhD3V/z2HyHOSd5O"
    "VFJ0NGmfsb7+3BoH5oMjME9UOHWTmoH5Dvsmpcv054qNZGMMh5IOdtlPPeRVLNq9vmdf8c"
    "yQ9eba3ulR9o4B8M6HW72+y0/5S5NMPDAf3Wk/s08f/1qKow1dOPVVn6LlpX3X33ptmWO2"
    "GJTxkl0m83O50/DP98/Lu47p/VpdJ8b7PqwBRDwci0eWQK/eWlVN0McCllVzfOX0XYzauA"
    "fC0yl/UKtPTtO4fKaeYgl8dDZZUJTMDeM4OjEu1vBK0vZsMx4s44IS8ZZlz+QrssbJVckN"
    "vLAQKJPSGxp559whYTe0L4OYSfvzfaRVoSZdKXIKC8BOXC5uCvqMx6FAfElyCeElYmbXMM"
    "ViXzcM9ChlidVyZrdhQG9Jemf+I6nlemAhJAqILSVSB3YSpRA3EcVEDpCjBdMrJE7GCJSk"
    "hjoSJKV4SQr0rUQQwG9JemH3LJQy55bciGXPJVyEzjh36V2nIrA1pFxneQP4w6WV6jNZ5h"
    "J9NjVA16C/K7luB0yKnjusQUZl+wCkA59jTnBtWrgh0EoQSrEdKEr8nBFMFUgeO96/AOZc"
    "IpqroALomrAve7XgM3d8l3y1l4ymSngMB2AbZHY8Ob4sbJqRLVMRTwvJln2IIFtmDRYnh8"
    "C2tls6p5qCTIxFGVcAzGe6izInblWb5deZbOogp73byH31Ow7LlURSexW6hqzcyAata0Wt"
    "+ZxFXPvNtO56ldRoc1e0hFS9SLZXYos4/Uk8WmMksknglPCP+kI/md4WckEmoLi/YX9BAe"
    "PogUCuLv8dNJPk0tm/g5Fnh5E1PqMDQkEjnKSu+wzwdDegdNpDBI76CDDAnpHfbDc0mFfQ"
    "u6+ntjGnal2r5Is9qRslzWjAiyemboDnxDsC8V7Ev1CrEqsC/VvphftxAU9qXSK/oH9qXa"
    "TxuGfaleZ40c7EsF+1LBwmBYGPx+aIfFkrBY8v3SD4slX70KQv+VascfxUHP/+Z2JLzxkz"
    "LVsp274dX6BsfuPFKukE83ACBnjBwqcuFLn0JdJMUXvtLg+08eCrMaZXtoy90G/K2ayMvg"
    "b9VB2gd/K/hbq8W0H6pTxp5MIsGgLG1QQhLDdFPfchLDGbdf1DZaXCEqyO72O5JS66thZb"
    "W6B1ym3FEPG4/AYHGA1iHjsKbqXVUzrKmq9LKA1vd8zci/Vt+gGJHvhfWiJr9gsjri9yO8"
    "MkehusNh1ONXeDF/00QTLzxxmWXt1qh8jwEd0IcwDFNG9QuAUCyG2BOakvNEkYwlFPKTRT"
    "3iMn8pgEf+WpYPBQlefoLnP4v9IAMQP4t4u+eHXh1NLM4Hv8mAJt+K/7v7r47FiFx4MHyR"
    "d3WJjV8QHjN+H9OZzSwmyt34P2ZevI6eptwG4X/GcjUCn9ZYtgDTA/QQTN7Fiw4oL+E/Pl"
    "jqcC4f4fGKDd6UT4roRJ6UteaFcpt/l7rEOQuGsPgTJRlMsvOjYlt+2Oza7H1KkbOBqaWv"
    "8LbHuRvIcTrMOV5RYq44s68ldGo9ndvJXlZqPXYAgD2rykptq+Fcjfg4DvgvHT0iKFOY74"
    "TlK9hrb3/DMM+ckhk21NPcpIFVUvO3tpDKWwz/l5hMeYvHGKyCLXkHywDxi+3gDJrzo2si"
    "kEpQvO+wSj6JznIB5nfNS0Al6N51Zh/HlA67MrJuAgq6rna6rkZyo7RTO86kliM5Lq/XN8"
    "mOvsVrB0U3ao9fnCd+yc0VvxB2CfI3gCWjA/SbazFGqJDpnqYOB7jBRa8eynfUGTqjF0T4"
    "49Iy5e4f9wNynDZxQhAJB9LbTgw0G3tMfRYdRVVphrGHSbQ+Q0x7RGZzh4nYo1/JS844ky"
    "i0abCxVsWNx6D8xhHnN+GFwmi2YFj6f6RTBiOOR1PsoREfDOrIc3xvFUYumXP7SJa0RG4q"
    "70kMDbL3F5mmRHGEJ7xq04PNTp8EMdaa9G4wsugwssA8dKfz0KB3LUpuULyC1DZOTooE55"
    "2c5AfniWuJWf5cEKKYnCYGqiDT2xe6x/zhxJ27gdFYlOgErIpUbz1nvrNgpjPL8NmsX+sY"
    "gVWC5r3nFoAgUBALdz2T+40Mp47z2KKjuWPlRikmS9U3zOWe/PIGiQI2hy5SxHnj1Hr+LM"
    "olJrG+Ey8i7kWDBOvIceOC3y9y4oWDIMOlLIhsZxLO18yF6zluRsjjfp8NEz5NJh0w4dNh"
    "wgexZnuheeHaKrZyULyCLbjx8fis0LKs47M167LERW1Sk2rdlHeyCk6Or8GtFKcmCWglWv"
    "i+pydTfzWGKvURGNBegnaP8NkdU6Y9AgPay9DOMFuUzrG5QutMfq3VbV50RFLM4GBAr9p3"
    "wanwKDlzKtL9bz/p5cjyBDcjg0+5PMXBNg2FAbfQgOvPX9Vd/nEcOP1LR86PsWXztzI8Kz"
    "PJwoZN45Jg2DVON1kQNqrdZeg+6Onv4ocD+6dWtpq1c5tcEdvi3W5eBFyyVL2g22QUBRTK"
    "EOr7GkSSBN8j4btd6kEeAz+xATZNMudtVbgu/BQGi/kBerC5GUwMWfABzbD76Iny2ENDwt"
    "8PefzG2elE9/BMcJNooiGDm0QH/R7cJHui2e/K1ImO4aBJF+FaKvGqREdAwHJhllUX3sdR"
    "FSR6B8vv95nNQztyX0UUexfK/E2re+VvS+UfiG2sLi9brSt/C6vgcECvm22p1vufemj1mD"
    "EymzNO+iIrVjc/u3QSV6UfydZULUqemRFSpa55ZMBBF9ZN94itulxNnVXrOgGFeta5nvmt"
    "5vyvI0be+Jbbb2YgK5SsamsdJ3FdtUVmS0D15tAnhdzFJ2vcxScZ7mLwt7yHjmpsUcublq"
    "rnBBQGJN3qWTuHS9O3VGtr/S1hoXpBdwuOlC/kbfnS798gl/Am5snd1DAKPTZygf+Tnxp7"
    "RpD487OdJ+q3AF+IJrIa+EK0kDTBF7IPmsNeSZXoBA6adAGu/WxkCjO9FQCksYwZnvOYoc"
    "U7jk1wTqP1AQkuhxzxBslcp6v3ep2Y1XnRTkbA33+9aN1+OJSNlxeyWI74DioFqBRvW6VY"
    "tkOR+TFNdP6KmhSwCoTve1nNaOGnvTFmKn1HAgWDX7Zb1C2nvsWRoL6BKpOryjSJa5nTWr"
    "YaE1ysb1Bh8KrYJvElv4a3LI7k9jyZs5m3u1HWD/Y2+UpI7uqVfMMlf/lKFWaLO0k1J35X"
    "CgwHxSvI7mEhy/BwjWV4mOG/cigjWREr/7rrdXMcVytIcty0TIb+D9mW9xaNkzXkCjLWm4"
    "VJCzAxCoobXLx2duO//x+xEagC"
)
