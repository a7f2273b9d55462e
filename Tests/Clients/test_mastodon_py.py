"""A program that others wrote, Mastodon.py, in the hands of two people of one community and one of another."""

from datetime import datetime, timedelta, timezone

import pytest
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

from newcomers import newcomer
from waiting import until


ida, kim = newcomer("ida"), newcomer("kim", "beta")


@pytest.fixture(scope="module")
def jons_person(alfa):
    return alfa.open_account("jon")


@pytest.fixture(scope="module")
def jon(alfa, jons_person):
    return alfa.mastodon("jon")


def found(who, name):
    return who.search_v2(name, result_type="accounts").accounts[0]


def test_the_server_introduces_itself(alfa, ida):
    assert ida.instance_v1().uri == alfa.authority
    assert ida.instance_v2().domain == alfa.authority
    assert ida.retrieve_mastodon_version() == "4.4.0"
    assert ida.instance_health()
    me = ida.me()
    assert (me.acct, me.username, me.source.privacy, me.locked) == ("ida", "ida", "public", False)


def test_people_follow_each_other_and_read(ida, jon):
    jons = found(ida, "jon")
    assert ida.account_lookup("jon").id == jons.id
    relation = ida.account_follow(jons.id, notify=True, reblogs=False)
    assert (relation.following, relation.notifying, relation.showing_reblogs) == (True, True, False)
    assert ida.account_relationships([]) == []
    post = jon.status_post("Hello #swift people")
    assert [status.id for status in ida.timeline_home(limit=1)] == [post.id]
    assert ida.notifications(types=["status"], limit=1)[0].status.id == post.id
    assert jon.notifications(types=["follow"])[0].account.acct == "ida"
    assert [status.id for status in ida.timeline_hashtag("SWIFT")][0] == post.id
    assert [tag.name for tag in ida.search_v2("#swi", result_type="hashtags").hashtags] == ["swift"]
    assert ida.account_statuses(jons.id, limit=1)[0].id == post.id
    ida.account_unfollow(jons.id)
    assert post.id not in [status.id for status in ida.timeline_home()]


def test_a_locked_account_decides(alfa, jons_person, ida, jon):
    alfa.act(jons_person, "profile", "--locked", "yes")
    try:
        jons = found(ida, "jon")
        relation = ida.account_follow(jons.id)
        assert (relation.requested, relation.following) == (True, False)
        assert jon.notifications(types=["follow_request"])[0].account.acct == "ida"
        asker = jon.follow_requests()[0]
        assert jon.follow_request_authorize(asker.id).followed_by
        assert ida.account_relationships(jons.id)[0].following
        assert jon.follow_requests() == []
    finally:
        alfa.act(jons_person, "profile", "--locked", "no")
        ida.account_unfollow(jons.id)


def test_everything_is_paged_once_and_newest_first(ida):
    posted = [ida.status_post(f"page {number}", visibility="unlisted").id for number in range(45)]
    first = ida.timeline_home(limit=20)
    everything = [status.id for status in ida.fetch_remaining(first)]
    assert everything[:45] == posted[::-1]
    assert everything == sorted(everything, key=int, reverse=True) and len(set(everything)) == len(everything)
    above = ida.timeline_home(min_id=posted[0], limit=20)
    assert [status.id for status in above] == posted[1:21][::-1]
    assert ida.fetch_next(ida.timeline_home(max_id=everything[-1])) is None


def test_a_post_is_published_once_for_one_key(ida):
    first = ida.status_post("once", idempotency_key="k1")
    assert ida.status_post("once", idempotency_key="k1").id == first.id
    assert ida.status_post("once", idempotency_key="k2").id != first.id


def test_a_post_is_changed_and_deleted(ida):
    post = ida.status_post("one", spoiler_text="warning")
    edited = ida.status_update(post.id, "two", spoiler_text="warning")
    assert edited.edited_at and "two" in edited.content
    assert ida.status_source(post.id).text == "two"
    assert [("one" in version.content, "two" in version.content) for version in ida.status_history(post.id)] == [
        (True, False), (False, True)]
    assert ida.status_delete(post.id).text == "two"
    with pytest.raises(MastodonNotFoundError):
        ida.status(post.id)


def test_direct_posts_are_conversations_of_those_who_take_part(ida, jon, kim):
    post = ida.status_post("@jon psst", visibility="direct")
    conversation = jon.conversations()[0]
    assert conversation.unread and [account.acct for account in conversation.accounts] == ["ida"]
    answer = jon.status_reply(post, "ok")
    assert answer.visibility == "direct" and answer.in_reply_to_id == post.id
    assert [status.id for status in ida.status_context(post.id).descendants] == [answer.id]
    assert not jon.conversations_read(conversation.id).unread
    assert post.id not in [status.id for status in jon.timeline_home()]
    with pytest.raises(MastodonNotFoundError):
        kim.status(post.id)


