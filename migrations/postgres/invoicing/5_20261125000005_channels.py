from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE order_channel (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C",
    name VARCHAR(200) COLLATE "C" NOT NULL,
    secrets TEXT NOT NULL,
    enabled BOOL NOT NULL,
    last_used_at TIMESTAMPTZ,
    last_failed_at TIMESTAMPTZ,
    last_failure VARCHAR(500) COLLATE "C",
    version INT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_order_channel_id UNIQUE (platform_id, id),
    CONSTRAINT fk_order_channel_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_order_channel_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_order_channel_entity_id_id ON order_channel (platform_id, entity_id, id);
ALTER TABLE order_channel ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_channel FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON order_channel FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
CREATE POLICY own_id ON order_channel FOR SELECT USING (id = nullif(current_setting('app.channel', true), ''));
        """


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS order_channel;
        """


MODELS_STATE = (
    "eJztXW1z2rq2/isavuyeGXaneW1O9ieS0G7OppCb0O6Xyx1HGBF8Y2RqiaY55+7/fiXZBr"
    "+C5QJRnDXTKcbWsp1nCWnpWS/6T8Oh3zzHduj925ZtewvKG+foPw2KZ0Qc5FxtogaezxPX"
    "5DmOR66SwLF2I8Z9bMs7TrDLiDg1Jsz2nTl3PCobt9AM+w+Ez11sE+TNiY+557+VwmPPFt"
    "Ly7uvbLajzdUEs7t0TPiW+aP3f/9OULzcm3wmLvs4frIlD3HHyjxvLG6jzFn+aq3PXLnbo"
    "B9VUvsTIsj13MaOr5vMnPvXosr14R3n2nlD5TmQc+1vpwnVDVKJTwcuKE9xfkOVbjlcnxm"
    "SCF65ETEoHb7A617CsXn9g3bYHltXIoBlJxIALT9kelZpwKGcKgBn+brmE3vOp+Hr87u/g"
    "OSsgglbygV9aN5e/tm7eHL/7h3ygJ9QZqLkXXjlUl/5Wt8AcBzdRsK9wVp8ZpC+n2M8HOm"
    "q/HaijEyusV51x72AfviuDtmhVCLe6JvFe4Wv7ROJhYZ5F+Upc4c6M5COdlEzhPQ5F30YH"
    "LxD9NWAPOp/at4PWp2t5+xljX12FV2vQllcO1dmn1Nk3pym9LG+Cfu8MfkXyK/qr32srOD"
    "3G7331xFW7wV8N+U54wT2Leo8WHscxiU5Hp/6WY9fkIfarkidG2H54xP7YylzxDr2ittlL"
    "s8NZ+gym+F4pSaL5dzM+/ouBkU88f1YwPSwvb5of5vGGGyeIPiUonFGQQ5Envs68MRHj5Z"
    "QgTiim/C3qcIbunPEdchgi34j/hDw5FSD1zJ/EteiZlmiUnVx29AyYmIyfmEKtW5p4J8Vq"
    "OEttC/kV0vIHlW8CtOlipmDuiBfC1CYZuCNZk4FudDtf2udI/j+kt63e1UX/j3MUHqRHnD"
    "IqODosoYKjw0IVyEtJFbiYcUsMXaLjMvI1q4wL575DeX6Pz8qmlOEEFv8ulPFuV13+Xr7B"
    "z/88PDw6en/47uj07OT4/fuTs3dnoq163eyl92uUctH52OkNkvqQJ8BWA1ttz7Zam3KHPx"
    "VYauHFTXYaWTUrsYxnxHWFNeRNEEaRJYQeHT5FjjCcXHKPXeSMg3s2hdH0XUhwLp7JmuL9"
    "ZyMiewbCdIxGvvg/jwHYxSPARjPEUii20WJ2tRbgKTmTjQdjrDTynROfYjcX62K+JiVWCe"
    "qwC5uJ9E5YG2DFdouvmhEsXZSTUoB1OazFyo0vWNUF3kraZLwbrcuBWuQFn2KZ9/n2ut27"
    "al+JhV50OKQSJXFZnIyOzFj+CeNV2LdM+weRloPRvdQvIoLNdSg5qIL3UhAA1wb8sCrghw"
    "C4NuBy6WwX0nvrMY/L1hH2UqivAb0IcztcmuviHcnVD+uDUmAfrEH7oBhun9zLl6sA+Eqy"
    "hpCXQnwN4FlHtnSr+Fo9OyZisvFYdQQpM4AUjx+Z9f0MO67Wyj4SqF/vPTw5LgPuyXExvP"
    "JaEuC5AElrIlwK1A/g7dNTj2TEHK6Fb0ykfgjvxKyTM5Z8JNec8dJyAHcpuLl4gjPOoU7+"
    "xTw6IN8LHLIxsVpMe+t8f+0/Bgm3X4Tnm0+tP/6RcP11+72PUfMY/pfd/kXa0lj4PqF2jq"
    "mxxqUQF6oF6inOqQzlVMw4ZXq2MyPWvzXnw4RQDTE+LWN0nBbbHKcZk8P1bOzqUdxLiRoC"
    "vIM1t/TzBz7yyiFM6XuYDHyj1/7SvjlH6mNI+z2rf3MlT0RH6tx1689P7d5AnQ2P1fkPn7"
    "sfOt3lpdVXM1jwIBDAko5hzLVn3ay0yYo0dvKd46eZDCXjxJ9ZY/yUo4fCSLRc2f0Fo+1y"
    "HAvi0Q4Pjt8fnx2dHi/D0JZn1kWfZSPNvmFuBUY58UmOP//C81yCC0ydrHAK45GQfoEgr4"
    "vf6/e7ia5+0Un35c+fLto3bw5UvxeN5MIyF3o2w65rjRbMoYTl9O610GeFAfry0HvaeHsA"
    "si7Ijj7KDsCs35dlTKIVJ1a0LZaCW4DZUsFseZwSai3oN+I74pkFEXKb1wI5tzFZHY1f+9"
    "2rcyT/H1IJ4cf2OQo+h7Tbuh1YX1rdjmixOjbD1J/7YrHFxKrLdhdjYnH8XXPIyr8BDGDl"
    "BzCysPjUJ2zqiaeQ7zYhY21LtPAeoIjyihBdeYb9Jwmr52v5p9KC9aP1162qooHnfeG48z"
    "5De5KZDD3XYz1jMibPBcZ4AieeJxamOhCvJOrXgw/elfJMyWZrgjFyIqi9ey/ASQPohFD9"
    "sN5+X44YLTnB6fXprGT98N6J0zUCzhlhLR93Wq5+cB+V8U8dFfunjrIhMSFmI8euAnUoVj"
    "+kDw7KDNkHxQP2QRppsaJkuUEbhWR6TAIodEjW1oH6pSdrx9W8mI8rqjkpCWo2Ts2m5eR3"
    "hXXcWJeXrxo0S+XmW27UdmOC/mBK0OiJExakzwep9D8xJO/QRHiOfY4mvjdTJY+CuyPmiW"
    "+YI9dhnCEqix4hG/v+k2w0y2bo7+gZkKJvyIoFUvRNWC2GP31NpBNSgHMJnMXjuIoz0aQ/"
    "0nIAdnmwczwDDsX+01qk81wBchZ6gTCv8wVId2TczhJoXnR6rZs/8z2aUfu4DXXx56DdSi"
    "EPpi+Yvjs3fVtz5zdSVI4qvLjJ5MVzx3ogGvWoxAqcIyHRRIx7PhkjzFShqNtfWz8fnpz+"
    "gtjUe5TVPm2CpEteXJS1PWd4TPKrT/3oDcGQNWTeAUPWhDn/uQxZo0nh7cMMVaZ27Eryyc"
    "TJiSxaF1IRSdQQ44PTMl6NtCkU82qc5patnXgLLc9oQqiGMJfx0hU76TI+OmHVWFPMpjoQ"
    "x2VqiPD2E/XmxJ85jFWJ4k2J1gLuvWf8gi+vrivdPDWP9KrIJKRq8ftKDmdnZUyfs2LL5y"
    "ynVuzcEXqr8HtKSm7h92SYSV+nn5NPvnkPlUbNpCRo2TQtm0MPXi4Y92aKEcsjCJeXmxso"
    "QjvesARHOFo8BfXk5Y4/gbu6GRSUlx7qsIKbKhj/pTVAQe534K4eE9sZk2B/IPw9jy7c6r"
    "2BOTSEVgHm0ARKC1zgsBtA7XhE4Gl3i++D+NPy8d2csRvJmox147Lfu/38SdbpiY6G9OLz"
    "bafXvr09R9HRkPb6PWvQ+qN10W1b3fbHVte6bt/c9nvnqOhK2rwplUew9XReqF2649qlsE"
    "EAbBDwWgCHDQJggwAjYC+FOmwQABsEvEjIYYOAF7ZBwN6LyRrdf7c/PAdlu3XwXUnUD9/t"
    "U1YBWlaFYSIrWT+8tzxYhJD92N5/mZuYPEg3wlJn6mNIO73we3gwpJ97X9o3nQ8duf3f6l"
    "iRLm1FsLTNIFOi3j4ldjXvbu4NwMlrmpM3d2ykTGCkvb9HgXj9Rsnth8qE0OkSaymx+iG9"
    "E9YBqqBAFRSYH6AKCqjZxFivvj8uDPQKrjU3RHkx7BJmecu2GwO9fpdRVTiMyBp5i/spTw"
    "ZmvUV3E/EU4s9FJ+B3MmlTRl+FeZ2yrfzq0PmCByFa4bCGHJ4N/dr50yAYzBDWAYLBTGB8"
    "IBhsTyU6wuBaXaRTcoC12YF3ZkO9kwWjjX2uiXRMBFblpUD+MZL4hbDD1zf9y/btbaf38R"
    "ytjhVP3O9ctgOiWB0N6YdWpyvPBJ9DetnqXba76tTycEhv2h8+967kyejIDP5YWCp2paVi"
    "QhBWisatFJOVm51KKl6JgUPAZP1OFu7EEUvSKkpOy4KmTda0LWfVippOy4KmTdZ0VDZ/Ro"
    "SWtGzarGT9TNvdbd7hkwmRe8NrOfhyheuH+m5WbQtfQpYT47OWjFgJmbySqAj0URkzv9jK"
    "hw30tjNpbHHfNu5x7Fozh+bt2nbh3Bf6tFOCdfJr//Pw8Ojo/eG7o9Ozk+P370/O3i0d3N"
    "lL6zzdF52PnV5KM1kVYNf1HqUNpF21KSlZi/Fm70WbxNx5r498TAxgrwA7mzpzS1iZFeJo"
    "c0RraNFsN5A2wkw/iyQrWT+wt59FEqFWJTEtT7Z+mG8/82GCHXfha0EdE6kfwrvaszMWW6"
    "KFdVKsFrPmrgt6QqQpRJoaYQK+NJISIk1rq2bDIk27DiWNNdGm6npzQ8SpijVV1R9U040B"
    "p31KkGyt9sGjSIk35W4hhHLik7F4W49PxVNU7CcWvUy0Qb5YMI3F4VQ0yYaVbumeEDxqiA"
    "cBgkdN8N5A8Oh+cA5GUE2Y40KAchlfpMec/KzOwgVJXARWJDkrEqiBuc8g0YeFFhUXNAdw"
    "S4EbfzMNkFNiNRyId8XEfV1gZSjkrHGJ7cywmw94XCy9wA3k3obyLxD5NThftS87n1rdN4"
    "fHzdOUXzw+G6a2L6WOFs0Zta/jmLFtxl5iZakQDs0enBSEPryhD7PFfO7mjBLrXdwrqVoM"
    "yfv2cMvaGraL2Q/VLVrewGQVNG4Hrd5V6+bqHEVHMq/k6vNlkFaiDob0tn3Z711ZywvJ7+"
    "L65+v2Texy/OuQXrdufgvSXoKDIf2rfdM/R/L/IW3/0f50PThHwWea23qeDBYI64GwntcA"
    "uzmE/C3xnfAvzLLx4cXmpuIPq2alaPhgYx1JizMiVC5+tG9RhzPke48/MeR69gOSt8Su82"
    "/C0MSh8kg0/0Xt7K1imOQ2PtR9QuSbOLoXgiyfnd/do4C0N4RqA9LeBJoTSPs91VKV6FS1"
    "jkNZk4HONYwvhUnbGUix9jmKfREm7k3/Q//mU0uldqujIW1dfZG52ucoPJBmdPeDddEJEr"
    "ljX8wweueYS15ahzGJiZiszKpBYWV+NafFv5rTrBNGzPGaiXdLiRoCvP3gXbW1e2BsZVFe"
    "lxKTEqyTu2vPKTEKSYcxYZTKUKscelCcXaOEpOi6KK6Xx8quYwdbg3YeklPMpjoDRkKofk"
    "z29gN1Iay0SneFeEMteqOjjkgjn9+IrjY3EBxOrF2ZLYwd1/3ZdR4IEqpeyGTyt0hVoFzx"
    "C2jiEyIpB4chcRsPPZA5R49Tz5VVJtEdo3jOph6/awZ7DpPvYd1J0V4OMmScu7/x3h4M7I"
    "chK0NgP0xYlQP7AfUu64b184SHGm0EA50HdN5GOu9VFNW8uml9GJwj9SHU1u5dBYEGwcGQ"
    "fuj0Wt3OX6qWZnQ4pF/6ap8m8b8ZqopKPf2YyrJ3MVp1n3vXrY7aCUt+qiiRQafV7f5pBe"
    "eT3+X14KwpSgu8zboTU0IKZqbNM1PkL6/E6uYIV2J2TcP8WYjdIgUUc5GFqNegp2/fOVSN"
    "Mwe6PBkqqw1gSuw1Iziu0P/G0PsSNhwn/kwA8pRjxhUn2uXJ1skFub0aIFDYEwp7mjkmbL"
    "GwJ4SfQ/j5a4NdliXRBn0pBJBXgFzaHOIVtVGPywHwFYCnhFcp25wQq5N5uGciQ2bnVama"
    "HRcD+CvDf+97jFVRQEoQVFBZBWoXpgoaSMqBAiorwPbJ2JGxgxWUkJUFRVRWhKSvKuggIQ"
    "bwV4YfaslDLXljwIZa8nWoTBOEflXacitHtI6I76B+GPXyvEZrPMNerseoHvCWxHctwNmQ"
    "U8/3iS3NvjALQDv2tOAG9VPBDoJQwmyELOBrajDFZOqA8d55eI9y6RTVTYBLy9UB+13nwM"
    "198s3xFkwb7IwgoF0C7fHEYlN8eHKqBXVCCnDejDNswQJbsBgxPb6EXNk8NY+0CJmkVC0c"
    "g8kR6qyMXXlWbFeeZauowl43r+H3FKY9V1J0WnYLqjbMDKinpvXGzrRc/cy77QyexlV0WL"
    "OHVLxFs1xlhyr7SD06fKqqROKZ9ISITzpW3zn+jmRBbWnR/oLuosM7WUJB/j1BOcnHqeOS"
    "oMaCaG9jSj2ORkRJjvPKO+zzwVDewRAqDMo7mEBDQnmH/eBckWHfAq/+2pCGXam2T9Ksdq"
    "SsVjUjJlk/M3QHviHYlwr2pXqGWBXYl2pfyK9LBIV9qcyK/oF9qfbTh2FfqufJkYN9qWBf"
    "KkgMhsTg1wM7JEtCsuTrhR+SJZ9dBZH/Snfgj8vByP/idiS8DooyNfKdu9HV5gbH7jzWrp"
    "RPNxRA3gR5VNbCVz6FpiyKL32l4fefGIqqGuV7aKvdBvythtDL4G81gdoHfyv4W+uFdBCq"
    "U8WeTEuCQVnZoIQihtmuvuUihjNhv+httLiSqCG62x9IKuVXQ2a1vgdcldzRDxuPiUFygN"
    "Eh45BT9arUDDlVtU4LaH8r5oyCa80NjBH5VpovaokLNm8icT8ilDmO2B0hRpm4IpoFmyba"
    "eMHkZZ63W6P2PYZ0SO+iMEwV1S8FJGMxwkxySt4jRSqWUNJPDmXE50EqACNfl+0jQkK0v8"
    "fzn+V+kKGQOItEvxeHrInuHYGHuMmQpt9K/Lv9r67DiUo8GD2pu/rExU8IT7i4j+3NZg6X"
    "7a6DH7No3kSPU2GDiD9jmY0gljWOK4Xpj3JgxdGsa4vqaQW0hhaQuXzYHpdUwJKZsBR4Ru"
    "a35sg+F/9o9CprJ1tM6Y3YoQBsJVU5qEBCpmEGR+1rOGpsfx8pZk/JDFv61U+ygnUiebeW"
    "X8MWo/8lNtfe+S8hVsOevIPsMPzkejgH5uKgi5hILSDed7SdWFvleYaKh+alQC3g3nXBF8"
    "9WfpwqbF9KFOg+4+g+c1iozpjM5h6X/sLfyFOjoD5FslFzU4mKVXPrIWy/kaH6XTJHGM0W"
    "HCvORtWMwEjIoylmaOxRIcS8gGHCyCdz0XlVS0fWk2CPRPR4xe/I6hCyOcL3osNkeaydPg"
    "niogyxDYDxMcEuAyNhp0ZCOLqWBTdsXkNoD09OyjjUT06KHeryWsoEm0tANBPKE0I1RHr7"
    "LMREPJz4cz/kDMoCnRKrI9Rbr3PrLbjtzXIItfX5CTGxWsC893xACNyAldyuV3K/k9HU8x"
    "7adDz3nMLIgnSr5oa13GPQ3iJxgc3hBhQJ3AS0LFhF+cQmzjfCkApZYNLZH3fsN5HnR/kn"
    "gU/qF7XwwmFggGyrJJHr3UfrNXvhM8/PCVPY77NhwWfIogMWfCYs+MARvReYF76rYyuHzW"
    "vYgw/fHZ+VCqU+PlsTSy0vGlNOzOiuvJPIdTW/hrfSXJqkRGvRw/e9PJkGEZS60MfEAPYK"
    "sDMiVndcG/aYGMBeBXaO+aJyXayVtMngN9q91kVXFrIKD4b0qnMbnoqO0iunMsP/9gtVjR"
    "0msRlbYsnFNCfbrChMuKUm3GD9ammHMybl6hTzteewxgl2XPFWFnNyEyM3bPSSFoadXkyj"
    "BWFzuV3GVQKf/ip+OLDnWW3VbJzb5Iq4jhh2iyLg0q2aJd0m47hAqapega9BJjYGHonA7d"
    "IMcw+DZERs22Qu+qp0XQRZj4v5W3TnCjOYWKrhHZph/4HJ9pihERHvh5i4cX4JsD08E9wk"
    "hnDI4CYxgb8HN8meYA6GMn2gE3LQpctgrZh4XaBjQoByaZR1syKTUjUEege5kftM9TUO3G"
    "chxV4FM3/d7l0FW0kEB3LricvLdvsq2HYiPBzSD62OYuuDTzO4esw5mc25AH2RF6tbXBEy"
    "LVenH8nWWC1KvnMrgkqf88gRB17YNN4jru/Y0llX1ylR0LPJeha3mou/jlhF81vhuJkjWa"
    "NKIlsbOInv6yWZLQXqt4Y+KeUuPlnjLj7JcReDv+U1DFQThzpsWknPKVGYkEzTs3EOl1Zg"
    "qTbW+luiRs2S7hYca1/K2/LrYHCNfCK6GFM7oGAUeWxUgv9jUM5yRpD88/OdJ/q3AF+IIb"
    "Qa+EKMoDTBF7IPmKNRSRfolBx06RJY08VsRHKWJMV7UC4FgBrLWeF5DzlcvOe5BBd02kAg"
    "heVISLxAMNfx6v1+N2F1XnTSEfCfP120b94cpLbrzkIMLAWwFC+bpVj2w5E3zimLU5xRkx"
    "GsA+D7TqsZL4KyN9ZMZ+xIScHkl+8W9auxb0lJYN+AlSlkZfpyPw0xF1FK3EY+J5No0tzA"
    "yKj9OSw71lq7aAjHD4Qh5txTFXUqc01VjGqmescqcFUuCTdXBKl6Y7WbSZh+eYemnoBWyV"
    "DyqLgf0XLi+Iw3EcH2NKgVEmyhK0MWOBKPfpw64orDZZAt+yUuLUtPUnELYIhMWtIBQ2TC"
    "choYov2wFjivNFzxAiVqX8M+vJOsW0j4f5aVCaEqS1yTQYpJAY1UnkZyMeOW3P6twnIlLQ"
    "teZNPWKxlNy1T06rpOSIO2X4S2F76WjZCWq58dthMuE2oGQM0AGKegZgCo2USytEV8x542"
    "8mnS8GJzA0GKV802MaPFGt4yT1g4ueRyKC93y+EfnFSKScHCabvYQCqet1/m6n4P+3LI35"
    "UGwmHzGqJ7UMr0PFhjeh7kBPt7lJO89L5/3fZ7BRbSSiQ9bzo2R/+HXIe9RBt0DbgSjPVM"
    "VZqUSs2C8gaSqXrWWe3v/wcRm0ud"
)
