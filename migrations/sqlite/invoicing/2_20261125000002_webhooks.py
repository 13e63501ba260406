from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE webhook_endpoint ADD COLUMN retired_secrets TEXT NOT NULL DEFAULT '[]';
ALTER TABLE webhook_endpoint ADD COLUMN ordered INT NOT NULL DEFAULT False;
ALTER TABLE webhook_endpoint ADD COLUMN api_version VARCHAR(10) NOT NULL DEFAULT '2026-11-25' CHECK (length(api_version) <= 10);
ALTER TABLE webhook_endpoint ADD COLUMN selection TEXT;
ALTER TABLE webhook_endpoint ADD COLUMN permissions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE webhook_endpoint ADD COLUMN replay_seq BIGINT;
ALTER TABLE webhook_endpoint ADD COLUMN replay_until_seq BIGINT;
ALTER TABLE webhook_endpoint ADD COLUMN replay_since TIMESTAMP;
ALTER TABLE webhook_delivery ADD COLUMN api_version VARCHAR(10) NOT NULL DEFAULT '2026-11-25' CHECK (length(api_version) <= 10);
ALTER TABLE webhook_delivery ADD COLUMN payload TEXT;
ALTER TABLE webhook_delivery ADD COLUMN retry_base INT NOT NULL DEFAULT 0;
ALTER TABLE webhook_attempt ADD COLUMN request_headers TEXT NOT NULL DEFAULT '{}';
ALTER TABLE webhook_attempt ADD COLUMN response_headers TEXT NOT NULL DEFAULT '{}';
DROP INDEX px_webhook_delivery_next_attempt_at;
CREATE INDEX px_webhook_delivery_endpoint_id_seq_next_attempt_at ON webhook_delivery (platform_id, endpoint_id, seq, next_attempt_at) WHERE status = 'PENDING';
CREATE INDEX px_webhook_delivery_endpoint_id_id ON webhook_delivery (platform_id, endpoint_id, id) WHERE status = 'FAILED';"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX px_webhook_delivery_endpoint_id_seq_next_attempt_at;
DROP INDEX px_webhook_delivery_endpoint_id_id;
CREATE INDEX px_webhook_delivery_next_attempt_at ON webhook_delivery (next_attempt_at) WHERE status = 'PENDING';
ALTER TABLE webhook_endpoint DROP COLUMN retired_secrets;
ALTER TABLE webhook_endpoint DROP COLUMN ordered;
ALTER TABLE webhook_endpoint DROP COLUMN api_version;
ALTER TABLE webhook_endpoint DROP COLUMN selection;
ALTER TABLE webhook_endpoint DROP COLUMN permissions;
ALTER TABLE webhook_endpoint DROP COLUMN replay_seq;
ALTER TABLE webhook_endpoint DROP COLUMN replay_until_seq;
ALTER TABLE webhook_endpoint DROP COLUMN replay_since;
ALTER TABLE webhook_delivery DROP COLUMN api_version;
ALTER TABLE webhook_delivery DROP COLUMN payload;
ALTER TABLE webhook_delivery DROP COLUMN retry_base;
ALTER TABLE webhook_attempt DROP COLUMN request_headers;
ALTER TABLE webhook_attempt DROP COLUMN response_headers;"""


MODELS_STATE = (
    "eJztXWtz2rq6/isavrR7hnYScml21ieSkC72opCTkK7LZo8jjAg+sWVqiSbZ6/S/H0m2wX"
    "csF4jiaKZTjK3Hdp5XSO9Nr/5uWPi7a5kWvv/YNk13gWnjFPzdwNBB7CDjahM04Hweu8bP"
    "UTi2BQJG2o0J9aDJ7ziFNkHs1AQR07Pm1HIxb9wGDvQeEJ3b0ETAnSMPUtf7yMET12Rofv"
    "fidgtsfVsgg7r3iM6Qx1r/+z9N/nIT9IRI+HX+YEwtZE/if9yE30CcN+jzXJy7sqGFL0VT"
    "/hJjw3TthYNXzefPdObiZXv2jvzsPcL8ndAk8rfihW0HrISn/JdlJ6i3QMu3nKxOTNAULm"
    "zOGEf7b7A61zCM/mBo3HSGhtFIsRkiIsQFp0wXc0lYmBJBgAOfDBvhezpjXw/3fvjPWRHh"
    "t+IP/Nq+Pv+1ff3+cO8f/IEuE6cv5n5wpSUu/RC3gBT6NxG0r3gWnymmz2fQyyY6bL8Zqs"
    "MTK65XnXHnZLf2yrDNWuXSLa5xvlf8mh7ifBiQplm+YFeo5aBspuPIBN+TAPoxPHiF7BeQ"
    "Pex+6dwM21+u+O0dQr7Zgq/2sMOvtMTZ58TZ98cJuSxvAn7vDn8F/Cv4a9DvCDpdQu898c"
    "RVu+FfDf5OcEFdA7uPBpxEOQlPh6d+8LFr+hD5VfETY2g+PEJvYqSuuC03r236ktNykmcg"
    "hvdCSJzNH83o+M8GRjp1PSdnelheXjc/zKMN104QA4xAMKMACwOXfXXcCWLj5QwBijDE9C"
    "PoUgLurMkdsAhA35H3DFw+FQDxzHfsWvhMgzVKTy5beoaemJSfmAKpG5J8x2E1nKU2xfyK"
    "af6DylYBOnjhCJq77IUgNlGK7hCrMtGNXvdr5xTw/0f4pt2/OBv8cQqCg+SIU0YEB60SIj"
    "ho5YqAX4qLwIaEGmzoYh2XoG9pYZxZ911Ms3t8GpsQhuVr/NsQxt62uvw9f4MP/2y1Dg4+"
    "tfYOjk+ODj99OjrZO2FtxeumL30qEMpZ93O3P4zLg5/QuprW1Xasq3UwtehzjqYWXFynp6"
    "FVsxJmPEG2zbQhdwogCDUh8GjRGbCY4mSje2gDa+Lfs8mUpieGoJQ9kzTZ+ztjxHsGgHgC"
    "xh77P8sDsI1HaB1NEU0hX0eL6NVShCdwKisPymhp6IkiD0M7k+t8f00CVonqoAuryfRWvD"
    "baK7ZdfsWMYMiyHEdprstxzSw3uiBVDbwVWmW+G+3zoTDy/E9m5t3eXHX6F50LZuiFhyPM"
    "WWKX2cnwSA3zjymvTL8l0j+IJE6P7qV+ESFttoXRfhW+l0BNuDThraqEtzTh0oRz09nMde"
    "8Vcx7F1pH2UqwXkJ7HuRmY5rJ8h7j6cb1fiuz9Arb38+n20D1/uQqEr5A1pLwU4wWEpwPZ"
    "PKziSfXsCERl5bHqCFJmAMkfP1L2vQMtW8qyDwH1672to8My5B4d5tPLr8UJnjOSpCbCJa"
    "B+BG/ePfWIxsSiUvxGIPVjeCtqHZ+x+COp5IyXxGm6S9FN2ROsSYbr5F/ExUP0lBOQjcBq"
    "Me0Vxf46fwxjYb+Qz/df2n/8Ixb66w36n8PmEf7Pe4OzpKax8DyEzQxVoyCkEAXVgvWEz6"
    "mMyynf45Tq2ZaDjP9KzocxUA05Pi6jdBzn6xzHKZXDdk1oy7m4l4gaErwFm5vH+f0YeeUU"
    "puQ9VCa+0e987VyfAvExwoO+Mbi+4CfCI3Huqv3nl05/KM4Gx+L85W3vsttbXlp9VcML7i"
    "cCGDwwDKn0rJtGqyxIZSffOXx2eCoZRZ5jTOBzhhxyM9EysbtLRtvmOObno7X2Dz8dnhwc"
    "Hy7T0JZnirLP0plm3yE1fKUceSgjnn/mujaCOapOGpzgeMzQr5Dkovy9waAX6+pn3WRfvv"
    "1y1rl+vy/6PWvEDctM6okDbdsYL4iFEcno3YXUp8Ga+vLUu9J8u5pkWZIteZYtTbN8X+Y5"
    "iUbUsSKtseTcQqstFdSWxxnCxgJ/R57FnpmTIbfeFsi4jcriaPw66F2cAv7/CHMKP3dOgf"
    "85wr32zdD42u51WYvVsRqq/txjxhZhVpdpLybIoPBJcsjKvoEewMoPYGhh0JmHyMxlT0FP"
    "JkITaU009x5aEOUFwbqyA71nTqvrScWnksD6ufWLrKpw4PmUO+58Srk9kcNTz+W8nhGMyn"
    "OBMpHAqesyw1SG4hWifj14f69UZIo3K0jGyMigdu9dnycJomOg+nG9+b4cerT4BCfXp9PI"
    "+vG9laBrSJw1hlIx7iSufnQflIlPHeTHpw7SKTEBZ2PLrEJ1AKsf0/v7ZYbs/fwBez/JNL"
    "MoSWbSRq4zPYLQLnS9WFuG6te+WDsq5sV8UlHMcaQWs3JiVm1Nfo9px42idfmiQbPU2nzD"
    "DtuuXaA/nCEwfqaI+Mvn/aX07wjgd2gCOIceBVPPdUTJI//ugLjsG6TAtgglAPOiR8CEnv"
    "fMGznpFfpbeoZeoq+IxaKX6KtgLQY/fUmmYyjNcwme2eOoyDORdH8kcZrs8mRnRAYsDL3n"
    "QqazQgF8FnqFNBfFAng4MqpnMTbPuv329Z/ZEc2wfVSHOvtz2GknmNeqr1Z9t676tufWby"
    "ivHFVwcZ3KC+eW8YAk6lExC5wChmgCQl0PTQAkolDUza/tD62j418AmbmPvNqniQAPybOL"
    "vLanAycou/rUz95QK7KKzDtakVVhzn8pRVZpp/DmadZVprYcSvLQ1MrILCpKqQgRNeR4/7"
    "hMVCOpCkWiGseZZWun7kIqMhoD1ZDmMlG6/CBdKkbHtBpjBslMhuIopoYMb36h3hx5jkVI"
    "lSzeBLQWdO98xa+O5dXV0s0S81iuikwMVYvfV3w4Oymj+pzkaz4nGbVi5xaTW4XfUxy5gd"
    "+TYip9nX5OHvruPlQaNeNILWXVpKyOe/B8QajrCI9YloNwebm5xkVoRhuW8BGOF89+PXm+"
    "448frm76BeV5hDqo4CYKxn9tD4G/9tsPV0+QaU2Qvz8QfMpyF2703tpzqIhbRXsOVXBp6R"
    "C43g2gdn5E7afdLr8P7E/L5nf9it0QqzLXjfNB/+b2C6/TEx6N8NntTbffubk5BeHRCPcH"
    "fWPY/qN91usYvc7nds+46lzfDPqnIO9KUr0ptY5g48t5de3SLdcu1RsE6A0C3grheoMAvU"
    "GAErSXYl1vEKA3CHiVlOsNAl7ZBgE7LyardP/d/PDsl+2W4XeFqB+/m3dZ+WwZFYaJNLJ+"
    "fG94sAgo+7m9/1I3UXmQbgSlzsTHCHf7wffgYIRv+187193LLt/+b3UsnC4d4WDpqOFMCX"
    "v7DJnVoruZN9BBXtWCvJljIyaMI+n9PXLg9RslN58qE1An61hLwOrH9Fa8DroKiq6CoucH"
    "XQVFi1nFXK+BN8lN9PKvNddkeRFoI2K4y7ZrE71+51lVMMjIGruL+xmNJ2Z9BHdT9hTkzV"
    "knoHd80SbPvgrWdfK2/KuF5wvqp2gFwxqwaDr1a+tP08lgingddDKYCh4fnQy2oxIdQXKt"
    "LNMJnOZa7cQ7taneisFoQo9KMh2BaKu8FMk/5yR+Jd7hq+vBeefmptv/fApWx8JPPOied3"
    "xHsTga4ct2t8fP+J8jfN7un3d64tTycISvO5e3/Qt+MjxSw3/MNBWzkqkYA2pLUTlLMV65"
    "2aok4hVMBwRUlu90YU8tZpJWEXISqyWtsqRNPqtWlHQSqyWtsqTDsvkOYlKS0mnTyPqptt"
    "vbvMNDU8T3hpcK8GWC68f6dqy2hccpy8jxKXRGrEAqWxIViT4oo+bna/l6A73NTBob3LeN"
    "uhTahmPhrF3bzqz73Jh2AlinuPY/W62Dg0+tvYPjk6PDT5+OTvaWAe70paJI91n3c7efkE"
    "xaBNC23UeuA0lXbYojazHe7LxoE5s77+WZj8A07RVoJzNrbjAts0IebQa0hhrNZhNpQ87k"
    "V5GkkfUje/OrSELWqixMy8LWj/PNr3yYQsteeFJURyD1Y3hbe3ZGckukuI7DajFrbrugp8"
    "401ZmmSqiAr81JqTNNaytmxTJNexZGjYJsU3G9uSbjVOSaiuoPounahNMBRoC3FvvgYSDg"
    "Tb5bCMIUeWjC3talM/YUkfsJWS9jbYDHDKYJO5yxJum00g3dUyePKhJB0MmjKkRvdPLobn"
    "j2R1BJmqMgzXKZWKRLrOxVnbkGSRSiLZIMi0TXwNxlkujDQsoV5zfX5JYiN/pmEiQnYDUc"
    "iLflifu2gEJRyLBxkWk50M4mPApLGrg+7mOAf4XMF/B80Tnvfmn33rcOm8eJuHh0NkxsX4"
    "otKTdn2L6OY8amPfacK0OkcEj24DhQ9+E1fZgs5nM7Y5QoDnGvULUYkncd4ea1NUwbkp+q"
    "W7S8gcoiaNwM2/2L9vXFKQiP+LqSi9tzf1mJOBjhm875oH9hLC/Ev7Prt1ed68jl6NcRvm"
    "pf/+Yve/EPRvivzvXgFPD/R7jzR+fL1fAU+J9J39bLrGDRaT06rect0K6OQ/4GeVbwF6a9"
    "8cHF5rriD6tmpdzw/sY63C1OEBM5+9F+BF1KgOc+viPAds0HwG8Jbeu/iICphfkRa/6L2N"
    "lb5DDxbXyw/QzQd3Z0z4Ak2zu/vUdpp70irjbttFfBzamd9juqpcrZqaodB1iVic5UjM+Z"
    "StsdcljnFES+MBX3enA5uP7SFku7xdEIty++8rXapyA44Gp079I46/oLuSNf1FB655Byv7"
    "SMxyQCUVmYVZPCyvxqjvN/NcfpIAyb4yUX3i0RNSR488m7Ymt3X9lKs1y0JCYBrFO4a8dL"
    "YgSTFiFMKeWpVhnuQXa2QAhxaFEW1+vzyhZ5B9vDThaTM0hmMgNGDFQ/T/bmE3V1WmmV7q"
    "rzDaXcG11xhBrZ/o3wanONg8OKtCuzhbFl2x9s6wEBJuoFX0z+EYgKlCv/Aph6CHGXg0UA"
    "u40LHtCcgseZa/Mqk+COYDgnM5feNf09h9FTUHeSteeDDJpk7m+8swdr74cilqH2fqhglW"
    "vvh653WTeuXyY9VGklWLvztDtvrTvvTRTVvLhuXw5PgfhgYuv0L/xEA/9ghC+7/Xav+5eo"
    "pRkejvDXgdinif2vhqjCUk8/J7L0XZQW3W3/qt0VO2HxT5ElMuy2e70/Df98/Du/7p9VRW"
    "h+tFl2Yoqh9My0fmYK4+WVvLoZ4EqeXdU4fxHHbp4A8n2RuazXoKdvPjhUzWeu3eXxVFlp"
    "AhOwt8zgpEL/m+jeF9PhKPIcRshzhhqXv9AuC1unEOTmaoDowp66sKeaY8IGC3vq9HOdfv"
    "7WaOdlSaRJX4I05RUo5zoHe0Vp1qM4TXwF4jGiVco2x2B1Ug937Mjgq/OqVM2OwjT9lem/"
    "91xCqgggAdQiqCwCsQtTBQnEcVoAlQVgemhi8dzBCkJIY7UgKguCu68qyCAG0/RXpl/Xkt"
    "e15JUhW9eSr0NlGj/1q9KWWxnQOjK+hfph2M2KGhVEht3MiFE96C3JbyHB6ZRT1/OQydW+"
    "YBWAdO5pzg3qJ4ItJKEEqxHShBfUYIpg6sDxzv3wLqY8KCq7AC6JqwP3214DN/fQd8tdEG"
    "myU0DNdgm2J1ODzGDr6FiK6hhK87yeZ70Fi96CRYnp8TWslc0S81jKIRNH1SIwGB+hTsro"
    "lSf5euVJuoqq3uvmLfyegmXPlQSdxG5A1IqpAfWUtNzYmcTVT73bzOCpXEWHgj2koi2a5S"
    "o7VNlH6tGiM1ElEjo8EsI+8UR8p/AJ8ILaXKP9BdyFh3e8hAL/e/xyko8zy0Z+jQXW3oQY"
    "uxSMkUBOsso77PLBuryDIq4wXd5BBTekLu+wG54retg34Fd/a0zrXak276RZ7UhZrWpGBF"
    "k/NXQLsSG9L5Xel+oFclX0vlS7Yr5oIajel0qt7B+9L9Vu+rDel+pl1sjpfan0vlR6YbBe"
    "GPx2aNeLJfViybdLv14s+eIiCONXsgN/FKdH/le3I+GVX5SpkR3cDa821wR255F2pWK6AQ"
    "C4U+BiXgtfxBSavCg+j5UG398REFY1yo7QVruNjrcq4l7W8VYVXPs63qrjrfVi2k/VqaJP"
    "JpFaoaysUOoihumuvuEihg7TX+Q2Wlwhasju5geSSuur9cpq+Qi4KLkjnzYegenFAUqnjO"
    "s1VW9KzHpNVa2XBXS+5/uM/GvNNR4j9L20v6jNLpi0Cdj9EBPmJPTuMBgm7Apr5m+aaMIF"
    "4Zdp1m6N0vcY4RG+C9MwRVY/B3CPxRgS7lNyHzEQuYTc/WRhgjzqLwUg6NuyfeiQYO3v4f"
    "wD3w8yALGzgPV7dkia4N5ifLCbjHDyrdi/m//pWRSJhQfjZ3FXD9nwGcApZfcxXcexKG93"
    "5f+YWfMmeJwxHYT9GcvVCMyssWwOxj/rA8vPZi0sqieV0BpoQOr6w3ZoUmkvmQqmwAt6fm"
    "vO7Ev5H5W2srayxZTciB0A9FZSlZMKOGUSanDYvoajxub3kSLmDDnQkK9+kgbWycm7sfU1"
    "ZDH+X2RS6Z3/YrAa9uQtrA6Dz7YLM2jOT7qIQGpB8a6z7ZhtlRUZyh+al4Ba0L3tgi+uKe"
    "I4Vbx9Cah29ynn7lPHC9WdIGfuUh4v/A09N3LqU8QbNdeVqFg1Nx6C9ms9VL9zzxEEzoJC"
    "4bMRNSMgYHgwgwRMXMxAxPU9TBB4aM46r2hp8XoS5BGxHi/8O7w6BG8O4D3rMGk/1lafpP"
    "OiFNENtMdHBb1MKwlbVRKC0bUsuUHzGlLbOjoqE1A/OsoPqPNrCRVszgmRXFAeA9WQ6c17"
    "Iabs4cibe4HPoCzRCVgdqd54nVt3QU3XyXCoFa9PiMBqQfPO1wPqxA1tyW3bkvsdjWeu+9"
    "DBk7lr5WYWJFs119hyj357A0UB69MNMGC8MWqJb0V5yETWd0SASFkgPNgfDew3geuF60/8"
    "mNQvwvCCQWIAbyuQwHbvQ3vNXHjE9TLSFHb3bJHe4LGfHne2EMR+rJTcAWLdYzBGhJnBPI"
    "8hOLvMHbA8wH+r3JhczD/yFjYyl/kRj77ROXYnz++IyJTgZx32NuxlmmD8zBMqkOdYhHve"
    "yd0vfmZCkCnhvyj0v/D35QatRT+CNjdjeb4D/8NWlyFGj+ym6Nll1uyd38QQqRcMN4Ue+x"
    "B/oTgv/gJxtSmsXwofUPDCM5ETwqxiYmETre7Ev91pu1gl20zbxSrYxTpevxOaF54tY1IE"
    "zWvYg1t7hyelMs4PTwpSzvlFZaquKd2Vt5LgL2b34FaSFlwCWosevmsrbuYnmspSH4Fp2i"
    "vQHmjQsrRHYJr2KrRTSBeVy4et0CqT3+j022c9Xu8rOBjhi+5NcCo8ShqYZYb/zdfzmliE"
    "czMxmAFHJCfbNFRPuKUmXN/MN6SzPuO4OqXG7Tj7cwotm72V70iQ9Z2mwHpDHNW8p/F1wj"
    "E/mux8nwHf3dTT+Pd/GjWZ98XCKpThlzhzXRvBonrwKMsvMWawbdG+PLNb3s8Gg16M97Nu"
    "ktjbL2ed6/f7iSK56QEOzq389OuCLIk4bIcdvbXXOv6wv/+hdbStDp+sXl5iWt8vqlyeXs"
    "MR+NvThBdZExFQHbSnXQ8rkZiF7MiegOpRvQL9q9COnCYbx+llTFUV2WQIrZIUYmgti5+U"
    "RSWbIonVJoXKJoXe1ltv661/OBV+OHq36dqKWbmEtQtkW2zYzVt7lGzVLJmwNokCStVT9p"
    "OneEkZPxfMT3hrBplbfhkYaJpozvoqTxrz682IHC4bQYJ8/ewOONB74FlXPIdqjNj7AcJu"
    "nF18ecvP9Ovv+Atdl+V0/nUz6PupcSJlLHjmOwKWRm6Yb7bKKWuKQ8KkAxgOcWLZAUXOPJ"
    "pcNkb3FmYvPMIYPQLPXeAJv0vQkDSDajv8VlPLI5QnilHv2eDFgO6C5zk6XUylXBqdLvZy"
    "3Ot0sZ3T7I+F8kTHcLpLl+FaZCTJEh0BaZZLsxwWxSkbXoijakj0Fkrp7LIylHLkvogf70"
    "1kKF11+hf+zoP+Ad+p8Py807nwdykMDkf4st0VWUv+Z9LWeJmcpUDvZ6QvspZ25m8gkMTV"
    "6UeyMVccRk/UCKmSd9RkwLUzWzVnTVTeEXtfVtYJqJazynJmt5qzvw4ZefNbQZgwhaxRlH"
    "BjAyfyPLmaJEtA/Wzoo1Jps0cFabNH6bRZndS086SmF6h/qFi/3n1GTei5lhqho6DdqbV7"
    "r2Ro1uHlN6HiTC1skVklOSegWpVVTc7KxZfbvo3bKAwvh42aJaPLMNK+VHD51+HwCniIdT"
    "EittqFIAxQN4FFCQhWiYoCI+6C+mU1LB6T5csZgq1WHL/wxqO/yYqDAOcqO7C85efp+Kwi"
    "rn4dn1UizKLjs7ugORzCZIlO4HSXLsE1XjhjlOEmybVtVgDtrs8wbdyHjPhg4ZK6hwwut7"
    "ma7mWU2g0uptOeU+05fd2e00BhNyqWmsmA79CL+vePbXlPd+/bC4aDynJI47UgfkYQvB6m"
    "jHM7BazDALRr9icLv5K54cjMpQmUVgazU5e8an7uOFL7ubX/M9f/2UaeZc4a2X7P4GJzjb"
    "8Trpqtc3PmS3jDzsLckSfTun+9GyP/5GiT7xmsEJt/kbj8znT5rewewn9XEgwHzWvI7n4p"
    "S2m/wFLazyjN5mKKsrJK+eq2nBDxCpKcNy2Tgv8DtkVeo3JSQC4no1gtTGqAiVmQ34CrhS"
    "86q/34f/pDg8E="
)
