"""The pages on which people sign in and let apps use their account, in a real browser without scripts, on a phone."""

import os
import pathlib
import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import sync_playwright

from waiting import written

PASSWORD = "a long enough password"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PICTURE = pathlib.Path(__file__).parents[1] / "Shared" / "pictures" / "turned.jpg"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
# Where pictures of the pages go, for people to look at.
PICTURES = os.environ.get("MENTORD_TEST_PICTURES")

# What sticks out of the page, and what can be pressed but is less than a finger high (WCAG 2.2, 2.5.5: 44 px).
STICKS_OUT = """() => [...document.querySelectorAll('body *')]
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([_, box]) => box.width && (box.right > innerWidth + 0.5 || box.left < -0.5))
    .map(([one, _]) => one.outerHTML.slice(0, 100))"""
TOO_SMALL = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea')]
    .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 100))"""
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
    .filter(one => one.labels.length != 1 || !one.labels[0].innerText.trim() || !one.labels[0].checkVisibility())
    .map(one => one.outerHTML.slice(0, 100))"""

# Short words that are torn apart because there is no room for them.
TORN = """() => {
    const torn = [], texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/\\p{L}{2,12}/gu)) {
        const range = document.createRange()
        range.setStart(texts.currentNode, word.index)
        range.setEnd(texts.currentNode, word.index + word[0].length)
        if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) torn.push(word[0])
    }
    return torn
}"""


@pytest.fixture(scope="module")
def chromium():
    program = shutil.which("chromium")
    assert program, "install chromium: deploy/prepare test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[
            # Names of the machine itself lead to it; nothing else is reached.
            "--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def app_server():
    """An app that waits on the machine itself to be called back, as programs for desks do (RFC 8252 section 7.3)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"Back in the app.")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/called-back"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def petra(alfa):
    person = alfa.open_account("petra")
    alfa.set_password("petra", PASSWORD)
    # A new password ends whatever was open.
    person.token = alfa.token("petra")
    return person


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request):
    return request.param


@pytest.fixture
def page(chromium, size):
    yield from opened(chromium, size)


@pytest.fixture
def phone(chromium):
    yield from opened(chromium, PHONE)


def opened(chromium, size, **options):
    context = chromium.new_context(viewport=size, java_script_enabled=False, locale="en-GB", **options)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def signed_in(chromium, alfa, petra):
    """What a browser keeps in which petra is signed in: the server lets nobody sign in as often as tests would."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{alfa.origin}/sign-in")
    sign_in(page)
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def member(chromium, size, signed_in):
    yield from opened(chromium, size, storage_state=signed_in)


def register(alfa, redirect, name="An app"):
    answer = alfa.request("POST", "/api/v1/apps", data={
        "client_name": name, "redirect_uris": redirect, "scopes": "read write follow push",
        "website": "https://app.example/" + "very-long-" * 10})
    assert answer.status_code == 200, answer.text
    return answer.json()


def ask(alfa, redirect, name="An app", scope="read write follow push"):
    return f"{alfa.origin}/oauth/authorize?" + urlencode({
        "client_id": register(alfa, redirect, name)["client_id"], "redirect_uri": redirect, "response_type": "code",
        "scope": scope, "state": "s"})


