"""Names of people: full ones, and those that the words around them introduce."""

import re
from collections.abc import Iterator

from questions.safety.folding import Span
from questions.safety.vocabulary import is_common, is_first_name

# One word of a name: "Anna", "O'Neil", "Jean-Luc", "McDowell", "Szöllősy".
CAPITAL = r"(?:(?![\d_])[A-ZÀ-ÖØ-ÞĀ-Ž\u0386-\u03ab\u0400-\u042f])"
WORD = rf"(?:{CAPITAL}(?:[^\W\d_]{{1,30}}+|(?='[^\W\d_]{{2}}))(?:['-][^\W\d_]{{2,30}}+){{0,2}}+)"
INITIAL = r"(?:[A-ZÀ-ÖØ-Þ]\.?)"
PARTICLE = (
    r"(?:van[ ]der|van[ ]den|van[ ]de|von[ ]der|de[ ]la|de[ ]los|van|von|de|del|della|di|da|dos|du|le|la|bin|ibn|al|el"
    r"|ter|ten|Mc|Mac|St\.)"
)
# A first name and what follows it: "Anna", "John F. Smith", "Ludwig van Beethoven".
FULL = rf"{WORD}(?:[ ]{INITIAL}(?![\w']))?(?:[ ](?:{PARTICLE}[ ])?{WORD}){{1,3}}"
ANY = rf"{WORD}(?:[ ]{INITIAL}(?![\w']))?(?:[ ](?:{PARTICLE}[ ])?{WORD}){{0,3}}"

