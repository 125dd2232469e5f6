"""Ways to reach somebody over a network: e-mail addresses, links, computers' addresses."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address

from questions.safety.folding import Span
from questions.safety.vocabulary import either

# The ends of addresses that nothing else in a letter looks like.
CERTAIN_ENDS = """
    com org net edu gov mil int info biz io app dev xyz online site website store shop blog tech wiki eu ac ad ae
    af ag ai al ao aq ar au aw ax az ba bb bd bf bg bh bi bj bm bn br bs bt bw bz ca cc cd cf cg ch ci ck cl cm cn
    co cr cu cv cw cx cy cz de dj dk dm dz ec ee eg es et fi fj fm fr ga gd ge gf gg gh gl gm gn gp gq gr gt gu gw
    gy hk hn hr ht hu ie im iq ir je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma
    mc mg mk mm mn mo mp mq mr mt mu mv mw mx mz na nc ne nf ng ni nl np nr nu nz pa pe pf pg ph pk pl pn pr pt pw
    qa re ro ru rw sa sb sc sd se sg si sk sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn tr tt tv tw
    tz ua ug uk uy uz va vc ve vg vi vn vu wf ws yt za zm zw рф укр бел
"""
# These are words too, so that a forgotten space after a full stop looks like an address: "like this.is it".
WORDLY_ENDS = """
    am an as at be by do go he hi id if in is it me mo mr ms my no of on or so to up us we art best care chat city
    cloud club cool email family fit fun fund global group guide help home house how kids life link live lol love
    me media men moe name network news ngo now one page party photo pics plus pro pub red rest rip run sex sexy
    show social soy space style team tips today tools top town vip work works world you zone
"""

MAIL_HOSTS = """
    gmail googlemail yahoo ymail hotmail outlook live msn icloud me mac aol proton protonmail tutanota gmx web mail
    fastmail zoho yandex qq 163 126 naver posteo mailbox t-online freenet orange laposte wanadoo libero rediffmail
    comcast verizon btinternet sky virginmedia hey
