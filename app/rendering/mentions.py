"""The texts that the law wants on a document, in the document's language.

Decisions keep them in English, which is what is hashed; what is drawn says the same in the words of the language
version of Directive 2006/112/EC, art. 226 (points 10a, 11a, 13 and 14). `cash` (point 7a) is in those of a state's own
law where it has the scheme, and `given`, which no law words, is in ours. Texts that national law words, such as small
businesses', stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.rendering.labels.model import Labels


@dataclass(frozen=True, slots=True)
class Words:
    """One language's: `act` names an article of the Directive, with {article}."""

    act: str
    reverse_charge: str
    self_billing: str
    travel: str
    second_hand: str
    art: str
    antiques: str
    given: str
    cash: str


_WORDS: Final[Mapping[str, Words]] = {
    "bg": Words(
        "чл. {article} от Директива 2006/112/ЕО",
        "обратно начисляване",
        "самофактуриране",
        "режим на облагане на маржа — туристически услуги",
        "режим на облагане на маржа — стоки втора употреба",
        "режим на облагане на маржа — произведения на изкуството",
        "режим на облагане на маржа — колекционерски предмети и антикварни предмети",
        "данък, посочен от онлайн платформата за търговия",
        "касова отчетност",
    ),
    "cs": Words(
        "čl. {article} směrnice 2006/112/ES",
        "daň odvede zákazník",
        "vystaveno zákazníkem",
        "zvláštní režim — cestovní služba",
        "zvláštní režim — použité zboží",
        "zvláštní režim — umělecká díla",
        "zvláštní režim — sběratelské předměty a starožitnosti",
        "daň uvedená provozovatelem tržiště",
        "daň se přiznává k přijetí platby",
    ),
    "da": Words(
        "artikel {article} i direktiv 2006/112/EF",
        "omvendt betalingspligt",
        "selvfakturering",
        "fortjenstmargenordning — rejsebureauer",
        "fortjenstmargenordning — brugte genstande",
        "fortjenstmargenordning — kunstgenstande",
        "fortjenstmargenordning — samlerobjekter og antikviteter",
        "afgift som oplyst af markedspladsen",
        "kasseregnskab",
    ),
    "de": Words(
        "Art. {article} der Richtlinie 2006/112/EG",
        "Steuerschuldnerschaft des Leistungsempfängers",
        "Gutschrift",
        "Sonderregelung für Reisebüros",
        "Gebrauchtgegenstände/Sonderregelung",
        "Kunstgegenstände/Sonderregelung",
        "Sammlungsstücke und Antiquitäten/Sonderregelung",
        "Steuer nach Angabe des Marktplatzes",
        "Besteuerung nach vereinnahmten Entgelten",
    ),
    "el": Words(
        "άρθρο {article} της οδηγίας 2006/112/ΕΚ",
        "Αντίστροφη επιβάρυνση",
        "Αυτοτιμολόγηση",
        "Καθεστώς περιθωρίου — Ταξιδιωτικά πρακτορεία",
        "Καθεστώς περιθωρίου — Μεταχειρισμένα αγαθά",
        "Καθεστώς περιθωρίου — Έργα τέχνης",
        "Καθεστώς περιθωρίου — Αντικείμενα συλλεκτικής ή αρχαιολογικής αξίας",
        "φόρος όπως δηλώθηκε από την ηλεκτρονική αγορά",
        "Ταμειακή λογιστική",
    ),
    "es": Words(
        "art. {article} de la Directiva 2006/112/CE",
        "inversión del sujeto pasivo",
        "facturación por el destinatario",
        "régimen especial de las agencias de viajes",
        "régimen especial de los bienes usados",
        "régimen especial de los objetos de arte",
        "régimen especial de las antigüedades y objetos de colección",
        "impuesto según lo indicado por el mercado en línea",
        "régimen especial del criterio de caja",
    ),
    "et": Words(
        "direktiivi 2006/112/EÜ artikkel {article}",
        "pöördmaksustamine",
        "endale arve koostamine",
        "kasuminormi maksustamise kord — reisibürood",
        "kasuminormi maksustamise kord — kasutatud kaubad",
        "kasuminormi maksustamise kord — kunstiteosed",
        "kasuminormi maksustamise kord — kollektsiooni- ja antiikesemed",
        "maks kauplemiskoha andmetel",
        "kassapõhine arvestus",
    ),
    "fi": Words(
        "direktiivin 2006/112/EY {article} artikla",
        "käännetty verovelvollisuus",
        "itselaskutus",
        "voittomarginaalijärjestelmä — matkatoimistot",
        "voittomarginaalijärjestelmä — käytetyt tavarat",
        "voittomarginaalijärjestelmä — taide-esineet",
        "voittomarginaalijärjestelmä — keräily- ja antiikkiesineet",
        "vero markkinapaikan ilmoittamana",
        "maksuperusteinen arvonlisävero",
    ),
    "fr": Words(
        "art. {article} de la directive 2006/112/CE",
        "Autoliquidation",
        "Autofacturation",
        "Régime particulier — Agences de voyages",
        "Régime particulier — Biens d'occasion",
        "Régime particulier — Objets d'art",
        "Régime particulier — Objets de collection et d'antiquité",
        "Taxe telle qu'indiquée par la place de marché",
        "Comptabilité de caisse",
    ),
    "hr": Words(
        "čl. {article} Direktive 2006/112/EZ",
        "prijenos porezne obveze",
        "samoizdavanje računa",
        "posebni postupak oporezivanja marže — putničke agencije",
        "posebni postupak oporezivanja marže — rabljena dobra",
        "posebni postupak oporezivanja marže — umjetnička djela",
        "posebni postupak oporezivanja marže — kolekcionarski predmeti i antikviteti",
        "porez prema navodu internetske tržnice",
        "obračun prema naplaćenim naknadama",
    ),
    "hu": Words(
        "a 2006/112/EK irányelv {article}. cikke",
        "fordított adózás",
        "önszámlázás",
        "különbözet szerinti szabályozás — utazási irodák",
        "különbözet szerinti szabályozás — használt cikkek",
        "különbözet szerinti szabályozás — műalkotások",
        "különbözet szerinti szabályozás — gyűjteménydarabok és régiségek",
        "az adó a piactér közlése szerint",
        "pénzforgalmi elszámolás",
    ),
    "it": Words(
        "art. {article} della direttiva 2006/112/CE",
        "inversione contabile",
        "autofatturazione",
        "regime del margine — agenzie di viaggio",
        "regime del margine — beni di occasione",
        "regime del margine — oggetti d'arte",
        "regime del margine — oggetti di antiquariato o da collezione",
        "imposta indicata dal marketplace",
        "contabilità di cassa",
    ),
    "lt": Words(
        "Direktyvos 2006/112/EB {article} straipsnis",
        "Atvirkštinis apmokestinimas",
        "Sąskaitų faktūrų išsirašymas",
        "Maržos apmokestinimo schema. Kelionių agentūros",
        "Maržos apmokestinimo schema. Naudotos prekės",
        "Maržos apmokestinimo schema. Meno kūriniai",
        "Maržos apmokestinimo schema. Kolekcionavimo objektai ir antikvariniai daiktai",
        "Mokestis, kaip nurodė prekyvietė",
        "Pinigų apskaita",
    ),
    "lv": Words(
        "Direktīvas 2006/112/EK {article}. pants",
        "nodokļa apgrieztā maksāšana",
        "pašaprēķins",
        "peļņas daļas režīms ceļojumu aģentūrām",
        "peļņas daļas režīms — lietotas preces",
        "peļņas daļas režīms — mākslas darbi",
        "peļņas daļas režīms — kolekciju priekšmeti un senlietas",
        "nodoklis, kā norādījusi tirdzniecības vieta",
        "kases princips",
    ),
    "nl": Words(
        "art. {article} van Richtlijn 2006/112/EG",
        "Btw verlegd",
        "factuur uitgereikt door afnemer",
        "Bijzondere regeling reisbureaus",
        "Bijzondere regeling — gebruikte goederen",
        "Bijzondere regeling — kunstvoorwerpen",
        "Bijzondere regeling — voorwerpen voor verzamelingen of antiquiteiten",
        "belasting zoals opgegeven door de marktplaats",
        "kasstelsel",
    ),
    "pl": Words(
        "art. {article} dyrektywy 2006/112/WE",
        "odwrotne obciążenie",
        "samofakturowanie",
        "procedura marży dla biur podróży",
        "procedura marży — towary używane",
        "procedura marży — dzieła sztuki",
        "procedura marży — przedmioty kolekcjonerskie i antyki",
        "podatek według danych platformy handlowej",
        "metoda kasowa",
    ),
    "pt": Words(
        "art. {article} da Diretiva 2006/112/CE",
        "Autoliquidação",
        "Autofaturação",
        "Regime da margem de lucro — Agências de viagens",
        "Regime da margem de lucro — Bens em segunda mão",
        "Regime da margem de lucro — Objetos de arte",
        "Regime da margem de lucro — Objetos de coleção e antiguidades",
        "Imposto indicado pelo mercado em linha",
        "IVA — regime de caixa",
    ),
    "ro": Words(
        "art. {article} din Directiva 2006/112/CE",
        "taxare inversă",
        "autofactură",
        "regimul marjei — agenții de turism",
        "regimul marjei — bunuri second-hand",
        "regimul marjei — obiecte de artă",
        "regimul marjei — obiecte de colecție și antichități",
        "taxă indicată de piața online",
        "TVA la încasare",
    ),
    "sk": Words(
        "čl. {article} smernice 2006/112/ES",
        "prenesenie daňovej povinnosti",
        "vyhotovenie faktúry odberateľom",
        "úprava zdaňovania prirážky — cestovné kancelárie",
        "úprava zdaňovania prirážky — použitý tovar",
        "úprava zdaňovania prirážky — umelecké diela",
        "úprava zdaňovania prirážky — zberateľské predmety a starožitnosti",
        "daň uvedená prevádzkovateľom trhoviska",
        "daň sa uplatňuje na základe prijatia platby",
    ),
    "sl": Words(
        "člen {article} Direktive 2006/112/ES",
        "obrnjena davčna obveznost",
        "samofakturiranje",
        "maržna ureditev — potovalne agencije",
        "maržna ureditev — rabljeno blago",
        "maržna ureditev — umetniški predmeti",
        "maržna ureditev — zbirateljski predmeti in starine",
        "davek, kot ga je navedla spletna tržnica",
        "obračun DDV po plačani realizaciji",
    ),
    "sv": Words(
        "artikel {article} i direktiv 2006/112/EG",
        "omvänd betalningsskyldighet",
        "självfakturering",
        "vinstmarginalbeskattning för resebyråer",
        "vinstmarginalbeskattning — begagnade varor",
        "vinstmarginalbeskattning — konstverk",
        "vinstmarginalbeskattning — samlarföremål och antikviteter",
        "skatt enligt marknadsplatsens uppgift",
        "kontantmetoden",
    ),
}
_EXEMPT: Final = re.compile(r"VAT exempt: Art\. ([\d ()a-z]+) Directive 2006/112/EC")


