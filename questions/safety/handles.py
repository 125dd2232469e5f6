"""What somebody is called on a network."""

import re
from collections.abc import Iterator

from questions.safety.folding import Span

NETWORK = r"""(?:
    insta (?:gram)? | ig | snap (?:chat)? | tik[ ]?tok | twitter | telegram | discord | kik | facebook | fb
    | reddit | tumblr
  | skype | steam | psn | gamer[ ]?tag | xbox | wechat | threads | blue[ ]?sky | mastodon | twitch | onlyfans | fetlife
  | grindr | tinder | bumble | hinge | okcupid | line[ ]id | signal | viber | youtube | linkedin | pinterest | venmo
  | cash[ ]?app | paypal | whats[ ]?app | vk | matrix | messenger | zalo | roblox | minecraft | user[ ]?name
  | screen[ ]?name
  | handle | nick (?:[ ]?name)? | nutzername | benutzername | usuario | pseudo
)"""
AT_NAME = re.compile(
    r"(?<![\w@./&=#-])@(?=[\w.]{0,39}[^\W\d_])[^\W][\w.-]{0,38}\w(?:[@:][\w-]{1,60}(?:\.[\w-]{2,24}){1,4})?(?![\w@])"
)
SPOKEN_AT = set(
    """
    home work school night all everyone here least first me the my this that a uni college dinner lunch times noon
    midnight bedtime your his her which what gym church around about present birth age some any one two three media
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
REDDIT_NAME = re.compile(r"(?<![\w/.])/?u/[\w-]{3,20}(?![\w/])")
NUMBERED_NAME = re.compile(r"(?<![\w#@.])(?=[\w.]{0,31}[^\W\d_])\w[\w.]{1,31}+#\d{4}(?!\w)")
SKYPE_NAME = re.compile(r"(?<!\w)live:[\w.-]{4,40}+")
CUED_NAME = re.compile(
    rf"""
    (?<![^\W_])
    (?P<whose> (?:my|his|her|their|our|your|the|(?:add|find|dm|message)[ ]me[ ]on|i'?m[ ]on) [ ]
        (?:new[ ]|old[ ]|real[ ]|main[ ])? )?
    (?P<network> {NETWORK} ) (?:[ ]me(?=:))?
    (?P<named> (?: [ ] (?: handle | user[ ]?name | name | account | id | profile | tag | nick (?:name)? ) ){{0,2}} )
    (?P<says> [ ]{{0,2}} (?: [:=] [ ]{{0,2}} | -[ ] | [ ]? (?:is|was|are|ist|es|est|è) [ ] (?:called[ ]|@)?
    | (?:as|under)[ ] ) | 's[ ] | [ ] )
    (?P<name> ['"(]? @?[^\W_](?:[\w.-]{{1,36}}\w) )
    (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
MADE_UP = re.compile(r"[\d_]|\w[.-]\w|[a-z][A-Z]")
ENDS_A_CLAUSE = re.compile(r"['\")]?\s{0,2}(?:[.,;!?)/]|\n|$|(?:and|if|so|but|on|or|add|message|hit|dm|in|for)\b)")
SAID_OF_NETWORKS = set(
    """
    the and not but for with that this was are has had have his her him she they you our your who what when where
    how why broken private public gone dead full blocked deleted down open closed fake hacked weird empty toxic bad
    good great fine app account accounts profile page post posts photo photos picture pictures story stories video
    videos message messages friend friends group chat chats feed live life page dms name handle username because
    about after before while since then than too all any some everything nothing something always never still just
    only really very also again online addiction use user users time stuff thing things here there now today
    yesterday other another people person someone off out back over fights love hate work works safe unsafe boring
    fun useful useless ugly messy unknown anonymous secret hidden taken long short old new different same same-ish
    attached below above
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)


def handles(text: str) -> Iterator[Span]:
    """Names on networks: "@name", "u/name", "name#1234", and a name after the network's ("my insta is name")."""
    for found in AT_NAME.finditer(text):
        if found[0][1:].lower() not in SPOKEN_AT:
            yield found.span()
    for pattern in (REDDIT_NAME, NUMBERED_NAME, SKYPE_NAME):
        for found in pattern.finditer(text):
            yield found.span()
    place = 0
    while found_next := CUED_NAME.search(text, place):
        if _names_somebody(text, found_next):
            name_start = found_next.end("name") - len(found_next["name"].lstrip("'\"("))
            yield name_start, found_next.end("name")
        # "My discord username is jane": the word after a network may be the better cue.
        place = found_next.end("network")


def _names_somebody(text: str, found: re.Match[str]) -> bool:
    name, says = found["name"].strip("'\"(@"), found["says"].strip()
    if name.lower() in SAID_OF_NETWORKS or len(name) < 3 or re.fullmatch(NETWORK, name, re.VERBOSE | re.IGNORECASE):
        return False
    said = says != ""
    if MADE_UP.search(name) and any(sign.isalpha() for sign in name):
        return said or bool(found["whose"]) or bool(re.search(r"\d|_", name))
    if says in {":", "="}:
        return True
    return said and bool(found["whose"]) and ENDS_A_CLAUSE.match(text, found.end("name")) is not None
