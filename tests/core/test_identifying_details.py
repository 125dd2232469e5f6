"""What could identify somebody is marked where it stands; what only looks like it is left alone."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.safety import Clue, ClueKind, clues

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]


def marked(text: str) -> list[tuple[str, str]]:
    """The kind and the words of every mark."""
    return [(clue.kind.value, text[clue.start : clue.end]) for clue in clues(text)]


# Each line is a sentence with what has to be marked between «».
FOUND = {
    "EMAIL": """
        Write to «rosa.maple@example.org», please.
        mine is «ROSA_99+show@mail.example.co.uk»
        «rosa at gmail dot com» if you want to answer
        you'll find me under «rosa (at) example.org»
        «rosa[at]example[dot]org» is safe
        email me: «rosa.maple at gmail.com»
        «rosa dot maple at yahoo dot co dot uk»
        «rosa @ example . org»
        (<«rosa@bücher.example.de»>)
        «rosa AT hotmail DOT com», no mailing lists
        e-mail «rosa@xn--bcher-kva.example»
    """,
    "PHONE": """
        call «+49 171 1234567»
        «(555) 123-4567» is my sister's
        «555.123.4567x123»
        it was «001-555-123-4567»
        «0171/1234567» after six
        ring «(020) 7946 0958» ext 5 please
        «020 7946 0958 ext. 5»
        text me on «07700 900123»
        «+1 (212) 555-0187»
        «+33 (0)1 23 45 67 89»
        «01.84.17.61.18»
        my number is «450 0840»
        Tel.: «78 651 450»
        whatsapp «5551234567»
        mobile: «071-72 81 25»
        my cell is «555-0134»
        llámame al «612 34 56 78»
        meine Handynummer ist «0151 23456789»
        mon portable: «06 12 34 56 78»
        телефон «8 (912) 345-67-89»
        «+971 50 123 4567»
        fax «030-1234567»
        they never answer at «374 780 163»
        «٠٥٥١٢٣٤٥٦٧» هاتف
        «five five five one two three four five six seven»
        the note said «9472 7916»
        dial «5 5 5 1 2 3 4 5 6 7»
        «(555) 123–4567» with a printer's dash
        He gave me «555-123-4567» and «555-987-6543».
        «0412 345 678» is where he texts from
    """,
    "CARD": """
        they charged «4111 1111 1111 1111» twice
        «4111-1111-1111-1111»
        «378282246310005» is the company's
        my card number is «4000 1234 5678 9011»
        visa «4222222222222»
    """,
    "IBAN": """
        pay it to «DE89 3704 0044 0532 0130 00» please
        «GB29NWBK60161331926819»
        «DE00 1234 5678 9012 3456 78» is my IBAN, I think
        «fr14 2004 1010 0505 0001 3m02 606»
        «NL91-ABNA-0417-1643-00»
        my account number is «12345678»
        sort code «12-34-56»
    """,
    "URL": """
        see «https://example.org/people/rosa?tab=1#me».
        my page is «www.rosa-maple.example»
        I write at «rosamaple.com/blog», mostly about bread
        (on «tiny.example.net/a_(b)»)
        it's «bit.ly/3abcde»
        «youtu.be/dQw4w9WgXcQ» is us
        my website is «rosa.me»
        «http://192.168.0.1/admin»
    """,
    "IP": """
        he saw me as «203.0.113.77»
        his server «198.51.100.4» went down
        «2001:db8::ff00:42:8329» is our router
        from «fe80::1ff:fe23:4567:890a»,
        «2001:0db8:85a3:0000:0000:8a2e:0370:7334»
    """,
    "HANDLE": """
        I'm «@rosa_maple» there
        insta: «rosamaple»
        my snap is «rosamaple»
        ask «u/rosa-maple» about it
        discord «rosa#1234»
        telegram «rosa_99»
        my Instagram is «rosa.maple», hers is private
        «@rosa@social.example» on Mastodon
    """,
    "SSN": """
        my social is «219-09-9999»
        SSN: «219099999»
        it was «219 09 9999» all along
        social security number «987-65-4321»
        NI number «AB 12 34 56 C»
        my passport number is «C01X00T47»
        driver's licence no. «D1234567»
        member id: «12345678»
        the policy number is «PX-2231-9987»
    """,
    "ADDRESS": """
        I live at «12 Oak Street», and he knows
        send it to «221B Baker Street, London NW1 6XE»
        wir wohnen «Hauptstraße 5»
        «12 rue de la Paix» is where we met
        vive en la «Calle Mayor 15»
        abita in «Via Garibaldi 21»
        «ul. Długa 7» is ours
        write to «P.O. Box 4711»
        we live in the village of «Little Snoring»
        I teach at «Maple Hill Primary School»
        on the corner, «1600 Elm Ave Apt 4»
        «742 evergreen terrace» is not ours
        «10 Downing Street»
        he's at «123 north main st»
        «Via dei Condotti 12, Roma»
        «Kungsgatan 12»
        mein Bruder wohnt «Am-Markt-Weg 3»
    """,
    "ZIP": """
        Reno, NV «89501»
        my zip is «02139-4307»
        postcode: «3520»
        we're at «SW1A 1AA» now
        in «K1A 0B1»
        PLZ «10115»
    """,
    "PERSON": """
        My name is «Rosa»
        my name is «rosa maple».
        my boyfriend «Daniel» left
        I saw Dr «Miller» on Monday
        Mrs. «Okonkwo» teaches us
        We met «Anna Kowalska» there
        It was «Daniel Okafor» who told her.
        ich heiße «Jürgen Weiß»
        me llamo «Lucía»
        my sister, «Maria», knows
        a guy named «Kofi»
        everyone calls me «Sofia»
        He is called J. «Daniel O'Neil» at work
    """,
}


def told_apart(line: str) -> tuple[str, str]:
    """The sentence, and the first thing between «» in it."""
    return line.replace("«", "").replace("»", ""), line.split("«")[1].split("»")[0]


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line.strip()) for kind, lines in FOUND.items() for line in lines.strip().split("\n")]
)
def test_every_kind_is_found_in_every_common_writing(kind: str, line: str) -> None:
    text, _first = told_apart(line)
    wanted = [(kind, piece.split("»")[0]) for piece in line.split("«")[1:]]
    found = marked(text)
    for _kind, words in wanted:
        assert any(kind == found_kind and words in found_words for found_kind, found_words in found), found
    assert [words for found_kind, words in found if found_kind != kind] == []


AGE_TAGS = """
    [28F] | (31 M) | F28 | 28/F | I (29f) | [M, 31] | 28F/31M | my bf (31M) and I (28F) | (F/28) | 19 m here | [f4m]
    | 29 y/o | 34yo | me 28f him 31m | F(28) M(31) | 42NB | [30s M] | {25F} | I'm 28, he's 31. | 28-year-old | 1990s
    | born in 1987 | since 2009 | 18+ | (24/F/Ohio) | 28 F | 45 & 47 | age: 33 | Age 33, 5'4", 120 lbs
    | 31(M) & 29(F) | 22 F 24 M | MTF, 28 | I am Anna, 28
