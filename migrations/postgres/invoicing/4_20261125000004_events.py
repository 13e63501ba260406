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
"eJztXWtz4ri2/SuqfJk5VUyq8+yczCeS0DOcoSEnIT2Pyy1H2ErwxEiMZTqdc+789yvJNv"
    "gJlhtoxdlVXR1ja9mwtiztl7b+u+fSz8y1Xfq437ZtNqfB3jn67x7FUyIOCq620B6ezVLX"
    "5LkAjz2FwIl2Yx742JZ3fMAeJ+KUQ7jtu7PAZVQ2bqMp9p9IMPOwTRCbER8HzN+XYIfZAi"
    "3vvrrdnLp/zYkVsEcSTIgvWv/P/7bkl3PIF8Ljj7Mn68ElnpP+cY68gTpvBS8zde7awy79"
    "oJrKLzG2bObNp3TZfPYSTBhdtBffUZ59JFR+J+Ikfiude17ESnwq/LLiRODPyeJbOssTDn"
    "nAc08yJtHhN1ie27Os/mBo3XaGlrWXYzNGJIiLTtmMSkm4NOCKgCn+YnmEPgYT8fH43d/h"
    "c5ZEhK3kAz+1by5/bt98f/zuH/KBTIgzFHM/unKoLv2tboEDHN5E0b7kWf3NMX05wX4x0X"
    "H7zVAdn1hyveyMOyf78F0VtkWrUrrVNcn3kl/bJ5IPCwd5lq/ElcCdkmKm08gM304E3Y8P"
    "XiH7K8gedj92boftj9fy9lPO//IUX+1hR145VGdfMme/P83IZXET9Gt3+DOSH9Efg35H0c"
    "l48OirJy7bDf/Yk98JzwNmUfZsYSfJSXw6PpUWM6OBGE0tMsWup/M+5YC1XqxohDJFspn3"
    "6uS4ynt1clz+Xslrf/8tJ4uHp8QwJk+Msf30jH3Hyl1hh6ysbf7S9HCaPYMpflTcyR/5dy"
    "s54YqZKHhg/rRkPl5cXjchz5IN187IA0pQNIUjlyImPk6ZQ4T4JwQFhGIa7KNuwNG969wj"
    "lyPymfgviMm5F6lnfieuxc+0RKP8bL6lZ4AmYLwmEEnd0uQ7DWugWrAp5pdMyxeqeI7o0P"
    "lU0dwVXwhTm+TojrEmE73X637qnCP5/4jetvtXF4PfzlF0kB1xqojg6LCCCI4OS0UgL6VF"
    "4GEu5tzPRHRcTv7KC+PCfezSoLjH57EZYbihibUNYbzbVpd/lN/gh38eHh4dvT98d3R6dn"
    "L8/v3J2bsz0VZ93fyl9yuEctH9qdsfpuUhT6SlwJ/JrLYYCsAgh3pyACOlVCCv3UgxR2fu"
    "0MANXko05ujiOn2ZLJtV8F9x4nlCK2UPCKNYI0XPbjBBrlBgPfKIPeQ64T1bQnn9IhBBIJ"
    "7JW+L7T8dE9gyEqYPGvvi/yPW1jUeArmyIxlauKyfsGy3CMziTlThjtGXyJSA+xV4h1+WO"
    "lQysgW6VbbgrwR28XX7VjGDpspxGAdfVuBYWdDDndQ3tJdpkvvfal0NlbId/hbl9d3vd6V"
    "91roTBHR+OqGRJXBYn4yMzzHChvAr9lmu/EFkcjO6V3oiYNs+l5KAO3wsgEK5N+GFdwg+B"
    "cG3Cpelsl7pZV3OexDaR9kqsryC9jHM7Ms11+Y5xzeP6oBLZByvYPiin2yeP8svVIHyJbC"
    "DllRhfQXg+g0OGt3ytnp2AmKw81h1Bqgwg5eNHzr7XTZmAVIn1qRJJgmeCJK2JcAFoHsGb"
    "d089kzF3Ay1+E5DmMbwVtU7OWPKRgeaMl8UB3ZXoDsQTXKfAdfIvzuiQfCmJyCZgjZj2Vs"
    "X+Or8NU2G/mM/vP7Z/+0cq9Ncb9H+Kmyf4v+wNLrKaxtz3CbULVI0VIYUkqBGsZ3xOVVxO"
    "5R6nXM92p8T6j+Z8mAI1kOPTKkrHabnOcZpTOTxmY0/Pxb1ANJDgLdjcMs4fxshrp5Jl72"
    "Ey8Xv9zqfOzTlSf0Z00LcGN1fyRHykzl23f//Y6Q/V2ehYnf9w1/vQ7S0uLT+a4QUPEwEs"
    "GRjGgfasm0ebLEhjJ98ZfpnKVLKA+FPLwS8FcihNRSvE7i4ZbZvjWJiPdnhw/P747Oj0eJ"
    "GGtjizKvssn2n2GQdWqJQTnxTE8y8Y8wguUXXy4AzHY4F+hSSvyt8bDHqprn7Rzfblu48X"
    "nZvvD1S/F42kYVlIPZ9iz7PGc+5Swgt690rq82Cgvjr1TJtvBiTrkuzqs+wCzfp9WeYkWk"
    "nHirbGUnILUFtqqC3PE0KtOf1MfFc8syRDbr0tUHAbk8Wx9/Ogd3WO5P8jKin8qXOOwr8j"
    "2mvfDq1P7V5XtFgem6Hqz3xhbHFhddne3CFWgL9oDlnFN4ABrPoARuZWMPEJnzDxFPLFJs"
    "TR1kRL7wGCqC4I0ZWn2H+RtDJfKz6VBTbPrb/KqooHnvel4877nNuTTGXquZ7XM4ExeS4w"
    "JhL4wJgwTHUoXiKa14MP3lWKTMlmK5IxCjKo2SMLedIgOgVqHteb78uxR0tOcHp9Oo9sHt"
    "9bCbrGxLljrBXjzuKaR/dRlfjUUXl86iifEhNxNnbtOlRHsOYxfXBQZcg+KB+wD7JMC4uS"
    "FyZtlDrTEwhwocNibR2qX/ti7aSY5zOnppjTSBCz0WL2ycx7sQKmMw0lMc2bg7aSA+uTqf"
    "xxPrcIlSToOnwK8Tt09izOvFpvT8xgSWx9dcQgB25Ct99FqMC08h89YYjvrSoBohq0KpUB"
    "sby47dpaIMMJQeOXgPCwUkdYteM7juQdWgjPsB+gB59NVZW78O6IM/EJB8hzecARlXXukI"
    "19/0U2muaLgWzpGVANxBDnCFQDMcExFb36mkynUMBzBZ5lXVqV0qbpac3igOzqZBfopC7F"
    "/stKposUUTkLvUKaVymiUp1JKkSCzYtuv33ze7FGFLdPmmsXvw877QzzYGXXUk9fg5Vtju"
    "rbnrm/kLLKd9HFdSovnrnWE9EofWf7JEAC0UI8YD5xEOaqJt3tz+0fDk9Of0R8wp5lgWeb"
    "IJn9Iy7Kcs5T7JDiQndfe0NQZA2Zd0CRNWHO/1aKrGFOkG3TDAXtthy19smDW5DEuCp7K0"
    "Y0kOOD0yoB1KwqlAignhZWKn9gc60kjBSogTRXiRCUxwdy0QGh1VgTzCc6FCcxDWR482uC"
    "Z8SfupzXWTCQgTaC7p0XF4C0gaZaukViHusVrEqhGvF+pYezsyqqz1m55nNWUJZ65gq51X"
    "if0sgNvE+GqfRNep188pk91Ro100iQsmlSNsc9eDnnAZsqj1iRg3BxubXGRWgnG1bwEY7n"
    "L+HWFXKTtzBc3Qr3rpAR6qhYpNqb4lN7iMIyE2G42iG265BwSzj8pchduNF7g+fQELcKeA"
    "5NcGlBCBw2HmmcHxH8tNvl90n8tGJ+1xcHiLEmc713Oejf3n2UJcHioxG9uLvt9ju3t+co"
    "PhrR/qBvDdu/tS96HavX+ands647N7eD/jkqu5JVbyotWdp45QAok7zlFHHYiwT2InkrhM"
    "NeJLAXiRG0V2Id9iKBvUheJeWwF8kr24tk53Wrje6/mx+ewx0CdPhdIprH7+ZdViFbVo1h"
    "Io9sHt8bHiwiyr5um9HcTUwepPeiqorqz4h2+9Hn6GBE7/qfOjfdD1250+jyWDldOsrB0j"
    "HDmRL39gmx60V3C28AQV7TgryFYyPlgiPtrYRK4M0bJTefKhNRp+tYy8Cax/RWvA5QcAkK"
    "LsH8AAWXQMwm5noNfKc00Su81lqT5cWxR7jFFm3XJnr9KrOqcJSRNWbzx0mQTszaR/cP4i"
    "nEn4lOENzLRZsy+ypa1ynbyo8unc2DMEUrGtaQG+RTv7b+NEgGM8TrAMlgJnh8IBlsRyU6"
    "ouRaXaYzOODa7MQ7s6neisFoYz/QZDoBAau8Eslf5yR+Jd7h65vBZef2ttv/6Rwtj5WfeN"
    "C97ISOYnU0oh/a3Z48E/4d0ct2/7LTU6cWhyN60/lw17+SJ+MjM/zHQlOxa5mKKSBYisZZ"
    "iuki8W4tES9hEBAwWb4Pc+/BFSZpHSFnsSBpkyVty1m1pqSzWJC0yZKOd+iYEiElLZ02j2"
    "yearu9fYJ88kB8Qss2o19NeQrcPNa3Y7XNfUlZQY7PSmfEEmSyJVGT6KMqan65lg97dW5m"
    "0tjgpgEBC7BnTV1atEHkhftYGtPOAJsU1/7n4eHR0fvDd0enZyfH79+fnL1bBLjzl1ZFui"
    "+6P0nGU5LJiwB7HnuWOpB21aY0shHjzc6LNom581Gf+QQMaK9BO5+4M0tomTXyaAugDdRo"
    "NptIG3Omv4okj2we2ZtfRRKzVmdhWhG2eZxvfuXDA3a9ua9FdQLSPIa3tT1wIrdEi+s0rB"
    "Gz5rYLekKmKWSaGqECvjYnJWSaNlbMhmWa9lxK9lZkm6rrrTUZpyrXVFV/UE3XJpwOKEGy"
    "tdoHjyIFb8ndQggNiE8c8W1ZMBFPUbmfWPQy0Qb5wmByxOFENMmnlW7onpA8akgEAZJHTY"
    "jeQPLobngOR1BNmpMgYLlKLJJxt3hVZ6lBkoSARVJgkUANzF0miT7NtVxxYXMgtxK5yW+m"
    "QXIG1sCBeFueuL/mWCkKBTYusd0p9ooJT8KyBm6I24/wr5D5FTxfdS67H9u97w+PW6eZuH"
    "hyNsxsX0pdLTdn3L6JY8amPfaSK0ulcGj24DQQ+vCaPszns5lXMEqsDnEvUY0Ykncd4Za1"
    "NWwP86+qW7S4gcki2LsdtvtX7ZurcxQfyXUlV3eX4bISdTCit53LQf/KWlxIfxbX7647N4"
    "nLyY8jet2++SVc9hIejOgfnZvBOZL/j2jnt87H6+E5Cv9mfVvfZgULpPVAWs9boN0ch/wt"
    "8d3oF+a98dHF1rriD8tmldzw4cY60i3OiRC5eGn3UTfgyGfP33HkMfsJyVtiz/0P4ejBpf"
    "JINP9R7eytcpjkNj7Ue0Hkszh6FEBe7J3f3qPAaW+Iqw2c9ia4OcFpv6NaqpKdutpxhDWZ"
    "6ELF+FKotN2hhHXOUeKDUHFvBh8GNx/bamm3OhrR9tUnuVb7HEUHUo3ufbAuuuFC7sQHM5"
    "TeGQ6kX1rHY5KAmCzMuklhVd6a0/K35jQfhBFzvObCuwWigQRvPnlXbe0eKlt5llctickA"
    "mxTu2vGSGMWky7lQSmWqVYF7UJxdIYQ0dFUW1+vzyq7yDraHnSImJ5hPdAaMFKh5nuzNJ+"
    "pCWmmd7gr5hlruja46InvF/o34amuNg8NNtKuyhbHreT947hNBQtRzuZh8H6kKlEv/Anrw"
    "CZEuB5cjcRuGnsgsQM8T5skqk+ieUzzjExbct8I9h8mXqO6kaC8HGeIU7m+8sweD98MQyx"
    "C8HyZY5eD9gHqXTeP626SHGq0EgzsP3Hlr3Xlvoqjm1U37w/AcqT9CbJ3+VZhoEB6M6Idu"
    "v93r/qFqacaHI/ppoPZpEv+bIaq41NPXiSx/F6NFd9e/bnfVTljyr8oSGXbbvd7vVng+/V"
    "leD8+aIrQw2qw7MaVQMDOtn5nieHktr24BuJZn1zTOv4ljt0wA5b7IUtYb0NM3Hxyq5zMH"
    "d3k6VVabwAzsLTPo1Oh/DvS+lA4XEH8qCHkpUOPKF9oVYZsUgtxcDRAo7AmFPc0cEzZY2B"
    "PSzyH9/K3RLsuSaJO+AAHlNSiXOof4itqsJ3FAfA3iKQnqlG1OwZqkHu7YkSFX59Wpmp2E"
    "Af216X/0Ged1BJABgghqi0DtwlRDAmkcCKC2AGyfOK7MHawhhDwWBFFbENJ9VUMGKRjQX5"
    "t+qCUPteSNIRtqyTehMk2Y+lVry60CaBMZ30L9MMqKokYrIsOsMGLUDHor8ruS4HzKKfN9"
    "Yku1L1oFoJ17WnKD5olgC0ko0WqEPOErajAlME3geOd+eEYDGRTVXQCXxTWB+22vgZv55L"
    "PL5lyb7BwQ2K7AtvNg8Qk+PDnVojqFAp7X8wxbsMAWLEZMj69hrWyRmMdaDpk0qhGBwfQI"
    "dVZFrzwr1yvP8lVUYa+bt/A+Rcueawk6i92AqA1TA5opab2xM4trnnq3+cGTCW1NxmH036"
    "k0Et4o094o4+p2rNgpLNmiVa1+R53dwp7dYKJqgeKpjHeJv9RRnwP8Bcmy6dJu+RHdx4f3"
    "slCG/D1h0dDnieuRsJKGaG9jSlmAxkQhnaIiHrt8MBTxMMThCUU8THA2QxGP3fBcM46yge"
    "jJW2Ma9h7bvCtuue9ovdooCWTzjI0tRABh9zHYfewbZCTB7mO7Yn7Vcl/YfcysHC/YfWw3"
    "fRh2H/s2KyFh9zHYfQyWf8Py77dDOyyJhSWxb5d+WBL7zUUQx690B/4kDkb+V7fv5HVYem"
    "uvOLgbX22tCezOEu0qxXQjAGIPiFG544GKKbTk1gcyVhp9/o6juHZVcYS23m0g3mqIexni"
    "rSa49iHeCvHWZjEdpurU0SezSFAoayuUUKoy39U3XKpyKvQXve00l4gGsrv5gaTWKnpYP6"
    "8fAVeFlfQTmRMwWAJiXBozrJx7s2KGlXNbWPxhjteo87ncZxRea63xGJHPlf1FbXHBDlpI"
    "3I8IYTqxd0fAKBdXRLNwa0wbz7m8HBTtyal9jxEd0fs4DVNl9UuA9FiMMZc+JfZMkcollO"
    "4nl3LiB+FSAE7+WrSPHRKi/SOe/SB3/YxA4iwS/V4c8hZ6dAUf4iYjmv1W4t/tv3tuQNTC"
    "g/GLuqtPPPyC8EMg7mOz6dQNZLvr8GUWzVvoeSJ0EPEzFqsRhFnjehJM99F9ZLzLLzqiok"
    "X4+Gipw7l6BBeCjb6pMIroozqppMZjd1t4l5bCsXmAsPyJioxAsfO1zrbytNmVNRq1Mmcj"
    "Vctcx9sObTdwx5lgc3xDF3PDmf1Wjk6jzbmt7FimN2JHANiZrK6rbTmd6xGfxgH/tbNHJG"
    "Ua9k7cvoGj9ua3heP2hEyxpV/MKA9skjd/Ywup+Hz8J7ED7Y08U7AG9uQtLAPELx7DBTSX"
    "Z9ckII2geNdplcKILgoBlg/NC0Aj6N56CRJbBezquHUzUPDrGufXNcjdqPTUHnvcK3E5Lq"
    "631rkdQ43Xi5qu9T3+zJ7FJb/U+YWwT1C4zS9x9tGvvhsEhEo33fOECYAfXeSt2H1H2Zg5"
    "L4iIx+XdlNt/3Fe444zJE4JMOHC9bUVB8zAP9K3oJKpJFsYOjGhzppiuQ6YzFsjco1/IS8"
    "k8k2m0brJxl82tp6j92hnnVxmFwmg6D7CK/6igDEYCjyaYI0dMBi3EWRitwsgnM6EfqZau"
    "rE3Fn+XUoEZ/WWlKNkf4UYg2P9ls9UmQY23I6AYziwkzC9ihW7VDo9G1KrlR8wZSe3hyUi"
    "U57+SkPDlPXstY+TNJiGZxmhSogUxv3tH9IB5O/JkfKY1Vic7Amkj1xndGYPPAZtOCmM3q"
    "tY4JWCNo3nltAUgCBWfhti25X8l4wthThzoz5pZmKWZbtdbYcs9he4skAetTFykSvAlqeW"
    "hF+cQm7mfCE869ZJJgCzE/7fD7URleOEoyXLgFkcceY3vNnvuc+QUpj7t9Nhh8hhgdYPCZ"
    "YPBBrtlOaJ77no6uHDVvYA8+fHd8VmlZ1vHZinVZ8qIxpUmN7spbWQWn5tfoVpqmSQbaiB"
    "6+a/NkEq7G0KU+AQPaa9DOibDuAm3aEzCgvQ7tAQ7mtWtsLtEmk7/X6bcverIoZnQwolfd"
    "2+hUfJS1nKoM/5sveum4XHLjWMLk4pqTbR4KE26lCTe0X/VD/mkcBP1rZ84/YNcT38ribm"
    "GRhTVbA2bBsJOZaW5B2I54m6n74E9/Ey8O7JLbWDEbFza5Ip4rht2yDLhsq1bFsImTBFSq"
    "EBrGGmSRhDAiEYZdWlEdg7CwAbZtMhN9VYYuwhIG89k+uveEGkws1fAeTbH/xGV7zNGYiO"
    "+HuLhxcTnRHTwTwiSG+JAhTGKC/x7CJDuiORzK9IlO4aBLV+FaeeJ1iU6AgOXKLOsuvE+j"
    "Gkj0Fpbf77Kah3HkfhOn2JvwzF93+lfhtlThgdzG6vKy07kKt7CKDkf0Q7urvPXhXzN89T"
    "gIyHQWCNLnRbm65dWls7gmvSQb82pR8iWwYqr0fR4FcPALm+b3SK26XJrOurLOQEHOJstZ"
    "3Gomfh2xyua30nGzANmgYlUbGziJ7+stMlsAmmdDn1QKF5+sCBefFISLId7yFgaqB5e6fF"
    "JLzhkoTEimydm4gEs71FT3VsZb4katiuEWnGhfKdry83B4jXwiuhhXu6lhFEds1AL/57A0"
    "9pQg+fOLgyf6t4BYiCFuNYiFGOHShFjILmiORyVdojM46NIVuA6rkWlYeksAuMYKLDz2VO"
    "CLZ8wjuKTThoAMl2OBeIVkrvKrDwa9lNZ50c1mwN99vOjcfH+gOq9o5AYlznfwUoCX4nV7"
    "KRb9UFZ+zBNdvqImB2wC4bteVuPMw7I31lRn7MigYPIrDov69bxvaSR438ArU+qV+Rcb7x"
    "W7YuSV1hr/y59Rm/VVHpn/FJblcMNKi4jNA+46JNreK/SihJUX+RNxVFKqG/woTgmAz57j"
    "/cXEaBtMWggjgZiLu1DvBT3jJxJefRaPIT4vqP242+ervdTCYF3Angi9R5LfZJvwWRMmxC"
    "SeE6fcptJq99H9zGeyq/F79MgE/MFnU/QOBQwdgEPJJAsQHEomWN/gUNoJzU/id+nYM3H7"
    "BvbhzacfunQ2L9D3VpcGWIAaQTEUBthC+uG/7zp3Mq0w/DuiN3f9vkpHjA6qpSOO6GW7f9"
    "npqVOLw6y29W2SFGNdqcBYIrY7xV7JRJuAZS2lELcf4c2R5iZepavOZfdju/f94XHrNOMk"
    "TM4KaY6FDsuFKaEz+icgzZtct1KkIQpm67hTkhDwpRT4UqTUavCahQG3RRGEOa3ho1qiwD"
    "9lnH8qtRo/dDJolpxPo2Dkr1YPD0JFWw8Vya+cY3i1ebVENYHmXZtXkXOVONZYawTJ4kw2"
    "r2r28c1vDGJLG9WzFtzlCV+ZPlEEh2SK6skUCZe/TlfPwJowymx96zpYRPUmtE9YgvImxG"
    "xQrgO8zLDQCOT8ilNabm3RT+bqVxfltSwut9Ykt/Bkwwr7mBIabjDjM2duB99xxJ4pmhHf"
    "ZY5rq7QPlXwyJ0gu2W9Fq4SYKrIWqGQT9oAoQwGhuKhi21ae8BUpJOqvhpYbt29cFsmmos"
    "DlWSRRjQfdQTMBA/3HuBETDEcwHM3ivlFvlNqlvrZZUQAHeRsv768wMIrwIHHjJa4dMkuj"
    "mjdjbixuZo5B15li1/sY5REVG3WpJq01hh2Rja1EYlKFjU1R1LyFptghyKXRagBMuQCKVm"
    "FC/zOWW426gSqA/aM4KFo8IA//ZOMQIRqqJQBq61F5ULCz6Q4frlYuMGqr0H28bEHVspjO"
    "eYDGBHHsOki2UIsfWojP7Yks/C0XVfCAzFQtDIpC6okwUn0ylW+Gz/fRfVxN/F7Zpvc+eZ"
    "hz8WkkfsiLeIwrbuUT2525astW+V2lrMT39D8TX2D4M/Gj1RmPjDn76NeJ65GoVPmy9HgL"
    "3WfK4t0rIxgpFQ7WTpikmsPaCRPMIlg7sROao1FRl+c0DIj+mkUq61P6X8OClb1u/9Oge9"
    "k5R9HBiN50Pnb7V52bcxQfjWinf3U96PaH1nIbwNyprL7xbdL3peqQF1h51e2oOVScKKia"
    "EqlvOmZREtO88eWgkov+YIWP/iC/VMtjNva0IiBLhMlDS+2M2EoJsSvyYbMEC9sfO45cnK"
    "O/P3QW2wjCd526adv1BZDFggDqLE2cj/8kdoEvs3yMSUAaQXlmkDmpNMqcrBhmTmBV2/q1"
    "DRUXN6xc3VBQiTDArqc9kiRgjejRsL55C+ZQdn3zbac/PEfy//wa5ovBXf9SnogOROtfut"
    "fXauVzeGCGSQQLQTdvG8UOaN1BKIkz+UUwdhSKXP26vCdgQHsN2mFJ4ZaXFEaaYKFHd63+"
    "2NwIxVEld8DRCn/AUd4hMHMeLD7BhyenOlynUc3r1qfHVdJPj8vTT49LFI9aeTRZLOTQmJ"
    "xDA3vPvS15T+Rv0FuHnYA0b+zcvNMaFiy+iRcpFpbeu5RGNVDt23xFA5nOVWdZ6BIGM5Jp"
    "L5I5qaVt4rv2ZK84qTS62FqTToqXzdblkZZLeMPpiKUOwkKDs8A1GPV4c3MRN+IXLM89/E"
    "x8Lr+SxuCegDRwZD88OakUeTtZEXk7yRmas4Kcn3KGo+YNZPegkmvqYIVr6qBg+1ZGA1K0"
    "Yfu/bgf9EgVlCclOm64doP9DnstfYxhhBbmSjNVu16yHNTMLyhtcfOsFE3//Pz8bPM4="
)
