"""Servers of other makes: how they look, what they say, how they sign, and what they demand."""

import pytest

from .friendica import Friendica
from .gotosocial import GoToSocial
from .hubzilla import Hubzilla
from .lemmy import Lemmy
from .mastodon import Mastodon
from .misskey import Misskey
from .mobilizon import Mobilizon
from .pleroma import Pleroma

ALL = [Mastodon, GoToSocial, Misskey, Pleroma, Friendica, Hubzilla, Mobilizon, Lemmy]


def speaking(*features):
    """The dialects that can do all of these things."""
    return [dialect for dialect in ALL if {*features} <= dialect.features]


def each(*features):
    """Runs a test once for every dialect that can do all of these things."""
    return pytest.mark.parametrize("peer", speaking(*features), indirect=True, ids=lambda dialect: dialect.__name__)
