/// Events in the shapes in which other servers publish them, none of which knows the mentoring terms.
enum PeerEvents {
    static let mobilizon = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://litepub.social/context.jsonld",
        {"mz":"https://joinmobilizon.org/ns#","ical":"http://www.w3.org/2002/12/cal/ical#","joinMode":{"@id":"mz:joinMode"}}],
        "id":"https://mz.example/events/3f0b8a4e-2a47-4d9e-8f1b-b8f0d7f1aa07","type":"Event","actor":"https://mz.example/@ana",
        "attributedTo":"https://mz.example/@circle","name":"CV evening","content":"<p>Bring your <em>CV</em>.</p>",
        "mediaType":"text/html","startTime":"2026-09-08T18:00:00+02:00","endTime":"2026-09-08T20:00:00+02:00",
        "timezone":"Europe/Paris","location":{"type":"Place","id":"https://mz.example/address/1","name":"Library",
        "address":{"type":"PostalAddress","streetAddress":"1 rue","addressLocality":"Lyon"},"latitude":45.7,"longitude":4.8},
        "attachment":[{"type":"Document","mediaType":"image/jpeg","url":"https://mz.example/media/1.jpg"}],"tag":[],
        "category":"MEETING","commentsEnabled":true,"draft":false,"ical:status":"CONFIRMED","joinMode":"free",
        "maximumAttendeeCapacity":0,"participantCount":1,"isOnline":false,"onlineAddress":null,
        "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://mz.example/@circle/followers"],
        "published":"2026-08-01T10:00:00Z","updated":"2026-08-02T10:00:00Z","uuid":"3f0b8a4e-2a47-4d9e-8f1b-b8f0d7f1aa07",
        "url":"https://mz.example/events/3f0b8a4e-2a47-4d9e-8f1b-b8f0d7f1aa07"}
        """#

    static let friendica = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"dfrn":"http://purl.org/macgirvin/dfrn/1.0/"}],
        "id":"https://f.example/objects/f5d8fbd2","diaspora:guid":"f5d8fbd2","context":"https://f.example/objects/f5d8fbd2#context",
        "inReplyTo":null,"type":"Event","published":"2026-08-01T10:00:00Z","url":"https://f.example/display/f5d8fbd2",
        "attributedTo":"https://f.example/profile/ana","sensitive":false,"name":"Walk","content":"Bring shoes<br>and water",
        "startTime":"2026-09-08T16:00:00+00:00","endTime":"2026-09-08T17:00:00+00:00",
        "location":{"type":"Place","name":"By the lake"},"dfrn:adjust":true,"attachment":[],"tag":[],
        "generator":{"type":"Application","name":"Friendica"},"to":["https://f.example/profile/ben"],"cc":[]}
        """#

    /// Sent without an end.
    static let gancio = #"""
        {"@context":["https://www.w3.org/ns/activitystreams"],"type":"Event","id":"https://g.example/federation/m/1",
        "name":"Open day","url":"https://g.example/event/open-day","startTime":"2026-09-08T16:00:00.000Z",
        "location":{"type":"Place","name":"Square","address":"Main square"},"attachment":[],"tag":[],
        "published":"2026-08-01T10:00:00.000Z","attributedTo":"https://g.example/federation/u/relay",
        "to":"https://www.w3.org/ns/activitystreams#Public","cc":["https://g.example/federation/u/relay/followers"],
        "content":"","summary":"Open day"}
        """#
}
