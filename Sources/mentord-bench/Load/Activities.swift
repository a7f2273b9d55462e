import Foundation
import SeededRandom
import Wire

/// Writes what the world sends to the community: a realistic mix, nothing twice, the same for the same seed.
///
/// Of each person of the world the order matters, as an Undo needs its Like; between them it does not.
struct Activities {
    enum Kind: String, CaseIterable, Sendable {
        /// A post to followers, of whom some are here.
        case note
        /// A post that answers one of ours and names its author.
        case mention
        case like, announce, follow, undo, invite
    }

    /// What is in the database once an activity is acknowledged, by its address there.
    enum Trace: Hashable, Sendable {
        case post(String), like(String), boost(String), follow(String), session(String)
        /// A like that is no longer there.
        case withdrawnLike(String)
    }

    struct Activity: Sendable {
        let id: String
        let kind: Kind
        /// The number of who sends it.
        let person: Int
        /// The path of the inbox.
        let target: String
        let body: String
        let trace: Trace
    }

    /// Of a hundred activities. Whom we do not know yet has nothing to take back and nobody here who follows them.
    static let mix: [(Kind, Int)] = [
        (.note, 40), (.mention, 12), (.like, 20), (.announce, 12), (.follow, 8), (.undo, 6), (.invite, 2),
    ]
    static let firstContact: [(Kind, Int)] = [(.mention, 52), (.like, 20), (.announce, 12), (.follow, 14), (.invite, 2)]

    private let world: World
    private let home: Home
    private var generator: SeededGenerator
    private var serial = 0
    /// Likes that stand, by who gave them.
    private var likes: [Int: [(id: String, post: String)]] = [:]
    /// How many posts somebody has liked or passed on, and how many people they follow: always the next one.
    private var liked: [Int: Int] = [:]
    private var boosted: [Int: Int] = [:]
    private var followed: [Int: Int] = [:]

    init(world: World, home: Home, seed: UInt64 = 1) {
        self.world = world
        self.home = home
        generator = SeededGenerator(seed: seed)
    }

    /// The first activity of everybody.
    mutating func introductions() -> [Activity] {
        world.people.indices.map { person in activity(of: pick(Self.firstContact), by: person) }
    }

    /// Activities of people whom the server knows.
    mutating func next(_ count: Int) -> [Activity] {
        (0..<count).map { _ in
            let kind = pick(Self.mix)
            let crowd = kind == .note ? world.authors.count : world.people.count
            return activity(of: kind, by: Int.random(in: 0..<crowd, using: &generator))
        }
    }

    /// Everybody follows one person.
    mutating func follows(of person: String) -> [Activity] {
        world.people.indices.map { follow(person, by: $0) }
    }

    private mutating func pick(_ mix: [(Kind, Int)]) -> Kind {
        var number = Int.random(in: 0..<100, using: &generator)
        for (kind, share) in mix {
            if number < share { return kind }
            number -= share
        }
        return .mention
    }

    private mutating func activity(of kind: Kind, by person: Int) -> Activity {
        switch kind {
        case .note: note(by: person)
        case .mention: mention(by: person)
        case .like: like(by: person)
        case .announce: announce(by: person)
        case .follow: follow(by: person)
        case .undo: undo(by: person)
        case .invite: invite(by: person)
        }
    }
}

// MARK: - The kinds

extension Activities {
    private mutating func note(by person: Int) -> Activity {
        post(.note, by: person, cc: "", tags: "", reply: "null")
    }