# After these comes a name, whoever it is.
SELF = re.compile(
    rf"""
    (?<!\w) (?i: (?:my|his|her|their|the|whose|full|real|birth|maiden|first|last
          |(?:partner|husband|wife|child|son|daughter)'s)[ ]
        (?:full[ ]|real[ ]|legal[ ]|birth[ ]|first[ ]|last[ ]|maiden[ ]|sur|middle[ ])? names?
        (?:[ ](?:is|was|'s)|'s|:)?
      | i[ ]am[ ]called | i'm[ ]called
      | je[ ]m'appelle | me[ ]llamo | mi[ ]nombre[ ]es | ich[ ]hei(?:ß|ss)e | mein[ ]name[ ]ist | mi[ ]chiamo
      | meu[ ]nome[ ]é | me[ ]chamo | jag[ ]heter
      | mitt[ ]namn[ ]är | jeg[ ]hedder | jeg[ ]heter | ik[ ]heet | mijn[ ]naam[ ]is | nazywam[ ]się
      | mam[ ]na[ ]imię | nimeni[ ]on | меня[ ]зовут | benim[ ]adım
      | (?:named|called)[ ](?:him|her|them|me|it) | (?:first|last|full)?[ ]?name[ ]?: | surname[ ]?(?:is|:)
      | signed | sincerely
    ) [ ]{{1,2}} (?P<name>{ANY})
    """,
    re.VERBOSE,
)
SELF_SMALL = re.compile(
    r"(?<!\w)(?i:my (?:full |real |legal )?name is|my name's|me llamo|mi chiamo)"
    r" (?P<name>[^\W\d_]{2,20}(?: [^\W\d_]{2,20}){0,2})"
)
# These also introduce what somebody is called names by, or signs with: "they call me Fatty", "Worn Out".
CALLED = re.compile(
    rf"(?<!\w)(?i:everyone|everybody|people|friends|they|you can|please|just) (?i:calls? me) (?P<name>{ANY})"
)
SOMEBODY = r"""(?:
    (?:ex[ -])? (?:boy|girl)friend | bf | gf | (?:ex[ -])? (?:husband|wife|partner|spouse|fianc[ée]e?) | ex
    | (?:best[ ]|close[ ]|old[ ])? (?:friend|mate|bestie|buddy)
  | (?:step|half|twin|foster|god|grand|great)?[ -]? (?:mother|father|mom|mum|dad|brother|sister|son|daughter|child)
    (?:-in-law)?
  | cousin | aunt | uncle
  | niece | nephew | grandma | grandpa | neighbou?r | boss | manager | supervisor | co-?worker | colleague
  | teacher | tutor | coach | therapist | counsell?or
  | psychologist | psychiatrist | (?:my[ ])?doctor | gp | dentist | midwife | landlord
  | (?:room|flat|house|team|class)[ -]?mate | crush | lover | pastor
  | priest | social[ ]worker | professor | nanny | babysitter
)"""
RELATED = re.compile(
    rf"(?<!\w)(?i:my|his|her|our|their)[ ](?:[a-z]+[ ])?(?i:{SOMEBODY})(?:,|[ ]\(|[ ](?i:is)?[ ]?(?i:named"
    rf"|called)|'s[ ]name[ ]is|[ ]-)?[ ]?(?<=[ (])(?P<name>{ANY})",
    re.VERBOSE,
)
A_PERSON_CALLED = re.compile(
    rf"(?<!\w)(?i:guy|man|woman|girl|boy|lady|someone|somebody|person|kid|child|baby|friend|boyfriend"
    rf"|girlfriend|husband|wife|son|daughter|brother|sister"
    rf"|cousin|teacher|colleague|doctor|therapist|neighbou?r)[ ](?:(?i:is|was|who[ ]is|who's)[ ])?(?i:named"
    rf"|called|by the name of)[ ](?P<name>{ANY})"
)
TITLED = re.compile(
    rf"(?<!\w)(?:Dr|Mr|Mrs|Ms|Mx|Miss|Prof|Professor|Sir|Dame|Rev|Reverend|Pastor|Rabbi|Imam|Judge|Detective"
    rf"|Officer|Sergeant|Captain|Herr|Frau|Monsieur|Madame|Mme|Mlle"
    rf"|Se[ñn]ora?|Srta|Sra?|Signora?|Sig|Dott|Dra|Don|Do[ñn]a|Senhora?|Pan|Pani|Uncle|Aunt|Auntie|Aunty|Coach"
    rf"|DR|MR|MRS|mr|mrs|dr)\.?[ ](?:Dr\.?[ ])?(?P<name>(?:{INITIAL}[ ])?{ANY})"
)
# The end of a letter: "Thanks,\nJohn Smith", "- Jane".
SIGNATURE = re.compile(
    rf"""
    (?: ^ | \n | [.!?,][ ] ) [ ]{{0,3}} (?i: thanks | thank[ ]you | many[ ]thanks
    | (?:kind|best|warm|warmest)?[ ]?regards | best (?:[ ]wishes)? | (?:lots[ ]of[ ]|much[ ])?love
      | yours (?:[ ](?:truly|sincerely|faithfully))? | sincerely (?:[ ]yours)? | cheers | xoxo? | x{{1,3}}
      | take[ ]care | signed | respectfully | hugs | bye | from | god[ ]bless
      | cordially | mit[ ]freundlichen[ ]gr[üu](?:ß|ss)en | (?:viele|liebe|beste)[ ]gr[üu](?:ß|ss)e | lg | vg | mfg
      | gru(?:ß|ss) | cordialement | bien[ ]à[ ]vous | merci
      | saludos | un[ ]saludo | un[ ]abrazo | atentamente | gracias | grazie | cordiali[ ]saluti | saluti
      | obrigad[oa] | abraços | met[ ]vriendelijke[ ]groet | groetjes
      | vänliga[ ]hälsningar | mvh | hilsen | pozdrawiam | dziękuję | с[ ]уважением | спасибо
    ) (?: [ ](?:so|very)[ ]much | [ ]in[ ]advance
    | [ ]again )? [ ]{{0,3}} [,.!;:-]{{0,3}} [ ]{{0,3}}(?:\n[ ]{{0,3}}){{1,3}}
    [-~]{{0,2}}[ ]? (?P<name>{ANY}) [ ]{{0,3}}[.!]?[ ]{{0,3}} (?=\n|$)
    """,
    re.VERBOSE,
)
DASHED = re.compile(rf"\n[ ]{{0,3}}[-~]{{1,2}}[ ]?(?P<name>{ANY})\s{{0,4}}\Z")
TITLE_CASE = re.compile(rf"(?<![\w@#/.'-]){FULL}(?!\w|['-]\w{{3}})")
WITH_INITIAL = re.compile(rf"(?<![\w@#/.'-])(?P<first>{WORD})[ ][A-ZÀ-ÖØ-Þ]\.[ ](?P<last>{WORD})")
# Endings that surnames have and English words have not.
SURNAME = re.compile(
    r"(?:[cdklrwszn]ski|[cdkwzn]ska|czyk|wicz|wski|sson|dottir|dóttir|[^aeiou]ova|ová|[^aeiou]eva|enko|escu"
    r"|ovi[cć]|evi[cć]|opoulos|oglu|oğlu|nández|andez|inez|íguez|iguez"
    r"|[^aeiou]berg|strom|ström|quist|qvist|lund|gaard|gård|[jndlt]sen|poulou|akis|idis|shvili|yan|enstein|mann"
    r"|bauer|meyer|moto|mura|awa|ellini|etti|ucci|ioli)$"
)
# "Louis Bar Syndrome", "Marina Fort Street": what is named after somebody is nobody.
NAMED_AFTER_SOMEBODY = re.compile(
    r"(?:Disease|Syndrome|Disorder|Anemia|Tumou?r|Scale|Test|Method|Foundation|Institute|Hospital|University"
    r"|College|School|Center|Centre|Clinic"
    r"|Street|St|Road|Rd|Avenue|Ave|Lane|Square|Park|Bridge|Airport|Station|Beach|Hotel|Award|Prize|Show|Act"
    r"|Law|Inventory|Questionnaire)(?!\w)"
)
# The words one says before and after people.
BEFORE_PEOPLE = re.compile(
    r"(?<!\w)(?:met|ask|asked|dating|dated|married|marrying|kissed|told|tell|follow up with|written by|sung by"
    r"|directed by|said by|said|starring|played by|hired|contact"
    r"|emailed|texted|and his wife|and her husband|assistant to|named after|under|mrs and mr|slept with"
    r"|living with|lives with|talked to|spoke to|name) $",
    re.IGNORECASE,
)
AFTER_PEOPLE = re.compile(
    r",? (?:told|said|says|asked|asks|thinks|wants|wrote|writes|called|calls|texted|left me|kissed|cheated"
    r"|moved|lives|hit me|raped|listed|points out|spent|works|who)(?!\w)"
)


