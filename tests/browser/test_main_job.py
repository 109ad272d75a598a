"""The main job: from a publisher's page on another origin to what readers see, with real judges and a moderator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from support.publisher import Publisher
from support.rows import SITE
from support.server import Server

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
EXACT = {
    "emoji": "😀👩‍👩‍👧‍👦🏳️‍🌈 good news",
    "Arabic": "نأمل أن تعود العبّارة قريبًا إلى العمل.",
    "Sorani": "هیوادارم کەشتییەکە زوو بگەڕێتەوە سەر کار.\u200c",
    "combining marks": "e\u0301 and \u00e9, \u1e9b\u0323, a\u0300\u0316\u0317",
    "trailing spaces": "  kept as they are   \n\n ",
    "markup": "<script>alert('no')</script> & <b>bold</b> &amp; \u202eoverride\u202c",
    "5,000 characters": "ferry " * 833 + "😀!",
}


@pytest.fixture(scope="module")
def premod(new_server: Callable[..., Server]) -> Server:
    """Return a server with its worker and the judges that ship, and a moderator."""
    server = new_server()
    server.start()
    server.python(SITE)
    server.premod("createmoderator", "--username", "alice", "--password-stdin", given=f"{PASSWORD}\n")
    return server


@pytest.fixture
def console(browser: Browser, premod: Server) -> Iterator[Page]:
    """Return the console of a signed-in moderator."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{premod.url}/console/")
    page.get_by_label("Name").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    yield page
    context.close()


@pytest.mark.parametrize("text", EXACT.values(), ids=EXACT.keys())
def test_what_a_reader_posts_is_what_readers_see_once_a_moderator_approves_it(
    page: Page, publisher: Publisher, console: Page, premod: Server, complaints: list[str], text: str
):
    assert len(text) <= 5000
    widget = post(page, publisher, text)
    card = widget.locator(".own")
    expect(card.locator(".state-title")).to_have_text("Held for review")
    expect(card.locator(".state-title")).to_have_text("Waiting for a moderator")

    console.goto(f"{premod.url}/console/")
    console.locator("a[href*='/console/comments/']").last.click()
    assert exact(console.locator("[data-text]")) == text
    console.get_by_role("button", name="Approve").click()
    expect(console.get_by_role("status")).to_contain_text("approved")

    # As when the reader comes back to the page: the widget asks at once.
    for frame in page.frames:
        frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(card.locator(".state-title")).to_have_text("Published")
    page.reload()
    shown = page.frame_locator("iframe").locator(".comment .text").first
    assert exact(shown) == text
    thread = premod.json("/api/v1/articles/harbour/comments")
    assert thread["comments"][0]["text"].encode() == text.encode()
    assert complaints == []


def test_a_rejected_comment_shows_the_guideline_and_the_marked_words_on_its_receipt(
    page: Page, publisher: Publisher, premod: Server, complaints: list[str]
):
    text = "🚢 What a f*cking disgrace this quay is!  "
    widget = post(page, publisher, text)
    card = widget.locator(".own")
    expect(card.locator(".state-title")).to_have_text("Held for review")
    expect(card.locator(".state-title")).to_have_text("Not published")
    expect(card.locator("mark")).to_have_text("f*cking")
    with page.context.expect_page() as opened:
        card.locator(".receipt-link").click()
    receipt = opened.value
    expect(receipt.locator(".breached .title")).to_have_text("Profanity")
    expect(receipt.locator("mark")).to_have_text("f*cking")
    assert exact(receipt.locator(".text")) == text
    assert text not in str(premod.json("/api/v1/articles/harbour/comments"))
    assert complaints == []


def test_the_ledger_holds_after_all_that(premod: Server):
    assert "verified" in premod.premod("ledger", "verify").stdout


def post(page: Page, publisher: Publisher, text: str) -> FrameLocator:
    page.goto(f"{publisher.url}/story.html")
    widget = page.frame_locator("iframe")
    widget.locator("#name").fill("Şîlan")
    widget.locator("#text").fill(text)
    widget.locator("button[type=submit]").click()
    return widget


def exact(locator: object) -> str:
    return locator.evaluate("element => element.textContent")
