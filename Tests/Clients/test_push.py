"""Programs are told at once, through a service of their own choice that may be slow, gone or in trouble."""

import base64
import os
import socket
import time

import pytest
from mastodon import MastodonNotFoundError

import entities
from authority import Authority
from community import Community
from push_service import PushService, opened, statement, unpadded
from waiting import until


@pytest.fixture(scope="module")
def authority(place):
    return Authority(place)


@pytest.fixture(scope="module")
def service(authority):
    service = PushService(authority)
    yield service
    service.close()


@pytest.fixture(scope="module")
def school(place, contracts, authority):
    program = os.path.abspath(os.environ["MENTORD"])
    school = Community(
        program, "school", place, contracts, environment={**os.environ, "SSL_CERT_FILE": authority.file})
    try:
        school.await_listening()
        for name in ("ida", "jon", "kim"):
            school.open_account(name)
        yield school
    finally:
        assert school.stop() == 0


@pytest.fixture
def ida(school):
    """Each test begins with a token that has no subscription."""
    return school.mastodon("ida")


@pytest.fixture(scope="module")
def jon(school):
    return school.mastodon("jon")


@pytest.fixture
def keys(ida):
    private, public = ida.push_subscription_generate_keys()
    return {"private": private, "public": public}


@pytest.fixture
def endpoint(service, request):
    return f"{service.origin}/{request.node.name.replace('[', '-').rstrip(']')}"


def path(endpoint):
    return "/" + endpoint.split("/", 3)[3]


