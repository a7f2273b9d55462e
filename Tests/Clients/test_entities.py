"""Every answer of the Mastodon API against what strict clients demand of it, with a community that has some of each thing."""

import json
import pathlib
from datetime import UTC, datetime, timedelta

import pytest

import entities
from entities import listed
from newcomers import newcomer

ANSWERS = [
    ("/api/v1/instance", entities.instance_v1), ("/api/v2/instance", entities.instance_v2),
    ("/api/v2/instance/", entities.instance_v2), ("/api/v1/instance/peers", listed(entities.text)),
    ("/api/v1/accounts/verify_credentials", entities.credential_account),
    ("/api/v1/accounts/lookup?acct=olga", entities.account), ("/api/v1/accounts/{olga}", entities.account),
    ("/api/v1/accounts?id[]={olga}&id[]={uwe}", listed(entities.account)),
    ("/api/v1/accounts/relationships", listed(entities.relationship)),
    ("/api/v1/accounts/relationships?id[]={olga}", listed(entities.relationship)),
    ("/api/v1/accounts/relationships?id={uwe}", listed(entities.relationship)),
    ("/api/v1/accounts/familiar_followers?id[]={olga}", listed(entities.familiar)),
    ("/api/v1/accounts/{olga}/statuses", listed(entities.status)),
    ("/api/v1/accounts/{uwe}/statuses?exclude_replies=true", listed(entities.status)),
    ("/api/v1/accounts/{olga}/statuses?pinned=true", listed(entities.status)),
    ("/api/v1/accounts/{olga}/followers", listed(entities.account)),
    ("/api/v1/accounts/{uwe}/following", listed(entities.account)),
    ("/api/v1/accounts/{lena}/featured_tags", listed(entities.featured_tag)),
    ("/api/v1/accounts/search?q=ol", listed(entities.account)),
    ("/api/v2/search?q=olga", entities.search), ("/api/v2/search?q=%23tea&type=hashtags", entities.search),
    ("/api/v2/search?q=nobody%40unknown.example", entities.search),
    ("/api/v1/statuses/{post}", entities.status), ("/api/v1/statuses/{boost}", entities.status),
    ("/api/v1/statuses?id[]={post}&id[]={poll}", listed(entities.status)),
    ("/api/v1/statuses/{post}/context", entities.context), ("/api/v1/statuses/{post}/history", listed(entities.edit)),
    ("/api/v1/statuses/{answer}/source", entities.source), ("/api/v1/media/{media}", entities.media),
    ("/api/v1/statuses/{shown}", entities.status), ("/api/v1/accounts/{uwe}/statuses?only_media=true", listed(entities.status)),
    ("/api/v1/statuses/{post}/favourited_by", listed(entities.account)),
    ("/api/v1/statuses/{post}/reblogged_by", listed(entities.account)), ("/api/v1/polls/{poll}", entities.poll),
    ("/api/v1/timelines/home", listed(entities.status)), ("/api/v1/timelines/public", listed(entities.status)),
    ("/api/v1/timelines/public?local=true", listed(entities.status)),
    ("/api/v1/timelines/tag/tea", listed(entities.status)), ("/api/v1/timelines/list/{list}", listed(entities.status)),
    ("/api/v1/conversations", listed(entities.conversation)),
    ("/api/v1/notifications", listed(entities.notification)),
    ("/api/v2/notifications", entities.grouped_notifications),
    ("/api/v2/notifications?expand_accounts=partial_avatars", entities.grouped_notifications),
    ("/api/v2/notifications/{group}", entities.grouped_notifications),
    ("/api/v2/notifications/{group}/accounts", listed(entities.account)),
    ("/api/v1/notifications/unread_count", entities.entity({"count": entities.count})),
    ("/api/v2/notifications/unread_count", entities.entity({"count": entities.count})),
    ("/api/v2/notifications/policy", entities.notification_policy),
    ("/api/v1/notifications/requests", listed(entities.notification_request)),
    ("/api/v1/push/subscription", entities.push_subscription),
    ("/api/v1/markers?timeline[]=home&timeline[]=notifications",
     entities.entity({"home": entities.marker, "notifications": entities.marker})),
    ("/api/v2/filters", listed(entities.filter)), ("/api/v1/filters", listed(entities.first_filter)),
    ("/api/v1/scheduled_statuses", listed(entities.scheduled)),
    ("/api/v1/domain_blocks", listed(entities.text)), ("/api/v1/featured_tags", listed(entities.featured_tag)),
    ("/api/v1/featured_tags/suggestions", listed(entities.tag)),
    ("/api/v1/bookmarks", listed(entities.status)), ("/api/v1/favourites", listed(entities.status)),
    ("/api/v1/preferences", entities.preferences), ("/api/v1/lists", listed(entities.people_list)),
    ("/api/v1/lists/{list}/accounts", listed(entities.account)), ("/api/v1/tags/tea/", entities.tag),
    ("/api/v1/followed_tags", listed(entities.tag)), ("/api/v1/directory", listed(entities.account)),
    ("/api/v1/suggestions", listed(entities.account)), ("/api/v2/suggestions", listed(entities.suggestion)),
    ("/api/v1/blocks", listed(entities.account)), ("/api/v1/mutes", listed(entities.account)),
    ("/api/v1/follow_requests", listed(entities.account)), ("/api/v1/custom_emojis", listed(entities.emoji)),
    ("/api/v1/announcements", listed(entities.text)), ("/api/v1/trends/tags", listed(entities.tag)),
    ("/api/v1/trends/statuses", listed(entities.status)), ("/api/v1/trends/links", listed(entities.text)),
]
# What may be empty: there is nothing of it in this community.
EMPTY = ("relationships", "peers", "trends", "announcements", "custom_emojis", "blocks", "mutes", "follow_requests",
         "familiar_followers", "pinned=true", "followed_tags", "suggestions")