def localized(texts: Iterable[str], labels: Labels) -> list[str]:
    """The texts in the language of `labels`; those that no language has words for are as they were."""
    if labels.language == "en":
        return list(texts)
    words = _WORDS[labels.language]
    said = (_said(text, labels, words) for text in texts)
    return [text[:1].upper() + text[1:] for text in said]


def _said(text: str, labels: Labels, words: Words) -> str:
    exempt = _EXEMPT.fullmatch(text)
    if exempt is not None:
        return f"{labels.exempt} ({words.act.format(article=exempt[1])})"
    return _known(labels, words).get(text, text)


def _known(labels: Labels, words: Words) -> dict[str, str]:
    """What our decisions say, and what it is in the language."""

    def under(name: str, article: str) -> str:
        return f"{name} ({words.act.format(article=article)})"

    return {
        "Reverse charge": words.reverse_charge,
        "Reverse charge - triangular transaction (Art. 141 and 197 Directive 2006/112/EC)": under(
            words.reverse_charge, "141, 197"
        ),
        "Intra-Community supply exempt: Art. 138 Directive 2006/112/EC": under(labels.intra_community, "138"),
        "Export exempt: Art. 146 Directive 2006/112/EC": under(labels.export, "146"),
        "Not subject to VAT": labels.outside_scope,
        "Not subject to VAT: place of supply outside the EU (Art. 44, 58 and 59 Directive 2006/112/EC)": under(
            labels.outside_scope, "44, 58, 59"
        ),
        "Self-billing": words.self_billing,
        "Margin scheme - travel agents": words.travel,
        "Margin scheme - second-hand goods": words.second_hand,
        "Margin scheme - works of art": words.art,
        "Margin scheme - collectors' items and antiques": words.antiques,
        "Tax as stated by the marketplace": words.given,
        "Cash accounting": words.cash,
    }
