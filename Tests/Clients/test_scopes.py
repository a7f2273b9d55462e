"""A token opens what its scopes name, and nothing else: every route of the Mastodon API with every scope alone."""

import pytest

import entities
from routes import declared

# As docs.joinmastodon.org/methods says it; a question mark stands behind what may be read without a token.
ROUTES = {
    "profile": """
        GET /api/v1/accounts/verify_credentials
    """,
    "push": """
        DELETE /api/v1/push/subscription
        GET /api/v1/push/subscription
        POST /api/v1/push/subscription
        PUT /api/v1/push/subscription
    """,
    "read": """
        GET /api/v1/announcements
    """,
    "read:accounts": """
        GET /api/v1/accounts ?
        GET /api/v1/accounts/lookup ?
        GET /api/v1/accounts/search
        GET /api/v1/accounts/{id} ?
        GET /api/v1/accounts/{id}/endorsements ?
        GET /api/v1/accounts/{id}/featured_tags ?
        GET /api/v1/accounts/{id}/followers ?
        GET /api/v1/accounts/{id}/following ?
        GET /api/v1/directory ?
        GET /api/v1/featured_tags
        GET /api/v1/featured_tags/suggestions
        GET /api/v1/preferences
        GET /api/v1/statuses/{id}/favourited_by ?
        GET /api/v1/statuses/{id}/reblogged_by ?
        GET /api/v1/suggestions
        GET /api/v2/suggestions
    """,
    "read:blocks": """
        GET /api/v1/blocks
        GET /api/v1/domain_blocks
    """,
    "read:bookmarks": """
        GET /api/v1/bookmarks
    """,
    "read:favourites": """
        GET /api/v1/favourites
    """,
    "read:filters": """
        GET /api/v1/filters
        GET /api/v1/filters/{id}
        GET /api/v2/filters
        GET /api/v2/filters/keywords/{id}
        GET /api/v2/filters/statuses/{id}
        GET /api/v2/filters/{id}
        GET /api/v2/filters/{id}/keywords
        GET /api/v2/filters/{id}/statuses
    """,
    "read:follows": """
        GET /api/v1/accounts/familiar_followers
        GET /api/v1/accounts/relationships
        GET /api/v1/follow_requests
        GET /api/v1/followed_tags
        GET /api/v1/tags/{name} ?
    """,
    "read:lists": """
        GET /api/v1/accounts/{id}/lists
        GET /api/v1/lists
        GET /api/v1/lists/{id}
        GET /api/v1/lists/{id}/accounts
        GET /api/v1/timelines/list/{id}
    """,
    "read:mutes": """
        GET /api/v1/mutes
    """,
    "read:notifications": """
        GET /api/v1/notifications
        GET /api/v1/notifications/requests
        GET /api/v1/notifications/requests/merged
        GET /api/v1/notifications/requests/{id}
        GET /api/v1/notifications/unread_count
        GET /api/v1/notifications/{id}
        GET /api/v2/notifications
        GET /api/v2/notifications/policy
        GET /api/v2/notifications/unread_count
        GET /api/v2/notifications/{key}
        GET /api/v2/notifications/{key}/accounts
    """,
    "read:search": """
        GET /api/v2/search ?
    """,
    "read:statuses": """
        GET /api/v1/accounts/{id}/statuses ?
        GET /api/v1/conversations
        GET /api/v1/markers
        GET /api/v1/polls/{id} ?
        GET /api/v1/scheduled_statuses
        GET /api/v1/scheduled_statuses/{id}
        GET /api/v1/statuses ?
        GET /api/v1/statuses/{id} ?
        GET /api/v1/statuses/{id}/card ?
        GET /api/v1/statuses/{id}/context ?
        GET /api/v1/statuses/{id}/history ?
        GET /api/v1/statuses/{id}/source
        GET /api/v1/timelines/home
        GET /api/v1/timelines/public ?
        GET /api/v1/timelines/tag/{tag} ?
    """,
    "write:accounts": """
        PATCH /api/v1/accounts/update_credentials
        POST /api/v1/accounts/{id}/endorse
        POST /api/v1/accounts/{id}/note
        POST /api/v1/accounts/{id}/pin
        POST /api/v1/accounts/{id}/unendorse
        POST /api/v1/accounts/{id}/unpin
        POST /api/v1/featured_tags
        DELETE /api/v1/featured_tags/{id}
        DELETE /api/v1/profile/avatar
        DELETE /api/v1/profile/header
        POST /api/v1/statuses/{id}/pin
        POST /api/v1/statuses/{id}/unpin
    """,
    "write:blocks": """
        POST /api/v1/accounts/{id}/block
        POST /api/v1/accounts/{id}/unblock
        DELETE /api/v1/domain_blocks
        POST /api/v1/domain_blocks
    """,
    "write:bookmarks": """
        POST /api/v1/statuses/{id}/bookmark
        POST /api/v1/statuses/{id}/unbookmark
    """,
    "write:conversations": """
        DELETE /api/v1/conversations/{id}
        POST /api/v1/conversations/{id}/read
    """,
    "write:favourites": """
        POST /api/v1/statuses/{id}/favourite
        POST /api/v1/statuses/{id}/unfavourite
    """,
    "write:filters": """
        POST /api/v1/filters
        DELETE /api/v1/filters/{id}
        PUT /api/v1/filters/{id}
        POST /api/v2/filters
        DELETE /api/v2/filters/keywords/{id}
        PUT /api/v2/filters/keywords/{id}
        DELETE /api/v2/filters/statuses/{id}
        DELETE /api/v2/filters/{id}
        PUT /api/v2/filters/{id}
        POST /api/v2/filters/{id}/keywords
        POST /api/v2/filters/{id}/statuses
    """,
    "write:follows": """
        POST /api/v1/accounts/{id}/follow
        POST /api/v1/accounts/{id}/remove_from_followers
        POST /api/v1/accounts/{id}/unfollow
        POST /api/v1/follow_requests/{id}/authorize
        POST /api/v1/follow_requests/{id}/reject
        POST /api/v1/tags/{name}/follow
        POST /api/v1/tags/{name}/unfollow
    """,
    "write:lists": """
        POST /api/v1/lists
        DELETE /api/v1/lists/{id}
        PUT /api/v1/lists/{id}
        DELETE /api/v1/lists/{id}/accounts
        POST /api/v1/lists/{id}/accounts
    """,
    "write:media": """
        POST /api/v1/media
        DELETE /api/v1/media/{id}
        GET /api/v1/media/{id}
        PUT /api/v1/media/{id}
        POST /api/v2/media
    """,
    "write:mutes": """
        POST /api/v1/accounts/{id}/mute
        POST /api/v1/accounts/{id}/unmute
        POST /api/v1/statuses/{id}/mute
        POST /api/v1/statuses/{id}/unmute
    """,
    "write:notifications": """
        POST /api/v1/notifications/clear
        POST /api/v1/notifications/requests/accept
        POST /api/v1/notifications/requests/dismiss
        POST /api/v1/notifications/requests/{id}/accept
        POST /api/v1/notifications/requests/{id}/dismiss
        POST /api/v1/notifications/{id}/dismiss
        POST /api/v2/notifications/clear
        PATCH /api/v2/notifications/policy
        PUT /api/v2/notifications/policy
        POST /api/v2/notifications/{key}/dismiss
    """,
    "write:reports": """
        POST /api/v1/reports
    """,
    "write:statuses": """
        POST /api/v1/markers
        POST /api/v1/polls/{id}/votes
        POST /api/v1/statuses
        DELETE /api/v1/statuses/{id}
        DELETE /api/v1/scheduled_statuses/{id}
        PUT /api/v1/scheduled_statuses/{id}
        PUT /api/v1/statuses/{id}
        POST /api/v1/statuses/{id}/reblog
        POST /api/v1/statuses/{id}/unreblog
    """,
}
FOLLOW = {"read:blocks", "read:follows", "read:mutes", "write:blocks", "write:follows", "write:mutes"}
NARROW = {scope for scope in ROUTES if ":" in scope} | {"read:mutes", "write:conversations"}
SCOPES = sorted(NARROW | {"read", "write", "follow", "push", "profile"})
TABLE = [
    (*line.split()[:2], line.endswith("?"), scope) for scope, lines in ROUTES.items()
    for line in lines.splitlines() if line.strip()]


