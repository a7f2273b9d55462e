"""Listening to what happens, with Mastodon.py and with a WebSocket library: on one server, on two over one database, and
to people elsewhere."""

import json
import os
import time

import pytest
import requests
import websocket
from mastodon import Mastodon

import entities
from community import Community
from listening import Ear, Socket
from waiting import until


def client(community, username, scopes="read write follow push", name="streams"):
    session = requests.Session()
    # Nothing but the servers themselves knows where *.localhost is.
    session.headers["Host"] = community.authority
    address = f"http://127.0.0.1:{community.port}"
    mastodon = Mastodon(
        access_token=community.token(username, scopes=scopes, name=name), api_base_url=address, session=session,
        version_check_mode="none")
    # Where the address of the server's own documents would lead.
    mastodon._Mastodon__streaming_base = address
    return mastodon


@pytest.fixture(scope="module")
def people(alfa):
    for name in ("saul", "sven", "tara"):
        alfa.open_account(name)
    return {name: client(alfa, name) for name in ("saul", "sven", "tara")}


@pytest.fixture(scope="module")
def saul(people):
    return people["saul"]


@pytest.fixture(scope="module")
def sven(people, saul):
    """Whom saul follows."""
    saul.account_follow(people["sven"].me().id)
    return people["sven"]


@pytest.fixture(scope="module")
def wim(beta):
    """Somebody of another community."""
    beta.open_account("wim")
    return client(beta, "wim")


@pytest.fixture
def ears():
    opened = []

    def ear():
        opened.append(Ear())
        return opened[-1]

    yield ear
    for opened_one in opened:
        opened_one.close()


@pytest.fixture
def sockets():
    opened = []

    def socket(*words, **options):
        opened.append(Socket(*words, **options))
        return opened[-1]

    yield socket
    for opened_one in opened:
        opened_one.close()


def of(status):
    return lambda found: found.id == status.id


def test_a_home_is_told_of_posts_their_changes_and_their_ends(people, saul, sven, ears):
    ear = ears().listen(saul.stream_user)
    post = sven.status_post("first #stream")
    told = ear.awaits("update", of(post))
    assert told.content == saul.status(post.id).content and told.favourited is False
    sven.status_update(post.id, "second #stream")
    assert "second" in ear.awaits("status.update", of(post)).content
    boost = sven.status_reblog(people["tara"].status_post("passed on").id)
    assert ear.awaits("update", of(boost)).reblog.account.acct == "tara"
    sven.status_unreblog(boost.reblog.id)
    ear.awaits("delete", lambda found: str(found) == str(boost.id))
    sven.status_delete(post.id)
    ear.awaits("delete", lambda found: str(found) == str(post.id))
    assert ear.failures == []


def test_people_are_told_what_they_are_notified_of(saul, sven, ears):
    ear, narrow = ears().listen(saul.stream_user), ears().listen(saul.stream_user_notifications)
    mine = saul.status_post("like this")
    answer = sven.status_post("@saul well", in_reply_to_id=mine.id)
    told = ear.awaits("notification", lambda found: found.type == "mention")
    assert told.status.id == answer.id and told.account.acct == "sven" and told.id == saul.notifications(limit=1)[0].id
    sven.status_favourite(mine.id)
    assert narrow.awaits("notification", lambda found: found.type == "favourite").status.id == mine.id
    sven.account_follow(saul.me().id)
    narrow.awaits("notification", lambda found: found.type == "follow")
    sven.account_unfollow(saul.me().id)
    sven.status_update(answer.id, "@saul changed")
    ear.awaits("status.update", of(answer))
    assert [kind for kind, _ in narrow.heard] == ["notification"] * 3, "an edit notifies nobody twice"


def test_what_waits_for_a_decision_is_not_told(people, saul, sven, ears):
    saul.update_notifications_policy(for_not_following="filter")
    try:
        ear = ears().listen(saul.stream_user_notifications)
        people["tara"].status_post("@saul you do not know me")
        known = sven.status_post("@saul you know me")
        assert ear.awaits("notification", lambda found: True).status.id == known.id
    finally:
        saul.update_notifications_policy(for_not_following="accept")


