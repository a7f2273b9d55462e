"""The JSON-LD contexts that documents refer to, as far as ours use them: nothing is fetched.

Terms of ActivityStreams are as its vocabulary defines them (https://www.w3.org/TR/activitystreams-vocabulary/), those of
the security vocabulary as every server of the fediverse has them.
"""

from contracts import MENTORING_CONTEXT

AS = "https://www.w3.org/ns/activitystreams"
SECURITY = "https://w3id.org/security/v1"
MENTORING = "https://w3id.org/mentoring/mentoring.jsonld"
LDP = "http://www.w3.org/ns/ldp#"

CLASSES = """
    Accept Add Announce Application Article Audio Block Collection CollectionPage Create Delete Document Event Flag Follow
    Group Image Invite Leave Like Link Mention Move Note Offer OrderedCollection OrderedCollectionPage Organization Page
    Person Place Question Reject Remove Service TentativeAccept Tombstone Undo Update Video
"""
ADDRESSES = """
    actor anyOf attachment attributedTo audience cc context current endpoints first following followers formerType
    generator href icon image inReplyTo instrument items last liked likes location next object oneOf origin outbox partOf
    preview prev relationship replies result sharedInbox shares streams tag target to bto bcc url
"""
TEXTS = "content mediaType name preferredUsername summary units rel"
TIMES = "deleted endTime published startTime updated closed"
COUNTS = "height width totalItems startIndex"


def activity_streams():
    terms = {"@vocab": "_:", "as": AS + "#", "xsd": "http://www.w3.org/2001/XMLSchema#", "ldp": LDP, "id": "@id", "type": "@type"}
    terms |= {name: f"as:{name}" for name in CLASSES.split() + TEXTS.split()}
    terms |= {name: {"@id": f"as:{name}", "@type": "@id"} for name in ADDRESSES.split()}
    terms |= {name: {"@id": f"as:{name}", "@type": "xsd:dateTime"} for name in TIMES.split()}
    terms |= {name: {"@id": f"as:{name}", "@type": "xsd:nonNegativeInteger"} for name in COUNTS.split()}
    terms |= {
        "duration": {"@id": "as:duration", "@type": "xsd:duration"}, "inbox": {"@id": "ldp:inbox", "@type": "@id"},
        "formerType": {"@id": "as:formerType", "@type": "@vocab"},
        "orderedItems": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "contentMap": {"@id": "as:content", "@container": "@language"},
        "Public": {"@id": "as:Public", "@type": "@id"},
    }
    return terms


def security():
    sec = "https://w3id.org/security#"
    return {
        "id": "@id", "type": "@type", "sec": sec, "owner": {"@id": sec + "owner", "@type": "@id"},
        "publicKey": {"@id": sec + "publicKey", "@type": "@id"}, "publicKeyPem": sec + "publicKeyPem",
    }


DOCUMENTS = {AS: activity_streams(), SECURITY: security(), MENTORING: MENTORING_CONTEXT}


def load(url, _options=None):
    """For PyLD: knows these contexts, and fails for every other."""
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": DOCUMENTS[url]}}
