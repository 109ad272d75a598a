"""The widget on a publisher's page of another origin, in a real browser, against a real server."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Request, Route, expect

from support.publisher import Publisher
from support.rows import SITE
from support.server import Server

pytestmark = pytest.mark.browser

WIDTHS_PX = (320, 1280)
HARD_TEXT = "\n\n  <b>Exactly</b> &amp; as typed: \u202eoverride, \U0001f468\u200d\U0001f469, e\u0301 \u00e9 \n\n\n"


@pytest.fixture(scope="module")
def premod(new_server: Callable[..., Server]) -> Server:
    """Return a server without a worker: what becomes of a comment is what a test decides."""
    server = new_server()
    server.start("--no-worker")
    server.python(SITE)
    server.python(SAMPLE)
    return server


@pytest.fixture
def widget(page: Page, publisher: Publisher) -> FrameLocator:
    page.goto(f"{publisher.url}/story.html")
    return page.frame_locator("iframe")


def write(widget: FrameLocator, text: str, name: str = "Şîlan") -> None:
    widget.locator("#name").fill(name)
    widget.locator("#text").fill(text)
    widget.locator("button[type=submit]").click()


def look_again(page: Page) -> None:
    """Have the widget ask at once, as it does when a reader comes back to the page."""
    for frame in page.frames:
        frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_comment_is_held_then_referred_then_published(
    page: Page, widget: FrameLocator, premod: Server, complaints: list[str]
):
    write(widget, HARD_TEXT)
    card = widget.locator(".own")
    expect(card.locator(".state-title")).to_have_text("Held for review")
    expect(widget.locator("#text")).to_have_value("")
    expect(widget.locator("#name")).to_have_value("Şîlan")
    decide(premod, "refer")
    expect(card.locator(".state-title")).to_have_text("Waiting for a moderator")
    decide(premod, "approve")
    look_again(page)
    expect(card.locator(".state-title")).to_have_text("Published")
    assert card.locator(".text").evaluate("element => element.textContent") == HARD_TEXT
    card.locator(".published-link").click()
    expect(widget.locator("h1")).to_have_text("One conversation")
    assert HARD_TEXT in widget.locator(".text").evaluate_all("all => all.map(element => element.textContent)")
    assert complaints == []


def test_a_rejection_shows_the_guideline_and_the_words_on_the_page_and_on_the_receipt(
    page: Page, widget: FrameLocator, premod: Server, complaints: list[str]
):
    write(widget, "\U0001f6a2 what a terrible word that is")
    expect(widget.locator(".own .state-title")).to_have_text("Held for review")
    decide(premod, "reject", ("profanity", 9, 17), ("profanity", 14, 22))
    expect(widget.locator(".own .state-title")).to_have_text("Not published")
    expect(widget.locator(".own mark")).to_have_text("terrible word")
    expect(widget.locator(".own .breached .title")).to_have_text("Profanity")
    with page.context.expect_page() as opened:
        widget.locator(".own .receipt-link").click()
    receipt = opened.value
    expect(receipt.locator(".state-title")).to_have_text("Not published")
    expect(receipt.locator("mark")).to_have_text("terrible word")
    assert (
        receipt.locator(".text").evaluate("element => element.textContent") == "\U0001f6a2 what a terrible word that is"
    )
    assert complaints == []


def test_the_receipt_follows_the_decision_and_takes_the_comment_back(
    page: Page, widget: FrameLocator, premod: Server, complaints: list[str]
):
    write(widget, "I may think better of this.")
    receipt = page.context.new_page()
    receipt.goto(widget.locator(".own .receipt-link").evaluate("link => link.href"))
    expect(receipt.locator(".state-title")).to_have_text("Held for review")
    decide(premod, "approve")
    expect(receipt.locator(".state-title")).to_have_text("Published")
    receipt.get_by_role("link", name="Take this comment back").click()
    receipt.get_by_role("button", name="Yes, take it back").click()
    expect(receipt.locator(".state-title")).to_have_text("Taken back")
    assert complaints == []


def test_an_answer_stands_in_its_conversation(page: Page, publisher: Publisher, premod: Server, complaints: list[str]):
    premod.python(APPROVED)
    page.goto(f"{publisher.url}/story.html")
    widget = page.frame_locator("iframe")
    first = widget.locator(".comment", has_text="To be answered").first
    first.locator(".reply").click()
    expect(widget.locator("#answered")).to_contain_text("Answer to: Sara")
    write(widget, "An answer.")
    conversation = widget.locator(".conversation", has_text="To be answered").first
    expect(conversation.locator(".replies .own .text")).to_have_text("An answer.")
    expect(widget.locator("#post form")).to_be_visible()
    assert premod.python(LAST_PARENT).strip() == "To be answered"
    assert complaints == []


def test_works_in_sorani_from_right_to_left(page: Page, publisher: Publisher, premod: Server, complaints: list[str]):
    page.goto(f"{publisher.url}/sorani.html")
    widget = page.frame_locator("iframe")
    expect(widget.locator("html")).to_have_attribute("dir", "rtl")
    label, count = (widget.locator(place).bounding_box() for place in ("label[for=text]", "label[for=text] .required"))
    assert label
    assert count
    assert count["x"] < label["x"] + label["width"] / 2
    write(widget, "ئەم پردە پێویستە.", "ئازاد")
    expect(widget.locator(".own .state-title")).to_have_text("لە چاوەڕوانی هەڵسەنگاندندایە")
    decide(premod, "reject", ("profanity", 0, 3))
    expect(widget.locator(".own .breached .title")).to_have_text("جنێو")
    assert complaints == []


def test_a_comment_is_posted_with_the_keyboard_alone(page: Page, widget: FrameLocator, complaints: list[str]):
    expect(widget.locator("#name")).to_be_visible()
    for _ in range(5):
        page.keyboard.press("Tab")
        if widget.locator("#name:focus").count():
            break
    page.keyboard.type("Bob")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Typed without a mouse.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(widget.locator(".own")).to_be_focused()
    expect(widget.locator(".own .text")).to_have_text("Typed without a mouse.")
    assert complaints == []


def test_errors_stand_by_their_fields_and_nothing_typed_is_lost(widget: FrameLocator, complaints: list[str]):
    widget.locator("#email").fill("not an address")
    widget.locator("button[type=submit]").click()
    expect(widget.locator("#name-refusal")).to_have_text("Please enter your name.")
    expect(widget.locator("#text-refusal")).to_have_text("Please write your comment.")
    expect(widget.locator("#name")).to_be_focused()
    write(widget, "My text.")
    expect(widget.locator("#email-refusal")).to_have_text("This does not look like an e-mail address.")
    expect(widget.locator("#name-refusal")).to_be_hidden()
    expect(widget.locator("#text")).to_have_value("My text.")
    # The browser itself reports the API's 422.
    assert all("422" in complaint for complaint in complaints)


def test_a_retry_after_a_lost_answer_is_one_comment(page: Page, widget: FrameLocator, premod: Server):
    keys: list[str] = []

    def lose_the_first_answer(route: Route, request: Request) -> None:
        keys.append(request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/articles/**", lose_the_first_answer)
    write(widget, "Sent twice, stored once.")
    expect(widget.locator("#form-refusal")).to_contain_text("Nothing you typed is lost")
    expect(widget.locator("#text")).to_have_value("Sent twice, stored once.")
    widget.locator("button[type=submit]").click()
    expect(widget.locator(".own .text")).to_have_text("Sent twice, stored once.")
    assert keys[0] == keys[1]
    assert premod.python(COUNT).strip() == "1"


@pytest.mark.parametrize("width", WIDTHS_PX)
def test_the_frame_is_as_tall_as_its_page_and_never_wider_than_the_window(
    width: int, page: Page, publisher: Publisher, complaints: list[str]
):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{publisher.url}/story.html")
    page.frame_locator("iframe").locator("summary").click()
    frame = page.frames[1]
    page.wait_for_function(
        "height => Math.abs(document.querySelector('iframe').clientHeight - height) < 2",
        arg=frame.evaluate("document.documentElement.getBoundingClientRect().height"),
    )
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("iframe")).to_have_attribute("title", re.compile("Harbour to close"))
    assert complaints == []


def test_several_embeds_on_a_page_each_have_their_own(page: Page, publisher: Publisher, complaints: list[str]):
    page.goto(f"{publisher.url}/two.html")
    expect(page.frame_locator("#first iframe").locator("#form-title")).to_have_text("Post a comment")
    expect(page.frame_locator("#second iframe").locator("#form-title")).to_have_text("Yorum yazın")
    scaled = page.frame_locator("#second iframe").locator("html")
    expect(scaled).to_have_css("font-size", "24px")
    expect(page.frame_locator("#first iframe").locator("html")).to_have_css("font-size", "16px")
    assert complaints == []


def test_no_other_site_may_frame_it(page: Page, publisher: Publisher, complaints: list[str]):
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{publisher.stranger}/story.html")
    assert page.frame_locator("iframe").locator("#form").count() == 0


def test_stores_nothing_in_the_browser(page: Page, widget: FrameLocator, premod: Server):
    write(widget, "Leave no trace.")
    expect(widget.locator(".own")).to_be_visible()
    assert page.context.storage_state() == {"cookies": [], "origins": []}


def test_reading_and_posting_work_without_javascript(browser: Browser, premod: Server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{premod.url}/embed/harbour")
    page.locator("#name").fill("Bob")
    page.locator("#text").fill("\n\nSent by the browser itself.\n")
    page.locator("button[type=submit]").click()
    expect(page.locator(".state-title")).to_have_text("Held for review")
    decide(premod, "approve")
    page.reload()
    expect(page.locator(".state-title")).to_have_text("Published")
    page.locator(".published-link").click()
    assert page.locator(".comment .text").last.text_content() == "\n\nSent by the browser itself.\n"
    context.close()


def test_the_text_size_is_remembered_by_the_article_page_and_followed_by_the_widget(
    page: Page, premod: Server, complaints: list[str]
):
    address = f"{premod.url}/sample/troop-withdrawal"
    page.goto(address)
    body = page.locator(".story .body")
    usual = body.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    page.get_by_role("button", name="Larger text").click()
    larger = body.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert larger > usual
    page.reload()
    assert body.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") == larger
    page.locator("iframe").scroll_into_view_if_needed()
    expect(page.frame_locator("iframe").locator("html")).to_have_css("font-size", "18px")
    page.get_by_role("button", name="Smaller text").click()
    assert body.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") == usual
    assert complaints == []


def decide(server: Server, outcome: str, *evidence: tuple[str, int, int]) -> None:
    """Decide on the comment submitted last, by a moderator once it was referred."""
    server.python(f"outcome, evidence = {outcome!r}, {evidence!r}\n{DECIDE}")


DECIDE = """
from premod.comments.models import Comment, Moderator
from premod.comments.services import record_decision
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from premod.domain.verdict import Evidence
comment = Comment.objects.select_related("article__site", "decision").order_by("pk").last()
version, published = guidelines_in_force(comment.article.site_id)
spans = tuple(Evidence(*span) for span in evidence)
by = None if comment.status == "held" else Moderator.objects.get_or_create(username="alice")[0]
codes = tuple(sorted({span.guideline for span in spans}))
record_decision(comment, Decision(Outcome(outcome), published.number, codes, spans), version=version, by=by)
"""
APPROVED = f"""
from premod.comments.services import Draft, submit_comment
submit_comment("harbour", Draft("To be answered", "Sara"))
outcome, evidence = "approve", ()
{DECIDE}
"""
LAST_PARENT = """
from premod.comments.models import Comment
print(Comment.objects.order_by("pk").last().parent.text)
"""
COUNT = """
from premod.comments.models import Comment
print(Comment.objects.filter(text="Sent twice, stored once.").count())
"""
SAMPLE = """
from premod.comments.services import create_site, save_article
from premod.reader.newspaper import sample_newspaper
newspaper = sample_newspaper()
site = create_site(newspaper.slug, newspaper.name)
for article in newspaper.articles:
    save_article(site, article.slug, article.title, summary=article.summary, language=article.lang)
"""
