"""People whom one file of tests needs, as fixtures."""

import pytest

from community import Community


def newcomer(name, community="alfa", program=Community.mastodon):
    """A fixture of this name: somebody opens an account, and has a program; with nothing else said Mastodon.py."""
    @pytest.fixture(scope="module", name=name)
    def newcomer(request):
        home = request.getfixturevalue(community)
        home.open_account(name)
        return program(home, name)

    return newcomer