    private mutating func mention(by person: Int) -> Activity {
        let post = Int.random(in: 0..<home.posts.count, using: &generator)
        // The posts are listed author by author.
        let name = home.people[post * home.people.count / home.posts.count]
        let tag = #"{"type":"Mention","href":"\#(home.uri(of: name))","name":"@\#(name)"}"#
        return self.post(
            .mention, by: person, cc: #","\#(home.uri(of: name))""#, tags: tag, reply: #""\#(home.posts[post])""#)
    }

    private mutating func post(_ kind: Kind, by person: Int, cc: String, tags: String, reply: String) -> Activity {
        let sender = world.people[person]
        let uri = "\(sender.uri)/statuses/\(number())"
        let text = "<p>\(words(40))</p><p>\(words(25))</p>"
        let addressing = """
            "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["\(sender.uri)/followers"\(cc)]
            """
        let body = """
            {\(Self.context),"id":"\(uri)/activity","type":"Create","actor":"\(sender.uri)","published":"\(Self.time)",\
            \(addressing),"object":{"id":"\(uri)","type":"Note","summary":null,"inReplyTo":\(reply),\
            "published":"\(Self.time)","url":"https://\(sender.host)/@\(sender.name)/\(serial)",\
            "attributedTo":"\(sender.uri)",\(addressing),"sensitive":false,"atomUri":"\(uri)","inReplyToAtomUri":null,\
            "conversation":"tag:\(sender.host),2026-11-21:objectId=\(serial):objectType=Conversation",\
            "content":"\(text)","contentMap":{"en":"\(text)"},"attachment":[],"tag":[\(tags)],\
            "replies":{"id":"\(uri)/replies","type":"Collection","first":{"type":"CollectionPage",\
            "next":"\(uri)/replies?page=true","partOf":"\(uri)/replies","items":[]}}}}
            """
        return Activity(
            id: "\(uri)/activity", kind: kind, person: person, target: "/inbox", body: body, trace: .post(uri))
    }

    private mutating func like(by person: Int) -> Activity {
        let turn = liked[person, default: person]
        liked[person] = turn + 1
        // Who has liked everything says something instead.
        guard turn - person < home.posts.count else { return mention(by: person) }
        let post = home.posts[turn % home.posts.count]
        let id = "\(world.people[person].uri)#likes/\(number())"
        likes[person, default: []].append((id, post))
        return short(.like, "Like", id, by: person, object: #""\#(post)""#, trace: .like(id))
    }

    private mutating func announce(by person: Int) -> Activity {
        let turn = boosted[person, default: person]
        boosted[person] = turn + 1
        guard turn - person < home.posts.count else { return mention(by: person) }
        let sender = world.people[person]
        let id = "\(sender.uri)/statuses/\(number())/activity"
        return short(
            .announce, "Announce", id, by: person, object: #""\#(home.posts[turn % home.posts.count])""#,
            more: #""to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["\#(sender.uri)/followers"],"#,
            trace: .boost(id))
    }

    private mutating func follow(by person: Int) -> Activity {
        let turn = followed[person, default: person]
        followed[person] = turn + 1
        guard turn - person < home.people.count else { return mention(by: person) }
        return follow(home.people[turn % home.people.count], by: person)
    }

    private mutating func follow(_ name: String, by person: Int) -> Activity {
        let id = "https://\(world.people[person].host)/follows/\(number())"
        return short(
            .follow, "Follow", id, by: person, target: "/users/\(name)/inbox", object: #""\#(home.uri(of: name))""#,
            trace: .follow(id))
    }

    private mutating func undo(by person: Int) -> Activity {
        guard let like = likes[person]?.popLast() else { return self.like(by: person) }
        let uri = world.people[person].uri
        return short(
            .undo, "Undo", "\(like.id)/undo", by: person,
            object: #"{"id":"\#(like.id)","type":"Like","actor":"\#(uri)","object":"\#(like.post)"}"#,
            trace: .withdrawnLike(like.id))
    }

    private mutating func invite(by person: Int) -> Activity {
        let sender = world.people[person]
        let mentor = home.uri(of: home.people[0])
        let (id, event) = ("https://\(sender.host)/activities/\(number())", "https://\(sender.host)/sessions/\(serial)")
        let start = DateTime.parse("2031-01-06T09:00:00Z").map { $0.addingTimeInterval(Double(serial) * 60) } ?? .now
        let addressing = #""to":["\#(mentor)"],"cc":[]"#
        let body = """
            {"@context":["https://www.w3.org/ns/activitystreams",{"mnt":"https://w3id.org/mentoring/ns#"}],\
            "id":"\(id)","type":"Invite","actor":"\(sender.uri)",\(addressing),"published":"\(Self.time)",\
            "mnt:revision":0,"target":"\(mentor)",\
            "object":{"id":"\(event)","type":"Event","attributedTo":"\(sender.uri)",\
            "name":"Mentoring session","content":"<p>\(words(25))</p>","startTime":"\(DateTime.format(start))",\
            "endTime":"\(DateTime.format(start.addingTimeInterval(2700)))","timezone":"Europe/Berlin",\
            "location":{"type":"VirtualLocation","name":"Online"},\(addressing),"published":"\(Self.time)",\
            "url":"\(event)","mnt:revision":0,"mnt:sessionKind":"pana_support","mnt:sessionKindLabel":"Peer support",\
            "mnt:pricing":"mentorSetsRate","mnt:topic":"My portfolio","mnt:medium":"online","mnt:state":"requested",\
            "mnt:terms":{"mnt:kind":"free"}}}
            """
        return Activity(
            id: id, kind: .invite, person: person, target: "/users/\(home.people[0])/inbox", body: body,
            trace: .session(id))
    }

    private func short(
        _ kind: Kind, _ type: String, _ id: String, by person: Int, target: String = "/inbox", object: String,
        more: String = "", trace: Trace
    ) -> Activity {
        let body = """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"\(id)","type":"\(type)",\
            "actor":"\(world.people[person].uri)","published":"\(Self.time)",\(more)"object":\(object)}
            """
        return Activity(id: id, kind: kind, person: person, target: target, body: body, trace: trace)
    }

    private mutating func number() -> Int {
        serial += 1
        return serial
    }

    private mutating func words(_ count: Int) -> String {
        (0..<count).map { _ in Self.vocabulary[Int.random(in: 0..<Self.vocabulary.count, using: &generator)] }
            .joined(separator: " ")
    }

    private static let vocabulary = """
        we have been learning about gardens trains and databases since the spring with friends who ask good questions \
        today somebody showed how a small program can help a neighbour find the time for one more hour of practice
        """.split(separator: " ")

    private static let time = DateTime.format(.now)

    private static let context = """
        "@context":["https://www.w3.org/ns/activitystreams",{"ostatus":"http://ostatus.org#",\
        "atomUri":"ostatus:atomUri","inReplyToAtomUri":"ostatus:inReplyToAtomUri",\
        "conversation":"ostatus:conversation","sensitive":"as:sensitive",\
        "toot":"http://joinmastodon.org/ns#","votersCount":"toot:votersCount","Hashtag":"as:Hashtag"}]
        """
}
