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
"eJztXWtz4ri2/SuqfJk+VUyq8+yczCeS0D3M0JCTkJ7H5ZYjjAg+MRJji07nnDv//UqyDX"
    "6C5QaiOLuqqzG2lk3WlqX90tZ/9xz6lTm2Qx/2m7bN5pTvnaP/7lE8JeIg52oD7eHZLHFN"
    "nuN46CoEjrUb+tzDtrzjGLs+EadGxLc9Z8YdRmXjJppi75HwmYttgtiMeJgzb1+CR8wWaH"
    "n31e3m1PlrTizOHgifEE+0/p//bcgfNyLfiB99nT1aY4e4o+QfN5I3UOct/jxT565d7NCP"
    "qqn8EUPLZu58SpfNZ898wuiivfiN8uwDofI3kVHsb6Vz1w1ZiU4FP1ac4N6cLH7laHliRM"
    "Z47krGJDr4Bctze5bV7fWt21bfsvYybEaIGHHhKZtRKQmHcl8RMMXfLJfQBz4RX4/f/x08"
    "Z0lE0Eo+8Evz5vLn5s274/f/kA9kQpyBmLvhlUN16W91C8xxcBNF+5Jn9Zlh+nKCvXyio/"
    "aboTo6seR62Rl3Tvbh+zJsi1aFdKtrku8lv7ZHJB8W5lmWr8QV7kxJPtNJZIrvUQjdjw5e"
    "IfsryO63P7du+83P1/L2U9//y1V8NfsteeVQnX1OnX13mpLL4ibot3b/ZyS/oj973Zaik/"
    "n8wVNPXLbr/7knfxOec2ZR9mThUZyT6HR06m85do0fY2+VPDHE9uMT9kZW5go7ZEVts5em"
    "h9P0GUzxgxKSZPPvRnz8FwMjHzNvWjA9LC6vmx9m8YZrJ4geJSicUZBDERNfp2xExHg5IY"
    "gTiinfR23uo3tndI8cH5GvxHtGTE4FSD3zB3EteqYlGmUnly09AyYm4yemUOqWJt9JWA1n"
    "qU0xv2RavlD5KkCLzqeK5rb4QZjaJEN3hDWZ6L1O+0vrHMn/B/S22b266P1+jsKD9IhTRg"
    "RHhyVEcHRYKAJ5KSkCF/vcEkOX6Lg++SsrjAvnoU15fo/PYlPCcAKNfxvCeL+tLv8gf8GP"
    "/zw8PDr6cPj+6PTs5PjDh5Oz92eirfq52UsfVgjlov2p3e0n5SFPJKXgP5FZZTHkgEEO1e"
    "QAOjPozFvXmVuUO/y5QGMOL67Tl8myWQl3ik9cV2ilbIwwijRS9OTwCXKEAuuSB+wiZxTc"
    "syGU128Cwbl4pt8Qv386JLJnIExHaOiJ//M8Mdt4BOjKhmhsxbpyzL7RIjyFM1mJM0ZbJt"
    "848Sh2c7ku9pulYJWoDruwmUxvxXsG3snt8qtmBEuX5SQKuC7HtbCg+dyvamgv0Sbzvde8"
    "7CtjO/gU5vbd7XWre9W6EgZ3dDigkiVxWZyMjswww4XyKvRbX/uFSONgdC/1RkS0uQ4lB1"
    "X4XgCBcG3CD6sSfgiEaxMuTWe70M26mvM4to60l2J9BelFnNuhaa7Ld4SrH9cHpcg+WMH2"
    "QTHdHnmQP64C4UtkDSkvxfgKwrMJBTK85Wn17BjEZOWx6ghSZgApHj8y9v0UO66WZR8B6t"
    "d7D0+Oy5B7clxMr7yWJHgmSNKaCBeA+hG8effUExn6DtfiNwapH8NbUevkjCUfyTVnvDQO"
    "6C5FNxdPcEY5rpNffEb75FtBRDYGq8W0tyr21/q9nwj7RXy++9z8/R+J0F+n1/0UNY/xf9"
    "npXaQ1jbnnEWrnqBorQgpxUC1YT/mcyricij1OmZ7tTIn1H835MAGqIcenZZSO02Kd4zSj"
    "crjMxq6ei3uBqCHBW7C5ZZw/iJFXTiVL38Nk4ve6rS+tm3OkPga017V6N1fyRHSkzl03//"
    "jc6vbV2fBYnf941/nY7iwuLb+a4QUPEgEsGRjGXHvWzaJNFqSxk+8MP09lKhkn3tQa4ecc"
    "ORSmouVid5eMts1xLMhHOzw4/nB8dnR6vEhDW5xZlX2WzTT7irkVKOXEIznx/AvGXIILVJ"
    "0sOMXxUKBfIcmr8vd6vU6iq1+003357vNF6+bdger3opE0LHOp96fYda3h3Hco8XN690rq"
    "s2Cgvjz1TJtvBiTrkuzos+wAzfp9WeYkWnHHirbGUnALUFsqqC1PE0KtOf1KPEc8syBDbr"
    "0tkHMbk8Wx93Ovc3WO5P8DKin81DpHweeAdpq3fetLs9MWLZbHZqj6M08YW76wumx3PiIW"
    "x980h6z8G8AAVn4AI3OLTzziT5h4CvlmEzLS1kQL7wGCKC8I0ZWn2HuWtDJPKz6VBtbPrb"
    "/KqooGng+F486HjNuTTGXquZ7XM4YxeS4wJhI4ZkwYpjoULxH168EH70tFpmSzFckYORnU"
    "7IEFPGkQnQDVj+vN9+XIoyUnOL0+nUXWj++tBF0j4pwh1opxp3H1o/uoTHzqqDg+dZRNiQ"
    "k5Gzp2FapDWP2YPjgoM2QfFA/YB2mmhUXp5yZtFDrTYwhwocNibR2qX/ti7biY57NRRTEn"
    "kSBm48Rs2pr8jtCO91aty1cNGqXW5ltu1HbtAv3+hKDhMyd+sHw+WEr/g4/kHRoIz7DH0d"
    "hjU1V6Krg78pn4hjlyHZ/7iMriU8jGnvcsG02zK/S39AxYom+IxQJL9E2wFsNXX5PpBAp4"
    "LsGzeBxXeSaa7o80DsguT3ZOZMCh2HteyXReKEDOQq+Q5lWxABmOjOtZgs2Ldrd580d+RD"
    "NqH9ehLv7ot5op5kH1BdV366pvc+b8SorKUYUX16m8eOZYj0SjHpWwwDkSiAbyOfPICGFf"
    "FYq6/bn54+HJ6U/In7AnWXXVJkiG5MVFWWN1ikckv/rU994QFFlD5h1QZE2Y819KkTXaKb"
    "x5mqHK1JZDSR4ZOzmZRatSKiJEDTk+OC0T1UirQrGoxmlu+eAxm2tFRhOgGtJcJkpXHKTL"
    "xOiEVmNNsD/RoTiOqSHDm1+oNyPe1PH9Klm8KWgt6N75il+I5dXV0s0T81CvikwCVYv3Kz"
    "mcnZVRfc6KNZ+znFqxM0fIrcL7lERu4H0yTKWv0+vkka/ssdKomUSClE2Tsjnuwcu5z9lU"
    "ecTyHISLy401LkI73rCEj3A4fw7qycudl4JwdSMoKC8j1GEFN1Uw/kuzj4K130G4ekRsZ0"
    "SCfZrwtzx34UbvDZ5DQ9wq4Dk0waUFIXDYDaB2fkTw026X30fxp+Xzu37FboQ1meu9y173"
    "9u6zrNMTHQ3oxd1tu9u6vT1H0dGAdntdq9/8vXnRaVmd1qdmx7pu3dz2uueo6EpavSm1jm"
    "Djy3mhdumWa5fCBgGwQcBbIRw2CIANAoygvRTrsEEAbBDwKimHDQJe2QYBOy8ma3T/3fzw"
    "HJTt1uF3iagfv5t3WQVsWRWGiSyyfnxveLAIKfu+vf8yNzF5kN4LS52pjwFtd8Pv4cGA3n"
    "W/tG7aH9ty+7/lsXK6tJSDpWWGMyXq7RNiV4vu5t4AgrymBXlzx0bqC4609/cogNdvlNx8"
    "qkxIna5jLQWrH9Nb8TpAFRSoggLzA1RBATGbmOvV80aFiV7BtcaaLC8fu8S32KLt2kSv32"
    "RWFQ4zsoZs/jDhycSsfXQ/Fk8h3kx0An4vF23K7KtwXadsK786dDbnQYpWOKwhh2dTv7b+"
    "NEgGM8TrAMlgJnh8IBlsRyU6wuRaXaZTOODa7MQ7s6neisFoY49rMh2DgFVeiuTvcxK/Eu"
    "/w9U3vsnV72+5+OkfLY+Un7rUvW4GjWB0N6MdmuyPPBJ8DetnsXrY66tTicEBvWh/vulfy"
    "ZHRkhv9YaCp2JVMxAQRL0ThLMVm52akk4iUMAgImy3c8d8eOMEmrCDmNBUmbLGlbzqoVJZ"
    "3GgqRNlnRUNn9KhJS0dNossn6q7fY27/DImMi94bUCfLng+rG+Hatt7knKcnJ8VjojliCT"
    "LYmKRB+VUfOLtXzYQG8zk8YG923jjGPXmjo0b9e2C+ehMKadAtYprv3Pw8Ojow+H749Oz0"
    "6OP3w4OXu/CHBnL62KdF+0P7W7KclkRYBdlz1JHUi7alMSWYvxZudFm8Tc+aDPfAwGtFeg"
    "3Z84M0tomRXyaHOgNdRoNptIG3Gmv4oki6wf2ZtfRRKxVmVhWh62fpxvfuXDGDvu3NOiOg"
    "apH8Pb2rMzlluixXUSVotZc9sFPSHTFDJNjVABX5uTEjJNaytmwzJNOw4leyuyTdX1xpqM"
    "U5Vrqqo/qKZrE057lCDZWu2DR5GCN+RuIYRy4pGR+LWMT8RTVO4nFr1MtEGeMJhG4nAimm"
    "TTSjd0T0geNSSCAMmjJkRvIHl0NzwHI6gmzXEQsFwmFsl8J39VZ6FBEoeARZJjkUANzF0m"
    "iT7OtVxxQXMgtxS58V+mQXIKVsOBeFueuL/mWCkKOTYusZ0pdvMJj8PSBm6A2w/xr5D5FT"
    "xftS7bn5udd4fHjdNUXDw+G6a2L6WOlpszal/HMWPTHnvJlaVSODR7cBIIfXhNH/bns5mb"
    "M0qsDnEvUbUYkncd4Za1NWwX+99Vt2hxA5NFsHfbb3avmjdX5yg6kutKru4ug2Ul6mBAb1"
    "uXve6VtbiQ/C6u3123bmKX418H9Lp582uw7CU4GNA/Wze9cyT/H9DW763P1/1zFHymfVsv"
    "s4IF0nogrect0G6OQ/6WeE74F2a98eHFxrriD8tmpdzwwcY60i3uEyFy8dLuozb3kceefv"
    "CRy+xHJG+JXec/xEdjh8oj0fwntbO3ymGS2/hQ9xmRr+LoQQD9fO/89h4FTntDXG3gtDfB"
    "zQlO+x3VUpXsVNWOQ6zJROcqxpdCpW33Jax1jmJfhIp70/vYu/ncVEu71dGANq++yLXa5y"
    "g8kGp056N10Q4Wcse+mKH0zjCXfmkdj0kMYrIwqyaFlXlrTovfmtNsEEbM8ZoL7xaIGhK8"
    "+eRdtbV7oGxlWV61JCYFrFO4a8dLYhSTju8LpVSmWuW4B8XZFUJIQldlcb0+r+wq72Cz38"
    "pjcoL9ic6AkQDVz5O9+URdSCut0l0h31DLvdFWR2Qv378RXW2scXA4sXZltjB2XPdH13kk"
    "SIh6LheT7yNVgXLpX0BjjxDpcnB8JG7D0COZcfQ0Ya6sMonufYpn/oTx+0aw5zD5FtadFO"
    "3lIENGufsb7+zB4P0wxDIE74cJVjl4P6DeZd24fpn0UKOVYHDngTtvrTvvTRTVvLppfuyf"
    "I/UhxNbqXgWJBsHBgH5sd5ud9p+qlmZ0OKBfemqfJvG/GaKKSj19n8iydzFadHfd62Zb7Y"
    "QlP1WWSL/d7HT+sILzye/yenDWFKEF0WbdiSmBgplp/cwUxcsreXVzwJU8u6Zx/iKO3SIB"
    "FPsiC1mvQU/ffHComs8c3OXJVFltAlOwt8zgqEL/G0HvS+hwnHhTQchzjhpXvNAuD1unEO"
    "TmaoBAYU8o7GnmmLDBwp6Qfg7p52+NdlmWRJv0BQgor0C51DnET9RmPY4D4isQTwmvUrY5"
    "AauTerhjR4ZcnVelanYcBvRXpv/BY75fRQApIIigsgjULkwVJJDEgQAqC8D2yMiRuYMVhJ"
    "DFgiAqC0K6ryrIIAED+ivTD7XkoZa8MWRDLfk6VKYJUr8qbbmVA60j41uoH0ZZXtRoRWSY"
    "5UaM6kFvSX5XEpxNOWWeR2yp9oWrALRzTwtuUD8RbCEJJVyNkCV8RQ2mGKYOHO/cD88ol0"
    "FR3QVwaVwduN/2GriZR746bO5rk50BAtsl2B6NLX+CD09OtahOoIDn9TzDFiywBYsR0+Nr"
    "WCubJ+ahlkMmiapFYDA5Qp2V0SvPivXKs2wVVdjr5i28T+Gy50qCTmM3IGrD1IB6Slpv7E"
    "zj6qfebX7wZEJbk3EY/XcqiYQ3yrQ3yri6HSt2Cou3aJSr31Flt7Anh09ULVA8lfEu8UlH"
    "6jvH35Asmy7tlp/QfXR4LwtlyL8nKBr6NHFcElTSEO1tTCnjaEgUcpRXxGOXD4YiHoY4PK"
    "GIhwnOZijisRueK8ZRNhA9eWtMw95jm3fFLfcdrVYbJYasn7GxhQgg7D4Gu4+9QEYS7D62"
    "K+ZXLfeF3cfMyvGC3cd204dh97GXWQkJu4/B7mOw/BuWf78d2mFJLCyJfbv0w5LYFxdBFL"
    "/SHfjjOBj5X92+k9dB6a29/OBudLWxJrA7i7UrFdMNAYiNEaNyxwMVU2jIrQ9krDT8/oOP"
    "otpV+RHaareBeKsh7mWIt5rg2od4K8Rb68V0kKpTRZ9MI0GhrKxQQqnKbFffcKnKqdBf9L"
    "bTXCJqyO7mB5JKq+hh/bx+BFwVVtJPZI7BYAmIcWnMsHLuzYoZVs5tYfGHOV6j1tdin1Fw"
    "rbHGY0S+lvYXNcUFmzeQuB8RwhxF3h0Bo764IpoFW2PaeO7LyzxvT07tewzogN5HaZgqq1"
    "8CpMdiiH3pU2JPFKlcQul+cqhPPB4sBfDJX4v2kUNCtH/Asx/lrp8hSJxFot+LQ7+BHhzB"
    "h7jJgKZ/lfh3+6+Ow4laeDB8Vnf1iIufER5zcR+bTacOl+2ug5dZNG+gp4nQQcSfsViNIM"
    "wax5Vguo/uQ+Nd/tABFS2Cx4dLHc7VI3wh2PCXCqOIPqiTSmp+5G4L7tJQODbnCMs/UZHB"
    "FTvf62wrTptdWaNRK3M2VLXMdbzt0HYDd5wJNscLuphrzuxLOTqNNue2smOZ3ogdAmBnsq"
    "qutuV0rkd8Egf8V84ekZRp2DtR+xqO2pvfFs63J2SKLf1iRllgnbz5G1tI5c+H/yY2197I"
    "MwGrYU/ewjJA/OwynENzcXZNDFILinedVimM6LwQYPHQvADUgu6tlyCxVcCuils3BQW/rn"
    "F+XYPcjUpP7bCHvQKX4+J6Y53bMdB43bDpWt/jz+xJXPIKnV8IewQF2/yS0T76zXM4J1S6"
    "6Z4mTAC88KLfiNx3lA3Z6BkR8bism3L7j/sOd5wxeUKQCQeut60oaC72ub4VHUfVycLYgR"
    "FtzhTTHpHpjHGZe/QreS6YZ1KN1k02zrK59Ri2Xzvj/CajUBhN5xyr+I8KymAk8GiCfTQS"
    "k0ED+SyIVmHkkZnQj1RLR9am8p/k1KBGf1lpSjZH+EGINjvZbPVJkGNtyOgGM4sJMwvYoV"
    "u1Q8PRtSy5YfMaUnt4clImOe/kpDg5T15LWfkzSYhmcZoEqIZMb97RPRYPJ97MC5XGskSn"
    "YHWkeuM7I7A5t9k0J2azeq1jDFYLmndeWwCSQMFZuG1L7jcynDD22KKjGXMKsxTTrRprbL"
    "mnoL1F4oD1qYsUCd4EtX5gRXnEJs5X4sece/EkwQZiXtLh95MyvHCYZLhwCyKXPUT2mj33"
    "fOblpDzu9tlg8BlidIDBZ4LBB7lmO6F57rk6unLYvIY9+PD98VmpZVnHZyvWZcmLxpQmNb"
    "orb2UVnJpfw1tpmiYpaC16+K7Nk0mwGkOX+hgMaK9Au0+Edce1aY/BgPYqtHPM55VrbC7R"
    "JpO/1+o2LzqyKGZ4MKBX7dvwVHSUtpzKDP+bL3o5cnzJzcgSJpevOdlmoTDhlppwA/tVP+"
    "SfxEHQv3Lm/Bg7rvhVlu/kFllYszVgGgw7mZnmFoTtiLeZug/+9Dfx4sAuubUVs3Fhkyvi"
    "OmLYLcqAS7dqlAybjOKAUhVCg1iDLJIQRCSCsEsjrGMQFDbAtk1moq/K0EVQwmA+20f3rl"
    "CDiaUa3qMp9h592R77aEjE70O+uHF+OdEdPBPCJIb4kCFMYoL/HsIkO6I5GMr0iU7goEuX"
    "4Vp54nWJjoGA5dIs6y68T6JqSPQWlt/vspqHceS+iFPsTXjmr1vdq2BbquBAbmN1edlqXQ"
    "VbWIWHA/qx2Vbe+uDTDF895pxMZ1yQPs/L1S2uLp3G1ekl2ZhXi5Jv3Iqo0vd55MDBL2ya"
    "3yOx6nJpOuvKOgUFOZssZ3GrmfjriFU0vxWOmznIGhWr2tjASTxPb5HZAlA/G/qkVLj4ZE"
    "W4+CQnXAzxlrcwUI0d6viTSnJOQWFCMk3OxgVcmoGmurcy3hI1apQMt+BY+1LRlp/7/Wvk"
    "EdHFfLWbGkZRxEYt8H8KSmNPCZJ/fn7wRP8WEAsxxK0GsRAjXJoQC9kFzdGopEt0Cgddug"
    "TXQTUyDUtvCQDXWI6Fxx5zfPGMuQQXdNoAkOJyKBCvkMxVfvVer5PQOi/a6Qz4u88XrZt3"
    "B6rzikYOL3C+g5cCvBSv20ux6Iey8mOW6OIVNRlgHQjf9bKa0Twoe2NNdcaOFAomv/ywqF"
    "fN+5ZEgvcNvDKFXplf2HAv3xUjrzTW+F/+HbZZX+WReY9BWQ4nqLSI2Jz7zoiE23sFXpSg"
    "8qL/SEYqKdXhP4lTAuCxp2h/MTHa8kkDYSQQc3EX6j6jJ/xIgqtP4jHE83NqP+72+WovtS"
    "BYx9kjofdI8htvEzxrwoSYxHOilNtEWu0+up95THY1/x49MAEfe2yK3iPO0AE4lEyyAMGh"
    "ZIL1DQ6lndD8KP4uHXsmal/DPrz59EOHzuY5+t7q0gALUC0ohsIAW0g//Ndd606mFQafA3"
    "pz1+2qdMTwoFw64oBeNruXrY46tThMa1svk6QY6Uo5xhKxnSl2CybaGCxtKQW4/RBvjjQ3"
    "8SpdtS7bn5udd4fHjdOUkzA+KyQ5FjqsL0wJndE/Bqnf5LqVIg1hMFvHnRKHgC8lx5cipV"
    "aB1zQMuM2LIMxpBR/VEgX+KeP8U4nV+IGTQbPkfBIFI3+5engQKtp6qEj+5AzDq82rJaoO"
    "NO/avAqdq2RkDbVGkDTOZPOqYh/f/MYgtrRRXWvBXZbwlekTeXBIpiifTBFz+et09RSsDq"
    "PM1reug0VUb0L7hCUob0LMBuU6wMsMC41Azq84peXWFv1krv7qvLyWxeXGmuQWP96wxD6m"
    "hAYbzHhsNLf5Dz5iTxTNiOewkWOrtA+VfDInSC7Zb4SrhJgqssZVsgkbI8oQJxTnVWzbyh"
    "O+I4VEfWpouVH72mWRbCoKXJxFEtZ40B00YzDQf4wbMcFwBMPRLO5r9UapXeormxU5cJC3"
    "8fL+DgMjDw8SN17i2iGzJKp+M+bG4mbmGHRNYeHYk718cy682FhjzOFls3WmXDHxG863L0"
    "w7yc1Fzkk2CTuiuWbSRjJNis2iwh02il//4i026hBQPDw5KZOVILe8L3j51bVUPpp4rzQY"
    "DpvXkN2DUkPrwYqh9SCnxhajnORV1fzlttctiGwsIWkNxbE5+j/kOv5rTExbQa4kI6GXZD"
    "IT0kkIKYVD3uDipWe1v/8fRtbVZA=="
)
