"""The routes of the Mastodon API as the sources declare them: method, path, who may call."""

import pathlib
import re

SOURCES = pathlib.Path(__file__).parents[2] / "Sources" / "MastodonAPI"
TEXT = r'"((?:[^"\\]|\\.)*)"'
NAME = re.compile(r"\b(?:let|var) (\w+)(?:: String)? (?:=|\{) " + TEXT)
PLACE = re.compile(r"\\\((?:Self\.)?(\w+)\)")
ROUTE = re.compile(r"\bRoute\(\s*\.(\w+),\s*(?:" + TEXT + r"|(\w+)),\s*access: \.(token|reader)\(\.(\w+)\)")
# What three groups of routes call a route of theirs.
SHORT = re.compile(r"\b(change|list|action)\(\s*" + TEXT + r",\s*\.(\w+)")
SHORTS = {"change": ("POST", ""), "list": ("GET", ""), "action": ("POST", "/api/v1/statuses/{id}/")}
EMPTY = re.compile(r"\(" + TEXT + r", \.(read\w*)\)")


def spelled(scope):
    """`readAccounts` as tokens have it: `read:accounts`."""
    return re.sub(r"^(read|write)([A-Z])", lambda match: f"{match[1]}:{match[2].lower()}", scope)


def resolved(text, source, position):
    """The text with the names in it replaced by what they last stood for before a position."""
    names = {}
    for match in NAME.finditer(source):
        if match.start() < position or match[1] not in names:
            names[match[1]] = match[2]
    while PLACE.search(text):
        text = PLACE.sub(lambda match: names[match[1]], text)
    return text


def declared():
    """Routes that ask for a token, or look at one: by method and path, `token` or `reader` and the scope."""
    routes = {}

    def add(method, path, access, scope):
        assert (method, path) not in routes, f"{method} {path} is declared twice"
        routes[method, path] = (access, spelled(scope))

    for file in sorted(SOURCES.rglob("*.swift")):
        source = file.read_text()
        for match in ROUTE.finditer(source):
            method, text, name, access, scope = match.groups()
            path = resolved(text if name is None else rf"\({name})", source, match.start())
            add(method.upper(), path, access, scope)
        if file.name in ("RelationRoutes.swift", "StatusActionRoutes.swift"):
            for helper, text, scope in SHORT.findall(source):
                method, start = SHORTS[helper]
                add(method, start + resolved(text, source, len(source)), "token", scope)
        if file.name == "EmptyListRoutes.swift":
            for text, scope in EMPTY.findall(source):
                add("GET", f"/api/v1/{text}", "token", scope)
    return routes