def test_timelines_for_everybody_tell_what_they_show(saul, sven, ears):
    tag, local, everything, remote, media = (ears() for _ in range(5))
    tag.listen(saul.stream_hashtag, "Stream_tag")
    local.listen(saul.stream_public, local=True)
    everything.listen(saul.stream_public)
    remote.listen(saul.stream_public, remote=True)
    media.listen(saul.stream_public, only_media=True)
    post = sven.status_post("about #stream_TAG")
    for ear in (tag, local, everything):
        ear.awaits("update", of(post))
    other = sven.status_post("about nothing")
    hidden = sven.status_post("for some #stream_tag", visibility="private")
    unlisted = sven.status_post("not listed #stream_tag", visibility="unlisted")
    answer = sven.status_post("an answer #stream_tag", in_reply_to_id=post.id)
    tag.awaits("update", of(answer))
    everything.awaits("update", of(other))
    sven.status_delete(post.id)
    for ear in (tag, local, everything):
        ear.awaits("delete", lambda found: str(found) == str(post.id))
    assert [found.id for _, found in tag.heard if _ == "update"] == [post.id, answer.id]
    assert not {hidden.id, unlisted.id, answer.id} & {found.id for kind, found in everything.heard if kind == "update"}
    assert remote.heard == [] and media.heard == []


def test_a_list_and_conversations_have_streams_of_their_own(alfa, saul, sven, ears):
    people = saul.list_create("Streams")
    saul.list_accounts_add(people.id, [sven.me().id])
    listed, direct = ears().listen(saul.stream_list, people.id), ears().listen(saul.stream_direct)
    post = sven.status_post("for the list")
    listed.awaits("update", of(post))
    secret = sven.status_post("@saul between us", visibility="direct")
    told = direct.awaits("conversation", lambda found: found.last_status.id == secret.id)
    assert told.unread and [account.acct for account in told.accounts] == ["sven"]
    sentinel = sven.status_post("after that")
    listed.awaits("update", of(sentinel))
    assert [found.id for _, found in listed.heard] == [post.id, sentinel.id]
    other = alfa.request(
        "GET", f"/api/v1/streaming/list?list={people.id}", {"Authorization": f"Bearer {sven.access_token}"})
    assert other.status_code == 404, "a list of somebody else"


def test_whoever_changes_filters_hears_of_it_in_every_program_and_nobody_else(alfa, saul, sven, ears, sockets):
    home, narrow, other = ears().listen(saul.stream_user), ears().listen(saul.stream_user_notifications), ears().listen(
        sven.stream_user)
    socket = sockets(alfa, saul.access_token, query="?stream=user")
    count = 0

    def told():
        nonlocal count
        count += 1
        until(lambda: home.heard == [("filters_changed", None)] * count, f"{count} changes")
        assert socket.next() == {"stream": ["user"], "event": "filters_changed"}

    made = saul.create_filter_v2("Streams", ["home"], "warn", keywords_attributes=[
        {"keyword": "one", "whole_word": True}, {"keyword": "two", "whole_word": False}])
    told()
    keyword = saul.add_filter_keyword_v2(made.id, "three")
    told()
    assert alfa.request(
        "PUT", f"/api/v2/filters/keywords/{keyword.id}", {"Authorization": f"Bearer {saul.access_token}"},
        {"keyword": "four"}).status_code == 200
    told()
    saul.delete_filter_keyword_v2(keyword.id)
    told()
    saul.update_filter_v2(made.id, title="Streams and rivers")
    told()
    post = saul.status_post("to be filtered")
    entry = home.awaits("update", of(post)) and saul.add_filter_status_v2(made.id, post.id)
    home.heard[:] = [found for found in home.heard if found[0] != "update"]
    assert socket.next()["event"] == "update"
    told()
    saul.delete_filter_status_v2(entry.id)
    told()
    saul.delete_filter_v2(made.id)
    told()
    first = saul.filter_create("stream", ["home"])
    told()
    saul.filter_delete(first.id)
    told()
    assert narrow.heard == [] and not [kind for kind, _ in other.heard if kind == "filters_changed"]
    assert home.failures == []


def test_many_streams_share_one_socket(alfa, saul, sven, sockets):
    people = saul.list_create("Sockets")
    saul.list_accounts_add(people.id, [sven.me().id])
    socket = sockets(alfa, saul.access_token)
    assert socket.socket.getheaders()["sec-websocket-protocol"] == saul.access_token
    for wish in [{"stream": "user"}, {"stream": "user"}, {"stream": "list", "list": str(people.id)},
                 {"stream": "hashtag", "tag": "Sockets"}, {"stream": "direct"}, {"stream": "public:local"}]:
        socket.subscribe(**wish)
    socket.subscribe("nonsense")
    assert socket.next() == {"error": "Unknown stream type", "status": 400}
    post = sven.status_post("@saul on #sockets")
    frames = [socket.next() for _ in range(5)]
    updates = [frame for frame in frames if frame["event"] == "update"]
    assert sorted(frame["stream"] for frame in updates) == [
        ["hashtag", "Sockets"], ["list", str(people.id)], ["public:local"], ["user"]]
    for frame in updates:
        entities.status(json.loads(frame["payload"]), "update")
        assert json.loads(frame["payload"])["id"] == str(post.id)
    told = next(frame for frame in frames if frame["event"] == "notification")
    assert told["stream"] == ["user"]
    entities.notification(json.loads(told["payload"]), "notification")
    secret = sven.status_post("@saul only you", visibility="direct")
    entities.conversation(socket.awaits("conversation", ["direct"]), "conversation")
    for wish in [{"stream": "list", "list": str(people.id)}, {"stream": "hashtag", "tag": "sockets"},
                 {"stream": "public:local"}]:
        socket.say(type="unsubscribe", **wish)
    sven.status_delete(post.id)
    assert socket.awaits("delete", ["user"]) == str(post.id)
    sven.status_delete(secret.id)


