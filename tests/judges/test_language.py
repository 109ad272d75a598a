"""Which language a comment is written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.judges.language import LANGUAGES, identify_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council has not answered the question of the residents.", "en"),
        ("لماذا لا يجيب المجلس على سؤال السكان منذ شهرين؟", "ar"),
        ("Belediye iki aydır mahallelinin sorusuna cevap vermiyor.", "tr"),
        ("belediye iki aydir sorulara cevap vermiyor, bu nasil is", "tr"),
        ("ئەنجوومەن دوو مانگە وەڵامی پرسیاری دانیشتووان ناداتەوە.", "ckb"),
        ("ئةنجوومةن وةلامى ثرسيارى خةلك ناداتةوة", "ckb"),
        ("Şaredarî du meh e bersiva pirsa xelkê nade.", "kmr"),
        ("saredari du meh e bersiva xelke nade, em ci bikin", "kmr"),
        ("ئەڤ شارەوانە بەرسڤا مە نادەت", "kmr"),
    ],
)
def test_knows_its_five_languages(text: str, language: str):
    assert identify_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Городской совет не отвечает на вопросы жителей.",
        "Der Rat hat die Frage der Anwohner nicht beantwortet.",
        "Le conseil n'a pas répondu à la question des habitants.",
        "El ayuntamiento no ha respondido a la pregunta de los vecinos.",
        "شورای شهر به این سوال پاسخ نداده است که چرا آب نیست",
        "کونسل نے دو مہینے سے رہائشیوں کے سوال کا جواب نہیں دیا ہے",
        "Şəhər şurası sakinlərin sualına cavab verməyib, bu necə olar",
        "",
        "😀😀😀",
        "12345 !!!",
        "\ud800\u202e",
    ],
)
def test_leaves_any_other_text_unnamed(text: str):
    assert identify_language(text) == ""


def test_the_sites_language_decides_where_the_text_does_not():
    assert identify_language("Bravo Real Madrid") == ""
    assert identify_language("Bravo Real Madrid", ["tr"]) == "tr"


def test_the_sites_language_never_overrules_the_script():
    assert identify_language("مبروك", ["en", "ar"]) == "ar"
    assert identify_language("Привет всем", ["en", "ar"]) == ""


def test_the_sites_language_does_not_overrule_a_clear_text():
    assert identify_language("The council has not answered the question of the residents.", ["tr"]) == "en"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200), st.lists(st.sampled_from(LANGUAGES)))
def test_answers_for_any_text(text: str, prior: list[str]):
    assert identify_language(text, prior) in {*LANGUAGES, ""}
