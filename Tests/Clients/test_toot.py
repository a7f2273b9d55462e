"""A program that others wrote, toot, at the command line of people of one community, over TLS."""

import json
import os
import pathlib
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

import entities
from browser import Browser
from community import text_of
from people import Person, mentor
from waiting import Times, until, written

PASSWORD = "a long enough password"
PICTURE = pathlib.Path(__file__).parents[1] / "Shared" / "pictures" / "turned.jpg"


class Toot:
    """The command line of one person, with settings of its own."""

    def __init__(self, folder, community, username):
        self.community = community
        self.username = username
        # Nothing of the machine's own settings reaches it: no proxy, no browser.
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "XDG_CONFIG_HOME": os.path.join(folder, username),
            "REQUESTS_CA_BUNDLE": community.authorities, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8",
            "LINES": "50", "COLUMNS": "200"}

    def start(self, *words):
        return subprocess.Popen(
            [sys.executable, "-m", "toot", *words], env=self.environment, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def fails(self, *words):
        """What a command says that does not succeed; it must be words for people, and no crash."""
        process = self.start(*words)
        said, complaint = process.communicate(timeout=60)
        assert process.returncode == 1, f"{words}: {said}"
        assert "Traceback" not in complaint, complaint
        return complaint

    def __call__(self, *words):
        """What a command says."""
        process = self.start(*words)
        said, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, f"{words}: {said}{complaint}"
        return said

    def json(self, *words):
        return json.loads(self(*words, "--json"))

    def post(self, *words):
        return self.json("post", *words)

    def log_in(self):
        """Opens the address that toot names, agrees there, and types the code of the page."""
        process = self.start("login", "-i", self.community.origin)
        address = next(line.strip() for line in process.stdout if "/oauth/authorize" in line)
        browser = Browser(self.community)
        assert browser.open(address) is None
        browser.sign_in(self.username, PASSWORD)
        assert browser.send(decision="allow") is None
        said, complaint = process.communicate(f"n\n{browser.code()}\n", timeout=60)
        assert process.returncode == 0 and "Successfully logged in" in said, said + complaint
        return self


@pytest.fixture(scope="module", autouse=True)
def people(town):
    for name in ("ada", "ben", "cleo"):
        town.open_account(name)
        town.set_password(name, PASSWORD)


@pytest.fixture(scope="module")
def ada(place, town):
    return Toot(place, town, "ada").log_in()


@pytest.fixture(scope="module")
def ben(place, town):
    return Toot(place, town, "ben").log_in()


@pytest.fixture(scope="module")
def cleo(place, town):
    return Toot(place, town, "cleo").log_in()


@pytest.fixture(scope="module")
def ruth(hall):
    """Of another community."""
    return hall.open_account("ruth")


@pytest.fixture
def ada_follows_ben(ada, ben):
    ada("follow", "ben")
    yield
    ada("unfollow", "ben")


def ids(posts):
    return [post["id"] for post in posts]


def names(accounts):
    return [account["acct"] for account in accounts]


def test_the_server_introduces_itself(town, ada):
    said = ada("instance", town.origin)
    assert "Town" in said and town.authority in said
    assert ada.json("instance", town.origin)["uri"] == town.authority
    assert f"ada@{town.authority}" in ada("auth")


def test_an_app_learns_its_person_and_nothing_of_their_password(town, ada):
    me = ada.json("whoami")
    entities.credential_account(me, "whoami")
    assert me["acct"] == "ada"
    assert "@ada" in ada("whoami") and "Joined" not in ada.fails("whois", "nobody")
    config = pathlib.Path(ada.environment["XDG_CONFIG_HOME"], "toot", "config.json").read_text()
    assert PASSWORD not in config and json.loads(config)["active_user"] == f"ada@{town.authority}"


def test_a_password_is_no_way_in_for_programs(town, place):
    stranger = Toot(place, town, "stranger")
    assert "Login failed" in stranger.fails("login_cli", "-i", town.origin, "-e", "ada@school.example", "-p", PASSWORD)


def test_a_wrong_code_is_no_way_in(town, place):
    process = Toot(place, town, "stranger").start("login", "-i", town.origin)
    said, complaint = process.communicate(f"n\n{'A' * 43}\n", timeout=60)
    assert process.returncode == 1 and "Login failed" in complaint and "Traceback" not in complaint


def test_people_of_both_communities_are_found(ada, ruth):
    assert "@ben" in ada("whois", "ben")
    assert ada.json("whois", ruth.handle)["url"].startswith("http")
    assert names(ada.json("search", "-r", "-t", "accounts", ruth.handle)["accounts"]) == [ruth.handle]
    ada.post("about #gardens")
    assert ada.json("search", "#gardens")["hashtags"][0]["name"] == "gardens"
    assert "gardens" in ada("search", "#gardens") and "ruth" in ada("search", ruth.handle)


def test_somebody_elsewhere_is_followed_and_read(ada, hall, ruth):
    relation = ada.json("follow", ruth.handle)
    entities.relationship(relation, "follow")
    until(lambda: ruth.handle in names(ada.json("following")), "follow of ruth")
    there = hall.mastodon("ruth")
    noted = there.status_post("from elsewhere")
    arrived = until(lambda: [post for post in ada.json("timelines", "home") if post["uri"] == noted.uri], "post")[0]
    assert arrived["account"]["acct"] == ruth.handle
    assert noted.uri in json.dumps(ada.json("timelines", "account", ruth.handle))
    assert not ada.json("unfollow", ruth.handle)["following"]
    until(lambda: there.account_followers(there.me().id) == [], "end of the follow")


def test_a_locked_account_decides(ada, ben, cleo):
    ben("update-account", "--locked")
    try:
        assert ada.json("follow", "ben")["requested"]
        assert cleo.json("follow", "ben")["requested"]
        assert {notification["type"] for notification in ben.json("notifications")} >= {"follow_request"}
        assert sorted(names(ben.json("follow-requests", "list"))) == ["ada", "cleo"]
        assert "ada" in ben("follow-requests", "list")
        assert ben.json("follow-requests", "accept", "ada")["followed_by"]
        ben("follow-requests", "reject", "cleo")
        assert ben.json("follow-requests", "list") == []
        assert names(ben.json("followers")) == ["ada"] and names(ada.json("following")) == ["ben"]
    finally:
        ben("update-account", "--no-locked")
        ada("unfollow", "ben")
        cleo("unfollow", "ben")


def test_home_is_paged_and_ends(ada, ben, ada_follows_ben):
    posted = [ben.post(f"page {number}")["id"] for number in range(5)]
    first = ada.json("timelines", "home", "--no-pager", "--no-clear", "-l", "2")
    assert ids(first) == posted[:-3:-1]
    second = ada.json("timelines", "home", "--no-pager", "--no-clear", "-l", "2", "--max-id", posted[3])
    assert ids(second) == posted[2:0:-1]
    assert ids(ada.json("timelines", "home", "-l", "2", "--min-id", posted[0])) == posted[2:0:-1]
    assert ada.json("timelines", "home", "--max-id", "1") == []
    assert "page 4" in ada("timelines", "home", "--no-pager", "--no-clear")
    assert "page 4" in ada("timeline", "-1")


def test_followed_people_are_listed_to_the_last_page(town, ada):
    client = town.mastodon("ada")
    names_of_many = {f"many_{number}" for number in range(45)}
    for name in names_of_many:
        town.command("account", "create", name, "--name", name, "--email", f"{name}@school.example")
        client.account_follow(client.account_lookup(name).id)
    listed = names(ada.json("following", "ada"))
    assert len(listed) == 45 and set(listed) == names_of_many
    for account in client.fetch_remaining(client.account_following(client.me().id)):
        client.account_unfollow(account.id)
    assert ada.json("following", "ada") == []


def test_a_thread_is_written_read_and_deleted(town, ada, ben):
    post = ada.post("hello")
    entities.status(post, "post")
    assert ada("post", "said plainly").startswith(f"Toot posted: {town.origin}/@ada/")
    answer = ben.post("-r", post["id"], "@ada reply")
    assert answer["in_reply_to_id"] == post["id"]
    thread = ada.json("thread", post["id"])
    entities.context(thread, "thread")
    assert ids(thread["descendants"]) == [answer["id"]]
    said = ada("thread", answer["id"])
    assert "hello" in said and "reply" in said and "reply" in ada("status", answer["id"])
    assert "deleted" in ada("delete", post["id"])
    assert "not found" in ada.fails("status", post["id"])
    assert ada.json("thread", answer["id"])["ancestors"] == []
    assert "not" in ada.fails("delete", answer["id"])


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private", "direct"])
def test_a_post_is_seen_by_whom_it_is_for(ada, ben, visibility):
    post = ada.post("-v", visibility, "-p", "a warning", "-l", "de", "Für wen?")
    assert (post["visibility"], post["spoiler_text"], post["language"]) == (visibility, "a warning", "de")
    assert post["sensitive"]
    listed = ids(ben.json("timelines", "public", "--local"))
    assert (post["id"] in listed) == (visibility == "public")
    if visibility in ("public", "unlisted"):
        assert "Für wen?" in ben("status", post["id"])
    else:
        assert "not found" in ben.fails("status", post["id"])


def test_direct_posts_go_back_and_forth(ada, ben, cleo):
    post = ada.post("-v", "direct", "@ben hi")
    told = ben.json("notifications", "-t", "mention")[0]
    entities.notification(told, "notification")
    assert told["status"]["id"] == post["id"] and "hi" in ben("notifications")
    answer = ben.post("-v", "direct", "-r", post["id"], "@ada hi yourself")
    assert answer["visibility"] == "direct"
    assert ids(ada.json("thread", post["id"])["descendants"]) == [answer["id"]]
    assert "not found" in cleo.fails("thread", post["id"])
    assert ben.json("notifications", "-e", "mention", "-e", "follow", "-e", "follow_request") == []


def test_a_poll_is_asked_and_answered(ada, ben):
    post = ada.post("--poll-option", "yes", "--poll-option", "no", "--poll-expires-in", "1h", "slot?")
    assert [option["title"] for option in post["poll"]["options"]] == ["yes", "no"] and not post["poll"]["multiple"]
    poll = ben.json("polls", "vote", post["poll"]["id"], "1")
    entities.poll(poll, "poll")
    assert poll["voted"] and poll["own_votes"] == [1]
    assert [option["votes_count"] for option in ada.json("polls", "show", post["poll"]["id"])["options"]] == [0, 1]
    assert "1 vote" in ada("polls", "show", post["poll"]["id"])
    ben.fails("polls", "vote", post["poll"]["id"], "0")
    assert "slot?" in ben("status", post["id"])


def test_a_picture_is_shown_with_its_description(town, ada):
    post = ada.post("-m", str(PICTURE), "-d", "A hill", "-s", "pic")
    media, = post["media_attachments"]
    assert (media["type"], media["description"], post["sensitive"]) == ("image", "A hill", True)
    shown = town.request("GET", urlsplit(media["url"]).path)
    assert shown.status_code == 200 and shown.headers["Content-Type"].startswith("image/")
    loose = ada.json("upload", str(PICTURE), "-d", "Loose")
    entities.media(loose, "upload")
    assert media["url"] in ada("status", post["id"])
    assert post["id"] in ids(ada.json("timelines", "public", "--only-media"))


def test_a_post_for_later_is_not_published_at_once(ada):
    assert "Toot scheduled for" in ada("post", "--scheduled-in", "10m", "later than now")
    assert "later than now" not in [
        text_of(post["content"]) for post in ada.json("timelines", "account", "ada")]


def test_what_readers_do_with_a_post(ada, ben):
    post = ada.post("like me")["id"]
    assert ben.json("favourite", post)["favourited"]
    assert ids(ben.json("timelines", "favourites")) == [post]
    assert not ben.json("unfavourite", post)["favourited"] and ben.json("timelines", "favourites") == []
    assert ben.json("reblog", post)["reblog"]["id"] == post
    assert "ben" in ada("reblogged-by", post)
    assert not ben.json("unreblog", post)["reblogged"]
    assert ben.json("bookmark", post)["bookmarked"]
    assert "like me" in ben("bookmarks", "-1")
    assert not ben.json("unbookmark", post)["bookmarked"]
    assert "like me" not in ben("bookmarks", "-1")
    assert ada.json("pin", post)["pinned"] and not ada.json("unpin", post)["pinned"]
    ben.fails("pin", post)


def test_lists_are_made_filled_and_emptied(ada, ben, ada_follows_ben):
    assert ada("lists", "list") == "You have no lists defined.\n"
    assert ada.json("lists", "create", "Mentors")["title"] == "Mentors"
    try:
        assert "Added" in ada("lists", "add", "Mentors", "ben")
        assert names(ada.json("lists", "accounts", "Mentors")) == ["ben"] and "Mentors" in ada("lists", "list")
        post = ben.post("for the list")["id"]
        assert ids(ada.json("timelines", "list", "Mentors"))[0] == post
        ada("lists", "remove", "Mentors", "ben")
        assert ada.json("lists", "accounts", "Mentors") == []
        assert "follow" in ada.fails("lists", "add", "Mentors", "cleo")
    finally:
        ada("lists", "delete", "Mentors")
    assert ada.json("lists", "list") == []


def test_tags_are_followed_and_featured(ada, ben):
    assert ada.json("tags", "follow", "#Swimming")["following"]
    post = ben.post("about #swimming")["id"]
    assert post in ids(ada.json("timelines", "home"))
    assert [tag["name"] for tag in ada.json("tags", "followed")] == ["swimming"]
    assert ids(ada.json("timelines", "tag", "SWIMMING"))[0] == post
    assert not ada.json("tags", "unfollow", "swimming")["following"]
    assert "not following" in ada("tags", "followed")
    entities.featured_tag(ben.json("tags", "feature", "swimming"), "feature")
    assert "swimming" in ben("tags", "featured")
    ben("tags", "unfeature", "swimming")
    assert ben.json("tags", "featured") == []


def test_a_tag_that_is_searched_for_says_whether_it_is_followed(ada):
    ada.post("about #rowing")
    ada("tags", "follow", "rowing")
    assert "\nFollowed" in ada("tags", "info", "rowing")
    ada("tags", "unfollow", "rowing")
    assert "\nNot followed" in ada("tags", "info", "rowing")


def test_a_tag_is_looked_for_among_others(ada):
    ada.post("about #skating")
    assert "Tag not found" in ada.fails("tags", "info", "skat")


def test_people_are_muted_and_blocked(ada, ben, ada_follows_ben):
    post = ben.post("hear me")["id"]
    assert ada.json("mute", "ben")["muting"] and names(ada.json("muted")) == ["ben"] and "ben" in ada("muted")
    assert post not in ids(ada.json("timelines", "home"))
    assert not ada.json("unmute", "ben")["muting"] and "No accounts muted" in ada("muted")
    assert post in ids(ada.json("timelines", "home"))
    assert ada.json("block", "ben")["blocking"] and names(ada.json("blocked")) == ["ben"] and "ben" in ada("blocked")
    assert "not found" in ben.fails("status", ada.post("not for ben")["id"])
    assert not ada.json("unblock", "ben")["blocking"] and "No accounts blocked" in ada("blocked")


def test_a_profile_is_changed(ada):
    assert "updated" in ada(
        "update-account", "--note", "I like #bees", "--avatar", str(PICTURE), "--privacy", "unlisted")
    try:
        me = ada.json("whoami")
        assert me["source"]["note"] == "I like #bees" and me["source"]["privacy"] == "unlisted"
        assert "/media/" in me["avatar"] and "bees" in ada("whoami")
        post = ada.json("update-account", "--display-name", "Ada L.", "--discoverable")
        assert post["display_name"] == "Ada L." and post["discoverable"]
    finally:
        ada("update-account", "--note", "", "--privacy", "public", "--display-name", "Ada")


def test_all_that_was_told_is_put_away(ada, ben):
    ben.post("@ada look")
    assert "look" in ada("notifications", "-t", "mention")
    assert "cleared" in ada("notifications", "--clear")
    assert ada("notifications") == "You have no notifications\n" and ada.json("notifications") == []


def test_whoever_logs_out_of_one_program_stays_in_the_others(town, ada, place):
    second = Toot(place, town, "ada")
    second.environment["XDG_CONFIG_HOME"] = os.path.join(place, "second")
    second.log_in()
    assert second.json("whoami")["acct"] == "ada"
    assert "logged out" in second("logout", f"ada@{town.authority}")
    assert "to be logged in" in second.fails("whoami") and ada.json("whoami")["acct"] == "ada"


def test_a_session_is_asked_for_and_answered_by_words(town, ben, cleo):
    helper, asker = mentor(Person(town, "ben")), Person(town, "cleo")
    start = written(Times().next())
    cleo.post("--visibility", "direct", f"@ben session {start[:10]} {start[11:16]} UTC 30 in words alone")
    session, = [one for one in asker.ok("GET", "/sessions")["sessions"] if one["topic"] == "in words alone"]

    def told(person, words):
        posts = [told["status"] for told in person.json("notifications", "-t", "mention")]
        return next((post for post in posts if words in text_of(post["content"])), None)

    request = until(lambda: told(ben, "asks you for a session"), "the request")
    assert [option["title"] for option in request["poll"]["options"]] == ["Accept", "Decline", "Another time"]
    ben.post("-r", request["id"], "--visibility", "direct", "accept, gladly")
    assert helper.ok("GET", f"/sessions/{session['id']}")["status"] == "scheduled"
    agreed = until(lambda: told(cleo, "has accepted your request"), "the answer")
    cleo.post("-r", agreed["id"], "--visibility", "direct", "cancel I have fallen ill")
    assert helper.ok("GET", f"/sessions/{session['id']}")["status"] == "cancelled"
