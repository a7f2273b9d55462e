"""Blocks and reports, theirs and ours."""

import pytest

from bench.notes import marker
from dialects import each
from waiting import soon


@each("block", "follow")
def test_they_block_us_and_think_again(peer, server, follower, noor, do, my):
    do("follow", follower.handle)
    soon(lambda: my.relation(follower.handle).follows, "a follow")
    block = peer.tell(follower, noor, peer.block(follower, noor))
    server.row_counts()
    relation = my.relation(follower.handle)
    assert relation.is_blocked and not relation.follows and not relation.is_followed
    peer.tell(follower, noor, peer.undo(follower, block))
    soon(lambda: not my.relation(follower.handle).is_blocked, "the end of a block")


@each("block", "follow")
def test_whom_they_block_sends_them_nothing(peer, server, follower, noor, do):
    peer.tell(follower, noor, peer.block(follower, noor))
    server.row_counts()
    start, words = len(peer.requests), marker()
    do("post", words)
    server.row_counts()
    assert not [r for r in peer.asked(start, method="POST") if words.encode() in r.body
        and peer.origin + r.path == follower.inbox]


@each("block", "follow")
def test_whom_we_block_is_no_follower(peer, server, follower, noor, do, my):
    start = len(peer.believed)
    do("block", follower.handle)
    relation = my.relation(follower.handle)
    assert relation.blocks and not relation.is_followed
    reject = peer.heard("Reject", start)
    assert reject["object"]["type"] == "Follow"
    peer.tell(follower, noor, peer.follow(follower, noor))
    server.row_counts()
    assert not my.relation(follower.handle).is_followed and not my.relation(follower.handle).was_asked
    do("unblock", follower.handle)


@pytest.fixture
def reports(server):
    """The open reports, as an operator lists them."""
    return lambda: server.command("report", "list").splitlines()


@each("flag")
def test_they_report_somebody_here(peer, server, noor, do, reports):
    ours = do("post", marker())
    words, before = marker(), len(reports())
    peer.tell(peer.instance, noor, peer.flag(noor, [ours], words))
    server.row_counts()
    assert len(reports()) == before + 1
    report = reports()[0]
    assert words in report and noor.handle in report
    number = report.split("\t")[0]
    if peer.name_of_software != "misskey":
        assert ours in server.command("report", "show", number)
    server.command("report", "resolve", number)


@each("flag", "follow")
def test_we_report_somebody_there(peer, server, followed, noor, do, reports):
    post = peer.note(followed, marker())
    peer.tell(followed, noor, peer.create(followed, post))
    server.row_counts()
    start, words = len(peer.believed), marker()
    do("report", followed.handle, "--post", post["id"], "--comment", words, "--forward")
    flag = peer.heard("Flag", start)
    # Nobody learns who it was.
    assert flag["actor"] == server.origin + "/actor" and noor.uri not in str(flag)
    assert flag["content"] == words and {followed.uri, post["id"]} <= {*flag["object"]}
    assert words in reports()[0]


@each("flag", "follow")
def test_a_report_that_stays_here_stays_here(peer, server, followed, do):
    start = len(peer.requests)
    do("report", followed.handle, "--comment", marker())
    server.row_counts()
    assert peer.asked(start, method="POST") == []