def test_mastodon_py_opens_a_socket_too(saul, sven):
    ear = Ear()
    handle = saul.stream_open_websocket(listener=ear)
    try:
        handle.subscribe("user")
        handle.subscribe("hashtag", tag="three")
        posted = []

        def both_heard():
            # No answer says from when on a stream is listened to.
            posted.append(sven.status_post("one two #three"))
            told = [found.id for kind, found in ear.heard if kind == "update"]
            return any(told.count(post.id) == 2 for post in posted)

        until(both_heard, "both streams' frames")
    finally:
        handle.close()


def test_the_query_may_name_the_token_and_the_first_stream(alfa, saul, sven, sockets):
    socket = sockets(alfa, query=f"?access_token={saul.access_token}&stream=hashtag&tag=query")
    post = sven.status_post("#query")
    assert socket.awaits("update", ["hashtag", "query"])["id"] == str(post.id)


@pytest.mark.parametrize("query, token, header, status", [
    ("", "x" * 43, [], 401), ("?access_token=" + "x" * 43, None, [], 401),
    ("", None, ["Authorization: Bearer " + "x" * 43], 401), ("?stream=user", None, [], 401),
])
def test_a_bad_token_is_refused_before_the_upgrade(alfa, query, token, header, status):
    with pytest.raises(websocket.WebSocketBadStatusException) as refusal:
        Socket(alfa, token, query, header)
    assert refusal.value.status_code == status
    assert refusal.value.resp_headers["content-type"].startswith("application/json")


def test_everybody_may_hear_what_everybody_may_read_and_nothing_else(alfa, sven, sockets):
    socket = sockets(alfa)
    socket.subscribe("user")
    assert socket.next()["status"] == 401
    socket.subscribe("public")
    socket.subscribe("hashtag")
    assert socket.next()["status"] == 400
    post = sven.status_post("to all")
    heard = socket.awaits("update", ["public"])
    assert heard["id"] == str(post.id)
    entities.plain_status(heard, "update")


def test_each_stream_asks_for_its_scope(alfa, saul, sven, sockets):
    token = alfa.token("saul", scopes="read:statuses", name="narrow")
    socket = sockets(alfa, token)
    for wish in [{"stream": "user:notification"}, {"stream": "list", "list": "1"}]:
        socket.subscribe(**wish)
        assert socket.next()["status"] == 403
    socket.subscribe("user")
    sven.status_post("@saul do you hear?")
    post = sven.status_post("and this?")
    kinds = []
    while True:
        frame = socket.next()
        kinds.append(frame["event"])
        if json.loads(frame["payload"])["id"] == str(post.id):
            break
    assert "notification" not in kinds


def test_one_connection_carries_only_so_many_streams(alfa, saul, sven, sockets):
    socket = sockets(alfa, saul.access_token)
    for number in range(51):
        socket.subscribe("hashtag", tag=f"many{number}")
    assert socket.next()["status"] == 422
    post = sven.status_post("#many49 #many50")
    assert socket.awaits("update")["id"] == str(post.id)
    assert socket.socket.connected


@pytest.mark.parametrize("path, status", [
    ("", 404), ("/nothing", 404), ("/list", 400), ("/hashtag", 400), ("/user", 401), ("/direct", 401)])
