"""Signing in and letting apps use an account, as apps and browsers do it."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from browser import Browser

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def pia(alfa):
    alfa.command("account", "create", "pia", "--name", "Pia", "--email", "pia@school.example")
    alfa.set_password("pia", PASSWORD)
    return "pia"


def register(alfa, redirect="https://app.example/cb?x=1", scopes="read write"):
    answer = alfa.request(
        "POST", "/api/v1/apps", data={"client_name": "An app", "redirect_uris": redirect, "scopes": scopes})
    assert answer.status_code == 200, answer.text
    return answer.json()


def ask(app, redirect="https://app.example/cb?x=1", **more):
    query = {"client_id": app["client_id"], "redirect_uri": redirect, "response_type": "code", "scope": "read"}
    return "/oauth/authorize/?" + urlencode({**query, **more})


def token(alfa, app, code, redirect="https://app.example/cb?x=1", **more):
    return alfa.request("POST", "/oauth/token", data={
        "grant_type": "authorization_code", "client_id": app["client_id"], "client_secret": app["client_secret"],
        "redirect_uri": redirect, "code": code, **more})


def code_in(target):
    return parse_qs(urlsplit(target).query)["code"][0]


@pytest.fixture(scope="module")
def cookies(alfa, pia):
    """Of a browser in which pia is signed in: the server lets nobody sign in as often as tests would."""
    browser = Browser(alfa)
    browser.open("/sign-in")
    browser.sign_in(pia, PASSWORD)
    return browser.http.cookies


@pytest.fixture
def browser(alfa, cookies):
    browser = Browser(alfa)
    browser.http.cookies.update(cookies)
    return browser


@pytest.mark.parametrize("redirect", [
    "icecubesapp://", "com.tapbots.Ivory.10217:/request_token", "oauth2redirect://com.keylesspalace.tusky/",
    "https://elk.zone/api/a.example/oauth/https%3A%2F%2Felk.zone", "https://app.example/cb?x=1",
])
def test_an_app_gets_back_exactly_where_it_asked_for_with_a_code_that_works_once(alfa, browser, redirect):
    app = register(alfa, redirect)
    assert browser.open(ask(app, redirect, state="a b&c")) is None
    assert "An app" in browser.answer.text and "@pia" in browser.answer.text
    target = browser.send(decision="allow")
    joined = "&" if "?" in redirect else "?"
    assert target.startswith(redirect + joined + "code=") and target.endswith("&state=a%20b%26c")
    answer = token(alfa, app, code_in(target), redirect)
    assert answer.status_code == 200 and answer.headers["Cache-Control"].find("no-store") >= 0
    assert set(answer.json()) == {"access_token", "token_type", "scope", "created_at"}
    assert answer.json()["scope"] == "read"
    bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert alfa.request("GET", "/api/v1/accounts/verify_credentials", bearer).json()["acct"] == "pia"
    again = token(alfa, app, code_in(target), redirect)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert alfa.request("GET", "/api/v1/accounts/verify_credentials", bearer).status_code == 401


def test_who_is_not_signed_in_decides_after_signing_in(alfa, pia):
    browser = Browser(alfa)
    assert browser.open(ask(register(alfa))) is None
    assert browser.sign_in(pia, PASSWORD) is None
    assert browser.send(decision="allow").startswith("https://app.example/cb?x=1&code=")


def test_a_code_for_copying_is_shown(alfa, browser):
    redirect = "urn:ietf:wg:oauth:2.0:oob"
    app = register(alfa, redirect)
    browser.open(ask(app, redirect))
    assert browser.send(decision="allow") is None
    assert token(alfa, app, browser.code(), redirect).status_code == 200


@pytest.mark.parametrize("wrong", [
    "https://app.example/cb?x=1/", "https://app.example/cb", "https://app.example/cb/../cb?x=1", "https://APP.example/cb?x=1",
    "https://evil.example/cb?x=1", "https://app.example/cb?x=%31", "",
])
def test_another_address_than_the_registered_one_is_never_led_to(alfa, browser, wrong):
    assert browser.open(ask(register(alfa), wrong)) is None
    assert browser.answer.status_code == 400 and "text/html" in browser.answer.headers["Content-Type"]


def test_nothing_is_agreed_to_without_the_page_of_the_server_itself(alfa, browser):
    app = register(alfa)
    assert browser.open(ask(app)) is None
    for form in ({}, {"form": "x"}, {"form": "A" * 43}):
        answer = browser.http.post(browser.local("/oauth/authorize"), allow_redirects=False, data={
            "client_id": app["client_id"], "redirect_uri": "https://app.example/cb?x=1", "response_type": "code",
            "scope": "read", "decision": "allow", **form})
        assert answer.status_code == 403 and "location" not in answer.headers
    page = browser.http.get(browser.local(ask(app)))
    assert page.headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "form-action" not in page.headers["Content-Security-Policy"]


def test_whoever_does_not_agree_is_told_so_to_the_app(alfa, browser):
    browser.open(ask(register(alfa), state="s"))
    told = parse_qs(urlsplit(browser.send(decision="deny")).query)
    assert told["error"] == ["access_denied"] and told["state"] == ["s"] and "code" not in told


@pytest.mark.parametrize("more, error", [
    ({"scope": "read push"}, "invalid_scope"), ({"scope": "everything"}, "invalid_scope"),
    ({"response_type": "token"}, "unsupported_response_type"), ({"code_challenge": "x" * 43}, "invalid_request"),
    ({"code_challenge": "x" * 43, "code_challenge_method": "plain"}, "invalid_request"),
])
def test_what_cannot_be_granted_is_told_to_the_app(alfa, more, error):
    target = Browser(alfa).open(ask(register(alfa), **more))
    assert parse_qs(urlsplit(target).query)["error"] == [error]


def test_a_challenge_is_answered_by_its_verifier_alone(alfa, browser):
    app = register(alfa)
    verifier = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")

    def code():
        browser.open(ask(app, code_challenge=challenge, code_challenge_method="S256"))
        return code_in(browser.send(decision="allow"))

    for more in ({}, {"code_verifier": "w" * 64}, {"code_verifier": challenge}):
        answer = token(alfa, app, code(), **more)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert token(alfa, app, code(), code_verifier=verifier).status_code == 200


def test_signing_in_again_is_asked_for_where_the_app_wants_it(alfa, browser):
    app = register(alfa)
    browser.open(ask(app, force_login="False"))
    assert "Let <strong>An app</strong>" in browser.answer.text
    browser.open(ask(app, force_login="true"))
    assert 'name="password"' in browser.answer.text


def test_a_wrong_password_opens_nothing_and_says_nothing_more(alfa, pia):
    answers = set()
    for name, password in (("pia", "wrong password"), ("nobody", PASSWORD)):
        browser = Browser(alfa)
        browser.open("/sign-in")
        browser.sign_in(name, password)
        assert browser.answer.status_code == 422 and "session" not in browser.http.cookies
        answers.add(browser.answer.text.split('role="alert">')[1].split("<")[0])
    assert len(answers) == 1


def test_nobody_is_led_to_another_server_after_signing_in(alfa, pia):
    for target in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        browser = Browser(alfa)
        browser.open("/sign-in?" + urlencode({"go_on": target}))
        assert browser.sign_in(pia, PASSWORD) is None
        assert browser.answer.request.path_url == "/"


def test_programs_in_browsers_may_ask_everywhere(alfa):
    answer = alfa.request("OPTIONS", "/api/v1/statuses", {
        "Origin": "https://elk.zone", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key"})
    assert answer.status_code == 204 and answer.headers["Access-Control-Allow-Origin"] == "*"
    for header in ("Authorization", "Content-Type", "Idempotency-Key"):
        assert header in answer.headers["Access-Control-Allow-Headers"]
    for target in ("/api/v2/instance", "/api/v1/nothing", "/api/v1/timelines/home", "/nodeinfo/2.0"):
        answer = alfa.request("GET", target)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Content-Type"].startswith("application/json"), target
