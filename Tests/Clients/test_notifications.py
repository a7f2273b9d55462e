"""What people are told, in groups and as far as they want to hear it, as Mastodon.py reads it."""

import pytest
from mastodon import MastodonNotFoundError

import entities

PEOPLE = ("nia", "ola", "pat", "quin")


@pytest.fixture(scope="module")
def nia(gama):
    for name in PEOPLE:
        gama.open_account(name)
    return gama.mastodon("nia")


@pytest.fixture(scope="module")
def others(gama, nia):
    return [gama.mastodon(name) for name in PEOPLE[1:]]


@pytest.fixture(autouse=True)
def nothing_before(nia, others):
    nia.notifications_clear()
    yield
    nia.update_notifications_policy(
        for_not_following="accept", for_not_followers="accept", for_new_accounts="accept",
        for_private_mentions="accept")
    nia.dismiss_multiple_notification_requests([request.id for request in nia.notification_requests()])


def groups(who, **options):
    found = who.grouped_notifications(**options)
    return found, found.notification_groups


def raw(community, who, target):
    answer = community.request("GET", target, {"Authorization": f"Bearer {who.access_token}"})
    assert answer.status_code == 200, answer.text
    return answer


def test_likes_and_boosts_of_a_post_stand_together(gama, nia, others):
    one, other = nia.status_post("one"), nia.status_post("other")
    for person in others:
        person.status_favourite(one.id)
        person.status_reblog(one.id)
    others[0].status_favourite(other.id)
    others[0].status_post("@nia hello")
    for target in ("/api/v2/notifications", "/api/v2/notifications?expand_accounts=partial_avatars"):
        entities.grouped_notifications(raw(gama, nia, target).json(), target)
    found, told = groups(nia)
    assert [(group.type, group.status_id, group.notifications_count) for group in told] == [
        ("mention", told[0].status_id, 1), ("favourite", other.id, 1), ("reblog", one.id, 3), ("favourite", one.id, 3)]
    assert told[2].sample_account_ids == [person.me().id for person in reversed(others)]
    assert told[0].group_key == f"ungrouped-{told[0].most_recent_notification_id}"
    assert [account.acct for account in found.accounts] == ["ola", "quin"]
    assert [account.acct for account in found.partial_accounts] == ["pat"]
    assert {status.id for status in found.statuses} == {one.id, other.id, told[0].status_id}
    keys = {notification.group_key for notification in nia.notifications(types=["favourite"])}
    assert keys == {told[1].group_key, told[3].group_key} and told[3].group_key.startswith(f"favourite-{one.id}-")
    full = raw(gama, nia, "/api/v2/notifications").json()
    assert "partial_accounts" not in full and len(full["accounts"]) == 3


def test_only_what_the_program_can_show_together_stands_together(nia, others):
    post = nia.status_post("x")
    for person in others[:2]:
        person.status_favourite(post.id)
        person.status_reblog(post.id)
    told = groups(nia, grouped_types=["reblog"])[1]
    assert sorted((group.type, group.notifications_count) for group in told) == [
        ("favourite", 1), ("favourite", 1), ("reblog", 2)]


def test_each_group_is_on_one_page(nia, others):
    posts = [nia.status_post(str(number)) for number in range(5)]
    for person in others:
        for post in posts:
            person.status_favourite(post.id)
    everything = groups(nia)[1]
    assert [group.status_id for group in everything] == [post.id for post in reversed(posts)]
    assert all(group.notifications_count == 3 for group in everything)
    for below in ("most_recent_notification_id", "page_min_id"):
        seen = []
        page = groups(nia, limit=2)[1]
        while page:
            seen += [group.group_key for group in page]
            assert all(int(group.page_min_id) <= int(group.most_recent_notification_id) for group in page)
            # Somebody likes it meanwhile: pages below stay as they are.
            page = groups(nia, limit=2, max_id=page[-1][below])[1]
        assert seen == [group.group_key for group in everything], below
    newer = groups(nia, since_id=everything[2].most_recent_notification_id)[1]
    assert [group.group_key for group in newer] == [group.group_key for group in everything[:2]]
    above = groups(nia, min_id=everything[4].most_recent_notification_id, limit=2)[1]
    assert [group.group_key for group in above] == [group.group_key for group in everything[2:4]]


def test_links_lead_to_the_pages_beside(gama, nia, others):
    for number in range(3):
        others[0].status_favourite(nia.status_post(str(number)).id)
    answer = raw(gama, nia, "/api/v2/notifications?limit=1&types[]=favourite")
    first = answer.json()["notification_groups"][0]
    following, before = answer.headers["Link"].split(", ")
    assert f"max_id={first['page_min_id']}>" in following and "types%5B%5D=favourite" in following
    assert f"min_id={first['page_max_id']}>" in before
    target = following[1:].split(">")[0].removeprefix(gama.origin)
    assert raw(gama, nia, target).json()["notification_groups"][0]["group_key"] != first["group_key"]
    assert "Link" not in raw(gama, nia, "/api/v2/notifications?max_id=1").headers


def test_a_group_is_looked_at_and_put_away(nia, others):
    post = nia.status_post("look")
    for person in others:
        person.status_favourite(post.id)
    key = groups(nia)[1][0].group_key
    assert nia.grouped_notification(key).notification_groups[0].notifications_count == 3
    assert [account.acct for account in nia.grouped_notification_accounts(key)] == ["quin", "pat", "ola"]
    single = nia.notifications(limit=1)[0]
    alone = nia.grouped_notification(f"ungrouped-{single.id}").notification_groups[0]
    assert alone.notifications_count == 1 and alone.group_key == f"ungrouped-{single.id}"
    with pytest.raises(MastodonNotFoundError):
        others[0].grouped_notification(key)
    others[0].dismiss_grouped_notification(key)
    assert len(nia.notifications()) == 3
    nia.dismiss_grouped_notification(key)
    assert nia.notifications() == [] and groups(nia)[1] == []