def test_what_others_do_with_a_post_is_told_and_counted(ida, jon):
    post = ida.status_post("like me")
    assert jon.status_favourite(post.id).favourites_count == 1
    boost = jon.status_reblog(post.id)
    assert boost.reblog.id == post.id and boost.reblog.reblogged
    assert {notification.type for notification in ida.notifications(limit=2)} == {"favourite", "reblog"}
    assert [account.acct for account in ida.status_favourited_by(post.id)] == ["jon"]
    assert [account.acct for account in ida.status_reblogged_by(post.id)] == ["jon"]
    assert jon.favourites()[0].id == post.id
    assert jon.status_bookmark(post.id).bookmarked and jon.bookmarks()[0].id == post.id
    assert not jon.status_unreblog(post.id).reblogged and jon.status_unfavourite(post.id).favourites_count == 0
    assert ida.notifications(types=["favourite", "reblog"], account_id=jon.me().id) == []
    assert ida.status_pin(post.id).pinned
    assert [status.id for status in jon.account_statuses(ida.me().id, pinned=True)] == [post.id]


def test_a_poll_is_asked_and_answered(ida, jon):
    post = ida.status_post("which?", poll=ida.make_poll(["this", "that"], 600))
    poll = jon.poll_vote(post.poll, [1])
    assert poll.voted and poll.own_votes == [1] and [option.votes_count for option in poll.options] == [0, 1]
    assert ida.poll(post.poll).votes_count == 1


def test_people_are_muted_noted_and_blocked(ida, jon):
    jons = found(ida, "jon")
    ida.account_follow(jons.id)
    post = jon.status_post("hear me")
    assert ida.account_mute(jons.id).muting and [account.acct for account in ida.mutes()] == ["jon"]
    assert post.id not in [status.id for status in ida.timeline_home()]
    jon.status_post("@ida hear me now")
    assert ida.notifications(types=["mention"], limit=1)[:1] == [] or \
        "now" not in ida.notifications(types=["mention"], limit=1)[0].status.content
    ida.account_unmute(jons.id)
    assert post.id in [status.id for status in ida.timeline_home()]
    assert ida.account_note_set(jons.id, "from school").note == "from school"
    assert ida.account_block(jons.id).blocking and [account.acct for account in ida.blocks()] == ["jon"]
    with pytest.raises(MastodonNotFoundError):
        jon.status(ida.status_post("not for jon").id)
    assert not ida.account_unblock(jons.id).blocking


def test_people_of_two_communities_find_and_follow_each_other(alfa, beta, ida, kim):
    kims = found(ida, f"kim@{beta.authority}")
    assert kims.acct == f"kim@{beta.authority}"
    ida.account_follow(kims.id)
    until(lambda: ida.account_relationships(kims.id)[0].following, "follow kim")
    post = kim.status_post(f"hello @ida@{alfa.authority}")
    arrived = until(
        lambda: [status for status in ida.timeline_home(limit=5) if status.uri == post.uri], "kim's post at home")[0]
    assert arrived.account.acct == kims.acct and arrived.mentions[0].acct == "ida"
    answer = ida.status_reply(arrived, "hello back")
    until(lambda: [one for one in kim.status_context(post.id).descendants if one.uri == answer.uri], "the answer there")
    ida.status_favourite(arrived.id)
    until(lambda: kim.status(post.id).favourites_count == 1, "the favourite there")


def test_reading_goes_on_where_it_ended(ida):
    assert set(ida.markers_get(["home", "notifications"])) == {"home", "notifications"}
    assert ida.markers_set(["notifications"], [7])["notifications"].last_read_id == "7"
    ida.markers_set(["notifications"], [3])
    assert ida.markers_get(["notifications"])["notifications"].last_read_id == "7"


def test_mentors_are_found_by_what_they_can(lena, ida):
    mentor = found(ida, "lena")
    fields = {field.name: field.value for field in mentor.fields}
    assert fields["Mentor for"] and [role["name"] for role in mentor.roles] == ["Mentor"]
    assert "lena" in [account.acct for account in ida.directory()]
    assert "lena" in [account.acct for account in ida.suggestions()]
    expertise = fields["Mentor for"].split(", ")[0]
    assert "lena" in [account.acct for account in ida.search_v2(expertise, result_type="accounts").accounts]


