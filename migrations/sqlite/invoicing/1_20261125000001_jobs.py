from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE job (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    kind VARCHAR(60) NOT NULL CHECK (length(kind) <= 60),
    input TEXT NOT NULL,
    status VARCHAR(32) NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    progress VARCHAR(40) NOT NULL,
    message VARCHAR(200) CHECK (length(message) <= 200),
    attempts INT NOT NULL,
    max_attempts INT NOT NULL,
    run_at TIMESTAMP NOT NULL,
    unique_key VARCHAR(200) CHECK (length(unique_key) <= 200),
    error VARCHAR(500) CHECK (length(error) <= 500),
    result TEXT,
    requested_by VARCHAR(80) NOT NULL CHECK (length(requested_by) <= 80),
    cancel_requested INT NOT NULL,
    lease_token VARCHAR(40) CHECK (length(lease_token) <= 40),
    lease_until TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    CONSTRAINT ck_job_1 CHECK ((status = 'RUNNING') = (lease_token IS NOT NULL)),
    CONSTRAINT ck_job_2 CHECK ((status IN ('QUEUED', 'RUNNING')) = (finished_at IS NULL)),
    CONSTRAINT uq_job_id UNIQUE (platform_id, id),
    CONSTRAINT fk_job_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_job_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_job_status_id ON job (platform_id, status, id);
CREATE INDEX ix_job_kind_id ON job (platform_id, kind, id);
CREATE INDEX ix_job_entity_id_id ON job (platform_id, entity_id, id);
CREATE INDEX ix_job_finished_at ON job (platform_id, finished_at);
CREATE INDEX px_job_run_at ON job (run_at) WHERE status = 'QUEUED';
CREATE INDEX px_job_lease_until ON job (lease_until) WHERE status = 'RUNNING';
CREATE UNIQUE INDEX ux_job_unique_key ON job (platform_id, unique_key) WHERE status IN ('QUEUED', 'RUNNING');
CREATE TABLE schedule (
    name VARCHAR(60) NOT NULL PRIMARY KEY CHECK (length(name) <= 60),
    next_at TIMESTAMP NOT NULL,
    lease_token VARCHAR(40) CHECK (length(lease_token) <= 40),
    lease_until TIMESTAMP,
    last_started_at TIMESTAMP,
    last_finished_at TIMESTAMP,
    last_error VARCHAR(500) CHECK (length(last_error) <= 500)
);
ALTER TABLE invoice ADD COLUMN overdue_at TIMESTAMP;
CREATE INDEX px_invoice_due_date ON invoice (platform_id, due_date) WHERE status = 'FINALIZED' AND due_minor > 0 AND overdue_at IS NULL;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX px_invoice_due_date;
        ALTER TABLE invoice DROP COLUMN overdue_at;
        DROP TABLE schedule;
        DROP TABLE job;"""


MODELS_STATE = (
    "eJztXWlz2zi2/Ssof+lMlToVy0s87k+yraTVrUgeW04vT69oiIQsjilAzSWOZ17/9weApM"
    "RVIhhJgelblYooEoeUzwWBu+Hivwc2/cJs06YPbzumyQLqH5yj/x5QPCf8oOBqCx3gxSJ1"
    "TZzz8cSRCJxoN/F8F5vijlPseISfsohnuvbCtxkVjTtojt1H4i8cbBLEFsTFPnPfCrDFTI"
    "4Wd1/fLqD2XwExfPZA/Blxeev/+d+W+HEW+Uq8+Ovi0ZjaxLHSf5wlbiDPG/7zQp67drBN"
    "P8im4kdMDJM5wZyumi+e/Rmjy/b8N4qzD4SK30SsxN9KA8eJWIlPhT+Wn/DdgCx/pbU6YZ"
    "EpDhzBmECHv2B17sAwBsORcdsdGcZBjs0YkSAuOmUyKiRhU9+TBMzxV8Mh9MGf8a/H7/4O"
    "n7MiImwlHvi5c3P5c+fmzfG7f4gHMi7OUMyD6EpbXvpb3gL7OLyJpH3Fs/zMMX05w24x0X"
    "H77VAdn1hxveqMeye7/a4K27xVKd3ymuB7xa/pEsGHgf08y1f8im/PSTHTaWSGbyuCvo0P"
    "XiD7a8ge9T51b0edT9fi9nPP+8uRfHVGXXGlLc8+Z86+Oc3IZXkT9Ftv9DMSX9Gfw0FX0s"
    "k8/8GVT1y1G/15IH4TDnxmUPZkYCvJSXw6PvW3GLumj4m3SpyYYPPxCbuWkbvC2qysbf7S"
    "vD3PnsEUP0ghCTb/biXHfz4w+lPmzkumh+XlTfPDItlw4wQxpARFMwqyKWL865xZhI+XM4"
    "J8QjH136Ke76F727pHtofIF+I+IyamAiSf+QO/Fj/T4I3yk8uOngETk/YTUyR1Q5HvNKyB"
    "s9S2mF8xLV6oYhWgS4O5pLnHfxCmJsnRHWN1Jvqg3/vcPUfi/zG97QyuLoa/n6PoIDviVB"
    "HBUbuCCI7apSIQl9IicLDnG3zo4h3XI3/lhXFhP/SoX9zj89iMMOxQ49+FMN7tqss/iF/w"
    "4z/b7aOj9+13R6dnJ8fv35+cvTvjbeXPzV96v0YoF72PvcEoLQ9xAnQ10NX2rKt1qW/7zy"
    "WaWnRxk55GVs0qmPEecRyuDbEpwijWhNCT7c+QzRUnhzxgB9lWeM8WV5q+coTv82d6Lf77"
    "5xMiegbC1EITl/9f5AHYxSNAR9NEUyjX0RJ6tRLhGZzOyoM2Whr56hOXYqeQ63J/TQZWi+"
    "qoC+vJ9E68NuAV2y2/ckYwVFlOo4Dralxzy80PvLoG3gqtM98HncuRNPLCT27m3d1edwdX"
    "3Stu6MWHYypY4pf5yfhID/OPK69cv/WUX4gsDkb3Sm9ETJtjU3JYh+8lEAhXJrxdl/A2EK"
    "5MuDCdzVL33nrOk9gm0l6J9TWkl3FuRqa5Kt8xrnlcH1Yi+3AN24fldLvkQfy4GoSvkA2k"
    "vBLjawjPB7JFWMVV6tkJiM7KY90RpMoAUj5+5Oz7ObYdJcs+BjSv97ZPjquQe3JcTq+4li"
    "Z4wUlSmgiXgOYRvH331BOZeLavxG8C0jyGd6LWiRlLPNJXnPGyOKC7Et0+f4JtFbhOfvEY"
    "HZGvJQHZBKwR09662F/391Eq7Bfz+eZT5/d/pEJ//eHgY9w8wf9lf3iR1TQC1yXULFA11o"
    "QUkqBGsJ7xOVVxOZV7nHI9254T4z+K82EK1ECOT6soHaflOsdpTuVwmIkdNRf3EtFAgndg"
    "c4s4fxgjr53ClL2HzsQfDLqfuzfnSH6M6XBgDG+uxIn4SJ677vzxqTsYybPRsTz/4a7/od"
    "dfXlp91cMLHiYCGCIwjH3lWTeP1lmQ2k6+C/w8F6lkPnHnhoWfC+RQmolWiN1fMtoux7Ew"
    "H619ePz++Ozo9HiZhrY8sy77LJ9p9gX7RqiUE5cUxPMvGHMILlF18uAMxxOOfoEkr8vfGw"
    "77qa5+0cv25btPF92bN4ey3/NGwrAspN6bY8cxJoFnU+IV9O611OfBQH116pky3wxIViXZ"
    "VmfZBprV+7LISTSSjhVljaXkFqC21FBbnmaEGgH9QlybP7MkQ26zLVBwG53FcfDzsH91js"
    "T/Yyoo/Ng9R+HnmPY7tyPjc6ff4y1Wx3qo+guXG1set7pMJ7CI4eOvikNW8Q1gAKs+gJHA"
    "8Gcu8WaMP4V8NQmxlDXR0nuAIKoLgnflOXafBa3MVYpPZYHNc+uvs6riged96bjzPuf2JH"
    "OReq7m9UxgdJ4LtIkEThnjhqkKxStE83rw4btKkSnRbE0yRkEGNXtgIU8KRKdAzeN6+305"
    "9miJCU6tT+eRzeN7J0HXmDh7gpVi3Flc8+g+qhKfOiqPTx3lU2Iizia2WYfqCNY8pg8Pqw"
    "zZh+UD9mGWaW5ReoVJG6XO9AQCXOiwWFuF6pe+WDsp5mBh1RRzGgli1k7Muq3J73Pt+GDd"
    "unzZoFVpbb7hxG03LtAfzQiaPPvEC5fPh0vpf/CQuEML4QV2fTR12VyWPArvjjzGv2EfOb"
    "bne4iKokfIxK77LBrN8yv0d/QMWKKvicUCS/R1sBajV1+R6RQKeK7AM3+cL/NMFN0fWRyQ"
    "XZ3sgsiATbH7vJbpolCAmIVeIM3rYgEiHJnUszibF71B5+aP4ohm3D6pQ138Mep2MsyD6g"
    "uq785V387C/pWUlaOKLm5SefHCNh6JQj0qboH7iCNayPOZSyyEPVko6vbnzo/tk9OfkDdj"
    "T6Lap0mQCMnzi6K25xxbpLj61LfeEBRZTeYdUGR1mPO/lyKrtVN4+zRDlakdh5JcMrULMo"
    "vWpVTEiAZyfHhaJaqRVYUSUY3TwrK1UxYoRUZToAbSXCVKVx6ky8XouFZjzLA3U6E4iWkg"
    "w9tfqLcg7tz2vDpZvBloI+je+4pfiOU11dItEvNErYpMCtWI9ys9nJ1VUX3OyjWfs4JasQ"
    "uby63G+5RGbuF90kylb9Lr5JIv7LHWqJlGgpR1k7I+7sHLwPPZXHrEihyEy8utDS5CM9mw"
    "go9wEjyH9eTFjj9huLoVFpQXEeqogpssGP+5M0Lh2u8wXG0R07ZIuD8Q/lrkLtzqvcFzqI"
    "lbBTyHOri0IAQOuwE0zo8Iftrd8vvI/7Rifjev2I2xOnN9cDkc3N59EnV64qMxvbi77Q26"
    "t7fnKD4a08FwYIw6v3cu+l2j3/3Y6RvX3Zvb4eAclV3JqjeV1hFsfTkv1C7dce1S2CAANg"
    "h4LYTDBgGwQYAWtFdiHTYIgA0CXiTlsEHAC9sgYO/FZLXuv9sfnsOy3Sr8rhDN43f7LquQ"
    "LaPGMJFHNo/vLQ8WEWXftvdf7iY6D9IHUakz+TGmvUH0PToY07vB5+5N70NPbP+3OpZOl6"
    "50sHT1cKbEvX1GzHrR3cIbQJBXtyBv4dhIPc6R8v4eJfDmjZLbT5WJqFN1rGVgzWN6J14H"
    "qIICVVBgfoAqKCBmHXO9hq5VmugVXmttyPLysEM8gy3bbkz0+k1kVeEoI2vCgoeZn07Meo"
    "vup/wpxF3wTuDfi0WbIvsqWtcp2oqvNl0EfpiiFQ1ryPbzqV87fxokg2nidYBkMB08PpAM"
    "tqcSHVFyrSrTGRxwrXfind5U78RgNLHrKzKdgIBVXonkb3MSvxDv8PXN8LJ7e9sbfDxHq2"
    "PpJx72Lruho1gejemHTq8vzoSfY3rZGVx2+/LU8nBMb7of7gZX4mR8pIf/mGsqZi1TMQUE"
    "S1E7SzFdudmuJeIVDAICOst3GjhTm5ukdYScxYKkdZa0KWbVmpLOYkHSOks6Lps/J1xKSj"
    "ptHtk81XZ3m3e4ZErE3vBKAb5CcPNY343VFriCsoIcn7XOiBVIZ0uiJtFHVdT8ci0fNtDb"
    "zqSxxX3bfOZjx5jbtGjXtgv7oTSmnQE2Ka79z3b76Oh9+93R6dnJ8fv3J2fvlgHu/KV1ke"
    "6L3sfeICOZvAiw47AnoQMpV21KIxsx3uy9aBOfOx/UmU/AgPYatHsze2FwLbNGHm0BtIEa"
    "zXYTaWPO1FeR5JHNI3v7q0hi1uosTCvCNo/z7a98mGLbCVwlqhOQ5jG8qz07E7klSlynYY"
    "2YNXdd0BMyTSHTVAsV8KU5KSHTtLFi1izTtG9TcrAm21Reb23IOJW5prL6g2y6MeF0SAkS"
    "reU+eBRJeEvsFkKoT1xi8V/L/Bl/isz9xLyX8TbI5QaTxQ9nvEk+rXRL94TkUU0iCJA8qk"
    "P0BpJH98NzOIIq0pwEActVYpHMs4tXdZYaJEkIWCQFFgnUwNxnkuhjoOSKC5sDuZXITf4y"
    "BZIzsAYOxLvyxP0VYKkoFNi4xLTn2CkmPAnLGrgh7m2Ef4HMr+H5qnvZ+9Tpv2kft04zcf"
    "HkbJjZvpTaSm7OuH0Tx4xte+wFV4ZM4VDswWkg9OENfdgLFgunYJRYH+JeoRoxJO87wi1q"
    "a5gO9r6pbtHyBjqL4OB21BlcdW6uzlF8JNaVXN1dhstK5MGY3nYvh4MrY3kh/Z1fv7vu3i"
    "QuJ7+O6XXn5tdw2Ut4MKZ/dm+G50j8P6bd37ufrkfnKPzM+ra+zwoWSOuBtJ7XQLs+Dvlb"
    "4trRX5j3xkcXW5uKP6yaVXLDhxvrCLe4R7jI+Uv7FvV8D7ns6QcPOcx8ROKW2LH/Qzw0ta"
    "k44s1/kjt7yxwmsY0PdZ4R+cKPHjjQK/bO7+5R4LTXxNUGTnsd3JzgtN9TLVXBTl3tOMLq"
    "THShYnzJVdreSMC65yjxhau4N8MPw5tPHbm0Wx6Naefqs1irfY6iA6FG9z8YF71wIXfiix"
    "5K7wL7wi+t4jFJQHQWZt2ksCpvzWn5W3OaD8LwOV5x4d0S0UCCt5+8K7d2D5WtPMvrlsRk"
    "gE0Kd+15SYxk0vY8rpSKVKsC9yA/u0YIaei6LK6X55Vd5x3sjLpFTM6wN1MZMFKg5nmyt5"
    "+oC2mldbor5BsquTd68ogcFPs34qutDQ4OO9GuyhbGtuP86NiPBHFRB2Ix+VskK1Cu/Ato"
    "6hIiXA62h/htGHokCx89zZgjqkyie4/ihTdj/n0r3HOYfI3qTvL2YpAhVuH+xnt7MHg/NL"
    "EMwfuhg1UO3g+od9k0rr9PeqjWSjC488Cdt9Gd9yqKal7ddD6MzpH84GLrDq7CRIPwYEw/"
    "9Aadfu9PWUszPhzTz0O5TxP/Xw9RxaWevk1k+btoLbq7wXWnJ3fCEp8yS2TU6/T7fxjh+f"
    "R3cT08q4vQwmiz6sSUQsHMtHlmiuPltby6BeBanl3dOP8ujt0yAZT7IktZb0BP335wqJ7P"
    "HNzl6VRZZQIzsNfMoFWj/1nQ+1I6nE/cOSfkuUCNK19oV4RtUghyezVAoLAnFPbUc0zYYm"
    "FPSD+H9PPXRrsoS6JM+hIElNegXOgc/Ccqs57EAfE1iKfEr1O2OQVrknq4Z0eGWJ1Xp2p2"
    "Egb016b/wWWeV0cAGSCIoLYI5C5MNSSQxoEAagvAdIlli9zBGkLIY0EQtQUh3Fc1ZJCCAf"
    "216Yda8lBLXhuyoZZ8EyrThKlftbbcKoA2kfEd1A+jrChqtCYyzAojRs2gtyK/awnOp5wy"
    "1yWmUPuiVQDKuaclN2ieCHaQhBKtRsgTvqYGUwLTBI737odn1BdBUdUFcFlcE7jf9Rq4hU"
    "u+2CzwlMnOAYHtCmxbU8Ob4fbJqRLVKRTwvJln2IIFtmDRYnp8CWtli8Q8UXLIpFGNCAym"
    "R6izKnrlWbleeZavogp73byG9yla9lxL0FnsFkStmRrQTEmrjZ1ZXPPUu+0PnoxrayIOo/"
    "5OpZHwRun2RmlXt2PNTmHJFq1q9Tvq7Bb2ZPszWQsUz0W8i39SS3738VckyqYLu+UndB8f"
    "3otCGeLvCYuGPs1sh4SVNHh7E1PKfDQhEmkVFfHY54OhiIcmDk8o4qGDsxmKeOyH55pxlC"
    "1ET14b07D32PZdcat9R+vVRkkgm2ds7CACCLuPwe5j3yEjCXYf2xfz65b7wu5jeuV4we5j"
    "++nDsPvY91kJCbuPwe5jsPwbln+/HtphSSwsiX299MOS2O8ugjh+pTrwJ3Ew8r+4fSevw9"
    "JbB8XB3fhqa0Ngd5FoVymmGwEQmyJGxY4HMqbQElsfiFhp9P0HD8W1q4ojtPVuA/FWTdzL"
    "EG/VwbUP8VaItzaL6TBVp44+mUWCQllboYRSlfmuvuVSlXOuv6htp7lCNJDd7Q8ktVbRw/"
    "p59Qi4LKyknsicgMESEO3SmGHl3KsVM6yc28HiD328Rt0v5T6j8Fprg8eIfKnsL+rwC6bf"
    "Qvx+hAvTir07HEY9foU3C7fGNHHgict+0Z6cyvcY0zG9j9MwZVa/AAiPxQR7wqfEniiSuY"
    "TC/WRTj7h+uBTAI38t28cOCd7+AS9+FLt+RiB+FvF+zw+9FnqwOR/8JmOa/VX83+2/+rZP"
    "5MKDybO8q0sc/Izw1Of3Mdl8bvui3XX4MvPmLfQ04zoI/zOWqxG4WWM7Aky/1QdWns26tn"
    "SiUkJrpAHp6w/bo0kFXjIdTIHv6PltOLPfy/+otZW1k43E1EbsCAAbhtVOKhCUKajBcfsG"
    "jhrb3y3MM2dkjg31Gjd5YJOcvFtbX+MFk38T01fe3zEFa2BP3sHqMPzsMFxAc3nSRQLSCI"
    "r3nW3HbauiyFD50LwENILunVemMGUcp463LwMFd5927j59vFA9i8wXzBfxwl/J80FJfYp0"
    "o9amEhWr5sZj1H6jh+o34TnCaB74WPpsZM0IjDgezbCHLEY5yGOhhwkjlyx455UtbVFPwn"
    "sivMdL/46oDiGaI/zAO0zej7XTJ0FelCa6AXh8dNDLQEnYqZIQja5VyY2aN5Da9slJlYD6"
    "yUl5QF1cy6hgC0GI4oLyFKiBTG/fCzHlDyfuwo18BlWJzsCaSPXWqxmzwDfZvMChtn59Qg"
    "LWCJr3vh4QEjfAktu1JfcbmcwYe+xSa8Hs0syCbKvWBlvuKWxvkCRgc7oBRZw3Tq0XWlEu"
    "MYn9hXhIpix4ItifDOy3EHPj9SdhTOonaXjhKDFAtJVI5LCH2F4zA9djbkGawn6fDQafJk"
    "YHGHw6GHwQiN4LzYHrqOjKUfMG9uD2u+OzSqnUx2drcqnFRW3KiWndlXeSuS7n1+hWiqZJ"
    "BtqIHr5v82QWZlCqUp+AAe01aPcIt+58ZdoTMKC9Du0+9oPadbFWaJ3JP+gOOhd9UcgqOh"
    "jTq95tdCo+ylpOVYb/7ReqsmxPcGMZ3OTyFCfbPBQm3EoTbmi/GsrpjGlck3K+9pzWOMW2"
    "w3+V4dmFCyM3bOeTBcPuI7q5BWELwV3mVYI//VW8OLCzXWPFrF3Y5Io4Nh92yzLgsq1aFc"
    "MmVhJQqapXGGsQCxvDiEQYdmlFaw/DxYjYNMmC91URughXPQaLt+je4WowMWTDezTH7qMn"
    "2mMPTQj/fcjjNy4uAbaHZ0KYRBMfMoRJdPDfQ5hkTzSHQ5k60SkcdOkqXEtPvCrRCRCwXJ"
    "ll1VWRaVQDid7B2sh9LvXVjtzv4hR7FZ756+7gKtxKIjwQW09cXna7V+G2E9HhmH7o9KS3"
    "PvzUw1ePfZ/MFz4nPSjK1S2vCJnFNekl2ZpXi5KvvhFTpe7zKICDX1g3v0dS3gnTWVXWGS"
    "jIWWc581st+F9HjLL5rXTcLEA2qJLI1gZO4rpqi8yWgObZ0CeVwsUna8LFJwXhYoi3vIaB"
    "ampT25vVknMGChOSbnLWLuDSCTXVg7XxlrhRq2K4BSfaV4q2/DwaXSOX8C7myR1QMIojNn"
    "KB/1NYznJOkPjzi4Mn6reAWIgmbjWIhWjh0oRYyD5ojkclVaIzOOjSFbimwXxCCkyS8j0o"
    "lwBwjRVYeOyxwBfPmENwSacNARkuJxzxAslc51cfDvsprfOil82Av/t00b15c5jZrjtPMX"
    "gpwEvxsr0Uy344YVZBWZzyFTU5YBMI3/eyGisIy94Yc5WxI4OCya84LOrW876lkeB9A69M"
    "qVfmFzY5KHbFiCutDf6Xf0dtNld5ZO5jWJbDDistIhb4nm2RaEuO0IsSVl70Hoklk1Jt/y"
    "d+igNc9hTvCcJHW3/WQhhxRMDvQp1n9IQfSXj1iT+GuF5B7cf9Pl/ufxIG63z2SOg9Evwm"
    "24TPmjEuJv6cOOU2lVb7Ft0vXCa6mnePHhiHT102R++Qz9AhOJR0sgDBoaSD9Q0Opb3Q/M"
    "j/LhV7Jm7fwD68/fRDmy6CAn1vfWmAJagRFENhgB2kH/7rrnsn0grDzzG9uRsMZDpidFAt"
    "HXFMLzuDy25fnloeZrWt75OkGOtKBcYSMe05dkom2gQsaymFuLcRXh9pbuNVuupe9j51+m"
    "/ax63TjJMwOStkN032PG5KqIz+CUjzJtedFGmIgtkq7pQkBHwpBb4UIbUavGZhwG1RBCGg"
    "NXxUKxT4p7TzT6VW44dOBsWS82kUjPzV6uFBqGjnoSLxk3MMrzevVqgm0Lxv8ypyripvbJ"
    "7F6Wxe1ezj298YxBQ2qmMsucsTvjZ9oggOyRTVkykSLn+Vrp6BNWGU2bUTEhZRvQ7tE5ag"
    "vAoxa5TrAC8zLDQCOb/glJZbk/eTQP7VRXkty8utDcktXrJhhX1MCQ03mHGZFZj+Dx5iTx"
    "QtiGszyzZl2odMPgkIEkv2W9EqISaLrPky2YRNEWXIJxQXVWzbyRO+IYVEfipouXH7xmWR"
    "bCsKXJ5FEtV4UB00EzDQf7QbMcFwBMNRL+4b9UZhzzfqmxUFcJC39vL+BgOjCA8S117iyi"
    "GzNKp5M+bW4mb6GHQdbuGYs4Nicy662NpgzOFVs02mXDnxW863L007KcxFLkg2iTqivmbS"
    "VjJNys2i0h02yl//8i02mhBQbJ+cVMlKEFvel7z88lomH42/VwoMR80byO5hpaH1cM3Qel"
    "hQY4tRnxRV1fzldjgoiWysIFkNxTZ99H/Isb2XmJi2hlxBRkovyWUmZJMQMgqHuMHF957V"
    "/v5/9XauZg=="
)
