"""Somebody of a community, with a token for both scopes."""

from waiting import until, written

PROFILE = {
    "bio": "I help with SQL & portfolios.", "expertise": ["SQL", "#Data  Careers"], "languages": ["DE", "en", "pt-br"],
    "zone": "Europe/Berlin", "published": True,
    "offers": [
        {"type": "knowledge_transfer", "rate": {"amount": "20", "currency": "EUR", "per": "hour"}},
        {"type": "pana_support"}, {"type": "panamia_planning"},
    ],
}


class Person:
    def __init__(self, community, username):
        self.community = community
        self.username = username
        self.uri = f"{community.origin}/users/{username}"
        self.handle = f"{username}@{community.authority}"
        self.token = community.token(username)

    def __repr__(self):
        return self.handle

    def call(self, method, path, body=None, **options):
        return self.community.api(method, path, body, token=self.token, **options)

    def ok(self, method, path, body=None):
        """Calls the API and gives the JSON of an answer that must be a good one."""
        response = self.call(method, path, body)
        assert response.ok, f"{method} {path}: {response.status_code} {response.text}"
        return response.json()

    def session(self, uri):
        """The session as this person sees it, found by the id of its Event; None while it is not there."""
        listed = self.ok("GET", "/sessions?limit=40")["sessions"]
        found = [session for session in listed if session["uri"] == uri]
        return self.ok("GET", f"/sessions/{found[0]['id']}") if found else None

    def awaits(self, uri, status, **members):
        """Waits until this person sees the session in a state, with these members."""
        wanted = {"status": status, **members}

        def look():
            session = self.session(uri)
            return session if session and all(session[name] == value for name, value in wanted.items()) else None

        return until(look, f"{self} sees {uri} as {wanted}")


def mentor(person, **members):
    person.ok("POST", "/profile", PROFILE | members)
    return person


def agree(mentee, mentor, start):
    """Makes an agreed session of two people: (its address, the mentee's path, the mentor's path)."""
    session = mentee.ok("POST", "/sessions", {
        "mentor": f"@{mentor.handle}", "type": "pana_support", "topic": "My portfolio", "start": written(start),
        "minutes": 30, "zone": "Europe/Berlin"})
    path = f"/sessions/{mentor.awaits(session['uri'], 'pending')['id']}"
    mentor.ok("POST", path + "/respond", {"action": "accept"})
    mentee.awaits(session["uri"], "scheduled")
    return session["uri"], f"/sessions/{session['id']}", path
