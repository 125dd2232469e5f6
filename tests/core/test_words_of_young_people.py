"""Words which say that their asker may be under 18 are noticed; other people's ages and the past mostly are not.

All sentences here are our own. HELD_OUT was written before the phrases.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.safety import may_be_under_18
from questions.safety.age import AGES, NUMBER, YOUNG
from questions.safety.phrasing import languages_in

pytestmark = pytest.mark.pure

LETTERS = Path(__file__).parents[3] / "shared/data/questions/counselchat_questions_dev.csv"

TAUGHT = [
    "I'm 15 and I like a boy.",
    "I am fifteen.",
    "im 16 and scared to tell my mom",
    "16F here, is this normal?",
    "[16M] How do I ask her out?",
    "So (17 f) I have never kissed anyone.",
    "I (16f) like my best friend (17f).",
    "I turn 17 in May.",
    "15yo girl here",
    "My 16th birthday is next week.",
    "As a 14 year old, is it ok to shave?",
    "I'm almost 17.",
    "I'm in 9th grade.",
    "I am in year 10.",
    "I'm a freshman in high school.",
    "I'm in the eighth grade and there is this girl",
    "I'm in sixth form.",
    "I go to middle school",
    "My homeroom teacher is nice to me.",
    "I am under 18, may I write to you?",
    "I’m seventeen years old, nearly eighteen.",
    "We are both 15.",
    "My boyfriend and I are 16.",
    "My girlfriend is 16.",
    "I just turned 14",
    "I'll be 16 in two weeks",
    "i am 12 yrs old",
    "Age: 16",
    "Mia, 15",
    "I'm a 13-year-old boy.",
    "I'm only sixteen but",
    "Ich bin 16 und verliebt.",
    "Ich gehe in die 10. Klasse.",
    "J'ai 15 ans.",
    "Tengo 16 años.",
    "Ho 15 anni.",
    "Tenho 17 anos.",
    "Ik ben 15.",
]

HELD_OUT = [
    "Hi, I am 17 years old and I still live with my parents.",
    "im 14f and my bf is 15m",
    "I'm a 16 year old girl and I have a question about my body.",
    "16yo, male, never had sex",
    "16 y/o here. Is porn bad?",
    "I am not 18 yet.",
    "I turn 18 in three months.",
    "I'm still a minor.",
    "I'm a teenager and my mum reads my messages.",
    "I am a high school student.",
    "I'm a sophomore in high school",
    "Currently in tenth grade, how do I come out?",
    "I'm in Year 9 and everyone has kissed someone.",
    "I'm in grade 11.",
    "I'm an 8th grader.",
    "I am 11 and got my period.",
    "I'm fourteen, almost fifteen.",
    "i'm thirteen",
    "I'm 16 years of age",
    "me and my girlfriend are both 17",
    "I have just turned sixteen.",
    "My fifteenth birthday is tomorrow",
    "I am going to be 16 soon",
    "I'm doing my GCSEs and have a crush on a teacher.",
    "I just started high school and I think I am bi.",
    "f/15 need advice",
    "I [17F] and my boyfriend [19M] argue a lot.",
    "Hello! I'm Sam, I'm 16.",
    "My name is Leo and I am 15 years old",
    "When I turn 18 I will move out.",
    "dating a 16 year old, is that fine?",
    "I'm in my junior year of high school",
    "ich bin fünfzehn Jahre alt",
    "Ich (16, w) habe eine Frage.",
    "Ich werde im Mai 17.",
    "Ich bin in der neunten Klasse.",
    "Je suis au collège.",
    "j’ai seize ans et demi",
    "Je suis en seconde.",
    "tengo quince años y me gusta una chica",
    "Voy a cumplir 17 en junio.",
    "Estoy en la secundaria.",
    "ho sedici anni",
    "Faccio la terza media.",
    "tenho quinze anos e sou gay",
    "Estou no ensino médio.",
    "Ik ben zestien jaar.",
    "Ik word volgende maand 17.",
    "Soy menor de edad.",
    "Ich bin noch minderjährig.",
]

MISLEADING = [
    "When I was 15 I kissed a girl.",
    "I have known since I was 16.",
    "We've been married 16 years.",
    "My daughter is 15 and wants the pill.",
    "My son (16) has a girlfriend.",
    "He is 12 years older than me.",
    "We have been together 16 months.",
    "I'm 15 kg overweight.",
    "I'm 15 weeks pregnant.",
    "I am 16 years sober.",
    "At 16 I moved out.",
    "That was 15 years ago.",
    "I teach 9th grade.",
    "I'm 5'10 and she is taller.",
    "My daughter (15) found my toys.",
    "My daughter [15F] does not talk to me.",
    "I'm a high school teacher.",
    "I'm 34 and my stepson is 16.",
    "I am 45, she is 44.",
    "[28F] and I (31 M) are happy.",
    "I'm 18 and in college.",
    "I am 8 inches long, is that too much?",
    "I'm 10 minutes late every time.",
    "I have 12 pairs of shoes.",
    "I am 13 dpo and the test is negative.",
    "He treats me like I'm 12.",
    "I feel like I'm 16 again.",
    "I'm a 10 and she's a 6.",
    "We are 12 years apart.",
    "I am 14 days late.",
    "I was a freshman in high school when it began.",
    "In high school I was shy.",
    "My husband and I met in high school.",
    "I lost it at 17.",
    "On my 16th birthday he left us.",
    "My 15 year old son hates me.",
    "We have a 12 year old and a 9 year old.",
    "I'm 10 years older than my wife.",
    "It takes me 15 minutes.",
    "I've had 16 partners.",
    "I drink 8 glasses.",
    "I am 16 hours into a fast.",
    "I'm a freshman in college.",
    "My child is in 8th grade.",
    "I am 17 stone.",
    "I'm 9 months postpartum.",
    "I am 15.5 kg lighter now.",
    "I'm 12% less anxious.",
    "Ich bin 15 Jahre verheiratet.",
    "Ich bin 16 Jahre älter als er.",
    "Meine Tochter ist 16.",
    "Mein Sohn geht in die 10. Klasse.",
    "Mit 16 war ich schüchtern.",
    "J'ai 15 ans de mariage.",
    "Ma fille a 15 ans.",
    "Tengo 15 años de casada.",
    "Mi hija tiene 15 años.",
    "Ho 10 anni più di lui.",
    "Mio figlio ha 12 anni.",
    "Meu filho tem 15 anos.",
    "Mijn dochter is 16.",
    "Ik ben 12 jaar getrouwd.",
]


@pytest.mark.parametrize("sentence", TAUGHT)
def test_a_plain_age_or_school_year_is_noticed(sentence: str) -> None:
    assert may_be_under_18(sentence)


def test_nine_of_ten_sentences_which_the_phrases_were_not_written_with_are_noticed() -> None:
    missed = [sentence for sentence in HELD_OUT if not may_be_under_18(sentence)]
    assert len(missed) <= len(HELD_OUT) / 10, missed


@pytest.mark.parametrize("sentence", MISLEADING)
def test_other_ages_and_the_past_are_left_alone(sentence: str) -> None:
    assert not may_be_under_18(sentence)


def test_it_is_noticed_anywhere_in_a_letter() -> None:
    letter = "I have been married 16 years.\n\nNo, I have not: {} It is a secret, and my mother is 45."
    assert may_be_under_18(letter.format("I’M\n SIXTEEN and I like him."))
    assert not may_be_under_18(letter.format("I am sixty and I like him."))


@given(st.text() | st.text(alphabet="im 1658fI'()[]/\n.,yo", max_size=400))
def test_no_text_whatever_raises(text: str) -> None:
    may_be_under_18(text)


def test_every_file_can_be_read_and_names_its_words() -> None:
    languages = languages_in(AGES, YOUNG, NUMBER)
    assert len(languages) == 7
    for language in languages:
        assert language.compiled().calls.pattern != language.compiled().exceptions.pattern


@pytest.mark.skipif(not LETTERS.exists(), reason=f"the real letters are not at {LETTERS}")
def test_few_letters_of_a_counselling_site_are_held() -> None:
    with LETTERS.open(newline="") as file:
        letters = [f"{row['title']}\n{row['text']}" for row in csv.DictReader(file)]
    assert sum(map(may_be_under_18, letters)) <= 0.03 * len(letters)