"""


@pytest.mark.parametrize("tag", [tag.strip() for tag in AGE_TAGS.split("|")])
@pytest.mark.parametrize(
    "around", ["{}", "{} My husband calls me names.", "Hello, I {} have a question", "Text: {}", "call me. {}"]
)
def test_an_age_in_whatever_writing_is_never_marked(tag: str, around: str) -> None:
    assert marked(around.format(tag)) == []


@pytest.mark.parametrize(
    "text",
    [
        "I take 500 mg twice a day, and 1000-2000 IU of vitamin D.",
        "My blood pressure was 120/80, then 140/90 and 135/85.",
        "We paid $1,250,000 in 2019, or 1 250 000 euros.",
        "On 12/03/2024 at 14:30:00 he left; on 2024-03-12 he came back. 3.4.2023 too.",
        "1. He lies. 2. He leaves. 3. 10. 12. 15.",
        "We won 3-2, then lost 2-4-1 and drew 1:1.",
        "From 2019-2020 and 1998 2003 2010 nothing happened.",
        "TSH 2.45, T4 1.02, platelets 70 000 - 140 000, glucose 5.6-7.8",
        "order number 5551234567 never arrived, tracking 1Z999AA10123456784",
        "I weigh 58 kg and I am 1.65 m, 5'5\".",
        "Write to [email], call [phone], or find [user] in [LOCATION].",
        "it hurts.So I left.My mum said no.is that ok",
        "e.g. this, i.e. that, etc.and so on, p.m. and a.m.",
        "oh, oh, oh, oh, oh, oh, oh! I counted one two three four five six seven eight.",
        "They call me Fatty. Just call me Lost.",
        "I use version 10.0.2.1 of the app.",
        "Is it 50/50? I give 110%. The 24/7 kind. 9-5 job. Between 7-8 and 10-12.",
        "We met at work. In the end it was @ 5pm @home.",
        "My insta is private and my snap is full of him. Instagram is toxic.",
        "My boyfriend left. My mother is kind. My friend and I talk. My wife Is Angry.",
        "I love Anna, and Anna loves Tom.",
        "Thanks,\nConfused and Worried",
        "Best,\nSleepless",
        "My name is on the list and her name is not.",
        "I have Crohn Disease and Charcot Marie Tooth Disease.",
        "It was ten past two, one two three and gone.",
        "24 Hours later, 2 Weeks of Waiting, 3 Big Problems",
        "Engineering 101 was hard. During 1971 and Spring 2019 I slept.",
        "I am Vegan 3 days a week, via Zoom 2 times.",
        "A 6 month old; 10 minutes down the road; a two way street; 2 blocks down the street",
        "Call the Samaritans on 116 123 or 988, text 85258.",
        "Doses of 25-50-75-10 mg, 1000-2000 steps, 100 200 300, and 250 000 000 euros.",
        "The ratio was 3:2::6:4 at 10::30.",
        "Type 2 Diabetes 10 years, Stage 3, Level 5, Grade 12, Chapter 4",
        "I don't trust apps like Facebook, Instagram or Snapchat any more.",
    ],
)
def test_what_only_looks_like_a_detail_is_left_alone(text: str) -> None:
    assert marked(text) == []


def test_a_number_that_is_two_things_is_marked_once_as_the_surer_one() -> None:
    assert marked("call me, my card is 4111 1111 1111 1111") == [("CARD", "4111 1111 1111 1111")]
    assert marked("https://rosa@example.org/4111111111111111") == [("URL", "https://rosa@example.org/4111111111111111")]
    assert marked("anna.kowalska@example.org") == [("EMAIL", "anna.kowalska@example.org")]


def test_an_address_takes_its_town_with_it() -> None:
    assert marked("I live at 12 Oak Street, Flat 3\nBristol BS1 5AH\nand I'm scared.") == [
        ("ADDRESS", "12 Oak Street, Flat 3\nBristol BS1 5AH")
    ]


def test_a_signed_letter_is_marked_at_its_end() -> None:
    assert marked("He left.\r\n\r\nThanks,\r\nRosa Maple\r\n") == [("PERSON", "Rosa Maple")]


def test_places_count_characters_and_not_bytes() -> None:
    assert clues("😀é mail rosa@example.org") == [Clue(ClueKind.EMAIL, 8, 24)]


ALL_SENTENCES = [told_apart(line.strip())[0] for lines in FOUND.values() for line in lines.strip().split("\n")]


@pytest.mark.parametrize("text", ALL_SENTENCES)
def test_when_every_mark_is_replaced_nothing_is_left_to_mark(text: str) -> None:
    for clue in reversed(clues(text)):
        text = text[: clue.start] + str(clue.replacement) + text[clue.end :]
    assert marked(text) == []


def test_a_replacement_is_neutral_words_in_brackets() -> None:
    assert [str(Clue(kind, 0, 1).replacement) for kind in (ClueKind.PHONE, ClueKind.ADDRESS, ClueKind.PERSON)] == [
        "[a phone number]",
        "[a place]",
        "[a name]",
    ]


PIECES = ["+49 171 ", "555-1234", "@", "rosa", ".", "example.org", " at ", " dot ", "12 Oak Street", "\n", "Thanks,\n",
          "Anna Kowalska", ":", "::1",
          "DE89 ", "3704 0044", "4111 1111 ", "[28F]", "my snap is ", "my name is ", "-", "/",
          "(", ")", "http://", "www.", "ß", "İ", "٣", "😀", "\x00",
          "P.O. Box 12", "ssn ", "call ", "\u202e", "e\u0301", " "]  # fmt: skip


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.text("0123456789 -.()/+:,@#aA\n", max_size=300)
    )
)
def test_any_text_gives_marks_in_order_that_never_overlap(text: str) -> None:
    end = 0
    for clue in clues(text):
        assert end <= clue.start < clue.end <= len(text)
        end = clue.end


def screen(lines: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "screen_text"],
        input=lines,
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=300,
    )


def test_screen_text_answers_line_by_line_and_names_the_lines_it_could_not_read() -> None:
    lines = [
        json.dumps({"id": "a", "text": "Ä: rosa@example.org"}, ensure_ascii=False),
        "{not json",
        "",
        "[1]",
        json.dumps({"id": 7, "text": "I want to kill myself."}),
        json.dumps({"id": 8}),
        json.dumps({"id": None, "text": "Hello."}),
    ]
    done = screen("\n".join(lines).encode())
    assert [json.loads(line) for line in io.BytesIO(done.stdout)] == [
        {"id": "a", "spans": [{"type": "EMAIL", "start": 3, "end": 19}], "help": False},
        {"id": 7, "spans": [], "help": True},
        {"id": None, "spans": [], "help": False},
    ]
    assert [line.split(b":")[0] for line in done.stderr.splitlines()] == [b"line 2", b"line 4", b"line 6"]
    assert done.returncode == 1


def test_screen_text_that_could_read_everything_says_nothing_else() -> None:
    done = screen(b'{"id": 1, "text": "half a sign: \\ud83d"}\n')
    assert (done.returncode, json.loads(done.stdout)["spans"], done.stderr) == (0, [], b"")
