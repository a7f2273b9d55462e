"""What programs do from their first day to their last, with Mastodon.py over TLS and with people of two communities."""

import pathlib
import ssl
import warnings

import pytest
import requests
import websocket
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

from browser import Browser
from listening import Ear
from waiting import until

PASSWORD = "a long enough password"
SCOPES = ["read", "write", "follow", "push"]
PICTURE = pathlib.Path(__file__).parents[1] / "Shared" / "pictures" / "turned.jpg"


def logged_in(community, username, scopes=SCOPES):
    """A new app in somebody's hands, which they let in on the pages of their community."""
    client_id, secret = Mastodon.create_app(
        "A program", scopes=scopes, api_base_url=community.origin, session=community.session())
    program = Mastodon(client_id, secret, api_base_url=community.origin, session=community.session())
    browser = Browser(community)
    assert browser.open(program.auth_request_url(scopes=scopes)) is None
    browser.sign_in(username, PASSWORD)
    assert browser.send(decision="allow") is None
    program.log_in(code=browser.code(), scopes=scopes)
    return program


def person(community, username):
    community.open_account(username)
    community.set_password(username, PASSWORD)
    return logged_in(community, username)


@pytest.fixture(scope="module", autouse=True)
def trust(town):
    """The library for sockets is told of authorities by the environment alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WEBSOCKET_CLIENT_CA_BUNDLE", town.authorities)
        yield


@pytest.fixture(scope="module")
def dora(town):
    return person(town, "dora")


@pytest.fixture(scope="module")
def emil(town):
    return person(town, "emil")


@pytest.fixture(scope="module")
def faye(hall):
    return person(hall, "faye")


@pytest.fixture(scope="module")
def fayes(hall, dora, faye):
    """Faye as dora's community knows her."""
    return dora.search_v2(f"faye@{hall.authority}", result_type="accounts").accounts[0]


