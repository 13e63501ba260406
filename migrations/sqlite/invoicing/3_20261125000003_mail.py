from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE email_message (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    invoice_id VARCHAR(40) CHECK (length(invoice_id) <= 40),
    kind VARCHAR(32) NOT NULL CHECK (kind IN ('INVOICE', 'REMINDER', 'ENDPOINT_DISABLED')),
    step INT,
    once_key VARCHAR(160) CHECK (length(once_key) <= 160),
    locale VARCHAR(20) NOT NULL CHECK (length(locale) <= 20),
    to_addresses TEXT NOT NULL,
    cc_addresses TEXT NOT NULL,
    subject VARCHAR(250) NOT NULL CHECK (length(subject) <= 250),
    message VARCHAR(2000) CHECK (length(message) <= 2000),
    details TEXT NOT NULL,
    status VARCHAR(32) NOT NULL CHECK (status IN ('QUEUED', 'SENT', 'FAILED', 'BOUNCED', 'SKIPPED')),
    attempts INT NOT NULL,
    accepted TEXT NOT NULL,
    refused TEXT NOT NULL,
    error VARCHAR(500) CHECK (length(error) <= 500),
    message_id VARCHAR(320) NOT NULL CHECK (length(message_id) <= 320),
    pdf_sha256 VARCHAR(64) CHECK (length(pdf_sha256) <= 64),
    attempted_at TIMESTAMP,
    next_attempt_at TIMESTAMP,
    held_by VARCHAR(20) CHECK (length(held_by) <= 20),
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR(80) NOT NULL CHECK (length(created_by) <= 80),
    sent_at TIMESTAMP,
    CONSTRAINT uq_email_message_id UNIQUE (platform_id, id),
    CONSTRAINT uq_email_message_once_key UNIQUE (platform_id, once_key),
    CONSTRAINT fk_email_message_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_email_message_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id),
    CONSTRAINT fk_email_message_entity_id_invoice_id FOREIGN KEY (platform_id, entity_id, invoice_id) REFERENCES invoice (platform_id, entity_id, id)
);
CREATE INDEX ix_email_message_entity_id_id ON email_message (platform_id, entity_id, id);
CREATE INDEX ix_email_message_entity_id_invoice_id_id ON email_message (platform_id, entity_id, invoice_id, id);
CREATE INDEX ix_email_message_status_id ON email_message (platform_id, status, id);
CREATE INDEX ix_email_message_attempted_at ON email_message (platform_id, attempted_at);
CREATE INDEX ix_email_message_entity_id_attempted_at ON email_message (platform_id, entity_id, attempted_at);
CREATE INDEX px_email_message_held_by_entity_id ON email_message (platform_id, held_by, entity_id) WHERE status = 'QUEUED';
ALTER TABLE account ADD COLUMN contact_email VARCHAR(254) CHECK (length(contact_email) <= 254);
ALTER TABLE entity ADD COLUMN reply_to VARCHAR(254) CHECK (length(reply_to) <= 254);
ALTER TABLE entity ADD COLUMN reminders_enabled INT NOT NULL DEFAULT False;
ALTER TABLE entity ADD COLUMN reminder_days TEXT;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE email_message;
        ALTER TABLE account DROP COLUMN contact_email;
        ALTER TABLE entity DROP COLUMN reply_to;
        ALTER TABLE entity DROP COLUMN reminders_enabled;
        ALTER TABLE entity DROP COLUMN reminder_days;"""


MODELS_STATE = (
    "eJztXWtT4zi6/isqvkxvVYZqrs0ynwK4Z7IDCQuh53Jyyii2Qjw4Usayodk9/d+PJNuJ77"
    "HcSRBGVV2NY+uxk0ey9N713x0HPxHHcvDDbteySID9nVPw3x0MZ4gdFFztgB04n6eu8XM+"
    "HLsCARPtxtT3oMXvOIEuReyUjajlOXPfIZg37oIZ9B6RP3ehhQCZIw/6xNvlYJtYDM3vXt"
    "0uwM7fATJ98oD8KfJY6//53w7/cjb6imj8cf5oThzk2ukfZ/MbiPOm/zIX565d6ODPoin/"
    "EmPTIm4ww8vm8xd/SvCiPfuO/OwDwvw7ITvxW3HguhEr8anwy7ITvhegxbe0lydsNIGByx"
    "nj6PAbLM/tmGZ/MDRvjaFp7uTYjBEJ4qJTFsG8JxzsU0HADH41XYQf/Cn7ePjxW/icJRFh"
    "K/7AL92b81+6Nx8OP/6DP5Cw7gy7uR9d2ReXvolbQB+GNxG0L3kWf3NMn0+hV0x03H49VM"
    "cnllwvB+PWyd7/WIdt1qqUbnGN873k1/IQ58OEfp7lC3bFd2aomOk0MsO3HUF344M3yH4F"
    "2cPelXE77F5d89vPKP3bFXx1hwa/si/OvmTOfjjO9MviJuC33vAXwD+CPwd9Q9BJqP/giS"
    "cu2w3/3OHfCQY+MTF5NqGd5CQ+HZ9KdzPBPptNTTSDjivzPuWAjV6saIZSpWcz79XRYZ33"
    "6uiw/L3i175944vF5DExjfETY2g9PkPPNnNXyD4pa5u/NNufZc9ADB8Ed/xHfuskF1y2Ev"
    "kT4s1K1uPF5VUL8jzZcOWKPMAIREs4cDAg7OOM2Ih1/xQBH2GI/V3Q8ym4d+x74FCAnpD3"
    "Aghfe4F45g/sWvxMkzXKr+YbeoaWBJSXBKJeNyX5TsNaKBasi/kl0/yFKl4jDBzMBM099o"
    "UgtlCO7hirMtE7l70vxing/4/wbbd/cTb4/RREB9kZp04XHOzX6IKD/dIu4JfSXeBCytbc"
    "J8QGLkV/5zvjzHnoYb94xOexmc5wQhVrE53xcVND/oF/gx//ub9/cPBp/+PB8cnR4adPRy"
    "cfT1hb8XXzlz5VdMpZ7+def5juD35CC8fvRDhWR1YzsO/4LyWSWnRxlZyGls1q2E0ocl0m"
    "DZEJgCCWhMCz40+BwwQnFz1AFzh2eM8OE5q+MoTvs2fSDvv+szHiIwNAbIOxx/4vMrls4h"
    "FaRlNEUiiX0RJytRThGZzKwoMyUhr66iMPQ7eQ63KFPgNroTq/CTOZNkNull+xIpiyLKdR"
    "mut6XDPNzQ9oUwVviVaZ753u+VAoeeFfpubd3V4b/Qvjgil68eEIc5bYZXYyPlJD/WPCK5"
    "NvqfQLkcXp2b3WGxHT5joY7TXhewHUhEsTvt+U8H1NuDThXHW2Ss171ZwnsW2kvRbrFaSX"
    "cW5Fqrks3zGufVzv1SJ7r4LtvXK6PfTAv1wDwpfIFlJei/EKwvORA9yt4kmN7AREZeGx6Q"
    "xSZwIpnz9y+r2sq1676Fe76JMEzxlJUgvhAtA+gtdvnnpGY+r4UvwmIO1jeCNiHV+x+CN9"
    "yRUvi9N016LbZ09w7ALTyb8owUP0tcQhm4C1Ytmr8v0Zvw9Tbr+Yzw9X3d//kXL9XQ76P8"
    "fNE/yfXw7OspJG4HkIWwWiRoVLIQlqBesZm1Mdk1O5xSk3sp0ZMv8juR6mQC3k+LiO0HFc"
    "LnMc50QOl1jQlTNxLxAtJHgDOjf384c+8sYhTNl7qEz8Tt/4YtycAvFnhAd9c3BzwU/ER+"
    "LcdfePK6M/FGejY3H+893l597l4tLyoxpW8DAQwOSOYehLr7p5tModqeziO4cvMx5K5iNv"
    "ZtrwpaAfSiPRCrHbC0bb5DwWxqPt7x1+Ojw5OD5chKEtzlRFn+UjzZ6gb4ZCOfJQgT//jB"
    "AXwRJRJw/OcDxm6DdIclX83mBwmRrqZ73sWL67OjNuPuyJcc8accWykHo6g65rjgPqYEQL"
    "Rncl9Xmwpr4+9USab6JJliXZkWfZ0TTLj2Uek2gmDSvSEkvJLbTY0kBseZ4ibAb4CXkOe2"
    "ZJhNxqXaDgNip3x84vg8uLU8D/H2FO4c/GKQj/jvBl93Zofule9liL5bEaov7cY8oWZVqX"
    "5QY2Mn34VXLKKr6BnsDqT2AoMP2ph+iUsKegrxZCtrQkWnoP3RH1O4IN5Rn0XjitxJPyT2"
    "WB7TPrV2lV8cTzqXTe+ZQze6IZDz2Xs3omMCqvBcp4AieEMMVUhuIlon0jeO9jLc8Ub1YR"
    "jFEQQU0eSMiTBNEpUPu4Xv9Yji1afIGTG9N5ZPv43ojTNSbOGUMpH3cW1z66D+r4pw7K/V"
    "MH+ZCYiLOxYzWhOoK1j+m9vTpT9l75hL2XZZpplLQwaKPUmJ5AaBO6TtaWofqtJ2snuzmY"
    "2w27OY3U3ax0N3to7r6YPpFZhpKY9q1BG4mB9dCM/ziPmghzEmQNPoX4LRp7FmferLUnZr"
    "DEt17tMciB2zDst+EqUK38xyVTxHeqSoCIBp1aZUBMN267shbIcIrA+MVHNKzUEVbt+IEC"
    "focOgHPo+WDikZmorhbeHVDCPkEfuA71KcC8vhqwoOe98EazfDGQDT1DVwNRxDiiq4GoYJ"
    "iKXn1JplMozXMNnnk9VBHSJmlpzeI02fXJLpBJHQy9l0qmiwRRvgq9QZqrBFEuziQFIsbm"
    "Wa/fvfmjWCKK2yfVtbM/hkY3w7zWshuJp29By1ZH9O3OnV9RWeW76OIqkRfOHfMRSZS+sz"
    "zkA4boAOoTD9kAUlGT7vaX7o/7R8c/ATolz7ywsIUAj/5hF3kZ4Rm0UXGhu++9oRZkFVl3"
    "tCCrwpr/WoKsYkaQTdOsC9pt2GvtoYlTEMRYFb0VI1rI8d5xHQdqVhRKOFCPCytkT0ggFY"
    "SRArWQ5joegnL/QM47wKQacwrpVIbiJKaFDK8/J3iOvJlDaZOEgQy0FXRvvbiADhtoq6Zb"
    "1M1juYJVKVQr3q/0dHZSR/Q5KZd8TgrKUs8d1m8N3qc0cg3vk2IifZteJw89kcdGs2YaqX"
    "tZtV5Wxzx4HlCfzIRFrMhAuLjcWWEitJINa9gIx8FLuHUF31wsdFd3wr0ruIc6KhYp9qb4"
    "0h2CsMxE6K62keXYKNyKDH4tMheu9d7acqiIWUVbDlUwaWkXuN54pHV2RG2n3Sy/j+ynFf"
    "O7ujhAjFWZ653zQf/27oqXBIuPRvjs7rbXN25vT0F8NML9Qd8cdn/vnl0a5qXxc/fSvDZu"
    "bgf9U1B2JSve1EpZWnvlAF0mecMh4novEr0XyXshXO9FovciUYL2WqzrvUj0XiRvknK9F8"
    "kb24tk63WrlR6/65+ewx0CZPhdItrH7/pNViFbZoNpIo9sH99rniwiyr5vm9HcTVSepHei"
    "qorizwj3+tHn6GCE7/pfjJve5x7faXR5LIwuhjCwGGoYU+LRPkVWM+9u4Q20k1c1J2/h3I"
    "gp40h6K6ESePtmyfWHykTUyRrWMrD2Mb0Rq4MuuKQLLun1QRdc0t2sYqzXwLNLA73Ca50V"
    "UV4UuoiaZNF2ZaDXbzyqCkYRWWMSPEz9dGDWLrifsKcgb84GgX/PkzZ59FWU18nb8o8Ong"
    "d+GKIVTWvA8fOhXxt/mg4GU8TqoIPBVLD46GCwLZXoiIJrZZnO4DTXagfeqU31RhRGC3q+"
    "JNMJiNbKa5H8fUbiN2Idvr4ZnBu3t73+z6dgeSzsxIPeuREaisXRCH/u9i75mfDvCJ93++"
    "fGpTi1OBzhG+PzXf+Cn4yP1LAfM0nFaqQqpoBaU1ROU0wXiXcadfESph0CKvfvJHAnDlNJ"
    "m3RyFqt7WuWetviq2rCns1jd0yr3dLxDxwyxXpKSafPI9om2m9snyEMT5CFcthl9NeUpcP"
    "tY34zWFnicsoIYn0pjxBKksibRkOiDOmJ+uZSv9+pcz6Kxxk0DfOJD15w5uGiDyDPnodSn"
    "nQG2ya/9z/39g4NP+x8Pjk+ODj99Ojr5uHBw5y9VebrPej9zxlM9k+8C6LrkmctA0lWb0s"
    "hWzDdbL9rE1s4HeeYTME17A9rp1JmbTMpsEEdbAG2hRLPeQNqYM/kskjyyfWSvP4skZq1J"
    "YloRtn2crz/zYQIdN/CkqE5A2sfwprYHTsSWSHGdhrVi1dx0QU8daaojTZUQAd+akVJHmr"
    "a2mxWLNL10MNqpiDYV1zsrIk5FrKmo/iCargw4HWAEeGuxDx4GAt7hu4Ug7CMP2ezbEn/K"
    "niJiPyEbZawN8JjCZLPDKWuSDytd0z118KgiHgQdPKqC90YHj26H53AGlaQ5CdIs1/FFEu"
    "oUZ3WWKiRJiNZICjQSXQNzm0Gij4GUKS5srsmtRW7ym0mQnIG1cCLelCXu7wAKQaFAx0WW"
    "M4NuMeFJWFbBDXG7Ef4NMl/B84Vx3rvqXn7YP+wcZ/ziydUws30pdqTMnHH7Ns4Z67bYc6"
    "5MEcIhOYLTQD2GV4xhGsznbsEsUe3iXqJaMSVv28PNa2tYLqTfVbdocQOVu2DndtjtX3Rv"
    "Lk5BfMTzSi7uzsO0EnEwwrfG+aB/YS4upD+z63fXxk3icvLjCF93b34N017CgxH+07gZnA"
    "L+/wgbvxtX18NTEP7N2rZeJ4NFh/XosJ73QLs6Bvlb5DnRL8xb46OLnVXFH5bNapnhw411"
    "uFmcItbl7KXdBT2fAo88/0CBS6xHwG8JXec/iIKJg/kRa/6T2NlbxDDxbXyw+wLQEzt6YE"
    "BabJ3f3KO00V4RU5s22qtg5tRG+y3VUuXsNJWOI6zKRBcKxudMpO0NOcw4BYkPTMS9GXwe"
    "3Fx1RWq3OBrh7sUXnqt9CqIDLkZffjbPemEid+KDGkLvHPrcLi1jMUlAVO7MpkFhdd6a4/"
    "K35jjvhGFrvGTi3QLRQoLXH7wrtnYPha08y1UpMRlgm9xdW06JEUw6lDKhlIdaFZgH2dmK"
    "TkhDq6K43p5Vtso62B0aRUxOIZ3KTBgpUPss2esP1NVhpU2Gq443lDJv9MQR2im2b8RXOy"
    "sMHE6iXZ0tjB3X/dF1HhFgXR3wZPJdICpQLu0LYOIhxE0ODgXsNgQ8orkPnqfE5VUmwT3F"
    "cE6nxL/vhHsOo69R3UnWnk8yyC7c33hrD9bWD0U0Q239UEEr19YPXe+ybVy/Tnio0kKwNu"
    "dpc95Kc967KKp5cdP9PDwF4g/rNqN/EQYahAcj/LnX7172/hS1NOPDEf4yEPs0sf/V6Kq4"
    "1NP3dVn+Lkp33V3/utsTO2HxvyJKZNjrXl7+YYbn05/59fCsKp0WeptlF6YUSq9Mq1em2F"
    "/eyKpbAG5k2VWN81cx7JZ1QLktspT1Foz09TuHmtnMtbk8HSorTWAG9p4ZtBuMP1uPvpQM"
    "5yNvxgh5KRDjyhPtirBtckGurwaILuypC3uqOSessbCnDj/X4efvjXZelkSa9AVIU96Aci"
    "5zsK8ozXoSp4lvQDxGfpOyzSlYm8TDLRsyeHZek6rZSZimvzH9Dx6htEkHZIC6Cxp3gdiF"
    "qUEPpHG6Axp3gOUh2+Gxgw06IY/VHdG4I7j5qkEfpGCa/sb061ryupa8MmTrWvJtqEwThn"
    "412nKrANpGxjdQPwyTIq9RhWeYFHqM2kFvTX4rCc6HnBLPQxYX+6IsAOnY05IbtK8LNhCE"
    "EmUj5AmvqMGUwLSB463b4Qn2uVNUNgEui2sD95vOgZt76MkhAZUmOwfUbNdg256YdAr3j4"
    "6lqE6hNM+redZbsOgtWJRYHt9CrmxRN4+lDDJpVCscg+kZ6qSOXHlSLlee5Kuo6r1u3sP7"
    "FKU9N+roLHYNXa2YGNDOnpabO7O49ol36588CZPWuB9G/p1KI/UbpdobpVzdjoqdwpItOv"
    "XqdzTZLezZ8aeiFiiccX8X+4tt8dmHXwEvm871lp/AfXx4zwtl8N8TFg19njouCitpsPYW"
    "xJj4YIwE0i4q4rHNB+siHooYPHURDxWMzbqIx3Z4buhHWYP35L0xrfceW78pbrnvaLPaKA"
    "lk+5SNDXgA9e5jevexV4hI0ruPbYv5qnRfvfuYWjFeevex7YxhvfvY62RC6t3H9O5jOv1b"
    "p3+/H9p1SqxOiX2/9OuU2Ffvgth/JTvxJ3F65n9z+05eh6W3doqdu/HVzgrH7jzRrpZPNw"
    "IAMgEE8x0PhE+hw7c+4L7S6PMPFMS1q4o9tM1uo/2tipiXtb9VBdO+9rdqf2u7mA5DdZrI"
    "k1mkFigbC5S6VGV+qK+5VOWMyS9y22kuES1kd/0TSaMsep0/L+8BF4WV5AOZEzCdAqJcGL"
    "POnHu33awz5zaQ/KGO1ch4KrcZhdc6KyxG6Km2vajLLlh+B7D7IdaZdmzdYTBM2RXWLNwa"
    "04IB5Zf9oj05pe8xwiN8H4dhiqh+DuAWizGk3KZEnjEQsYTc/ORgijw/TAWg6O9F+9ggwd"
    "o/wPmPfNfPCMTOAjbu2SHtgAeH8cFuMsLZb8X+3f770vGRSDwYv4i7esiFLwBOfHYfi8xm"
    "js/bXYcvM2veAc9TJoOwn7HIRmBqjeNyMP5eG1h5NGtl6USpgNZIAlLXHrZFlUpbyVRQBV"
    "7R8ttyZl/L/qi0lrWRjcTkZuwIoDcMaxxUwCmTEIPj9i2cNda/Wxi1pmgGTfkaN3lgm4y8"
    "a8uvocH4L2T50vs7pmAtHMkbyA6DLy6BBTSXB10kIK2geNvRdky3KvIMlU/NC0Ar6N54ZQ"
    "pL+HGaWPsyUG3uU87cp44Vqmej2Zz43F/4K3rZKalPkW7UWVWiYtncfIzar7RQ/cYtRxDM"
    "Ah8Km42oGQEBw4MppMAmmIEoCS1MEHhozgavaOnwehL0GbERL+w7vDoEbw7gAxsweTvWRp"
    "+k46IUkQ20xUcFuUwLCRsVEqLZtS65UfMWUrt/dFTHoX50VO5Q59cyIticEyKZUJ4CtZDp"
    "9VshJuzhyJt7kc2gLtEZWBupXns1YxL4FpkVGNSq8xMSsFbQvPV8QB24oTW5TWtyv6HxlJ"
    "BHA9tz4pRGFmRbdVbocs9hexMlAavDDTBgvDFqaahFechCzhOiQIQsUO7sTzr2O4B4cf5J"
    "6JP6SSheMAoM4G0FErjkIdbXrMCjxCsIU9jus7XCp4jSoRU+FRQ+7YjeCs2B58rIylHzFo"
    "7g/Y+HJ7VCqQ9PKmKp+UVlyokpPZQ3Erku1tfoVpKqSQbaihG+bfVkGkZQylKfgGnaG9BO"
    "EdPufGnaEzBNexPafegHjetiLdEqk79j9Ltnl7yQVXQwwhe92+hUfJTVnOpM/+svVGU7lH"
    "Njm0zlopKLbR6qF9xaC26ov5rS4YxpXJtivrYc1jiBjsu+lUmdwsTIFdv5ZMF69xHVzIJ6"
    "C8FNxlVqe/q7eHH0znat7Wbl3CYXyHXYtFsWAZdt1anpNrGTgFpVvUJfA09sDD0SodulE+"
    "UehsmI0LLQnI1V7roIsx6D+S64d5kYjEzR8B7MoPdIeXtIwRix7wcou3FxCbAtPFO7SRSx"
    "IWs3iQr2e+0m2RLN4VQmT3QKp4d0Ha6FJV6W6ARIs1ybZdmsyDSqhURvIDdym6m+ypH7Kk"
    "axd2GZvzb6F+FWEuEB33ri/NwwLsJtJ6LDEf7c7QlrffhXDVs99H00m/uM9KAoVre8ImQW"
    "16aXZG1WLYy++mZMlbzNowCu7cKq2T2S/Z1QnWX7OgPV/axyP7NbzdmvQ2bZ+lY6bxYgW1"
    "RJZG0TJ/I8uSSzBaB9OvRRLXfxUYW7+KjAXaz9Le9hopo42KHTRv2cgeoFSbV+Vs7h0g0l"
    "1Z1Kf0vcqFPT3QIT7Wt5W34ZDq+Bh9gQo2IHFAhij41I8H8Oy1nOEOA/v9h5In8L7QtRxK"
    "ymfSFKmDS1L2QbNMezkizRGZwe0jW4xsFsjApUkvI9KBcAbRor0PDIY4EtnhAXwZJBGwIy"
    "XI4Z4g2SWWVXHwwuU1LnWS8bAX93dWbcfNjLbNedp1hbKbSV4m1bKRbjcEzsgrI45Rk1OW"
    "AbCN92Wo0dhGVvzJnM3JFB6cWv2C3qNbO+pZHa+qatMqVWmX+R8U6xKYZf6aywv/wVtVld"
    "5ZF4j2FZDiestAhI4FPHRtGWHKEVJay8SB+RLYJSHf8ndooBPPIc7wnCZlt/2gEQMETA7o"
    "LdF/AMH1F49Zk9Bnm0oPbjdp8v9j8JnXU+eUT4HnB+k23CZ00J6yb2nDjkNhVWuwvu5x7h"
    "Q43egwfC4BOPzMBH4BOwpw1KKmmA2qCkgvatDUpbofmR/S4ZfSZu38IxvP7wQwfPgwJ5r7"
    "o0wALUCop1YYANhB/++86442GF4d8Rvrnr90U4YnRQLxxxhM+7/XPjUpxaHGalrdcJUoxl"
    "pQJlCVnODLolC20CltWUQtxuhFenN9fxKl0Y572r7uWH/cPOccZImFwVspsmU8pUCZnZPw"
    "Fp3+K6kSINkTNbxpyShGhbSoEthfdaA16zMM1tkQchwA1sVEuUtk8pZ59KZeOHRgbJkvNp"
    "lJ7569XD066ijbuK+FfOMVytXi1RbaB52+pVZFyV3tg8i1NZvWo4xte/MYjFdVTXXHCXJ7"
    "wyfKIIroMp6gdTJEz+MkM9A2vDLLNpI6ROonof0qdOQXkX3axQrIN+mXWike7nNxzScmux"
    "cRKIX10U17K43FkR3EKTDWvsY4pwuMGMR+zA8n+ggDxjMEeeQ2zHEmEfIvgkQICn7HeiLC"
    "Eiiqz5ItiETAAmwEcYFlVs28gTviOERPyVkHLj9q2LIlmXF7g8iiSq8SA7aSZgWv5RbsbU"
    "iqNWHNXivlVvFKS+2VytKIDr/la+v79DwSjC6x5XvselXWZpVPtWzLX5zdRR6IwZdNyrKI"
    "6oWKlLNemsUOwQb2wmApNqbGwKouYdMIM2Ag6OsgEgpgzIWoUB/c+QbzXq+KIA9k/soCh5"
    "gB/+RcYhgjUUKQBi61F+ULCz6RYfLjIXCLaE6z5OWxC1LGYB9cEYAQodG/AWIvmhA2hgTX"
    "nhb55UQX00F7UwMAipR0xJ9dCMvxke3QX3cTXxe6Gb3ntoElD2acR+yAt7jMNu5SHLmTti"
    "y1b+XXlfse/pPSGPYegz8qLsjAdC7F3w29RxUVSqfFl6vAPuM2Xx7oUSDIQIp3MnVBLNde"
    "6ECmqRzp3YCs3RrCjLcxqmif6eJJXVIf1vIWFlp9f/MuidG6cgOhjhG+Oq178wbk5BfDTC"
    "Rv/ietDrD83lNoC5U1l543XC97nokO+w8qrbUXNdcaKgakokvsmoRUlM++aXvVom+r0KG/"
    "1ePlXLJRZ0pTwgS4TKU0vjiNhaAbEV8bBZgpnuD22bJ+fI7w+dxbaC8G2HblpW8w7IYnUH"
    "NElNDMZ/IavAllk+xyQgraA8M8kc1ZpljiqmmSOd1bY6t6FmckNldkNBJUIfOq70TJKAtW"
    "JE6/zmDahD2fzmW6M/PAX8/3wO89ngrn/OT0QHrPWvvetrkfkcHqihEulE0PXrRrEBWnYS"
    "SuJUfhGUnYUiU78s7wmYpr0B7TqlcMMphZEkWGjRXSk/ttdDcVDLHHBQYQ84yBsE5vbEpF"
    "O4f3Qsw3Ua1b5hfXxYJ/z0sDz89LBE8GgUR5PF6hgalWNo9N5z76u/p/w3yOVhJyDtmzvX"
    "b7TWCYvv4kWKO0vuXUqjWij2rb+iAQ/napIWuoTpFUm1F0md0NIu8hxrulMcVBpd7KwIJ4"
    "XLZqviSMt7eM3hiKUGwkKFs8A0GI14dWMR12IXLI89fEIe5V9JYnJPQFo4s+8fHdXyvB1V"
    "eN6OcormvCDmp5zhqHkL2d2rZZraqzBN7RVs30qwj4o2bP/X7aBfIqAsIdll07F88H/Ade"
    "hbdCNUkMvJqDa7Zi2smVWQ3+DstRMmvv0/Rw8V0A=="
)
