/// Posts in the shapes in which other servers publish them.
enum PeerPosts {
    static let all: [(name: String, text: String)] = [
        ("Mastodon", mastodon), ("Mastodon poll", mastodonPoll), ("Mastodon quote", mastodonQuote),
        ("Mastodon vote", mastodonVote), ("GoToSocial", goToSocial), ("Misskey", misskey), ("Pleroma", pleroma),
        ("Akkoma poll", akkomaPoll), ("Friendica", friendica), ("Lemmy", lemmy), ("Lemmy comment", lemmyComment),
        ("PeerTube", peerTube), ("Mobilizon", mobilizon), ("WordPress", wordPress), ("Event Bridge", eventBridge),
        ("Gancio", gancio), ("Hubzilla", hubzilla), ("Funkwhale", funkwhale),
    ]

    /// Mastodon 4.3, unlisted, a reply with a picture, a hashtag, an emoji and a content warning.
    static let mastodon = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"ostatus":"http://ostatus.org#","atomUri":"ostatus:atomUri",
        "inReplyToAtomUri":"ostatus:inReplyToAtomUri","conversation":"ostatus:conversation","sensitive":"as:sensitive",
        "toot":"http://joinmastodon.org/ns#","votersCount":"toot:votersCount","blurhash":"toot:blurhash",
        "focalPoint":{"@container":"@list","@id":"toot:focalPoint"},"Hashtag":"as:Hashtag","Emoji":"toot:Emoji"}],
        "id":"https://m.example/users/Tomas/statuses/112123926412043539","type":"Note","summary":"SQL & \"joins\"",
        "inReplyTo":"https://b.example/posts/7","published":"2026-03-19T19:09:01Z","url":"https://m.example/@Tomas/112123926412043539",
        "attributedTo":"https://m.example/users/Tomas","to":["https://m.example/users/Tomas/followers"],
        "cc":["https://www.w3.org/ns/activitystreams#Public","https://b.example/users/noor"],"sensitive":true,
        "atomUri":"https://m.example/users/Tomas/statuses/112123926412043539","inReplyToAtomUri":"https://b.example/posts/7",
        "conversation":"tag:b.example,2026-03-19:objectId=29969291:objectType=Conversation",
        "content":"<p><span class=\"h-card\" translate=\"no\"><a href=\"https://b.example/@noor\" class=\"u-url mention\">@<span>noor</span></a></span> like this? :blob:</p>",
        "contentMap":{"en":"<p><span class=\"h-card\" translate=\"no\"><a href=\"https://b.example/@noor\" class=\"u-url mention\">@<span>noor</span></a></span> like this? :blob:</p>"},
        "updated":"2026-03-19T20:00:00Z",
        "attachment":[{"type":"Document","mediaType":"image/png","url":"https://files.m.example/media/1.png","name":"Two tables,\njoined",
        "blurhash":"UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH","focalPoint":[0.0,-0.52],"width":1200,"height":640}],
        "tag":[{"type":"Mention","href":"https://b.example/users/noor","name":"@noor@b.example"},
        {"type":"Hashtag","href":"https://m.example/tags/sql","name":"#sql"},
        {"id":"https://m.example/emojis/12","type":"Emoji","name":":blob:","updated":"2024-01-01T00:00:00Z",
        "icon":{"type":"Image","mediaType":"image/png","url":"https://files.m.example/emoji/blob.png"}}],
        "replies":{"id":"https://m.example/users/Tomas/statuses/112123926412043539/replies","type":"Collection",
        "first":{"type":"CollectionPage","next":"https://m.example/users/Tomas/statuses/112123926412043539/replies?only_other_accounts=true&page=true",
        "partOf":"https://m.example/users/Tomas/statuses/112123926412043539/replies","items":[]}},
        "likes":{"id":"https://m.example/users/Tomas/statuses/112123926412043539/likes","type":"Collection","totalItems":3},
        "shares":{"id":"https://m.example/users/Tomas/statuses/112123926412043539/shares","type":"Collection","totalItems":0}}
        """#

    static let mastodonPoll = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"toot":"http://joinmastodon.org/ns#","votersCount":"toot:votersCount"}],
        "id":"https://m.example/users/Tomas/statuses/5","type":"Question","summary":null,"inReplyTo":null,
        "published":"2026-03-19T19:09:01Z","url":"https://m.example/@Tomas/5","attributedTo":"https://m.example/users/Tomas",
        "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://m.example/users/Tomas/followers"],"sensitive":false,
        "content":"<p>When?</p>","contentMap":{"en":"<p>When?</p>"},"attachment":[],"tag":[],
        "endTime":"2026-03-26T19:09:01Z","closed":"2026-03-26T19:09:01Z","votersCount":11,
        "anyOf":[{"type":"Note","name":"Tue <3 & Wed","replies":{"type":"Collection","totalItems":9}},
        {"type":"Note","name":"Never","replies":{"type":"Collection","totalItems":2}}]}
        """#

    /// Mastodon 4.5 (FEP-044f).
    static let mastodonQuote = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"quote":{"@id":"https://w3id.org/fep/044f#quote","@type":"@id"},
        "quoteUri":"http://fedibird.com/ns#quoteUri","_misskey_quote":"https://misskey-hub.net/ns#_misskey_quote",
        "gts":"https://gotosocial.org/ns#","interactionPolicy":{"@id":"gts:interactionPolicy","@type":"@id"}}],
        "id":"https://m.example/users/Tomas/statuses/6","type":"Note","published":"2026-03-19T19:09:01Z",
        "attributedTo":"https://m.example/users/Tomas","to":["https://m.example/users/Tomas/followers"],"cc":[],
        "context":"https://m.example/contexts/1-6","quote":"https://b.example/posts/8","quoteUri":"https://b.example/posts/8",
        "_misskey_quote":"https://b.example/posts/8","quoteAuthorization":"https://b.example/quotes/1",
        "content":"<p class=\"quote-inline\">RE: <a href=\"https://b.example/posts/8\">b.example/posts/8</a></p><p>yes</p>",
        "interactionPolicy":{"canQuote":{"automaticApproval":["https://www.w3.org/ns/activitystreams#Public"]}},
        "attachment":[],"tag":[]}
        """#

    static let mastodonVote = #"""
        {"id":"https://m.example/users/Tomas#votes/123","type":"Note","name":"Tue <3 & Wed",
        "attributedTo":"https://m.example/users/Tomas","inReplyTo":"https://b.example/posts/9","to":"https://b.example/users/noor"}
        """#

    /// GoToSocial 0.20: one value stands without a list.
    static let goToSocial = #"""
        {"@context":["https://gotosocial.org/ns","https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive"}],
        "attachment":{"blurhash":"LEHV6nWB2yk8pyo0adR*.7kCMdnj","mediaType":"image/jpeg","name":"","summary":"A cat<br>on a &lt;mat&gt;","type":"Image",
        "url":"https://gts.example/fileserver/01/attachment/original/02.jpg"},
        "attributedTo":"https://gts.example/users/ines","cc":"https://gts.example/users/ines/followers",
        "content":"<p>hola <a href=\"https://gts.example/tags/gatos\" class=\"mention hashtag\">#<span>Gatos</span></a></p>",
        "contentMap":{"es":"<p>hola <a href=\"https://gts.example/tags/gatos\" class=\"mention hashtag\">#<span>Gatos</span></a></p>"},
        "id":"https://gts.example/users/ines/statuses/01J","interactionPolicy":{"canLike":{"always":["https://www.w3.org/ns/activitystreams#Public"],
        "approvalRequired":[]}},"published":"2026-05-20T11:09:18.345Z",
        "replies":{"first":{"id":"https://gts.example/users/ines/statuses/01J/replies?page=true",
        "next":"https://gts.example/users/ines/statuses/01J/replies?page=true&only_other_accounts=false",
        "partOf":"https://gts.example/users/ines/statuses/01J/replies","type":"CollectionPage"},
        "id":"https://gts.example/users/ines/statuses/01J/replies","type":"Collection"},
        "sensitive":false,"summary":"","tag":{"href":"https://gts.example/tags/gatos","name":"#Gatos","type":"Hashtag"},
        "to":"https://www.w3.org/ns/activitystreams#Public","type":"Note","url":"https://gts.example/@ines/statuses/01J"}
        """#

    static let misskey = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",{"misskey":"https://misskey-hub.net/ns#",
        "_misskey_content":"misskey:_misskey_content","_misskey_quote":"misskey:_misskey_quote","quoteUrl":"as:quoteUrl"}],
        "id":"https://mk.example/notes/9wxz43nb3c","type":"Note","attributedTo":"https://mk.example/users/9xkd02jf","summary":null,
        "content":"<p><span>look<br><br>RE: </span><a href=\"https://mk.example/notes/0ojy\">https://mk.example/notes/0ojy</a></p>",
        "_misskey_content":"look","source":{"content":"look","mediaType":"text/x.misskeymarkdown"},
        "_misskey_quote":"https://mk.example/notes/0ojy","quoteUrl":"https://mk.example/notes/0ojy","published":"2026-08-14T22:14:33.335Z",
        "to":["as:Public"],"cc":["https://mk.example/users/9xkd02jf/followers"],"inReplyTo":null,
        "attachment":[{"type":"Document","mediaType":"video/mp4","url":"https://mk.example/files/1.mp4","name":null,"sensitive":false}],
        "sensitive":false,"tag":[{"id":"https://mk.example/emojis/ai_chan","type":"Emoji","name":":ai_chan:","updated":"2023-01-01T00:00:00.000Z",
        "icon":{"type":"Image","mediaType":"image/apng","url":"https://mk.example/files/ai.apng"}}]}
        """#

    /// Pleroma 2.7: files within Links, one author in several properties, the context as conversation.
    static let pleroma = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://p.example/schemas/litepub-0.1.jsonld",{"@language":"und"}],
        "actor":"https://p.example/users/kai","attributedTo":"https://p.example/users/kai",
        "attachment":[{"blurhash":"LEHV6nWB2yk8pyo0adR*.7kCMdnj","mediaType":"image/webp","name":"me","type":"Document",
        "url":[{"height":600,"href":"https://p.example/media/a.webp","mediaType":"image/webp","type":"Link","width":800}]}],
        "cc":["https://www.w3.org/ns/activitystreams#Public"],"content":"hi there","contentMap":{"en":"hi there"},
        "context":"https://p.example/contexts/31f6","conversation":"https://p.example/contexts/31f6",
        "id":"https://p.example/objects/8a12","published":"2026-06-01T10:00:00.123456Z","repliesCount":0,"sensitive":null,
        "source":{"content":"hi there","mediaType":"text/plain"},"summary":"","tag":[],
        "to":["https://p.example/users/kai/followers"],"type":"Note","formerRepresentations":{"orderedItems":[],"totalItems":0,"type":"OrderedCollection"}}
        """#

    static let akkomaPoll = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://ak.example/schemas/litepub-0.1.jsonld"],"actor":"https://ak.example/users/rin",
        "attributedTo":"https://ak.example/users/rin","id":"https://ak.example/objects/77","type":"Question","content":"tea?","summary":null,
        "oneOf":[{"name":"yes","replies":{"totalItems":1,"type":"Collection"},"type":"Note"},{"name":"no","replies":{"totalItems":0,"type":"Collection"},"type":"Note"}],
        "closed":"2026-07-02T00:00:00Z","voters":["https://b.example/users/noor"],"published":"2026-07-01T00:00:00Z",
        "to":["https://b.example/users/noor"],"cc":[],"directMessage":true,"tag":[]}
        """#

    /// Friendica 2024: the content and its translation differ, and the address may lie anywhere.
    static let friendica = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",{"diaspora":"https://diasporafoundation.org/ns/",
        "directMessage":"litepub:directMessage"}],
        "id":"https://f.example/objects/ec05","type":"Page","summary":"","inReplyTo":null,"diaspora:guid":"ec05","published":"2026-03-24T07:17:21Z",
        "url":"https://news.example/spacewalk","attributedTo":"https://f.example/profile/ana","sensitive":false,
        "context":"https://f.example/objects/ec05#context","name":"A spacewalk","content":"They went out.",
        "contentMap":{"de":"They went out.<br><a href=\"https://news.example/spacewalk\">A spacewalk</a>"},
        "source":{"content":"They went out.","mediaType":"text/bbcode"},"attachment":[{"type":"Link","href":"https://news.example/spacewalk","name":"A spacewalk"}],
        "tag":[],"to":["https://c.example/c/space"],"cc":["https://www.w3.org/ns/activitystreams#Public","https://c.example/c/space/followers"]}
        """#

    static let lemmy = #"""
        {"id":"https://l.example/post/55143","type":"Page","attributedTo":"https://l.example/u/picard",
        "to":["https://l.example/c/tenforward","https://www.w3.org/ns/activitystreams#Public"],"audience":"https://l.example/c/tenforward",
        "name":"Tea & biscuits","content":"<p>Earl Grey</p>\n","mediaType":"text/html","source":{"content":"Earl Grey","mediaType":"text/markdown"},
        "attachment":[{"type":"Link","href":"https://l.example/pictrs/image/e.png"}],"image":{"type":"Image","url":"https://l.example/pictrs/image/e.png"},
        "sensitive":false,"language":{"identifier":"fr","name":"Français"},"published":"2026-02-26T12:35:34.292626Z",
        "context":"https://l.example/post/55143/context","tag":[{"href":"https://l.example/post/55143","name":"#tenforward","type":"Hashtag"}]}
        """#

    static let lemmyComment = #"""
        {"id":"https://l.example/comment/38741","type":"Note","attributedTo":"https://l.example/u/picard",
        "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://l.example/c/tenforward","https://l.example/u/riker"],
        "audience":"https://l.example/c/tenforward","inReplyTo":["https://l.example/post/55143"],"content":"<p>hot</p>\n","mediaType":"text/html",
        "distinguished":false,"published":"2026-03-01T13:42:43.966208Z","updated":null,
        "tag":[{"href":"https://l.example/u/riker","type":"Mention","name":"@riker@l.example"}],"attachment":[]}
        """#

    /// PeerTube 6: two who are responsible, Markdown, and a list of links among which one is the page.
    static let peerTube = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",{"RsaSignature2017":"https://w3id.org/security#RsaSignature2017"},
        {"pt":"https://joinpeertube.org/ns#","sc":"http://schema.org/","uuid":{"@type":"sc:identifier","@id":"pt:uuid"}}],
        "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://pt.example/accounts/lin/followers"],"type":"Video",
        "id":"https://pt.example/videos/watch/e7946124","name":"Indexes, explained","duration":"PT1145S","uuid":"e7946124",
        "category":{"identifier":"15","name":"Science & Technology"},"language":{"identifier":"en","name":"English"},"views":360,"sensitive":false,
        "state":1,"commentsEnabled":true,"canReply":null,"published":"2026-02-01T11:59:45.094Z","updated":"2026-02-04T09:00:50.396Z","tag":[{"type":"Hashtag","name":"sql"}],
        "mediaType":"text/markdown","content":"What an index <is>\r\n\r\n- a **tree**\r\n- a price","support":null,"subtitleLanguage":[],
        "icon":[{"type":"Image","url":"https://pt.example/lazy-static/t.jpg","mediaType":"image/jpeg","width":280,"height":157}],"aspectRatio":1.7778,
        "url":[{"type":"Link","mediaType":"application/x-mpegURL","href":"https://pt.example/hls/master.m3u8","tag":[{"type":"Infohash","name":"bade"},
        {"type":"Link","mediaType":"video/mp4","href":"https://pt.example/1080.mp4","height":1080,"width":1920,"size":245864545,"fps":60}]},
        {"type":"Link","mediaType":"application/x-bittorrent;x-scheme-handler/magnet","href":"magnet:?xs=x","height":1080},
        {"type":"Link","name":"tracker-websocket","rel":["tracker","websocket"],"href":"wss://pt.example:443/tracker/socket"},
        {"type":"Link","mediaType":"text/html","href":"https://pt.example/w/e7946124"}],
        "likes":"https://pt.example/videos/watch/e7946124/likes","comments":"https://pt.example/videos/watch/e7946124/comments",
        "attributedTo":[{"type":"Person","id":"https://pt.example/accounts/lin"},{"type":"Group","id":"https://pt.example/video-channels/lin_channel"}]}
        """#

    static let mobilizon = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://litepub.social/context.jsonld",{"mz":"https://joinmobilizon.org/ns#",
        "timezone":{"@id":"mz:timezone","@type":"sc:Text"},"ical":"http://www.w3.org/2002/12/cal/ical#","@language":"und"}],
        "timezone":"Europe/London","isOnline":false,"contacts":["https://mz.example/@ana"],"cc":["https://mz.example/@ana/followers"],
        "id":"https://mz.example/events/b81c0531","inLanguage":"en","endTime":"2026-12-11T21:00:00+00:00","repliesModerationOption":"allow_all",
        "content":"<p>£6 each.</p>","category":"SPORTS","actor":"https://mz.example/@ana","type":"Event","url":"https://mz.example/events/b81c0531",
        "remainingAttendeeCapacity":null,"ical:status":"CONFIRMED","to":["https://www.w3.org/ns/activitystreams#Public"],"joinMode":"free",
        "location":{"address":{"addressCountry":"United Kingdom","addressLocality":"Teignbridge","addressRegion":"England","postalCode":"EX6 7TW",
        "streetAddress":"Devon Expressway","type":"PostalAddress"},"id":"https://mz.example/address/e4c9","latitude":50.66881615,"longitude":-3.537739788359949,
        "name":"The Kenn Centre","type":"Place"},"startTime":"2026-12-11T19:00:00+00:00","published":"2026-09-27T14:33:14Z","draft":false,
        "participantCount":0,"uuid":"b81c0531","maximumAttendeeCapacity":0,"tag":[{"href":"https://mz.example/tags/dance","name":"#Dance","type":"Hashtag"}],
        "updated":"2026-09-27T14:39:18Z","attributedTo":"https://mz.example/@dancers","commentsEnabled":true,
        "attachment":[{"mediaType":"image/jpeg","name":"Banner","type":"Document","url":"https://mz.example/media/cd75.jpg?name=banner.jpg"},
        {"href":"https://dance.example/","mediaType":"text/html","name":"Website","type":"Link"}],"name":"Dance class","mediaType":"text/html"}
        """#

    static let wordPress = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"Hashtag":"as:Hashtag","sensitive":"as:sensitive"}],"id":"https://wp.example/?p=12","type":"Article",
        "attachment":[{"type":"Image","url":"https://wp.example/wp-content/uploads/a.jpg","mediaType":"image/jpeg","name":"Tables"}],
        "attributedTo":"https://wp.example/author/pia/","content":"<h2>Why</h2><p>Because.</p>","contentMap":{"en":"<h2>Why</h2><p>Because.</p>"},
        "name":"On tables","nameMap":{"en":"On tables"},"image":{"type":"Image","url":"https://wp.example/wp-content/uploads/a.jpg","mediaType":"image/jpeg"},
        "preview":{"type":"Note","content":"<p>Because.</p>"},"published":"2026-04-30T15:16:41Z","summary":"<p>Because. [&hellip;]</p>",
        "summaryMap":{"en":"<p>Because. [&hellip;]</p>"},"tag":[{"type":"Hashtag","href":"https://wp.example/tag/sql/","name":"#sql"}],
        "url":"https://wp.example/on-tables/","to":["https://www.w3.org/ns/activitystreams#Public","https://wp.example/wp-json/activitypub/1.0/actors/1/followers"],
        "cc":[],"mediaType":"text/html","replies":{"id":"https://wp.example/wp-json/activitypub/1.0/posts/12/replies","type":"Collection",
        "first":{"id":"https://wp.example/wp-json/activitypub/1.0/posts/12/replies?page=1","type":"CollectionPage","items":[]}}}
        """#

    /// WordPress with Event Bridge 1.1.
    static let eventBridge = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"schema":"http://schema.org#"}],"id":"https://wp.example/?p=13","type":"Event",
        "attributedTo":"https://wp.example/author/pia/","name":"Open house","content":"<p>Come.</p>","summary":"Open house on 3 May",
        "startTime":"2026-05-03T18:00:00+02:00","endTime":"2026-05-03T16:00:00+02:00","timezone":"Mars/Olympus",
        "location":{"type":"VirtualLocation","url":"https://meet.example/open"},"status":"CANCELLED","joinMode":"external",
        "externalParticipationUrl":"https://wp.example/open","category":"MEETING","to":["Public"],"cc":[],"published":"2026-04-30T15:16:41Z"}
        """#

    /// Gancio: two locations, the address as text, no zone.
    static let gancio = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"Hashtag":"https://www.w3.org/ns/activitystreams#Hashtag"}],
        "id":"https://g.example/federation/m/42","name":"Concerto","url":"https://g.example/event/concerto","type":"Event",
        "startTime":"2026-06-05T21:00:00.000+02:00","content":"<p>Musica</p>","summary":"Circolo, 5 June",
        "location":[{"type":"Place","name":"Circolo","address":"Via Roma 1, Torino","latitude":45.07,"longitude":7.68},{"type":"VirtualLocation","url":"https://stream.example/"}],
        "attachment":[{"type":"Document","mediaType":"image/jpeg","url":"https://g.example/media/x.jpg","name":"poster","focalPoint":[-0.1,0]}],
        "tag":[{"type":"Hashtag","name":"#musica","href":"https://g.example/tag/musica"}],"published":"2026-05-30T10:00:00.000Z",
        "attributedTo":"https://g.example/federation/u/gancio","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://g.example/federation/u/gancio/followers"]}
        """#

    static let hubzilla = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],"type":"Event","id":"https://h.example/event/1",
        "name":"Assembly","content":"Bring chairs","startTime":"2026-06-05T19:00:00Z","location":{"type":"Place","content":"The <b>old</b> hall"},
        "published":"2026-05-30T10:00:00Z","actor":{"type":"Person","id":"https://h.example/channel/ola","name":"Ola"},
        "attributedTo":{"type":"Person","id":"https://h.example/channel/ola","name":"Ola"},"context":"https://h.example/conversation/1",
        "to":["https://h.example/followers/ola"],"cc":[],"source":{"content":"Bring chairs","mediaType":"text/bbcode"}}
        """#

    static let funkwhale = #"""
        {"@context":["https://www.w3.org/ns/activitystreams",{"fw":"https://funkwhale.audio/ns#"}],"type":["Audio","fw:Upload"],
        "id":"https://fw.example/federation/music/uploads/1","name":"Song","attributedTo":"https://fw.example/federation/actors/lo",
        "published":"2026-01-01T00:00:00.5+00:00","to":"https://www.w3.org/ns/activitystreams#Public","cc":"",
        "url":[{"href":"https://fw.example/api/v1/listen/1.ogg","type":"Link","mediaType":"audio/ogg"},
        {"type":"Link","mediaType":"text/html","href":"https://fw.example/library/tracks/1"}],"tag":[{"type":"Hashtag","name":"#Rock"}]}
        """#
}
