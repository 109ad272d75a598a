"""The moderators' console in a real browser, against a real server."""

from __future__ import annotations

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from support.rows import SITE
from support.server import Server

pytestmark = pytest.mark.browser

WIDTHS_PX = (320, 1280)
PASSWORD = "correct horse battery"
HARD_TEXT = "\n\n  <b>Exactly</b> &amp; as typed: \u202eoverride, \U0001f468\u200d\U0001f469, e\u0301 \u00e9 \n\n\n"
MODERATORS = f"""
from premod.comments.models import Moderator
for name in ("alice", "bob"):
    Moderator.objects.create_user(name, password={PASSWORD!r})
"""
# Approves what an earlier test left in the queue, and refers new comments.
REFERRED = """
from django.utils import timezone
from premod.comments.models import Comment, Moderator, VerdictRecord
from premod.comments.services import Draft, record_decision, record_moderation, submit_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
comments = Comment.objects.select_related("article__site")
for comment in comments.filter(status="referred"):
    record_moderation(comment, Outcome.APPROVE, by=Moderator.objects.get(username="bob"))
for address, (text, risk) in enumerate({given!r}):
    number = submit_comment("harbour", Draft(text, "Şîlan", address=f"192.0.{test}.{{address}}")).pk
    comment = comments.get(pk=number)
    version, _ = guidelines_in_force(comment.article.site_id)
    record_decision(comment, Decision(Outcome.REFER, 1, ("threat",), (), risk, "score between"), version=version)
    VerdictRecord.objects.create(comment=comment, judge="fake", scores={{"threat": risk, "sexism": 0.2}},
                                 evidence=[["threat", 0, 9], ["sexism", 4, 12]], judged_at=timezone.now())
    print(number)
"""
OUTCOME = """
from premod.comments.models import Comment
comment = Comment.objects.select_related("decision__moderator").get(pk={number})
by = comment.decision.moderator.username if comment.decision.moderator else "policy"
print(comment.status, by, *comment.decision.guidelines, comment.decisions.count())
"""
tests = count(1)


@pytest.fixture(scope="module")
def premod(new_server: Callable[..., Server]) -> Server:
    """Return a server without a worker, with the moderators alice and bob."""
    server = new_server()
    server.start("--no-worker")
    server.python(SITE + MODERATORS)
    return server


@pytest.fixture
def refer(premod: Server) -> Callable[..., list[int]]:
    """Return a function that empties the queue and fills it with comments, each of a text and a risk."""

    def refer(*given: tuple[str, float]) -> list[int]:
        return [int(number) for number in premod.python(REFERRED.format(given=given, test=next(tests))).split()]

    return refer


@pytest.fixture(scope="module")
def sessions(browser: Browser, premod: Server) -> dict[str, StorageState]:
    """Return alice's and bob's cookies, signed in by keyboard."""
    found = {}
    for name in ("alice", "bob"):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{premod.url}/console/decisions/")
        expect(page.locator("#id_username")).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Decisions")
        found[name] = context.storage_state()
        context.close()
    return found