def test_a_bad_token_opens_nothing(alfa):
    stranger = Mastodon(
        access_token="A" * 43, api_base_url=f"http://127.0.0.1:{alfa.port}", version_check_mode="none")
    with pytest.raises(MastodonUnauthorizedError):
        stranger.me()


def test_a_list_shows_those_who_are_on_it(ida, jon):
    jons = found(ida, "jon")
    ida.account_follow(jons.id)
    before = jon.status_post("before the list")
    mine = ida.list_create("Mentors of mine", replies_policy="none")
    with pytest.raises(MastodonNotFoundError):
        ida.list_accounts_add(mine.id, [found(ida, "lena").id])
    ida.list_accounts_add(mine.id, [jons.id])
    after = jon.status_post("after it")
    ida.status_post("not on the list")
    assert [status.id for status in ida.timeline_list(mine.id)][:2] == [after.id, before.id]
    assert [account.acct for account in ida.list_accounts(mine.id)] == ["jon"]
    assert [one.title for one in ida.account_lists(jons.id)] == ["Mentors of mine"]
    assert ida.list_update(mine.id, "Others").title == "Others"
    with pytest.raises(MastodonNotFoundError):
        jon.list(mine.id)
    ida.list_accounts_delete(mine.id, [jons.id])
    assert ida.timeline_list(mine.id) == []
    ida.list_delete(mine.id)
    assert ida.lists() == []


def test_a_followed_tag_brings_posts_home(ida, jon):
    ida.account_unfollow(found(ida, "jon").id)
    assert ida.tag_follow("Gardening").following
    post = jon.status_post("about #gardening")
    assert post.id in [status.id for status in ida.timeline_home()]
    assert [tag.name for tag in ida.followed_tags()] == ["gardening"]
    assert not ida.tag_unfollow("gardening").following and ida.followed_tags() == []


def test_a_profile_is_changed_where_clients_change_it(alfa, ida, kim):
    there = found(kim, f"ida@{alfa.authority}")
    kim.account_follow(there.id)
    until(lambda: kim.account_relationships(there.id)[0].following, "follow ida")
    changed = ida.account_update_credentials(
        display_name="Ida B.", note="I like #bees", fields=[("Site", "https://ida.example"), ("Pronouns", "she")],
        locked=False, discoverable=True)
    assert (changed.display_name, changed.source.note) == ("Ida B.", "I like #bees")
    assert [(field.name, field.value) for field in changed.source.fields] == [
        ("Site", "https://ida.example"), ("Pronouns", "she")]
    assert '<a href="https://ida.example"' in changed.fields[0].value
    until(lambda: kim.account(there.id).display_name == "Ida B.", "the new name elsewhere")


def test_somebody_is_reported_to_the_moderators(alfa, ida, jon):
    post = jon.status_post("rude")
    report = ida.report(jon.me().id, status_ids=[post.id], comment="Please look", forward=False)
    assert report.comment == "Please look" and report.target_account.acct == "jon" and not report.action_taken
    assert "Please look" in alfa.command("report", "list")


def test_filters_mark_what_others_write(ida, jon):
    filter = ida.create_filter_v2(
        "Spiders", ["home", "public"], "warn", keywords_attributes=[{"keyword": "spider", "whole_word": True}])
    assert [(word.keyword, word.whole_word) for word in filter.keywords] == [("spider", True)]
    post = jon.status_post("A Spider in the bath", visibility="unlisted")
    found, = ida.status(post.id).filtered
    assert (found.filter.title, found.filter.filter_action, found.keyword_matches) == ("Spiders", "warn", ["spider"])
    assert jon.status(post.id).filtered == []
    assert ida.status(jon.status_post("spiderman", visibility="unlisted").id).filtered == []
    word = ida.add_filter_keyword_v2(filter.id, "man")
    assert [word.keyword for word in ida.filter_v2(filter.id).keywords] == ["spider", "man"]
    ida.delete_filter_keyword_v2(word.id)
    named = jon.status_post("harmless", visibility="unlisted")
    ida.add_filter_status_v2(filter.id, named.id)
    assert ida.status(named.id).filtered[0].status_matches == [named.id]
    changed = ida.update_filter_v2(filter.id, title="Animals", filter_action="hide", expires_in=600)
    assert (changed.title, changed.filter_action, changed.expires_at is None) == ("Animals", "hide", False)
    assert [(old.phrase, old.irreversible) for old in ida.filters()] == [("spider", True)]
    ida.delete_filter_v2(filter.id)
    assert ida.filters_v2() == [] and ida.status(post.id).filtered == []
    with pytest.raises(MastodonNotFoundError):
        jon.filter_v2(filter.id)


