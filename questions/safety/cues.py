"""Words that say what the number after them is."""

import re
from enum import Enum


class Cue(Enum):
    PHONE = "phone"
    CARD = "card"
    SOCIAL = "social"
    IDENTITY = "identity"
    ACCOUNT = "account"
    POSTCODE = "postcode"
    NOTHING = "nothing"


# Whatever a longer name means wins over the words in it ("order number" over "number", "phone card" over "phone"),
# because a match begins at the first word and swallows the rest.
NUMBER = r"(?:[ ]?(?:numbers?|no|num|nr|id|code|\#))"
CUES = re.compile(
    rf"""
    (?<![^\W_])(?:
      (?P<nothing>
        (?: order | invoice | ticket | ref(?:erence)? | tracking | booking | confirmation | model | serial | part
          | item | product | ndc | upc | ean | imei | article | isbn | issn | doi | pmid | barcode | lot | batch
          | version | transaction
          | flight | room | page | chapter | episode | question | thread | post | bug | pin | code | sku | parcel
          | bestell\w* | rechnung\w* | commande | pedido | ordine
        ) {NUMBER}? )
    | (?P<social>(?:
        ssns? | s\.s\.n | itin | tin | social[ ]security | social[ ]insurance | national[ ]insurance | ni[ ]number
      | socials? (?=[ ](?:is|was|number|no)\b|:) | tax (?:payer)?[ ](?:id|number|no)\w* | nino ) {NUMBER}? )
    | (?P<identity>(?:
        passport | driv(?:er|ing)'?s?[ ]licen[cs]e | licen[cs]e | policy | member(?:ship)? | patient | insurance
      | student[ ](?:id|number|no) | employee[ ](?:id|number|no)
      | (?:national[ ]|personal[ ])?id (?:entity|entification)?
      | medicare | medicaid | nhs | badge | ausweis\w* | personalausweis\w* | reisepass\w* | versicher\w* | dni | nie
      | cpf | curp | rfc | rut | aadhaa?r | pesel | personnummer | cpr | bsn | codice[ ]fiscale | steuer-?id\w*
      | s[ée]curit[ée][ ]sociale | passeport | pasaporte | passaporto | passaporte ) {NUMBER}? )
    | (?P<account>(?:
        accounts? | acct | a/c | routing | sort[ ]?code | iban | bic | swift | bank | konto\w* | compte | cuenta
      | conto | conta | rekening\w* ) {NUMBER}? )
    | (?P<card>(?:
        (?: credit | debit | gift | bank | phone )? [ ]? cards? | credit | debit | visa | master[ ]?card | amex
      | american[ ]express | maestro | discover | diners | cc | \w*karte | \w*kaart | carte | tarjeta | cart[ãa]o
      | carta | karta | \w*kort(?:et)? ) {NUMBER}? )
    | (?P<postcode>
        zip (?:[ ]?code)? | post[ ]?code | postal[ ]?code | plz | postleitzahl | code[ ]postal | c[óo]digo[ ]postal
      | cep | postnummer | postinumero | pin[ ]?code | eircode | cap | kod[ ]pocztowy | postcodes )
    | (?P<phone>
        calls? | calling | called | phon\w+ | ph | cel | telephon\w* | tel | text(?:s|ed|ing)? | txt | sms | mobile
      | mob | cell (?:phone|ular)? | fax | whats?[ ]?app | signal | viber | ring | ringing | dial (?:ing|ed)?
      | reach (?:ed|able)?
      | contact | hotline | landline | voice[ ]?mail | imessage | facetime | answer (?:s|ed|ing)?
      | messages[ ](?:to|at|on) | message[ ](?:me|him|her|us)
      | numbers? | digits | num | no | nr | pager | beeper | gave[ ](?:him|her|them|me|you|us)
      | office (?=[ ]?[:.])  | extension | buzz | ping
      | handy\w* | \w*telefon\w* | anruf\w* | ruf\w* | erreich\w* | durchwahl | mobil\w* | \w*nummer | mobiltelefon
      | appel\w* | portable | t[ée]l[ée]phon\w* | num[ée]ro | ll[áa]m\w* | m[óo]vil | celular | n[úu]mero | tel[ée]fono
      | chiam\w* | cellulare | numero | lig(?:ue|a|ar|o) | telem[óo]vel | telefone | bel | \w*telefoon\w* | puh\w*
      | tlf | tfn | mobilen? | numer | kom[óo]rka | zadzwo\w* | тел\w* | звон\w* | позвон\w* | номер\w*
      | τηλ\w* | 電話 | 电话 | 手机 | 携帯 | 전화 | 번호 | هاتف | جوال | טלפון | फोन | नंबर )
    )(?![^\W_])
    """,
    re.VERBOSE | re.IGNORECASE,
)
WINDOW = 55  # characters: the longest cue, and the handful of words people put between it and the number


def cue_before(text: str, place: int) -> Cue | None:
    """What the nearest word in front of `place` says about the number there; `None` when nothing does."""
    said = [found.lastgroup for found in CUES.finditer(text, max(0, place - WINDOW), place)]
    return Cue(said[-1]) if said else None
