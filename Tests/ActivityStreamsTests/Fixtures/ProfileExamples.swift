/// Examples of the federation profile, verbatim.
enum ProfileExamples {
    /// 6.2, an actor with a mentor profile.
    static let mentor = #"""
        {
          "@context": [
            "https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1",
            {
              "mnt": "https://mentoring.example/ns#", "toot": "http://joinmastodon.org/ns#", "schema": "http://schema.org#",
              "PropertyValue": "schema:PropertyValue", "value": "schema:value", "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
              "discoverable": "toot:discoverable", "indexable": "toot:indexable", "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
              "Hashtag": "as:Hashtag", "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
              "implements": {"@id": "https://w3id.org/fep/844e/implements", "@type": "@id", "@container": "@list"}, "sec": "https://w3id.org/security#",
              "assertionMethod": {"@id": "sec:assertionMethod", "@type": "@id", "@container": "@set"}, "Multikey": "sec:Multikey",
              "controller": {"@id": "sec:controller", "@type": "@id"}, "publicKeyMultibase": "sec:publicKeyMultibase"
            }
          ],
          "id": "https://b.example/users/noor", "type": "Person", "preferredUsername": "noor", "webfinger": "noor@b.example", "name": "Noor",
          "summary": "<p>Mentor for data careers.</p>", "url": "https://b.example/@noor", "inbox": "https://b.example/users/noor/inbox",
          "outbox": "https://b.example/users/noor/outbox", "followers": "https://b.example/users/noor/followers",
          "following": "https://b.example/users/noor/following", "endpoints": {"sharedInbox": "https://b.example/inbox"}, "manuallyApprovesFollowers": true,
          "discoverable": true, "indexable": false, "published": "2026-01-05T00:00:00Z",
          "publicKey": {
            "id": "https://b.example/users/noor#main-key", "owner": "https://b.example/users/noor",
            "publicKeyPem": "-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----\n"
          },
          "assertionMethod": [
            {
              "id": "https://b.example/users/noor#ed25519-key", "type": "Multikey", "controller": "https://b.example/users/noor",
              "publicKeyMultibase": "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
            }
          ],
          "generator": {
            "type": "Application",
            "implements": [
              {"href": "https://mentoring.example/ns#v1", "name": "Mentoring sessions"},
              {"href": "https://datatracker.ietf.org/doc/html/rfc9421", "name": "RFC-9421: HTTP Message Signatures"}
            ]
          },
          "tag": [{"type": "Hashtag", "name": "#sql", "href": "https://b.example/tags/sql"}],
          "attachment": [
            {"type": "PropertyValue", "name": "Mentoring", "value": "SQL, data careers (de, en, tr)"},
            {"type": "PropertyValue", "name": "Rate", "value": "free"}
          ],
          "mnt:mentorStatus": "open", "mnt:expertise": ["sql", "data careers"], "mnt:languages": ["de", "en", "tr"], "mnt:terms": {"mnt:kind": "free"},
          "mnt:acceptsRequestsFrom": "anyone", "mnt:availability": "https://b.example/users/noor/availability"
        }
        """#

    /// 6.3, a session request.
    static let invite = #"""
        {
          "@context": [
            "https://www.w3.org/ns/activitystreams",
            {
              "mnt": "https://mentoring.example/ns#", "fep8a8e": "https://w3id.org/fep/8a8e/", "timezone": "fep8a8e:timezone", "joinMode": "fep8a8e:joinMode",
              "eventStatus": {"@id": "fep8a8e:eventStatus", "@type": "@vocab"}, "EventTentative": "fep8a8e:EventTentative",
              "organizers": "fep8a8e:organizers", "status": "http://www.w3.org/2002/12/cal/ical#status",
              "VirtualLocation": "https://schema.org/VirtualLocation", "maximumAttendeeCapacity": "https://schema.org/maximumAttendeeCapacity"
            }
          ],
          "id": "https://a.example/activities/6f1c0c1e-3c1b-4d7e-9a55-0f6f3f1f9b10", "type": "Invite", "actor": "https://a.example/users/mika",
          "target": "https://b.example/users/noor", "to": ["https://b.example/users/noor"], "cc": [], "published": "2026-09-01T09:00:00Z", "mnt:revision": 0,
          "object": {
            "id": "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11", "type": "Event", "attributedTo": "https://a.example/users/mika",
            "actor": "https://a.example/users/mika", "name": "Mentoring session", "summary": "Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin), online",
            "content": "<p>Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin), online.</p><p>I would like feedback on my portfolio.</p>", "mediaType": "text/html",
            "startTime": "2026-09-08T16:00:00Z", "endTime": "2026-09-08T16:45:00Z", "duration": "PT45M", "timezone": "Europe/Berlin",
            "location": {"type": "VirtualLocation", "name": "Video call", "url": "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11/room"},
            "status": "TENTATIVE", "eventStatus": "EventTentative", "organizers": null, "joinMode": "invite", "maximumAttendeeCapacity": 2,
            "to": ["https://b.example/users/noor"], "cc": [], "published": "2026-09-01T09:00:00Z",
            "url": "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11",
            "context": "https://a.example/mentorships/91a2f1d0-7d0e-4a52-b3a6-5e0d8a0f7c77", "mnt:revision": 0, "mnt:sessionType": "one-on-one",
            "mnt:state": "requested", "mnt:expiresAt": "2026-09-05T09:00:00Z", "mnt:terms": {"mnt:kind": "free"}
          }
        }
        """#

    /// 6.4, its acceptance.
    static let accept = #"""
        {
          "@context": ["https://www.w3.org/ns/activitystreams", {"mnt": "https://mentoring.example/ns#"}],
          "id": "https://b.example/activities/2d2f7a54-52c1-4fd9-8d68-7c3c0f6b9a01", "type": "Accept", "actor": "https://b.example/users/noor",
          "to": ["https://a.example/users/mika"], "cc": [], "published": "2026-09-01T12:00:00Z", "mnt:revision": 0, "content": "<p>Happy to help.</p>",
          "object": {
            "id": "https://a.example/activities/6f1c0c1e-3c1b-4d7e-9a55-0f6f3f1f9b10", "type": "Invite", "actor": "https://a.example/users/mika",
            "target": "https://b.example/users/noor", "object": "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11"
          }
        }
        """#
}