# After these one word by itself has to be on the list.
DOUBTFUL = (CALLED, SIGNATURE, DASHED)


def people(text: str) -> Iterator[Span]:
    """Full names, and names after the words that introduce them; never a first name by itself in a sentence."""
    for pattern in (SELF, CALLED, RELATED, A_PERSON_CALLED, TITLED, SIGNATURE, DASHED):
        for found in pattern.finditer(text):
            span = _as_far_as_it_is_a_name(text, *found.span("name"))
            name = text[slice(*span)] if span else ""
            if span and (pattern not in DOUBTFUL or " " in name or is_first_name(name)):
                yield span
    for found in SELF_SMALL.finditer(text):
        words = found["name"].split()
        start = found.start("name")
        ends = [
            start + len(" ".join(words[:count]))
            for count in (2, 1)
            if count <= len(words) and not is_common(words[count - 1])
        ]
        end = next((end for end in ends if _ends_there(text, end)), start + len(words[0]))
        if not is_common(words[0]) and (is_first_name(words[0]) or _ends_there(text, end)):
            yield start, end
    for found in TITLE_CASE.finditer(text):
        yield from _pairs(text, found)
    for found in WITH_INITIAL.finditer(text):
        if not is_common(found["first"]) and not is_common(found["last"]):
            yield found.span()


def _ends_there(text: str, end: int) -> bool:
    return re.match(r"[ ]?(?:[.,;!?\n)]|$|(?:and|but|from|i|im|aged?)\b)", text[end : end + 8]) is not None


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether the words around are those one says of people: "I met …", "… told me"."""
    return (
        BEFORE_PEOPLE.search(text, max(0, start - 20), start) is not None or AFTER_PEOPLE.match(text, end) is not None
    )


def _as_far_as_it_is_a_name(text: str, start: int, end: int) -> Span | None:
    """The words up to the first that is none of a name ("Daniel But"), or `None` when that is the first one."""
    kept, shouted = None, text[start:end].isupper()
    if shouted and not is_first_name(text[start:end].split()[0]):
        return None
    for word in re.finditer(r"\S+", text[start:end]):
        if is_common(word[0].rstrip(".")) or (word[0].isupper() and len(word[0]) > 2 and not shouted):
            break
        kept = start, start + word.end()
    return kept


def _pairs(text: str, found: re.Match[str]) -> Iterator[Span]:
    """A first name on our list, or a word before what looks like a surname, among words with capitals."""
    if NAMED_AFTER_SOMEBODY.search(found[0]) or NAMED_AFTER_SOMEBODY.match(text, found.end() + 1):
        return
    words = [(found.start() + word.start(), found.start() + word.end()) for word in re.finditer(r"\S+", found[0])]
    for place, (start, end) in enumerate(words[:-1]):
        behind = [text[slice(*word)].rstrip(".") for word in words[place + 1 :]]
        surname = next((word for word in behind if len(word) > 1), "")
        if not surname or is_common(surname) or is_common(text[start:end]):
            continue
        told = place == 0 and _is_spoken_of(text, found.start(), found.end())
        if is_first_name(text[start:end]) or SURNAME.search(surname) or told:
            if span := _as_far_as_it_is_a_name(text, start, words[-1][1]):
                yield span
            return