def test_what_is_new_is_counted_since_the_marker(nia, others):
    post = nia.status_post("count")
    for person in others:
        person.status_favourite(post.id)
    assert nia.notifications_unread_count().count == 3
    assert nia.unread_grouped_notifications_count() == 1
    nia.markers_set(["notifications"], [nia.notifications(limit=1)[0].id])
    assert nia.notifications_unread_count().count == 0 and nia.unread_grouped_notifications_count() == 0
    others[1].status_reblog(post.id)
    others[2].status_post("@nia one more")
    assert nia.notifications_unread_count().count == 2
    assert nia.unread_grouped_notifications_count(types=["mention"]) == 1
    assert nia.unread_grouped_notifications_count(limit=1) == 1


def test_strangers_wait_until_it_is_decided_about_them(nia, others):
    ola, pat, quin = others
    nia.account_follow(ola.me().id)
    policy = nia.notifications_policy()
    assert (policy.for_not_following, policy.for_limited_accounts) == ("accept", "filter")
    assert nia.update_notifications_policy(for_not_following="filter").for_not_following == "filter"
    post = nia.status_post("who likes it?")
    for person in others:
        person.status_favourite(post.id)
    asked = pat.status_post("@nia may I?")
    assert [one.account.acct for one in nia.notifications()] == ["ola"]
    assert groups(nia)[1][0].notifications_count == 1
    assert nia.unread_grouped_notifications_count() == 1
    assert {one.account.acct for one in nia.notifications(account_id=pat.me().id)} == {"pat"}
    requests = nia.notification_requests()
    assert {(one.account.acct, one.notifications_count) for one in requests} == {("pat", "2"), ("quin", "1")}
    by_name = {one.account.acct: one for one in requests}
    assert by_name["pat"].last_status.id == asked.id and by_name["quin"].last_status is None
    summary = nia.notifications_policy().summary
    assert (summary.pending_requests_count, summary.pending_notifications_count) == (2, 3)

    nia.accept_notification_request(by_name["pat"].id)
    assert nia.notifications_merged()
    assert {one.account.acct for one in nia.notifications()} == {"ola", "pat"}
    assert groups(nia, types=["favourite"])[1][0].notifications_count == 2
    pat.status_post("@nia thanks")
    assert nia.notifications(limit=1)[0].account.acct == "pat", "who was accepted is heard from then on"

    nia.dismiss_notification_request(by_name["quin"].id)
    assert nia.notification_requests() == []
    with pytest.raises(MastodonNotFoundError):
        nia.notification_request(by_name["quin"].id)
    with pytest.raises(MastodonNotFoundError):
        nia.accept_notification_request(by_name["quin"].id)
    quin.status_post("@nia and I?")
    again = nia.notification_requests()[0]
    assert again.account.acct == "quin" and again.notifications_count == "1"
    assert nia.notification_request(again.id).id == again.id
    with pytest.raises(MastodonNotFoundError):
        ola.notification_request(again.id)
    nia.account_unfollow(ola.me().id)


def test_many_are_decided_about_at_once(nia, others):
    nia.update_notifications_policy(for_not_followers="filter")
    _, _, quin = others
    quin.status_post("@nia 1")
    ids = [one.id for one in nia.notification_requests()]
    assert len(ids) == 1
    nia.dismiss_multiple_notification_requests(ids)
    quin.status_post("@nia 2")
    nia.accept_multiple_notification_requests([one.id for one in nia.notification_requests()])
    assert ["2" in one.status.content for one in nia.notifications()] == [True]
    assert nia.notification_requests() == []


@pytest.mark.parametrize("rule", ["for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions"])
def test_each_rule_is_about_some_people(gama, nia, others, rule):
    """A stranger without any decision about them writes; what nia then wrote to is an answer."""
    name = "s" + rule.removeprefix("for_").replace("_", "")
    gama.open_account(name)
    stranger = gama.mastodon(name)
    heard = lambda: [one.status.content for one in nia.notifications(types=["mention"])]
    nia.update_notifications_policy(**{rule: "drop"})
    stranger.status_post("@nia dropped", visibility="direct")
    assert heard() == [] and nia.notification_requests() == []
    nia.update_notifications_policy(**{rule: "filter"})
    stranger.status_post("@nia filtered", visibility="direct")
    assert heard() == [] and len(nia.notification_requests()) == 1
    public = stranger.status_post("@nia public")
    assert len(heard()) == (1 if rule == "for_private_mentions" else 0)
    if rule == "for_private_mentions":
        mine = nia.status_post(f"@{name} from me", visibility="direct")
        stranger.status_reply(mine, "an answer")
        assert "an answer" in heard()[0]
    if rule in ("for_not_following", "for_new_accounts", "for_private_mentions"):
        nia.account_follow(stranger.me().id)
        stranger.status_post("@nia followed", visibility="direct")
        assert "followed" in heard()[0]
    assert public.id


def test_a_rule_has_one_of_three_answers(gama, nia):
    answer = gama.request(
        "PATCH", "/api/v2/notifications/policy", {"Authorization": f"Bearer {nia.access_token}"},
        {"for_not_following": "perhaps"})
    assert answer.status_code == 422
    entities.error(answer.json(), "policy")