@pytest.fixture
def signed_in(
    browser: Browser, premod: Server, sessions: dict[str, StorageState], complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser of its own at a page of the console, with a moderator signed in."""
    opened: list[BrowserContext] = []

    def sign_in(path: str = "", name: str = "alice", **options: object) -> Page:
        opened.append(browser.new_context(storage_state=sessions[name], **options))
        page = opened[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{premod.url}/console/{path}")
        return page

    yield sign_in
    for context in opened:
        context.close()


def outcome(premod: Server, number: int) -> str:
    return premod.python(OUTCOME.format(number=number)).strip()


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def test_a_moderator_approves_and_rejects_without_touching_the_mouse(
    premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page], complaints: list[str]
):
    first, second, third = refer(("Riskiest of all.", 0.9), ("Risky.", 0.7), ("Hardly risky.", 0.2))
    page = signed_in()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    heading(page, f"Comment {first}")
    page.keyboard.press("a")
    heading(page, f"Comment {second}")
    expect(page.get_by_role("status")).to_contain_text(f"Comment {first} is approved.")
    page.keyboard.press("r")
    expect(page.get_by_role("checkbox", name="Threats")).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("5")
    page.keyboard.press("-")
    page.keyboard.press("Enter")
    heading(page, f"Comment {third}")
    expect(page.get_by_role("status")).to_contain_text(f"Comment {second} is rejected.")
    page.keyboard.press("u")
    heading(page, "Review queue")
    assert outcome(premod, first) == "approved alice 2"
    assert outcome(premod, second) == "rejected alice sexism personal_promotion 2"
    assert outcome(premod, third).startswith("referred")
    assert complaints == []


def test_the_text_stands_there_exactly_as_submitted_with_the_evidence_marked(
    refer: Callable[..., list[int]], signed_in: Callable[..., Page], premod: Server, complaints: list[str]
):
    [number] = refer((HARD_TEXT, 0.5))
    page = signed_in(f"comments/{number}/")
    shown = page.locator("[data-text]")
    assert shown.evaluate("element => element.textContent") == HARD_TEXT
    expect(shown.locator("mark")).to_have_attribute("title", "Threats, Sexism")
    assert shown.locator("mark").evaluate("element => element.textContent") == HARD_TEXT[0:12]
    assert shown.evaluate("element => getComputedStyle(element).whiteSpace") == "pre-wrap"
    expect(page.locator("textarea, [contenteditable]")).to_have_count(0)
    assert complaints == []


def test_next_skips_without_deciding(premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page]):
    first, second = refer(("First.", 0.9), ("Second.", 0.2))
    page = signed_in(f"comments/{first}/")
    page.keyboard.press("n")
    heading(page, f"Comment {second}")
    assert outcome(premod, first) == "referred policy threat 1"


def test_a_rejection_without_a_guideline_is_refused(
    premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page]
):
    [number] = refer(("First.", 0.5))
    page = signed_in(f"comments/{number}/")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Please choose at least one")
    assert outcome(premod, number) == "referred policy threat 1"


def test_keys_do_nothing_in_a_field_with_a_modifier_held_down_or_switched_off(
    premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page]
):
    [number] = refer(("First.", 0.5))
    page = signed_in("decisions/")
    page.locator("#number").press("u")
    page.goto(f"{premod.url}/console/comments/{number}/")
    for key in ("Control+a", "Alt+a", "Meta+a", "Shift+a"):
        page.keyboard.press(key)
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', repeat: true, bubbles: true}))")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("a")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    for key in ("a", "?", "u"):
        page.keyboard.press(key)
    expect(dialog).to_be_hidden()
    heading(page, f"Comment {number}")
    assert outcome(premod, number) == "referred policy threat 1"
    page.get_by_role("button", name="Shortcuts").click()
    dialog.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    heading(page, "Review queue")


def test_keys_work_whatever_alphabet_the_keyboard_is_set_to(
    premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page]
):
    [number] = refer(("First.", 0.5))
    page = signed_in(f"comments/{number}/")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ش', code: 'KeyA', bubbles: true}))")
    heading(page, "Review queue")
    assert outcome(premod, number) == "approved alice 2"


def test_a_moderator_decides_without_javascript(
    premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page], complaints: list[str]
):
    first, second = refer(("First.", 0.9), ("Second.", 0.2))
    page = signed_in(java_script_enabled=False)
    expect(page.locator("kbd:visible")).to_have_count(0)
    page.locator(".entry").first.click()
    page.get_by_role("checkbox", name="Threats").focus()
    page.keyboard.press("Enter")
    heading(page, f"Comment {second}")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("main")).to_contain_text("Nothing waits for you.")
    assert outcome(premod, first) == "rejected alice threat 2"
    assert outcome(premod, second) == "approved alice 2"
    assert complaints == []


def test_two_browsers_deciding_on_one_comment_get_one_decision_and_one_clear_message(
    premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page]
):
    [number] = refer(("First.", 0.5))
    alice, bob = (signed_in(f"comments/{number}/", name) for name in ("alice", "bob"))
    bob.keyboard.press("r")
    bob.keyboard.press("Enter")
    heading(bob, "Review queue")
    alice.keyboard.press("a")
    told = alice.get_by_role("alert")
    expect(told).to_contain_text("Somebody else decided on this comment first.")
    expect(told).to_contain_text("bob: rejected (Threats)")
    told.get_by_role("link").click()
    heading(alice, "Review queue")
    assert outcome(premod, number) == "rejected bob threat 2"


def test_many_requests_at_the_same_moment_get_one_decision(
    premod: Server, refer: Callable[..., list[int]], sessions: dict[str, StorageState]
):
    numbers = refer(("One.", 0.5), ("Two.", 0.5), ("Three.", 0.5))
    moderators = [Requests(premod, name, sessions) for name in ("alice", "bob", "alice", "bob")]
    for number in numbers:
        forms = [moderator.form_of(number) for moderator in moderators]
        start = threading.Barrier(len(moderators))
        with ThreadPoolExecutor(len(moderators)) as threads:
            answers = list(threads.map(partial(Requests.decide, number=number, start=start), moderators, forms))
        assert sorted(answers) == [302, 409, 409, 409]
        assert re.fullmatch(r"(approved alice|rejected bob threat) 2", outcome(premod, number))


@pytest.mark.parametrize("width", WIDTHS_PX)
@pytest.mark.parametrize("language", ["en", "ckb"])
def test_nothing_is_wider_than_the_window(
    premod: Server, refer: Callable[..., list[int]], signed_in: Callable[..., Page], width: int, language: str
):
    [number] = refer(("w" * 400, 0.5))
    page = signed_in(viewport={"width": width, "height": 800})
    page.locator("#interface-language").select_option(language)
    page.get_by_role("button", name="Change").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    for path in ("", "?guideline=threat", f"comments/{number}/", "decisions/", "comments/999999999/"):
        page.goto(f"{premod.url}/console/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


class Requests:
    """A moderator's session without a browser, so that several requests can be under way at the same moment."""

    def __init__(self, premod: Server, name: str, sessions: dict[str, StorageState]) -> None:
        self.name, self._base = name, f"{premod.url}/console/"
        self._opener = urllib.request.build_opener(WithoutFollowing())
        cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in sessions[name]["cookies"])
        self._opener.addheaders = [("Cookie", cookies)]

    def form_of(self, number: int) -> dict[str, str]:
        """Return the form of a comment's page as alice, who approves, or bob, who rejects, fills it in."""
        path = f"comments/{number}/"
        form = {name: self._field(path, name) for name in ("csrfmiddlewaretoken", "decision")}
        return {**form, **({"outcome": "approve"} if self.name == "alice" else REJECTION)}

    def decide(self, form: dict[str, str], *, number: int, start: threading.Barrier) -> int:
        start.wait()
        return self._send(f"comments/{number}/decide", form)

    def _field(self, path: str, name: str) -> str:
        with self._opener.open(self._base + path) as response:
            page = response.read().decode()
        found = re.search(rf'data-deciding>.*?name="{name}" value="([^"]*)"', page, re.DOTALL)
        assert found is not None
        return found[1]

    def _send(self, path: str, form: dict[str, str]) -> int:
        try:
            with self._opener.open(self._base + path, urllib.parse.urlencode(form).encode()) as response:
                return response.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code


REJECTION = {"outcome": "reject", "guidelines": "threat"}


class WithoutFollowing(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None