def test_filters_of_the_first_version_are_the_same_filters(ida):
    old = ida.filter_create("weather", ["home"], whole_word=False)
    assert [new.title for new in ida.filters_v2()] == ["weather"]
    assert ida.filter_update(old.id, phrase="rain").phrase == "rain"
    with pytest.raises(MastodonAPIError, match="phrase"):
        ida.filter_create(" ", ["home"])
    ida.filter_delete(old.id)
    assert ida.filters_v2() == []


def test_a_post_waits_for_its_time(alfa, ida, jon):
    due = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(hours=2)
    waiting = ida.status_post("@jon later", visibility="direct", scheduled_at=due, idempotency_key="later")
    assert (waiting.scheduled_at, waiting.params.text, waiting.params.visibility) == (due, "@jon later", "direct")
    assert ida.status_post("@jon later", scheduled_at=due, idempotency_key="later").id == waiting.id
    assert [one.id for one in ida.scheduled_statuses()] == [waiting.id] and jon.scheduled_statuses() == []
    with pytest.raises(MastodonNotFoundError):
        jon.scheduled_status(waiting.id)
    moved = ida.scheduled_status_update(waiting.id, due + timedelta(hours=1))
    assert ida.scheduled_status(waiting.id).scheduled_at == moved.scheduled_at == due + timedelta(hours=1)
    with pytest.raises(MastodonAPIError, match="scheduled_at"):
        ida.status_post("too soon", scheduled_at=datetime.now(timezone.utc) + timedelta(seconds=60))
    alfa.come_due(waiting.id)
    post = until(
        lambda: [one for one in jon.notifications(types=["mention"]) if "later" in one.status.content], "the post")[0]
    assert (post.status.visibility, post.account.acct) == ("direct", "ida")
    assert ida.scheduled_statuses() == []
    other = ida.status_post("never", scheduled_at=due)
    ida.scheduled_status_delete(other.id)
    assert ida.scheduled_statuses() == []


def test_a_post_that_cannot_be_published_is_left_to_its_author(alfa, ida, jon):
    question = jon.status_post("any thoughts?")
    waiting = ida.status_post(
        "yes", in_reply_to_id=question.id, scheduled_at=datetime.now(timezone.utc) + timedelta(hours=2))
    jon.status_delete(question.id)
    alfa.come_due(waiting.id)
    until(lambda: not alfa.sql(f"select 1 from jobs where payload->>'post' = '{waiting.id}'"), "the attempt")
    assert [one.id for one in ida.scheduled_statuses()] == [waiting.id]
    assert "yes" not in ida.account_statuses(ida.me().id, limit=1)[0].content
    ida.scheduled_status_delete(waiting.id)


def test_a_post_is_found_by_each_of_its_addresses(ida, kim):
    post = ida.status_post("find me")
    assert post.url != post.uri
    for address in (post.url, post.uri):
        assert [one.id for one in ida.search_v2(address).statuses] == [post.id]
        assert [one.uri for one in kim.search_v2(address, resolve=True).statuses] == [post.uri]


def test_a_domain_can_be_left_alone(beta, ida, kim):
    kims = found(ida, f"kim@{beta.authority}")
    ida.account_follow(kims.id)
    until(lambda: ida.account_relationships(kims.id)[0].following, "follow kim")
    ida.domain_block(beta.authority)
    assert ida.domain_blocks() == [beta.authority]
    relation = ida.account_relationships(kims.id)[0]
    assert relation.domain_blocking and not relation.following
    ida.domain_unblock(beta.authority)
    assert ida.domain_blocks() == [] and not ida.account_relationships(kims.id)[0].domain_blocking
    with pytest.raises(MastodonAPIError, match="domain"):
        ida.domain_block("not a domain")


def test_hashtags_stand_on_the_profile(ida, jon):
    jon.status_post("#baking and #bread")
    jon.status_post("more #bread")
    assert [tag.name for tag in jon.featured_tag_suggestions()][0] == "bread"
    tag = jon.featured_tag_create("#Bread")
    assert (tag.name, str(tag.statuses_count), tag.last_status_at is None) == ("bread", "2", False)
    assert [shown.name for shown in ida.account_featured_tags(jon.me().id)] == ["bread"]
    assert "bread" not in [other.name for other in jon.featured_tag_suggestions()]
    jon.featured_tag_delete(tag.id)
    assert jon.featured_tags() == []
    with pytest.raises(MastodonAPIError, match="name"):
        jon.featured_tag_create("two words")