@pytest.fixture(autouse=True)
def no_warnings():
    """Mastodon.py warns of what a server lacks or calls out of date."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # It leaves files open itself.
        warnings.simplefilter("ignore", ResourceWarning)
        yield


def test_nobody_talks_to_a_server_whose_certificate_is_not_trusted(town):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{town.origin}/api/v2/instance", timeout=30)
    # Nor does it answer without TLS.
    with pytest.raises(requests.exceptions.RequestException):
        requests.get(town.origin.replace("https:", "http:") + "/api/v2/instance", timeout=30)


def test_a_program_gets_a_token_that_any_header_carries(dora):
    assert len(dora.access_token) >= 32 and dora.access_token.replace("-", "").replace("_", "").isalnum()
    assert dora.me().acct == "dora" and dora.app_verify_credentials().name == "A program"
    assert dora.verify_minimum_version("4.3.0")


def test_a_program_gets_no_more_than_it_asked_for(town, dora):
    reader = logged_in(town, "dora", ["read"])
    assert reader.me().acct == "dora"
    with pytest.raises(MastodonAPIError, match="outside the authorized scopes"):
        reader.status_post("no")


def test_the_server_introduces_itself(town, dora):
    assert dora.instance_v1().uri == town.authority and dora.instance_v2().domain == town.authority
    assert dora.instance().configuration.urls.streaming == f"wss://{town.authority}"
    assert dora.instance_nodeinfo().software.name == "mentord"
    assert dora.instance_health() and dora.stream_healthy()
    assert dora.instance_v2().api_versions["mastodon"] >= 1


def test_cookies_stay_on_encrypted_connections_and_nobody_goes_back(town, dora):
    browser = Browser(town)
    browser.open("/sign-in")
    browser.sign_in("dora", PASSWORD)
    cookies = list(browser.http.cookies)
    assert cookies and all(cookie.secure and cookie.has_nonstandard_attr("HttpOnly") for cookie in cookies)
    assert "max-age" in browser.answer.headers["Strict-Transport-Security"]


def test_somebody_elsewhere_is_found_followed_and_read(hall, dora, faye, fayes):
    assert fayes.acct == f"faye@{hall.authority}" and dora.account_lookup(fayes.acct).id == fayes.id
    early = faye.status_post("pinned #sailing")
    faye.status_pin(early.id)
    faye.featured_tag_create("sailing")
    dora.account_follow(fayes.id, notify=True)
    until(lambda: dora.account_relationships(fayes.id)[0].following, "follow of faye")
    assert dora.account_relationships(fayes.id)[0].notifying
    posted = [faye.status_post(f"number {number}").uri for number in range(3)]
    until(lambda: posted[2] in [post.uri for post in dora.account_statuses(fayes.id, limit=2)], "posts of faye")
    assert [post.uri for post in dora.account_statuses(fayes.id, limit=2)] == posted[:0:-1]
    assert posted[0] in [post.uri for post in dora.timeline_home()]
    # Deliveries may overtake each other.
    assert {note.status.uri for note in dora.notifications(types=["status"], limit=3)} == set(posted)
    assert isinstance(dora.account_statuses(fayes.id, pinned=True), list)
    assert isinstance(dora.account_featured_tags(fayes.id), list)
    assert [account.acct for account in dora.account_followers(fayes.id)] == ["dora"]
    assert dora.account_relationships([]) == []


def test_who_waits_for_an_answer_sees_what_was_wished(dora, emil):
    emil.account_update_credentials(locked=True)
    try:
        relation = dora.account_follow(emil.me().id, notify=True, reblogs=False)
        assert relation.requested and not relation.following
        assert relation.notifying and not relation.showing_reblogs
    finally:
        dora.account_unfollow(emil.me().id)
        emil.account_update_credentials(locked=False)


def test_friends_of_friends_are_shown(dora, emil, fayes):
    emil.account_follow(fayes.id)
    until(lambda: emil.account_relationships(fayes.id)[0].following, "emil's follow of faye")
    dora.account_follow(emil.me().id)
    familiar, = dora.account_familiar_followers([fayes.id])
    assert familiar.id == fayes.id and [account.acct for account in familiar.accounts] == ["emil"]


def test_pages_are_walked_to_the_end_and_back(town, emil):
    posted = [emil.status_post(f"step {number}", visibility="unlisted").id for number in range(12)]
    mine = emil.me().id
    first = emil.account_statuses(mine, limit=5)
    second = emil.fetch_next(first)
    third = emil.fetch_next(second)
    assert [post.id for post in (*first, *second, *third)][:12] == posted[::-1]
    assert [post.id for post in emil.fetch_previous(second)] == [post.id for post in first]
    answer = town.request(
        "GET", f"/api/v1/accounts/{mine}/statuses?limit=5", {"Authorization": f"Bearer {emil.access_token}"})
    assert all(link.startswith(f"<{town.origin}/api/") for link in answer.headers["Link"].split(", "))


def test_a_direct_post_crosses_and_nobody_else_reads_it(town, dora, emil, faye, fayes):
    secret = dora.status_post(f"@{fayes.acct} between us", visibility="direct")

    def look():
        return [one for one in faye.conversations() if one.last_status and one.last_status.uri == secret.uri]

    conversation = until(look, "conversation")[0]
    assert conversation.unread and [account.username for account in conversation.accounts] == ["dora"]
    answer = faye.status_reply(conversation.last_status, "indeed")
    assert answer.visibility == "direct" and not faye.conversations_read(conversation.id).unread
    arrived = until(lambda: dora.status_context(secret.id).descendants, "answer")[0]
    assert arrived.uri == answer.uri and arrived.in_reply_to_id == secret.id
    for post in (secret, arrived):
        with pytest.raises(MastodonNotFoundError):
            emil.status(post.id)
        with pytest.raises(MastodonNotFoundError):
            emil.status_context(post.id)
    assert faye.notifications(types=["mention"], limit=1)[0].status.uri == secret.uri


def test_pictures_travel(town, hall, dora, faye, fayes):
    faye.account_follow(faye.search_v2(f"dora@{town.authority}", result_type="accounts").accounts[0].id)
    until(lambda: [account.username for account in dora.account_followers(dora.me().id)].count("faye"), "faye's follow")
    media = dora.media_post(str(PICTURE), description="A hill", focus=(0.5, 0))
    assert dora.media(media.id).url.startswith(f"{town.origin}/media/")
    assert dora.media_update(media.id, description="A green hill").description == "A green hill"
    post = dora.status_post("look", media_ids=[media])
    assert dora.session.get(post.media_attachments[0].url, timeout=30).headers["Content-Type"] == "image/jpeg"
    arrived = until(lambda: [one for one in faye.timeline_home() if one.uri == post.uri], "picture")[0]
    assert [shown.description for shown in arrived.media_attachments] == ["A green hill"]


def test_what_happens_is_told_at_once(dora, emil):
    """As server-sent events, and on a socket with many streams."""
    dora.account_follow(emil.me().id)
    ear = Ear().listen(dora.stream_user)
    on_socket = Ear()
    on_socket.errors = []
    on_socket.on_websocket_error = lambda error, for_stream=None: on_socket.errors.append(error)
    handle = dora.stream_open_websocket(listener=on_socket)
    try:
        dora.stream_user(on_socket, websocket_handle=handle)
        dora.stream_direct(on_socket, websocket_handle=handle)
        dora.stream_hashtag("rain", on_socket, websocket_handle=handle)
        handle.subscribe("nope", listener=on_socket)
        until(lambda: on_socket.errors, "refusal of an unknown stream")
        post = emil.status_post("@dora does it #rain?")
        for one in (ear, on_socket):
            assert one.awaits("update", lambda status: status.id == post.id).content
            assert one.awaits("notification", lambda told: told.type == "mention" and told.status.id == post.id)
        direct = emil.status_post("@dora psst", visibility="direct")
        on_socket.awaits("conversation", lambda conversation: conversation.last_status.id == direct.id)
        emil.status_delete(post.id)
        for one in (ear, on_socket):
            one.awaits("delete", lambda ended: str(ended) == str(post.id))
    finally:
        handle.close()
        ear.close()


def test_a_socket_asks_for_a_certificate_that_is_trusted(town, dora):
    with pytest.raises(ssl.SSLCertVerificationError):
        websocket.create_connection(
            f"wss://{town.authority}/api/v1/streaming", timeout=30, subprotocols=[dora.access_token],
            sslopt={"context": ssl.create_default_context()})


def test_whatever_programs_ask_for_at_their_start_is_there(dora, emil, fayes):
    emil.status_post("@dora hello")
    assert dora.preferences()["posting:default:visibility"] == "public"
    for look in (dora.filters_v2, dora.lists, dora.custom_emojis, dora.announcements, dora.suggestions, dora.directory,
                 dora.trending_tags, dora.trending_statuses, dora.trending_links, dora.followed_tags, dora.blocks,
                 dora.mutes, dora.follow_requests, dora.bookmarks, dora.favourites, dora.conversations, dora.domain_blocks,
                 dora.featured_tags, dora.scheduled_statuses, dora.timeline_local, dora.timeline_public,
                 dora.instance_peers, dora.instance_activity, dora.instance_rules):
        assert isinstance(look(), (list, dict)), look.__name__
    grouped = dora.grouped_notifications(
        grouped_types=["favourite", "reblog", "follow"], expand_accounts="partial_avatars")
    assert grouped.notification_groups and dora.unread_grouped_notifications_count() >= 1
    assert set(emil.markers_get(["home", "notifications"])) == {"home", "notifications"}
    assert dora.notifications(exclude_types=["mention", "status"]) is not None


def test_a_profile_shows_what_its_owner_wrote(dora):
    dora.account_update_credentials(fields=[("Topics", "Swift")], avatar=str(PICTURE), note="Hello")
    me = dora.me()
    assert [(field.name, field.value) for field in me.source.fields] == [("Topics", "Swift")]
    assert me.avatar.startswith("https://") and dora.session.get(me.avatar, timeout=30).status_code == 200


def test_somebody_elsewhere_is_reported_to_their_moderators_too(town, hall, dora, faye, fayes):
    post = faye.status_post("rude")
    arrived = dora.search_v2(post.uri, result_type="statuses").statuses[0]
    dora.report(fayes.id, status_ids=[arrived.id], comment="Please look here", forward=True)
    assert "Please look here" in town.command("report", "list")
    until(lambda: "Please look here" in hall.command("report", "list"), "report over there")


def test_a_token_that_is_given_back_opens_nothing_more(town, dora):
    program = logged_in(town, "dora")
    token = program.access_token
    ear = Ear().listen(program.stream_user)
    program.revoke_access_token()
    until(lambda: not ear.handle.is_alive() or ear.failures, "end of the stream")
    again = Mastodon(access_token=token, api_base_url=town.origin, session=town.session(), version_check_mode="none")
    with pytest.raises(MastodonUnauthorizedError):
        again.me()
    assert dora.me().acct == "dora", "other programs stay"
