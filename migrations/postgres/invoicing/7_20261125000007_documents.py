from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE invoice ADD COLUMN source_invoice_id VARCHAR(40) COLLATE "C";
ALTER TABLE invoice ADD COLUMN reason VARCHAR(500) COLLATE "C";
ALTER TABLE invoice ADD COLUMN agreement_reference VARCHAR(200) COLLATE "C";
ALTER TABLE invoice ADD COLUMN auto_finalize_at TIMESTAMPTZ;
ALTER TABLE invoice ADD COLUMN tax_currency VARCHAR(3) COLLATE "C";
ALTER TABLE invoice ADD COLUMN exchange_rate DECIMAL(24,12);
ALTER TABLE invoice ADD COLUMN exchange_date DATE;
ALTER TABLE invoice ADD COLUMN exchange_source VARCHAR(40) COLLATE "C";
ALTER TABLE invoice ADD COLUMN tax_currency_minor BIGINT;
ALTER TABLE invoice ADD COLUMN void_reason VARCHAR(500) COLLATE "C";
ALTER TABLE invoice ADD COLUMN voided_at TIMESTAMPTZ;
ALTER TABLE invoice ADD COLUMN voided_by VARCHAR(80) COLLATE "C";
ALTER TABLE invoice_line ADD COLUMN corrected_line_id VARCHAR(40) COLLATE "C";
ALTER TABLE invoice_line ADD COLUMN advance_id VARCHAR(40) COLLATE "C";
ALTER TABLE invoice_line ADD COLUMN item_id VARCHAR(40) COLLATE "C";"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE invoice_line DROP COLUMN item_id;
ALTER TABLE invoice_line DROP COLUMN advance_id;
ALTER TABLE invoice_line DROP COLUMN corrected_line_id;
ALTER TABLE invoice DROP COLUMN voided_by;
ALTER TABLE invoice DROP COLUMN voided_at;
ALTER TABLE invoice DROP COLUMN void_reason;
ALTER TABLE invoice DROP COLUMN tax_currency_minor;
ALTER TABLE invoice DROP COLUMN exchange_source;
ALTER TABLE invoice DROP COLUMN exchange_date;
ALTER TABLE invoice DROP COLUMN exchange_rate;
ALTER TABLE invoice DROP COLUMN tax_currency;
ALTER TABLE invoice DROP COLUMN auto_finalize_at;
ALTER TABLE invoice DROP COLUMN agreement_reference;
ALTER TABLE invoice DROP COLUMN reason;
ALTER TABLE invoice DROP COLUMN source_invoice_id;"""


MODELS_STATE = (
    "eJztXWtzo7jS/iuqfNk5Vd7U5Do5mU9O4tn12Yydk8vs5fgUkUGO2WDhRTienH3nv7+SAJ"
    "u7EWM7CumqVIxBD+CnQepudbf+3rHpk2ubNn3YbZumO6P+zin6e4fiCeEbOUdbaAdPp4lj"
    "Yp+Ph45E4Fi7IfM9bIozjrDDCN9lEWZ69tS3XSoat9EEe4/EnzrYJMidEg/7rrcrwJZrcr"
    "Q4e3m7GbX/mhHDdx+IPyYeb/2f/7bEzVnkK2HR1+mjMbKJYyV/nCVOIPcb/vNU7rtysE0/"
    "yabiJoaG6TqzCV02nz77Y5cu2vN7FHsfCBX3RKzYb6UzxwlZiXYFN8t3+N6MLO7SWu6wyA"
    "jPHMGYQAd3sNy3Yxi9/q1x07k1jJ0MmxEiRly4y3SpkIRNfSYJmOCvhkPogz/mXw/ffwuu"
    "syQiaCUu+KV9ff5z+/rd4ft/iAu6XJyBmHvhkX156Js8BfZxcBJJ+5Jn+Zlh+nyMvXyio/"
    "broTraseR6+TBunez991XY5q0K6ZbHBN9Lfk2PCD4M7GdZvuBHfHtC8plOIlN8WyF0N9p4"
    "heyXkH3b/dy5uW1/vhKnnzD2lyP5at92xJF9ufc5tffdcUoui5OgX7u3PyPxFf3R73UknS"
    "7zHzx5xWW72z92xD3hme8a1J0b2IpzEu2OdiXF7FKf96YGmWDbUXmfMsBaL1bYQ+ki2dR7"
    "dXRY5b06Oix+r8Sxb9/EYDF6jHVjYscQm49z7FlG5oi77xa1zR6a7E/SezDFD5I78SO/te"
    "IDLh+J/JHrTQrG48XhVQPyNN5w5YjcpwSFQziyKXL514lrES7+MUE+oZj6u6jrM3RvW/fI"
    "Zog8Ee8ZuWLsRfKaP/Bj0TUN3ig7mm/oGqAJaK8JhFI3FPlOwhqoFqyL+SXT4oXKHyM6dD"
    "aRNHf5DWFqkgzdEVZnoncuu186p0j8H9Cbdu/irP/bKQo30j1OFREc7FcQwcF+oQjEoaQI"
    "HMz4mPtE+IPLyF9ZYZzZD13q5z/xWWxKGHZgYm1CGO839cg/iDv48Z/7+wcHH/bfHxyfHB"
    "1++HB08v6Et5W3mz30oUQoZ92fur3bpDzEjqQU2JxMa4shBwxyqCcHMFIKBfLajRR9dOYO"
    "9W3/uUBjDg+u0pfJslkF/xUjjsO1UneEMIo0UjS3/TGyuQLrkAfsINsKztniyutXjvB9fk"
    "3W4vc/GRLxZCBMLTT0+P8819cmLgG6siYaW7GuHLNvlAhP4XRW4rTRlslXn3gUO7lcFztW"
    "UrAGulU24a4Ed/Bm+ZUjgqHKchIFXFfjmlvQ/ozVNbSXaJ353mmf30pjO/jk5vbdzVWnd9"
    "G54AZ3tDmggiV+mO+MtvQww7nyyvVbpvxCpHHQu1d6IyLaHJuSvTp8L4BAuDLh+3UJ3wfC"
    "lQkXprNZ6GYt5zyObSLtlVgvIb2IczM0zVX5jnDN43qvEtl7JWzvFdPtkQdxczUIXyIbSH"
    "klxksIz0ZwiOktT+nJjkF0Vh7r9iBVOpDi/iNj36uGTECoxOpQiTjBU06S0kC4ADSP4PW7"
    "p+ZkyGxfid8YpHkMb0StEyOWuKSvOOKlcUB3Jbp9fgXbynGd/Iu59JZ8LZiRjcEaMeyVzf"
    "11frtNTPtFfL773P7tH4mpv8t+76eoeYz/88v+WVrTmHkeoWaOqlEypRAHNYL1lM+pisup"
    "2OOUebLtCTH+pzgeJkAN5Pi4itJxXKxzHGdUDsc1saPm4l4gGkjwBmxuMc8fzJHXDiVLn0"
    "Nn4nd6nS+d61MkPwa03zP61xdiR7Ql9121f//c6d3KveG23P/p7vJT93JxaPlVDy94EAhg"
    "iIlh7CuPulm0zoLUdvCd4ueJCCXziTcxLPycI4fCULRc7PaC0TbZjwXxaPt7hx8OTw6ODx"
    "dhaIs9ZdFn2UizJ+wbgVJOPJIzn3/mug7BBapOFpzieMjRr5Dksvi9fv8y8aifddPP8t3n"
    "s871uz353PNGwrDMpZ5NsOMYwxmzKWE5T3cp9VkwUF+deleZbxdIViXZVmfZBprVn2URk2"
    "jEHSvKGkvBKUBtqaG2zMeEGjP6RDybX7MgQm61LZBzGp3FsfNz//LiFIn/Ayoo/KlzioLP"
    "Ab1s39waX9qXXd5iua2Hqj/1uLHFuNVlOjOLGD7+qthl5Z8AOrDqHRiZGf7YI2zs8quQry"
    "YhlrImWngOEER1QfBHeYK9Z0Gr6ynNT6WBzXPrl1lVUcfzobDf+ZBxe5KJCD1X83rGMDqP"
    "BdrMBI5clxumKhQvEc17gvfeV5qZEs1KgjFyIqjdBzfgSYHoBKh5XK//WY48WmKAU3ums8"
    "jm8b2RSdeIOHuIlea407jm0X1QZX7qoHh+6iAbEhNyNrTNOlSHsOYxvbdXpcveK+6w99JM"
    "c4uS5QZtFDrTYwhwoUOytgrVrz1ZOy7m2dSqKeYkEsSstZg9MnWeDd9VGYbimOaNQRuJgf"
    "XIRPw4jxmEChJUHT65+C06exZ7Xq23J2KwYG69fMYgA27CY7+NqQLdyn9cckN8p6wEiGzQ"
    "qlQGxHCititrgdyOCRo++4QFlTqCqh0/MCTO0EJ4ij0fjTx3IqvcBWdHzOXfsI8cm/kMUV"
    "HnDpnY855Fo0m2GMiGrgHVQDRxjkA1EB0cU+Grr8h0AgU8V+BZ1KWVIW2KntY0DsiuTnaO"
    "TmpT7D2XMp2niIpR6BXSXKaICnUmrhBxNs+6vfb17/kaUdQ+bq6d/X7baaeYByu7lnr6Gq"
    "xsfVTf9tT+hRRVvgsPrlJ58dQ2HolC6TvTIz7iiBZivusRC2Ema9Ld/Nz+cf/o+CNiY3cu"
    "CjybBInoH35QlHOeYIvkF7r73hOCIqvJuAOKrA5j/kspspo5QTZNMxS02/CstUdGdk4QY1"
    "n0VoRoIMd7x1UmUNOqUGwC9Ti3UvnInSkFYSRADaS5ygxB8fxAZnaAazXGGLOxCsVxTAMZ"
    "Xn9O8JR4E5uxOgkDKWgj6N56cQEIG2iqpZsn5qFawaoEqhHvV7I7O6mi+pwUaz4nOWWppz"
    "aXW433KYlcw/ukmUrfpNfJI0/uY61eM4kEKesmZX3cg+cz5rsT6RHLcxAuDrdWuAjNeMMK"
    "PsLh7DlYukIs8hZMV7eCtSvEDHVYLFKuTfGlfYuCMhPBdLVFTNsiwZJw+Gueu3Ct5wbPoS"
    "ZuFfAc6uDSgilwWHikcX5E8NNult9H/tPy+V1dHCDC6sz1znm/d3P3WZQEi7YG9Ozuptvr"
    "3NycomhrQHv9nnHb/q19dtkxLjs/tS+Nq871Tb93ioqOpNWbSilLa68cAGWSNxwiDmuRwF"
    "okb4VwWIsE1iLRgvZKrMNaJLAWyaukHNYieWVrkWy9brXWz+/6u+dghQAVfpeI5vG7fpdV"
    "wJZRo5vIIpvH95o7i5Cy71tmNHMSnTvpnbCqovwY0G4v/B5uDOhd70vnuvupK1YaXW5Lp0"
    "tHOlg6ejhToqd9TMx6s7u5J4BJXt0meXP7Rso4R8pLCRXAm9dLrj9UJqRO1bGWgjWP6Y14"
    "HaDgEhRcgvEBCi6BmHWM9ep7VmGgV3CstSLKi2GHMMNdtF0Z6PWriKrCYUTW0J09jP1kYN"
    "Yuuh/xqxBvyh8C/14kbYroqzCvU7QVX206nflBiFbYrSHbz4Z+bfxqEAymidcBgsF08PhA"
    "MNiWSnSEwbWqTKdwwLXegXd6U70Rg9HEnq/IdAwCVnklkr/PSfxKvMNX1/3zzs1Nt/fTKV"
    "puSz9xv3veCRzFcmtAP7W7l2JP8Dmg5+3eeedS7lpsDuh159Nd70LsjLb08B9zTcWsZSom"
    "gGApamcpJovE27VEvITBhIDO8h3NnJHNTdI6Qk5jQdI6S9oUo2pNSaexIGmdJR2t0DEhXE"
    "pKOm0W2TzVdnPrBHlkRDxCixajL6c8AW4e65ux2maeoCwnxqfUGbEE6WxJ1CT6oIqaX6zl"
    "w1qd6xk01rhogO/62DEmNs1bIPLMfiic004BmzSv/c/9/YODD/vvD45Pjg4/fDg6eb+Y4M"
    "4eKpvpPuv+JBhPSCYrAuw47lzoQMpVm5LIRvQ3Wy/axMfOB3XmYzCgvQbtbGxPDa5l1oij"
    "zYE2UKNZbyBtxJl6FkkW2Tyy159FErFWJzEtD9s8ztef+TDCtjPzlKiOQZrH8KaWB47Fli"
    "hxnYQ1YtTcdEFPiDSFSFMtVMDX5qSESNPGilmzSNNLm5KdkmhTeby1IuJUxprK6g+y6cqA"
    "0z4lSLSW6+BRJOEtsVoIoT7xiMXv1vXH/Coy9hPzp4y3QR43mCy+OeZNsmGlazonBI9qMo"
    "MAwaM6zN5A8Oh2eA56UEWa4yBgucpcpMvs/KzOQoMkDgGLJMcigRqY2wwSfZwpueKC5kBu"
    "JXLjd6ZAcgrWwI54U564v2ZYKgo5Ni4x7Ql28gmPw9IGboDbDfGvkPkSni86593P7ct3+4"
    "et49S8eHw0TC1fSm0lN2fUvol9xro99oIrQ4ZwKD7BSSA8wyueYTabTp2cXqJ8inuJakSX"
    "vO0ZblFbw3Qw+666RYsT6CyCnZvbdu+ifX1xiqItkVdycXcepJXIjQG96Zz3exfG4kDyOz"
    "9+d9W5jh2Ofx3Qq/b1L0HaS7AxoH90rvunSPwf0M5vnc9Xt6co+Ez7tl4mgwXCeiCs5y3Q"
    "ro9D/oZ4dvgLs9748GBrVfGHZbNKbvhgYR3hFmeEi5y/tLuo6zPkufMfGHJc8xGJU2LH/h"
    "9haGRTscWbf5Qre8sYJrGMD3WeEXniWw8cyPK985u7FDjtNXG1gdNeBzcnOO23VEtVsFNX"
    "Ow6xOhOdqxifc5W2eytgnVMU+8JV3Ov+p/7157ZM7ZZbA9q++CJytU9RuCHU6MtPxlk3SO"
    "SOfdFD6Z1iX/ilVTwmMYjOwqwbFFblrTkufmuOs5MwfIxXTLxbIBpI8PqDd+XS7oGylWW5"
    "LCUmBWzSdNeWU2IkkzZjXCkVoVY57kG+t0QISWhZFNfr88qWeQfbt508JseYjVU6jASoeZ"
    "7s9QfqQlhpnccV4g2V3BtduUV28v0b0dHWCgeHHWtXZQlj23F+dOxHgrioZyKZfBfJCpRL"
    "/wIaeYQIl4PNED+Nix7J1EfzseuIKpPonlE8ZWPXv28Faw6Tr2HdSd5edDLEyl3feGsXBu"
    "+HJpYheD90sMrB+wH1LpvG9cuEh2qtBIM7D9x5K915b6Ko5sV1+9PtKZIfXGyd3kUQaBBs"
    "DOinbq992f1D1tKMNgf0S1+u08T/6yGqqNTT94ksexatRXfXu2p35UpY4lNGidx225eXvx"
    "vB/uR3cTzYq4vQgtlm1YEpgYKRafXIFM2X1/Lq5oBreXZ14/xFHLtFAij2RRay3oAnff2T"
    "Q/V85uAuT4bKKhOYgr1lBq0az58FT19Ch/OJN+GEPOeoccWJdnnYJk1Brq8GCBT2hMKeev"
    "YJayzsCeHnEH7+1mgXZUmUSV+AgPIalAudg9+iMutxHBBfg3hK/DplmxOwJqmHW3ZkiOy8"
    "OlWz4zCgvzb9D57LWB0BpIAggtoikKsw1ZBAEgcCqC0A0yOWLWIHawghiwVB1BaEcF/VkE"
    "ECBvTXph9qyUMteW3IhlryTahME4R+1VpyKwfaRMY3UD+MunmzRiUzw27ujFEz6K3IbynB"
    "2ZBT1/OIKdS+MAtAOfa04ATNE8EGglDCbIQs4SU1mGKYJnC8dT+8S30xKaqaAJfGNYH7Te"
    "fATT3yZLszpkx2BghsV2DbGhlsjPePjpWoTqCA59U8wxIssASLFsPja8iVzRPzUMkhk0Q1"
    "YmIw2UOdVNErT4r1ypNsFVVY6+YtvE9h2nMtQaexaxC1ZmpAMyWt1nemcc1T79bfebpcWx"
    "PzMOrvVBIJb5TObxRzZ57wVdVzeuWim/dyrd/jxXU5pjZDtEQ0j9+jSj7doxKX7lHWo4v5"
    "a0Jk3H+tyYoCePPI38iEhexzolG3xhCSh4eBROeBRNbkL0wfKX7P0rjmvWBrTiAhX80xpg"
    "/E8PJTycpWB8lgv3uBEM2YL0sqW64PsrdfeYGQBWOqiXsZ4FvO3luQESiMKv1DDrR5XcQG"
    "Ks7EutW60dhZPGT3143E4waSZahr/SlY8578jaj+grVa3sAEEPRNnfXNUFRqfsAEqHkv03"
    "qcgNqVdS1ZSD7eolWtvGudxeTntj+WS8XgiQiH5p/Ukt/5MImE0iymtT+i+2jzXtRRFb8n"
    "WFNmPrYdEhRa5e1NTKnroyGRSCuvxus2Lww1XjVR3qDGqw6KM9R43Q7PNWcc1jDV8NaYhq"
    "Xp1x+pFaQyiCG6XuncGLJ5augGAsRhcXpYnP4FEtZgcfptMV/NcQ+L09fpM9adAgiL02/n"
    "GYbF6V+mUBYsTg+L00N1QKgO+HZoh4ppUDHt7dIPFdNeXATR/JVqxx/HQc9fqwxAVLaijj"
    "MzF908E3r9Dk1sPQlFUZXvJAyIrjDN5BPladMYBijOp1ifGJGrYHGHnfz4kOhoa0VsyDTW"
    "rlJYSAhA7gi5VKypK6clW2JxXRFuEX7/gaEoiDI/yKPeaSBkQ4uXQJwCQjZevo+HkA0I2W"
    "gW00G0Xx2TNI0Em7S2TQqLIWUf9TXnsk24/uLm9CbF87RLRAPZ3USeeY3UZ0h4Vg+ikaX7"
    "1RNOYjAoMqR1vgnUZntTYobabI3OLOo8FfuMgmOtFR4j8lTZX9TmB0y/hfj5CBemFXl3OI"
    "wyfoQ349+xj0w8Y+Kwn3UW1TjHgA7ofRTJLRODBEB4LIaYCZ+SO6dIhiML95NNGfH8IJuI"
    "kb8W7SOHBG//gKc/jjxCQhDfi/hzzzdZCz3YnA9+kgFN3xX/u/n3pe0Tmbs0fJZn9YiDnx"
    "Ee+fw8pjuZ2L5odxW8zLx5C83HXAfhP2OR0MTNGtsRYLqL7kPjXdzogPIWweXDbKlTeQnG"
    "BRveKTeK6IPcKaXGIndbcJaWxLkzH2HxEyUZvmTne51txZH3pasAKQXfh6qWvo63Ldpu4I"
    "7TweZ4QRdzw5l9KUen1ubcBrJNyF9qPXYIgOoYdV1ty+FcjfgkDvivHYAmKFOwd6L2Dey1"
    "j6t0J8fF3clxtjsxx2SCDfVy+Vlgk7z5a8vFZLPhn8T0lWuXJmANfJI3kEmMnx0X59BcHK"
    "AXgzSC4m3H53EjOm8KsKRuaQRoBN0bL3Jtygm7Om7dFBT8utr5dTVyN0o99dJ92ClwOS6O"
    "t1a5HQON1wmbrvQ9/uzO+SGv0PmFsEf4DU+GhD/Ku+hXz/Z9QoWbbj52OcALD7JW5L6j7t"
    "C1nhHhl8u6KTd/ue9wx2kTJwSRcOB624iC5mDmq1vRcVSTLIwtGNH6DDFdi0ymri9ij34h"
    "zwXjTKrRqsHGXjY3HsP2K0ecX8UsFEaTmY/l/I+clMGI49EYM2TxwaCFmBvMVmHkkSnXj2"
    "RLW5S3Y3MxNMjeXxSrE80RfuCizQ42G70SxFhr0rvByKLDyAJ26Ebt0LB3rUpu2LyB1O4f"
    "HVUJzjs6Kg7OE8dSVv5UEKJY3yoBaiDT63d0j/jFiTf1QqWxKtEpWBOpXvvau+7MN91Jzp"
    "xNebp0DNYImreeLQ1BoOAs3LQl9ysZjl33sUOtqWsXRimmW7VW2HLzoL1B4oDVoYsUcd44"
    "tSywojxiEvuJsJhzLx4k2EKul3T4fZSGFw6DDBduQeS4D5G9Zs485no5IY/bu7YMlfT4qy"
    "f8+Yzwl9Vn94jZDxQNCeNmsIiJDPcu4hBtD4l3VRiTs+muaOEQcxFrOQ+MTuG8/IHJqEux"
    "d8Lvht9MCw2fRXAm8SY2E5O77P5jEOUYRl0GN4qDL+J+hUFr+7uoLcxYETspftjyMKZkzk"
    "9Knl1uzd4HTWR0pDiHcMhiJn+h3C9/gTwaeFl9/EjCGx7L+FJuFTObmmR5JvHtHuxinWwz"
    "sIt1sIshJG8rNM88R8WkCJs38Anef394Uil77fCkJH1NHNSmCLTWj/JGkgXl6B6eStGCS0"
    "Eb8YRv24obB0krqtTHYEB7DdpDDVqV9hgMaK9Du4/9We1qxku0zuTvdHrts0tRfjjcGNCL"
    "7k24K9pKG5hVuv/1lxe2bCa4qbMYZA4UBtxKA25g5qtHRiRxEBtRO8FghG2H31XgSFD1nW"
    "bAsDKnbt7TZM2RhB9NdbzPgW9v6Nn5z393GjLuy9RnkuOXOHNdh+Cy5alInl9iyGGbon2x"
    "Z7u8n/X7lwnez7ppYu8+n3Wu3+2l1uzIdnB4ahdn+JRESSRhW3zQ99/vH/+4t/fj/tGmHv"
    "j0YkoVhvW9soWUsmmaob89S3iZNREDNUF72na3EpuzUO3ZU1Do1WvQv5zaUdNkkzjIlK2r"
    "yKan0GpJIYEGWXynLGrZFGksmBQ6mxTqudOQNF2eNA2RTG/ixZlNrZpiTiJBzNqJWbuAtQ"
    "vi2LzbLco9SrdqVQxYs+KASmszBMFTojxdEAsWBLy1wsitoKQcNk0y5c+qCBoLisfJGC6H"
    "YEYC/eweTbD3KKKuRAzVkPD7Q4yfOH8hhw1fM6jlF9RSWJTm+9dNvxeExsmQsfCaPzC0MH"
    "KjeLNlTFlrWRuP40TG7TPf8MlkGg8uG5IHm/IbHlBK5shzZ9QSZwkbiuRcWblPnGpke8wX"
    "gWK+92yIwoL34fUmEC6mUywNhIu9HPcQLrZ1moO+UJ3oBA4e6Spcy4gkVaJjIGC5MsuSow"
    "zPxdMLSVQDid5AtbZtFn/UjtwX8eO9iQilq07vIlgIPdgQC6efn3c6F8Gi6eHmgH5qd2XU"
    "UvCZtjVeJmYp1Ps56bO81M7ixYjSuCa9JGtzxVHy1TciqtQdNTlwcGbr5qxJFOlZ2vuqsk"
    "5BQc46y5mfasp/HTGKxreSacIMskGzhGvrOInnqdUkWQCaZ0MfVQqbPSoJmz3Khs1CUNPW"
    "g5peoMSuZs/19iNqIs+1Ug8dB21PrX3/SrpmmF5+EyrOyKY2G9eScwoKqqxuctZufrkd2L"
    "g7pdPLUaNWxdllHGtfaXL559vbK+QR/ogxX86JomiCuiWXDQuzRBdrismyGraYkxXpDOGy"
    "bZOg8MY8WLBtQpDgKn9iecPXg/lZTVz9MD+rxTQLzM9ug+aoC1MlOoWDR7oC10FBfQXbZg"
    "kAd32OaeM+5swPlqbUPeZwuclsupdRateYTAeeU/Ccvm7PaaiwGzVLzeTAt+hF/fvbpryn"
    "2/fthd1BbTlk8SCI7xGEqIep4tzOAJvQAW2bfWsWVDI3JipjaQoFymB+6JJXz8+dRIKfG/"
    "yfhf7Pf7nDnXynpzjSWuHp/DNss3rhHtd7DNJJ7GDxHOTOfFn8WOR5RC7IYDEd9kgsme1i"
    "+x/5Lg7w3HmUl8J7W3/cQhhxxIyfhTrPaC5rDIujc34ZPpTmLOez3evLlJogoMZ3Hwm9R4"
    "LfeJvgWmOXi4lfJ8rlSeTr7KL7qeeKR43doweXw0eeO0Hvke+iPXCw6uQRAQerDt4ocLBu"
    "heZH/rtU7PuofQOf4fWnCNh0OsvR98pNyQWoERRv24J5EykC/77r3InQ/+BzQK/vej2ZMh"
    "BuVEsZGNDzdu+8cyl3LTbT2tbLJBJEulKOsURMe4KdgoE2BktbSgFuN8TrI811vEoXnfPu"
    "5/blu/3D1nHKaR4fFZIccx2WcVNCpfePQZo3uG6koGyUCa/gTolDwJeS40sRUqvBaxoG3O"
    "bNqM1oDR/VEgX+Ke38U4kyP4GTQXEV0SQKev5qa3fA1Ommp06ZuOUMwytn6kJUE2je/vSc"
    "dK4Syxgq9SBpnM7mVc1nfP1rPZvCRnWMBXdZwkvDifLgEFxUPbgo5vJXedRTsCb0Mpt2Qk"
    "Ki89vQPiHZ602IWaNYB3iZIaUP5PyKQ1puTP6czOSvzotrWRxurQhuYfGGqyNcxoQGa4Z7"
    "rjUzRalUd07RlHi2a9mmDPuQwSczgkRZnShrzpXVW30ZbOKOEHWRTyjOKwW7kSt8RwiJ/F"
    "TQcqP2jYsiWdcscHEUSViHSbXTjMFA/9GuxwTDEQxHvbhv1BuFmW/UNyty4CBv7eX9HQZG"
    "Hh4krr3ElafMkqjmjZhrmzfTx6DrTLDtfA7jiPKNukST1grDjojGRiwwabV110Zh81aw7E"
    "VQ+oQ/CZgyHCyHIQP659yukktsiJU1PsoiKtnkAbH5pzsMELyhTAFAHsFyI2v4bfPiMnPB"
    "paacuo/SFmRtl8mM+Wgo1vewLSRayOSHFmIzcyxWFBFJFcwnU1lIhqKAesKNVI9MxJvhsV"
    "10Hy1Tci9t03uPjGaMfxvwH/LML2PzU3nEtKc2ET9F3KuQFb9P74l4HMPmYgVZmZ3x4LrW"
    "Lvp1bDskXANluaZJC92nStfKhU0wkioc5E7opJpD7oQOZhHkTmyF5rBXVOU5CQOivydJZX"
    "VI/2tIWNnp9r70u+edUxRuDOh153O3d9G5PkXR1oB2ehdX/W7v1rjo3rTPZNh+Zlda33iZ"
    "8H2hOmQFVrwyRtgcKrDkVBEK1TcVsyiOaV7/slfJRb9X4qPfy6ZqOa6JHaUZkCVC566ldk"
    "RspYDYknjYNMHc9seWJZJziHJ1lTS2EYRvO3TTNOsLII0FAdRJTZwN/yRmji+zuI+JQRpB"
    "eaqTOarUyxyVdDNHkNW2OrehYnJDaXZDTmVOH9uOck8SgzXiiYb85g2YQ+n85ptO7/YUif"
    "/ZHOaz/l3vXOwIN3jrX7pXVzLzOdjQwySCRND120aRA1q1E4rjdH4RtO2FQle/Ku8xGNBe"
    "g3ZIKdxwSmGoCeZ6dFfqj82doTio5A44KPEHHGQdAlNrZLAx3j86VuE6iWreY318WCX89L"
    "A4/PSwQPGoFUeTxkIMjc4xNLA+7NuS91j8BrU87BikeX3n+p3WkLD4Jl6kSFhq71IS1UC1"
    "b/0VDUQ4V5200CUMRiTdXiR9Qkv7nkU8/r5SSpyd/NDSRJPWitBSVzQ2zFjr1aGlFIUTZU"
    "FMpi+rSTP7gRILyfMxGe8oM//CyLYWPyB3iqDLIAgrJ2x0TSeWIaHBkn/sPixZLTCUzOW6"
    "gbzlyPaY30IEm2O5WKA8bkuXsi9SD4PITttHIt70Yxw9xgxRfgqIydQpjgpiMl+Oe4jJ3P"
    "Yidi+ax6wVuRupahcOHaqe/xisEUxv3fNPBRGqFcBiKCj8pVD4S2SViYmqupmHMSzYK7rZ"
    "K9k8U2w735FlGkeDtF+FtGeeWqRvCtc8PWwjk6lP3CYVd5VhujDgJYaAeJecgQnc0W+in5"
    "pNrZpiTiJBzNqJWR9naZt4tjneyXeThgdbKxykeNlslWe0WMJr9hMWDi65PpSccSUcqPV1"
    "Eq5lUCl2ChYO28UKUvG4/Tqt+3SawlGlNIWjkjSFo0xUzjQnQbKY4bB5A9ndq6R67pWonn"
    "tZ1ZNf0Sc0b22Am36vQENaQtLjpm366P+QY7PXqIOWkCvIKPdUpZ1SqVFQnODspavLfPt/"
    "Bi42Yw=="
)