def test_what_is_no_stream_says_so(alfa, path, status):
    answer = alfa.request("GET", "/api/v1/streaming" + path)
    assert answer.status_code == status and answer.json()["error"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_server_tells_where_it_streams(alfa):
    assert alfa.request("GET", "/api/v1/streaming/health").text == "OK"
    assert alfa.request("GET", "/api/v1/instance").json()["urls"]["streaming_api"] == f"ws://{alfa.authority}"
    assert alfa.request("GET", "/api/v2/instance").json()["configuration"]["urls"]["streaming"] == f"ws://{alfa.authority}"


def test_events_are_spelled_as_programs_read_them(alfa, saul, sven):
    with alfa.request("GET", f"/api/v1/streaming/user?access_token={saul.access_token}", stream=True) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream" and "no-store" in answer.headers["Cache-Control"]
        post = sven.status_post("spelled")
        text = b""
        for piece in answer.iter_content(None):
            text += piece
            if text.endswith(b"\n\n"):
                break
    lines = text.split(b"\n")
    assert lines[0] == b":)" and lines[1] == b"event: update" and lines[2].startswith(b"data: {") and b"\r" not in text
    assert json.loads(lines[2].removeprefix(b"data: "))["id"] == str(post.id)


def test_people_elsewhere_are_heard(alfa, beta, saul, wim, ears, sockets):
    found = saul.search_v2(f"@wim@{beta.authority}", resolve=True, result_type="accounts").accounts[0]
    saul.account_follow(found.id)
    until(lambda: saul.account_relationships(found.id)[0].following, "acceptance")
    home, remote, local = ears(), ears(), ears()
    home.listen(saul.stream_user)
    remote.listen(saul.stream_public, remote=True)
    local.listen(saul.stream_public, local=True)
    post = wim.status_post("from afar")
    told = home.awaits("update", lambda status: "from afar" in status.content)
    assert told.account.acct == f"wim@{beta.authority}"
    remote.awaits("update", of(told))
    wim.status_update(post.id, "from far away")
    assert "far away" in home.awaits("status.update", of(told)).content
    wim.status_delete(post.id)
    home.awaits("delete", lambda gone: str(gone) == str(told.id))
    remote.awaits("delete", lambda gone: str(gone) == str(told.id))
    assert local.heard == []


def test_who_is_blocked_hears_nothing_more(alfa, saul, sven, sockets):
    socket = sockets(alfa, saul.access_token, query="?stream=user")
    sven.account_block(saul.me().id)
    try:
        sven.status_post("not for saul")
        mine = saul.status_post("mine alone")
        assert socket.awaits("update", ["user"])["id"] == str(mine.id)
    finally:
        sven.account_unblock(saul.me().id)
        saul.account_follow(sven.me().id)


def test_a_revoked_token_ends_its_connections(alfa, sockets, ears):
    alfa.open_account("rex")
    token = alfa.token("rex", scopes="read", name="rex")
    socket = sockets(alfa, token, query="?stream=user")
    ear = ears().listen(client(alfa, "rex", name="rex2").stream_user)
    begin = time.monotonic()
    # Another process gives a new one, which ends the old.
    alfa.token("rex", scopes="read", name="rex")
    assert socket.code() == 1008
    assert time.monotonic() - begin < 5
    assert ear.handle.is_alive()
    alfa.command("act", "delete-account", "--as", "rex")
    until(lambda: not ear.handle.is_alive() or ear.failures, "end of the stream")


def test_one_person_holds_only_so_many(alfa, sockets):
    alfa.open_account("sue")
    token = alfa.token("sue", scopes="read", name="sue")
    held = [sockets(alfa, token) for _ in range(10)]
    with pytest.raises(websocket.WebSocketBadStatusException) as refusal:
        Socket(alfa, token)
    assert refusal.value.status_code == 429
    held[0].close()

    def again():
        try:
            return sockets(alfa, token)
        except websocket.WebSocketBadStatusException:
            return None

    until(again, "a free place")


@pytest.fixture(scope="module")
def second(alfa, contracts, tmp_path_factory):
    """Another server of alfa's community, over the same database."""
    folder = tmp_path_factory.mktemp("second")
    os.chmod(folder, 0o755)
    other = Community(
        alfa.program, "second", str(folder), contracts,
        {"origin": alfa.origin,
         "database.url": f"postgresql://mentord@/mentord?host={alfa.data}/postgresql/socket"})
    other.authority, other.origin = alfa.authority, alfa.origin
    try:
        other.await_listening()
        yield other
    finally:
        code = other.stop()
    assert code == 0, "the second server did not end cleanly"


def test_two_servers_of_one_community_tell_the_same(alfa, second, saul, sven, sockets):
    here, there = sockets(alfa, saul.access_token, "?stream=user"), sockets(second, saul.access_token, "?stream=user")
    elsewhere = client(second, "sven", name="elsewhere")
    for author in (sven, elsewhere):
        posts = [author.status_post(f"number {number}") for number in range(5)]
        for socket in (here, there):
            assert [socket.awaits("update")["id"] for _ in posts] == [str(post.id) for post in posts]
        author.status_delete(posts[0].id)
        for socket in (here, there):
            assert socket.awaits("delete") == str(posts[0].id)
    # A token that one of them revokes ends at the other, too.
    token = alfa.token("saul", scopes="read", name="shared")
    shared = sockets(second, token, "?stream=user")
    alfa.token("saul", scopes="read", name="shared")
    assert shared.code() == 1008