class Program:
    """A program with somebody's token, which sends and reads as it comes."""

    def __init__(self, community, username):
        self.community = community
        self.bearer = {"Authorization": "Bearer " + community.token(username, "read write follow push", "entities")}

    def get(self, target):
        return self.community.request("GET", target, self.bearer)

    def post(self, target, **body):
        answer = self.community.request(
            "POST", target, {**self.bearer, "Content-Type": "application/json"}, json.dumps(body))
        assert answer.status_code == 200, f"{target}: {answer.text}"
        return answer.json()


olga, uwe, vera = (newcomer(name, program=Program) for name in ("olga", "uwe", "vera"))


@pytest.fixture(scope="module")
def things(olga, uwe, vera, lena):
    """Some of each thing, by name."""
    ids = {name: uwe.get(f"/api/v1/accounts/lookup?acct={name}").json()["id"] for name in ("olga", "uwe", "lena")}
    uwe.post(f"/api/v1/accounts/{ids['olga']}/follow", notify=True)
    uwe.post("/api/v1/tags/cake/follow")
    post = olga.post("/api/v1/statuses", status="First #tea, @uwe", spoiler_text="hot", language="en")["id"]
    answer = uwe.post("/api/v1/statuses", status="@olga thanks", in_reply_to_id=post)["id"]
    olga.community.request("PUT", f"/api/v1/statuses/{post}", olga.bearer, {"status": "Second #tea"})
    poll = olga.post("/api/v1/statuses", status="Which?", poll={"options": ["a", "b"], "expires_in": 600})["id"]
    uwe.post(f"/api/v1/polls/{poll}/votes", choices=[0])
    boost = uwe.post(f"/api/v1/statuses/{post}/reblog")["id"]
    uwe.post(f"/api/v1/statuses/{post}/favourite")
    uwe.post(f"/api/v1/statuses/{post}/bookmark")
    olga.post("/api/v1/statuses", status="@uwe between us", visibility="direct")
    uwe.post("/api/v2/filters", title="Tea", context=["home"], keywords_attributes=[{"keyword": "tea"}], expires_in=3600)
    uwe.post("/api/v1/domain_blocks", domain="far.example")
    uwe.post("/api/v1/statuses", status="My #garden")
    uwe.post("/api/v1/featured_tags", name="garden")
    uwe.post("/api/v1/statuses", status="Later", scheduled_at=(datetime.now(UTC) + timedelta(days=30)).isoformat())
    lists = uwe.post("/api/v1/lists", title="Friends")["id"]
    uwe.post(f"/api/v1/lists/{lists}/accounts", account_ids=[ids["olga"]])
    picture = pathlib.Path(__file__).parents[1] / "Shared" / "pictures" / "turned.jpg"
    media, waiting = (uwe.community.request(
        "POST", "/api/v2/media", uwe.bearer, {"focus": "0,1"}, files={"file": ("a.jpg", picture.read_bytes())}
    ).json()["id"] for _ in range(2))
    shown = uwe.post("/api/v1/statuses", media_ids=[media])["id"]
    group = uwe.get("/api/v2/notifications").json()["notification_groups"][0]["group_key"]
    uwe.post("/api/v1/push/subscription", subscription={
        "endpoint": "https://push.localhost:9/x",
        "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                 "auth": "BTBZMqHH6r4Tts7J_aSIgg"}})
    # Somebody whom uwe hears only after a decision.
    uwe.community.request("PATCH", "/api/v2/notifications/policy", uwe.bearer, {"for_not_following": "filter"})
    vera.post("/api/v1/statuses", status="@uwe hello?")
    return {
        **ids, "group": group, "media": waiting, "shown": shown, "post": post, "answer": answer, "poll": poll, "boost": boost,
        "list": lists,
    }


@pytest.mark.parametrize("target, check", ANSWERS, ids=[target for target, _ in ANSWERS])
def test_no_strict_client_stumbles_over_an_answer(uwe, things, target, check):
    answer = uwe.get(target.format(**things))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    content = answer.json()
    assert content or any(name in target for name in EMPTY), "there should be something of it"
    check(content, target)


@pytest.mark.parametrize("target", ["/api/v1/statuses/{post}", "/api/v1/timelines/public", "/api/v1/polls/{poll}"])
def test_whoever_has_no_account_reads_the_same(alfa, things, target):
    content = alfa.request("GET", target.format(**things)).json()
    check = entities.poll if "polls" in target else entities.plain_status
    (listed(check) if isinstance(content, list) else check)(content, target)


@pytest.mark.parametrize("method, target, status", [
    ("GET", "/api/v1/nothing", 404), ("GET", "/api/v1/statuses/1", 404), ("GET", "/api/v1/statuses/x", 404),
    ("GET", "/api/v1/accounts/999999999999999999999", 404), ("POST", "/api/v1/statuses", 422),
    ("GET", "/api/v2/search", 422), ("POST", "/api/v1/accounts/{uwe}/follow", 403),
    ("POST", "/api/v1/polls/{poll}/votes", 422), ("PUT", "/api/v1/statuses/{post}", 422),
])
def test_every_error_says_what_is_wrong_as_clients_show_it(uwe, things, method, target, status):
    answer = uwe.community.request(method, target.format(**things), uwe.bearer)
    assert answer.status_code == status, answer.text
    entities.error(answer.json(), target)


def test_links_to_further_pages_are_spelled_as_clients_read_them(uwe, things):
    answer = uwe.get("/api/v1/timelines/home?limit=1&local=x%20y")
    assert answer.headers["Link"].count("; rel=") == 2
    following, before = answer.headers["Link"].split(", ")
    origin = uwe.community.origin
    assert following.startswith(f"<{origin}/api/v1/timelines/home?limit=1&local=x%20y&max_id=")
    assert following.endswith('>; rel="next"') and before.endswith('>; rel="prev"') and "&min_id=" in before
    assert "Link" not in uwe.get("/api/v1/timelines/home?max_id=1").headers