"""

EMAIL = re.compile(
    r"""
    (?<![\w.+@%&'=~^-])
    [\w.+%&'=~^-]{1,64}+ @ (?: [^\W_](?:[\w-]{0,62}) \. ){1,8} (?:[^\W\d_]{2,24}|xn--[\w-]{1,59}) (?![\w@])
    """,
    re.VERBOSE,
)
AT = (
    r"(?: [ ]? [\[({<] [ ]? (?:at|@|ät|arroba|a|æt) [ ]? [\])}>] [ ]?"
    r" | [ ] (?:at|arroba|arobase|chiocciola) [ ] | [ ]?@[ ]? )"
)
DOT = (
    r"(?: [ ]? [\[({<] [ ]? (?:dot|\.|punkt|punto|point|ponto) [ ]? [\])}>] [ ]?"
    r" | [ ] (?:dot|punkt|punto|point|ponto) [ ] | [ ]?\.[ ]? )"
)
# An e-mail address that was written so that no machine should see it.
DISGUISED_EMAIL = re.compile(
    rf"""
    (?<![\w.+-])
    [\w+-]{{1,40}}+ (?: (?:{DOT}|\.|[ ](?:underscore|dash|minus)[ ]) [\w+-]{{1,40}}+ ){{0,4}}
    (?P<at>{AT})
    (?P<host>[^\W_][\w-]{{0,40}}+)
    (?P<rest> (?: {DOT} [^\W_][\w-]{{1,40}}+ ){{0,3}} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "at this point in" is English; a point is only a dot where the sign before it was spelt out as well.
SPELT_OUT = re.compile(
    r"[\[({<]|(?<![^\W_])(?:dot|punkt|punto|ponto|arroba|arobase|chiocciola)(?![^\W_])", re.IGNORECASE
)
MAIL_CUE = re.compile(r"(?<![^\W_])e-?mails?(?![^\W_])|correo|courriel|(?<![^\W_])mail(?![^\W_])", re.IGNORECASE)
MAIL_HOST = re.compile(either(MAIL_HOSTS), re.IGNORECASE)
ENDS_LIKE_AN_ADDRESS = re.compile(rf"[^\w](?:{either(CERTAIN_ENDS)}|me|at|be|it|in|us|is|no)$", re.IGNORECASE)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, plain or in disguise ("name at gmail dot com", "name (at) example.org")."""
    for found in EMAIL.finditer(text):
        yield found.span()
    place = 0
    while disguised := DISGUISED_EMAIL.search(text, place):
        span = _disguised(text, disguised)
        if span:
            yield span
        # In "me at rosa (at) example.org" the first "at" is none.
        place = disguised.end() if span else disguised.start("host")


def _disguised(text: str, found: re.Match[str]) -> Span | None:
    """A disguise is one when something was spelt out or bracketed, or when the host is known for mail."""
    at, host, rest = found["at"], found["host"], found["rest"]
    at_known_host = MAIL_HOST.fullmatch(host) is not None
    cued = MAIL_CUE.search(text, max(0, found.start() - 40), found.start()) is not None
    if not rest:
        # "jane.doe at gmail" has no end; a bare word at a bare word is speech.
        certain = (
            at_known_host and (cued or "@" in at) and host.lower() not in {"me", "web", "live", "sky", "hey", "mac"}
        )
        return found.span() if certain else None
    end = found.end()
    if not ENDS_LIKE_AN_ADDRESS.search(rest.rstrip()):
        return None
    if "@" in at.strip(" ") or SPELT_OUT.search(at) or SPELT_OUT.search(rest):
        # "we met at work. In the" has neither; "at work dot com" has.
        if re.search(r"\w\. ", host + rest) and not SPELT_OUT.search(rest):
            return None
        return found.start(), end
    if (at_known_host or cued) and " " not in rest:
        return found.start(), end
    return None


URL = re.compile(
    r"""
    (?<![\w@]) (?:
      (?: https? | ftps? | sftp | ssh | git | ircs? | magnet | tg
      | whatsapp ) :/{0,2} (?=\w) [^\s<>"{}|\\^`\[\]]{3,}+
    | hxxps? ://[^\s<>"]{3,}+
    | www\d?\. [^\W_][\w-]*+ (?:\.[\w-]+)++ (?: [:/?\#] [^\s<>"{}|\\^`\[\]]*+ )?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
BARE_DOMAIN = re.compile(
    rf"""
    (?<![\w@.%+/-])                                        # not in the middle of an address of another kind
    (?P<names> (?: [^\W_] [\w-]{{0,62}}+ \. ){{1,6}} )
    (?: (?P<certain> {either(CERTAIN_ENDS)} ) | (?P<wordly> {either(WORDLY_ENDS)} ) )
    (?! [\w@+] | \.[^\W_] | - )
    (?P<path> (?: :\d{{2,5}} )? (?: [/?\#] [^\s<>"{{}}|\\^`\[\]]*+ )? )
    """,
    re.VERBOSE | re.IGNORECASE,
)
KNOWN_SHORT = re.compile(
    r"(?:youtu\.be|t\.me|wa\.me|m\.me|bit\.ly|linktr\.ee|discord\.gg|paypal\.me|fb\.me|amzn\.to|about\.me|last\.fm"
    r"|redd\.it|goo\.gl|onlyfans\.com|twitch\.tv|is\.gd|tinyurl\.com|x\.com|cash\.app|line\.me|telegram\.me)",
    re.IGNORECASE,
)
LINK_CUE = re.compile(
    r"(?<![^\W_])(?:web\s?(?:site|page)|home\s?page|site|blog|link|url|domain|visit|page|browse|webseite|seite"
    r"|sitio|lien)"
    r"(?![^\W_])[^.\n]{0,20}$",
    re.IGNORECASE,
)


def links(text: str) -> Iterator[Span]:
    """Links as far as the end of their path, without the punctuation after them."""
    for found in URL.finditer(text):
        yield found.start(), _before_punctuation(text, *found.span())


def bare_domains(text: str) -> Iterator[Span]:
    """Links that were written without http and www."""
    for found in BARE_DOMAIN.finditer(text):
        if _is_domain(text, found):
            yield found.start(), _before_punctuation(text, *found.span())


def _is_domain(text: str, found: re.Match[str]) -> bool:
    if KNOWN_SHORT.match(found[0]):
        return True
    path, names = found["path"], found["names"]
    if found["certain"]:
        # "feeling down.In", "pain.Can": an end in mixed case is the beginning of a sentence.
        end = found["certain"]
        if not (end.islower() or found[0].isupper()):
            return False
        # What a government publishes is named in passing, and leads to nobody ("ClinicalTrials.gov").
        if end in {"gov", "mil"} and len(path) < 2:
            return False
        # "5.st" and "e.g" are no names of a place on the net.
        return len(names.split(".")[-2]) > 1 and any(sign.isalpha() for sign in names)
    end = found["wordly"]
    if not end.islower():
        return False
    return (
        len(path) > 1
        or (names.count(".") > 1 and names.lower().startswith(("blog.", "shop.", "my.")))
        or "-" in names
        or LINK_CUE.search(text, max(0, found.start() - 40), found.start()) is not None
    )


def _before_punctuation(text: str, start: int, end: int) -> int:
    """Where a link ends that a sentence goes on after: its full stop is not the link's."""
    while end > start and (text[end - 1] in ".,;:!?'*_~" or (text[end - 1] == ")" and "(" not in text[start:end])):
        end -= 1
    return end


OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
IPV4 = re.compile(rf"(?<![\w.])(?<!\d-){OCTET}(?:\.{OCTET}){{3}}(?!\w|\.\d|-\d)", re.ASCII)
NOT_A_COMPUTER = re.compile(
    r"(?:\b(?:version|release|firmware|build|section|chapter|v\.?|ver\.?)|§)\s{0,2}$", re.IGNORECASE
)
IPV6 = re.compile(
    r"(?<![\w:.])(?=[0-9a-f.]{0,4}:[0-9a-f]{0,4}:)[0-9a-f:]{3,39}+(?:\.\d{1,3}){0,3}(?![\w:])", re.IGNORECASE | re.ASCII
)


def ip_addresses(text: str) -> Iterator[Span]:
    """Addresses of computers, of both kinds."""
    for found in IPV4.finditer(text):
        if not NOT_A_COMPUTER.search(text, max(0, found.start() - 12), found.start()):
            yield found.span()
    for found in IPV6.finditer(text):
        written = found[0].rstrip(":") if not found[0].endswith("::") else found[0]
        if _is_ipv6(written):
            yield found.start(), found.start() + len(written)


def _is_ipv6(written: str) -> bool:
    try:
        IPv6Address(written)
    except AddressValueError:
        return False
    # "10::30" is a clock and "a::b" a program; an address has letters and digits, or is long.
    signs = written.replace(":", "")
    has_both = any(sign.isdigit() for sign in signs) and any(sign.isalpha() for sign in signs)
    return len(signs) >= 8 or (has_both and len(signs) >= 4) or written == "::1"
