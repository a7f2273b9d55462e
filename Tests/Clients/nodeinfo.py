"""NodeInfo 2.0 and 2.1 as their protocol has them: https://nodeinfo.diaspora.software/protocol and the schemas there.

Written down once more, so that what a server says is held against something that its own contract did not make.
"""

from jsonschema import Draft202012Validator

PROTOCOLS = ["activitypub", "buddycloud", "dfrn", "diaspora", "libertree", "ostatus", "pumpio", "tent", "xmpp", "zot"]
COUNT = {"type": "integer", "minimum": 0}


def closed(required, **properties):
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def schema(version):
    text = {"type": "string"}
    links = {"repository": text, "homepage": text} if version == "2.1" else {}
    services = {"type": "array", "items": text}
    return closed(
        ["version", "software", "protocols", "services", "openRegistrations", "usage", "metadata"],
        version={"const": version},
        software=closed(["name", "version"], name={"type": "string", "pattern": "^[a-z0-9-]+$"}, version=text, **links),
        protocols={"type": "array", "minItems": 1, "items": {"enum": PROTOCOLS}},
        services=closed(["inbound", "outbound"], inbound=services, outbound=services),
        openRegistrations={"type": "boolean"},
        usage=closed(
            ["users"], users=closed([], total=COUNT, activeHalfyear=COUNT, activeMonth=COUNT), localPosts=COUNT,
            localComments=COUNT),
        metadata={"type": "object"})


def faults(document, version):
    return [error.message for error in Draft202012Validator(schema(version)).iter_errors(document)]