def subscribe(community, who, endpoint, keys, standard=True, status=200, **data):
    """As newer programs do it, in JSON."""
    body = {
        "subscription": {
            "endpoint": endpoint, "standard": standard,
            "keys": {"p256dh": text(keys["public"]["pubkey"]), "auth": text(keys["public"]["auth"])}},
        "data": {"alerts": {name: True for name in data.pop("alerts", [])}, **data}}
    answer = community.request(
        "POST", "/api/v1/push/subscription", {"Authorization": f"Bearer {who.access_token}"}, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def text(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def count(school):
    return int(school.sql("select count(*) from push_subscriptions")[0][0])


def waiting(school):
    return int(school.sql("select count(*) from jobs where kind = 'push'")[0][0])


def settled(school):
    until(lambda: waiting(school) == 0, "end of all messages")


def test_the_key_is_the_same_wherever_programs_look(school, ida):
    key = ida.instance_v2().configuration.vapid.public_key
    point = unpadded(key)
    assert len(point) == 65 and point[0] == 4
    app = school.request("POST", "/api/v1/apps", data={"client_name": "t", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"})
    assert app.json()["vapid_key"] == key
    assert school.sql("select count(*) from push_key") == [["1"]]


def test_a_subscription_is_made_changed_and_ended(school, ida, keys, endpoint):
    with pytest.raises(MastodonNotFoundError, match="Record not found"):
        ida.push_subscription()
    made = ida.push_subscription_set(endpoint, keys["public"], mention_events=True, follow_events=True, policy="followed")
    assert made.endpoint == endpoint and made.server_key == ida.instance_v2().configuration.vapid.public_key
    assert {name for name, wanted in made.alerts.items() if wanted} == {"mention", "follow"}
    raw = school.request("GET", "/api/v1/push/subscription", {"Authorization": f"Bearer {ida.access_token}"}).json()
    entities.push_subscription(raw, "subscription")
    assert raw["policy"] == "followed" and raw["standard"] is False
    changed = ida.push_subscription_update(poll_events=True, policy="none")
    assert {name for name, wanted in changed.alerts.items() if wanted} == {"poll"} and changed.policy == "none"
    again = subscribe(school, ida, endpoint + "-2", keys, alerts=["status"])
    assert again["standard"] is True and again["endpoint"] == endpoint + "-2" and again["policy"] == "all"
    assert count(school) == 1
    ida.push_subscription_delete()
    with pytest.raises(MastodonNotFoundError):
        ida.push_subscription()
    with pytest.raises(MastodonNotFoundError):
        ida.push_subscription_update(poll_events=True)


def test_a_subscription_ends_with_its_token(school, ida, keys, endpoint):
    subscribe(school, ida, endpoint, keys, alerts=["mention"])
    assert count(school) == 1
    school.token("ida", scopes="push", name="mastodon.py")
    assert count(school) == 0


def test_a_token_lies_nowhere_to_be_read(school, ida, keys, endpoint):
    subscribe(school, ida, endpoint, keys, alerts=["mention"])
    rows = school.sql("select push_subscriptions::text from push_subscriptions")[0][0]
    assert ida.access_token not in rows and ida.access_token.encode().hex() not in rows


@pytest.mark.parametrize("spelling", ["urlsafe", "standard"])
@pytest.mark.parametrize("padding", ["padded", "unpadded"])
@pytest.mark.parametrize("where", ["query", "form"])
def test_keys_come_in_every_spelling(school, ida, keys, endpoint, spelling, padding, where):
    def spelled(data):
        encoded = (base64.urlsafe_b64encode if spelling == "urlsafe" else base64.b64encode)(data).decode()
        return encoded if padding == "padded" else encoded.rstrip("=")

    fields = {
        "subscription[endpoint]": endpoint, "subscription[keys][p256dh]": spelled(keys["public"]["pubkey"]),
        "subscription[keys][auth]": spelled(keys["public"]["auth"]), "data[alerts][mention]": "true", "policy": "all"}
    bearer = {"Authorization": f"Bearer {ida.access_token}"}
    sent = {"params": fields} if where == "query" else {"data": fields}
    answer = school.request("POST", "/api/v1/push/subscription", bearer, **sent)
    assert answer.status_code == 200 and answer.json()["alerts"]["mention"], answer.text


@pytest.mark.parametrize("wrong", [
    "http://push.example.org/x", "https://127.0.0.1/x", "https://10.0.0.1/x", "https://[::1]/x", "https://[fd00::1]/x",
    "https://169.254.169.254/latest", "https://2130706433/x", "https://intranet/x",
    "https://user@push.example.org/x", "ftp://push.example.org/x", "x", ""])
def test_no_endpoint_lies_where_nobody_may_go(school, ida, keys, wrong):
    entities.error(subscribe(school, ida, wrong, keys, status=422), "error")
    assert count(school) == 0


@pytest.mark.parametrize("part, value", [
    ("p256dh", b"\x04" + bytes(64)), ("p256dh", b"\x04" * 64), ("p256dh", b""), ("auth", bytes(15)), ("auth", b"")],
    ids=["not on the curve", "short point", "no point", "short secret", "no secret"])
def test_keys_that_are_none_are_refused(school, ida, keys, endpoint, part, value):
    keys["public"] = {**keys["public"], {"p256dh": "pubkey", "auth": "auth"}[part]: value}
    subscribe(school, ida, endpoint, keys, status=422)
    assert count(school) == 0


def test_only_a_token_for_it_subscribes(school, ida, keys, endpoint):
    token = school.token("kim", scopes="read write follow", name="no push")
    answer = school.request("GET", "/api/v1/push/subscription", {"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403


def test_older_programs_read_messages_of_the_draft(school, service, ida, jon, keys, endpoint):
    ida.push_subscription_set(endpoint, keys["public"], mention_events=True)
    post = jon.status_post("Hello <b> @ida & all")
    message = service.awaits(path(endpoint))[0]
    assert message.headers["Content-Encoding"] == "aesgcm"
    told = ida.push_subscription_decrypt_push(
        message.body, keys["private"], message.headers["Encryption"], message.headers["Crypto-Key"])
    assert told.access_token == ida.access_token and told.preferred_locale == "en"
    assert told.notification_type == "mention"
    assert ida.notifications(told.notification_id).status.id == post.id
    assert told.title == "Jon mentioned you" and told.body == "Hello <b> @ida & all"
    assert told.icon.startswith("http") and told.icon.endswith("missing.png")
    scheme, jwt = message.headers["Authorization"].split(" ")
    key = message.headers["Crypto-Key"].split("p256ecdsa=")[1]
    assert scheme == "WebPush" and key == ida.push_subscription().server_key
    claims = statement(jwt, key)
    assert claims["aud"] == service.origin and claims["sub"].startswith("mailto:")
    assert time.time() + 60 < claims["exp"] <= time.time() + 24 * 3600
    assert message.headers["TTL"] == "172800" and message.headers["Urgency"] == "normal"


def test_newer_programs_read_messages_of_the_standard(school, service, ida, jon, keys, endpoint):
    subscribe(school, ida, endpoint, keys, alerts=["mention"])
    jon.status_post("@ida " + "long words " * 200, spoiler_text="About words", visibility="direct")
    message = service.awaits(path(endpoint))[0]
    assert message.headers["Content-Encoding"] == "aes128gcm" and "Encryption" not in message.headers
    told = opened(message, keys["private"])
    assert told["access_token"] == ida.access_token and told["notification_type"] == "mention"
    assert type(told["notification_id"]) is int
    assert told["title"] == "Jon wrote to you" and told["body"] == "About words"
    assert message.headers["Urgency"] == "high"
    scheme, fields = message.headers["Authorization"].split(" ", 1)
    parts = dict(field.strip().split("=", 1) for field in fields.split(","))
    assert scheme == "vapid" and parts["k"] == ida.push_subscription().server_key
    assert statement(parts["t"], parts["k"])["aud"] == service.origin
    assert len(message.body) < 4096


def test_a_long_text_is_cut(school, service, ida, jon, keys, endpoint):
    subscribe(school, ida, endpoint, keys, alerts=["mention"])
    jon.status_post("@ida " + "länger ∞ 🎓 " * 150)
    message = service.awaits(path(endpoint))[0]
    body = opened(message, keys["private"])["body"]
    assert len(body) <= 140 and body.endswith("…") and body.startswith("@ida länger ∞ 🎓")
    assert len(message.body) < 1500


def test_each_kind_is_told_in_its_own_words(school, service, ida, jon, keys, endpoint):
    subscribe(school, ida, endpoint, keys, alerts=[
        "mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update"])
    me, jons = ida.me().id, jon.me().id
    post = ida.status_post("mine")
    jon.status_favourite(post.id)
    jon.status_reblog(post.id)
    other = jon.status_post("theirs")
    ida.status_reblog(other.id)
    jon.status_update(other.id, "changed")
    jon.account_unfollow(me)
    jon.account_follow(me)
    ida.account_follow(jons, notify=True)
    jon.status_post("news")
    messages = service.awaits(path(endpoint), 5)
    told = {one["notification_type"]: one for one in (opened(message, keys["private"]) for message in messages)}
    assert {kind: one["title"] for kind, one in told.items()} == {
        "favourite": "Jon likes your post", "reblog": "Jon boosted your post", "update": "Jon changed a post",
        "follow": "Jon follows you now", "status": "Jon posted something"}
    assert told["follow"]["body"].startswith("@jon@") and told["status"]["body"] == "news"
    ida.account_unfollow(jons)
    jon.account_unfollow(me)


def test_only_what_is_wanted_of_whom_it_is_wanted_is_told(school, service, ida, jon, keys, endpoint):
    jons, me = jon.me().id, ida.me().id
    post = ida.status_post("do something with it")

    def heard(policy, alerts=("favourite",)):
        """Whether jon's like is told: a job for it is there, or the message already."""
        settled(school)
        before = len(service.at(path(endpoint)))
        subscribe(school, ida, endpoint, keys, alerts=alerts, policy=policy)
        jon.status_favourite(post.id)
        found = waiting(school) + len(service.at(path(endpoint))) > before
        jon.status_unfavourite(post.id)
        return found

    assert not heard("all", alerts=("mention", "reblog"))
    assert heard("all")
    assert not heard("none") and not heard("followed") and not heard("follower")
    ida.account_follow(jons)
    assert heard("followed") and not heard("follower")
    ida.account_unfollow(jons)
    jon.account_follow(me)
    assert heard("follower") and not heard("followed")
    ida.account_mute(jons)
    assert not heard("all")
    ida.account_unmute(jons)
    jon.account_unfollow(me)


def test_what_is_filtered_is_not_told(school, service, ida, jon, keys, endpoint):
    subscribe(school, ida, endpoint, keys, alerts=["favourite", "mention"])
    post = ida.status_post("for those I know")
    ida.update_notifications_policy(for_not_following="filter")
    try:
        jon.status_favourite(post.id)
        assert waiting(school) == 0
        assert service.at(path(endpoint)) == []
    finally:
        ida.update_notifications_policy(for_not_following="accept")
        for request in ida.notification_requests():
            ida.dismiss_notification_request(request.id)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_service_that_knows_nobody_ends_the_subscription(school, service, ida, jon, keys, endpoint, status):
    service.answers[path(endpoint)] = [(status, {})]
    subscribe(school, ida, endpoint, keys, alerts=["mention"])
    jon.status_post("@ida are you there?")
    until(lambda: count(school) == 0, "end of the subscription")
    with pytest.raises(MastodonNotFoundError):
        ida.push_subscription()
    settled(school)
    assert len(service.at(path(endpoint))) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_service_in_trouble_is_asked_again(school, service, ida, jon, keys, endpoint, status):
    service.answers[path(endpoint)] = [(status, {"Retry-After": "1"}), (status, {}), (201, {})]
    subscribe(school, ida, endpoint, keys, alerts=["mention"])
    jon.status_post("@ida can you hear me?")
    first, second, third = service.awaits(path(endpoint), 3)
    assert second.at - first.at >= 0.9
    assert len({message.body for message in (first, second, third)}) == 3, "nothing is encrypted twice the same"
    assert {opened(message, keys["private"])["notification_id"] for message in (first, second, third)} == {
        opened(first, keys["private"])["notification_id"]}
    assert count(school) == 1
    settled(school)


def test_what_was_taken_back_is_not_told_any_more(school, service, ida, jon, keys, endpoint):
    service.answers[path(endpoint)] = [(503, {"Retry-After": "1"}), (201, {})]
    subscribe(school, ida, endpoint, keys, alerts=["favourite"])
    post = ida.status_post("like me for a second")
    jon.status_favourite(post.id)
    service.awaits(path(endpoint))
    jon.status_unfavourite(post.id)
    settled(school)
    assert len(service.at(path(endpoint))) == 1


def test_a_service_that_hangs_keeps_nothing_of_others_back(school, service, ida, jon, keys, endpoint):
    silent = socket.create_server(("127.0.0.1", 0), backlog=64)
    kim = school.mastodon("kim")
    subscribe(school, kim, f"https://silent.localhost:{silent.getsockname()[1]}/x", keys, alerts=["mention"])
    subscribe(school, ida, endpoint, keys, alerts=["mention"])
    try:
        for number in range(20):
            jon.status_post(f"@kim {number}")
        started = time.monotonic()
        jon.status_post("@ida quick")
        service.awaits(path(endpoint))
        assert time.monotonic() - started < 4
    finally:
        kim.push_subscription_delete()
        silent.close()
        settled(school)


def test_a_certificate_that_nobody_vouches_for_is_told_nothing(school, place, ida, jon, keys, endpoint):
    os.makedirs(os.path.join(place, "stranger"), exist_ok=True)
    stranger = PushService(Authority(os.path.join(place, "stranger")))
    try:
        subscribe(school, ida, f"{stranger.origin}/x", keys, alerts=["mention"])
        jon.status_post("@ida a secret")
        until(lambda: school.sql("select 1 from jobs where kind = 'push' and last_error = 'tls'"), "the failed attempt")
        assert stranger.messages == []
    finally:
        ida.push_subscription_delete()
        stranger.close()
        settled(school)