def sign_in(page, password=PASSWORD):
    page.get_by_label("Username or e-mail address").fill("petra")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def fits(page, picture=None):
    """Holds a page against what people on a phone need."""
    width = page.viewport_size["width"]
    if PICTURES and picture:
        page.screenshot(path=os.path.join(PICTURES, f"{picture}-{width}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page can be pushed sideways"
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(NAMELESS) == []
    assert page.locator("main").count() == 1
    assert page.title() and page.locator("html").get_attribute("lang")
    assert page.locator("script").count() == 0
    # Fields with smaller letters make phones magnify the page when they are touched.
    for field in page.locator("input:not([type=hidden])").all():
        assert field.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 16


def test_somebody_signs_in_agrees_and_is_back_in_the_app(alfa, petra, page, app_server):
    page.goto(ask(alfa, app_server))
    fits(page, "sign-in")
    sign_in(page)
    assert page.locator("h1").inner_text() == "Let An app use your account?"
    assert "@petra" in page.locator("main").inner_text()
    fits(page, "consent")
    page.get_by_role("button", name="Allow", exact=True).click()
    assert page.inner_text("body") == "Back in the app."
    query = parse_qs(urlsplit(page.url).query)
    assert set(query) == {"code", "state"} and page.url.startswith(app_server)


def test_whoever_does_not_agree_is_back_in_the_app_without_a_code(alfa, member, app_server):
    member.goto(ask(alfa, app_server))
    member.get_by_role("button", name="Do not allow").click()
    query = parse_qs(urlsplit(member.url).query)
    assert member.url.startswith(app_server) and query["error"] == ["access_denied"] and "code" not in query


def test_a_code_can_be_read_and_marked(alfa, member):
    member.goto(ask(alfa, OUT_OF_BAND))
    member.get_by_role("button", name="Allow", exact=True).click()
    fits(member, "code")
    code = member.locator("code")
    assert re.fullmatch(r"[\w-]{43,}", code.inner_text())
    # One touch marks the whole of it.
    assert code.evaluate("one => getComputedStyle(one).userSelect") == "all"


def test_a_wrong_password_is_said_and_the_name_is_kept(alfa, petra, page):
    page.goto(f"{alfa.origin}/sign-in")
    sign_in(page, "a wrong password")
    assert page.get_by_role("alert").inner_text() == "That name and that password do not belong together."
    assert page.get_by_label("Username or e-mail address").input_value() == "petra"
    assert page.get_by_label("Password").input_value() == ""
    fits(page, "wrong-password")


def test_a_keyboard_is_enough(alfa, member, phone, app_server):
    phone.goto(f"{alfa.origin}/sign-in")
    phone.get_by_label("Username or e-mail address").focus()
    phone.keyboard.type("petra")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.id") == "password"
    phone.keyboard.type(PASSWORD)
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.innerText") == "Sign in"
    # What has the focus shows it.
    assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"{alfa.origin}/")


def test_fields_say_what_managers_of_passwords_fill_in(alfa, phone):
    phone.goto(f"{alfa.origin}/sign-in")
    assert phone.get_by_label("Username or e-mail address").get_attribute("autocomplete") == "username"
    password = phone.get_by_label("Password")
    assert (password.get_attribute("autocomplete"), password.get_attribute("type")) == ("current-password", "password")


@pytest.mark.parametrize("name", ["Supercalifragilistic" * 3, "<b>bold</b>", "\u202egnp.exe"])
def test_the_name_of_an_app_spoils_no_page(alfa, member, app_server, name):
    member.goto(ask(alfa, app_server, name=name))
    fits(member)
    assert member.locator("h1 b").count() == 0
    assert member.get_by_role("button", name="Allow", exact=True).is_visible()


def test_the_question_says_who_asks_for_what_and_where_it_leads(alfa, member, app_server):
    member.goto(ask(alfa, app_server, scope="read push"))
    said = member.locator("main").inner_text()
    assert "An app" in said and "127.0.0.1" in said and member.locator("main li").count() == 2


def test_nothing_is_asked_for_an_app_that_is_not_known(alfa, member):
    member.goto(f"{alfa.origin}/oauth/authorize?client_id=nobody&response_type=code&redirect_uri=https://evil.example/")
    fits(member, "not-known")
    assert member.url.startswith(alfa.origin) and member.locator("button").count() == 0


def test_a_post_with_a_picture_is_read(alfa, petra, page):
    client = alfa.mastodon("petra")
    media = client.media_post(str(PICTURE), description="A hill above the town")
    post = client.status_post("Up there, #hiking https://example.org/" + "a-long-way/" * 12, media_ids=[media])
    page.goto(post.url)
    fits(page, "post")
    image = page.get_by_alt_text("A hill above the town")
    assert image.evaluate("one => one.complete && one.naturalWidth > 0")
    assert "Up there" in page.locator("main").inner_text()


PAGES = [
    "/", "/sign-in", "/@lena", "/authorize_interaction?uri=noor@far.example", "a post", "/nowhere",
]


@pytest.mark.parametrize("target", PAGES)
def test_a_page_has_one_heading_for_those_who_hear_it(alfa, petra, lena, phone, target):
    phone.goto(alfa.mastodon("petra").status_post("Listen").url if target == "a post" else alfa.origin + target)
    assert phone.locator("h1").count() == 1
    assert phone.locator("h1").inner_text().strip()


def test_whoever_asks_for_what_is_not_there_finds_home(alfa, page):
    answer = page.goto(f"{alfa.origin}/nowhere/{'at-all' * 20}")
    assert answer.status == 404
    fits(page, "nowhere")
    assert page.locator("h1").inner_text() == "Nothing is here"
    page.get_by_role("link", name="Go to the first page").click()
    assert page.url == alfa.origin + "/"


def test_whoever_comes_from_elsewhere_is_told_how_to_go_on(alfa, page):
    subject = "https://far.example/users/" + "somebody" * 12
    page.goto(f"{alfa.origin}/authorize_interaction?" + urlencode({"uri": subject}))
    fits(page, "authorize-interaction")
    assert "far.example" in page.locator("main").inner_text()


def test_a_session_is_shown_to_those_who_are_in_it(alfa, petra, lena, member, phone, times):
    session = petra.ok("POST", "/sessions", {
        "mentor": "lena", "type": "pana_support", "topic": "My portfolio", "start": written(times.next()),
        "minutes": 30, "zone": "Europe/Berlin", "message": "Is it good enough?\n\nhttps://example.org/" + "portfolio-" * 12})
    address = f"{alfa.origin}/sessions/{session['id']}"
    member.goto(address)
    fits(member, "session")
    said = member.locator("main").inner_text()
    assert "My portfolio" in said and "Waits for an answer" in said and "Is it good enough?" in said
    phone.goto(address)
    assert phone.locator("h1").inner_text() == "Sign in" and "portfolio" not in phone.content()


def test_no_word_of_a_session_is_torn_on_a_phone(petra, chromium, signed_in):
    session = petra.ok("GET", "/sessions?limit=1")["sessions"][0]
    for page in opened(chromium, PHONE, storage_state=signed_in):
        page.goto(f"{petra.community.origin}/sessions/{session['id']}")
        assert page.locator("dt").count() >= 4
        assert page.evaluate(TORN) == []


@pytest.mark.parametrize(
    "target", ["/", "/sign-in", "/@lena", "/authorize_interaction?uri=noor@far.example", "/nowhere"])
def test_no_word_is_torn_on_a_phone(alfa, lena, phone, target):
    phone.goto(alfa.origin + target)
    assert phone.evaluate(TORN) == []


def test_the_front_page_and_a_mentor_are_read(alfa, lena, page):
    page.goto(f"{alfa.origin}/")
    fits(page, "home")
    page.goto(f"{alfa.origin}/@lena")
    fits(page, "mentor")
    assert page.locator("h1").inner_text() == "Lena"