def opens(scope, wanted):
    """Whether a token with one scope does what asks for another (docs.joinmastodon.org/api/oauth-scopes)."""
    return scope == wanted or scope == wanted.split(":")[0] or scope == "follow" and wanted in FOLLOW or \
        wanted == "profile" and scope in ("read", "read:accounts")


@pytest.fixture(scope="module")
def tokens(alfa):
    """By scope, a token with that scope alone."""
    alfa.open_account("scout")
    return {scope: alfa.token("scout", scopes=scope, name=scope) for scope in SCOPES}


@pytest.fixture(scope="module")
def app_token(alfa):
    """Of an app that no person uses, with all that it may have."""
    scopes = "read write follow push"
    app = alfa.request("POST", "/api/v1/apps", data={
        "client_name": "t", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": scopes}).json()
    answer = alfa.request("POST", "/oauth/token", data={
        "grant_type": "client_credentials", "client_id": app["client_id"], "client_secret": app["client_secret"],
        "scope": scopes})
    return answer.json()["access_token"]


def call(alfa, method, path, token=None):
    """A call of something that is not there: it tells whether the caller might, and changes nothing of others."""
    target = path.replace("{id}", "1").replace("{key}", "x").replace("{name}", "x").replace("{tag}", "x")
    return alfa.request(method, target, {"Authorization": f"Bearer {token}"} if token else {})


def test_every_route_is_in_the_table():
    assert {(method, path): ("reader" if open else "token", scope) for method, path, open, scope in TABLE} == declared()


@pytest.mark.parametrize("method, path, open, wanted", TABLE, ids=[f"{method} {path}" for method, path, *_ in TABLE])
def test_a_route_opens_for_its_scope_alone(alfa, tokens, app_token, method, path, open, wanted):
    without = call(alfa, method, path)
    assert (without.status_code == 401) != open, without.text
    if not open:
        assert without.json()["error"] == "The access token is invalid"
    for bad in ("A" * 43, tokens["read"][:-1], tokens["read"] + "A"):
        answer = call(alfa, method, path, bad)
        assert (answer.status_code, answer.json()["error"]) == (401, "The access token is invalid")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    let_in = set()
    for scope, token in tokens.items():
        answer = call(alfa, method, path, token)
        assert answer.status_code != 401 and answer.status_code < 500, f"{scope}: {answer.text}"
        if answer.status_code != 403:
            let_in.add(scope)
            continue
        entities.error(answer.json(), path)
        assert answer.json()["error"].startswith("This action is outside the authorized scopes"), scope
        assert answer.headers["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="{wanted}"'
    assert let_in == {scope for scope in SCOPES if opens(scope, wanted)}
    if not open:
        answer = call(alfa, method, path, app_token)
        assert answer.status_code in (401, 403, 422), "an app alone is nobody"
        entities.error(answer.json(), path)


def test_a_token_without_a_person_tells_its_app_alone(alfa, app_token):
    assert call(alfa, "GET", "/api/v1/apps/verify_credentials", app_token).json()["name"] == "t"
    assert call(alfa, "GET", "/api/v1/apps/verify_credentials").status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic {}", "{}", "Bearer {} x", "Token {}"])
def test_a_token_that_is_not_shown_as_it_must_be_opens_nothing(alfa, tokens, header):
    headers = {"Authorization": header.format(tokens["read"]).strip(" ") if "{}" in header else header.strip(" ")}
    assert alfa.request("GET", "/api/v1/timelines/home", headers).status_code == 401


def test_a_token_in_the_address_opens_nothing(alfa, tokens):
    assert alfa.request("GET", f"/api/v1/timelines/home?access_token={tokens['read']}").status_code == 401
