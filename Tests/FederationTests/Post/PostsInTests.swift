import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

/// Posts that other servers send: whose they are, whom they concern, how they change and go.
struct PostsInTests {
    private func withBench(_ body: (SocialBench) async throws -> Void) async throws {
        try await withFederation { try await body(try await SocialBench($0)) }
    }

    /// Ann reads what Ben writes.
    private func withReader(_ body: (SocialBench) async throws -> Void) async throws {
        try await withBench { bench in
            try await bench.home.follow(try await bench.known(bench.ben), by: bench.ann)
            try await body(bench)
        }
    }

    // MARK: Whose

    @Test("A post of somebody who is followed here is taken with all that it says")
    func taken() async throws {
        try await withReader { bench in
            let note = bench.note(by: bench.ben, cc: ["\(bench.ben.uri)/followers"]) { note in
                note["summary"] = "Careful"
                note["sensitive"] = true
                note["contentMap"] = ["de": note["content"]]
                note["url"] = .string("\(bench.b.origin)/@ben/1")
                note["tag"] = [
                    ["type": "Hashtag", "name": "#Swift"],
                    ["type": "Mention", "href": .string(bench.max.uri.string), "name": "@max"],
                ]
                note["attachment"] = [
                    [
                        "type": "Image", "url": .string("\(bench.b.origin)/1.png"), "mediaType": "image/png",
                        "name": "Cat",
                    ]
                ]
                note["cc"] = [.string("\(bench.ben.uri)/followers"), .string(bench.max.uri.string)]
            }
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            let post = try #require(try await bench.stored())
            #expect(post.author == (try await bench.known(bench.ben).id))
            #expect(post.visibility == .public)
            #expect(post.content.html == "<p>Hello</p>")
            #expect(post.content.warning == "Careful" && post.content.isSensitive)
            #expect(post.content.language == "de")
            #expect(post.content.url?.path == "/@ben/1")
            #expect(post.content.tags == ["swift"])
            #expect(post.content.mentions == [bench.max.id])
            #expect(post.content.attachments.map(\.description) == ["Cat"])
            #expect(post.publishedAt == (try date("2026-01-02T03:04:05Z")))
            #expect(try await bench.notified(bench.max) == ["mention"])
            #expect(try await bench.notified(bench.ann) == [])
            #expect(try await bench.publish(note, by: bench.ben) == .ignored(.duplicate))
        }
    }

    @Test("What is clean when it is kept was cleaned on the way")
    func cleaned() async throws {
        try await withReader { bench in
            let note = bench.note(by: bench.ben, #"<script>alert(1)</script><a href=\"javascript:x\" onclick=x>y</a>"#)
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            let html = try #require(try await bench.stored()).content.html
            for word in ["script", "onclick"] { #expect(!html.contains(word)) }
        }
    }

    @Test("Nobody publishes under another's id or in another's name (B01, B02)")
    func foreign() async throws {
        try await withReader { bench in
            let bens = try bench.b.address("/notes/1")
            try await bench.home.follow(try await bench.known(bench.eve), by: bench.ann)
            try await bench.home.follow(try await bench.known(bench.bea), by: bench.ann)
            let asked = bench.b.requests().count
            func forged(_ id: URI, _ author: PeerActor) -> JSON {
                bench.note(by: author, "Forged", cc: [bench.ann.uri.string]) { $0["id"] = .string(id.string) }
            }
            for (name, note, sender) in [
                ("Ben's id and name", forged(bens, bench.ben), bench.eve),
                ("Ben's id, own name", forged(bens, bench.eve), bench.eve),
                ("own id, Ben's name", forged(try bench.e.address("/notes/1"), bench.ben), bench.eve),
                ("neighbour's name", forged(bens, bench.ben), bench.bea),
                ("our id", forged(bench.home.community.addresses.post(UUID()), bench.eve), bench.eve),
                (
                    "our person's name",
                    bench.note(by: bench.eve, "Forged") { $0["attributedTo"] = .string(bench.ann.uri.string) },
                    bench.eve
                ),
                ("the id of the actor", forged(bench.eve.uri, bench.eve), bench.eve),
            ] {
                let answer = try await bench.deliver(bench.create(note, by: sender), by: sender)
                // What claims an address of ours is turned away before anybody reads it.
                #expect(answer == (name.hasPrefix("our id") ? nil : .refused(.notOwner)), "\(name)")
            }
            for change in [JSON.null, ["x"], [.string(bench.eve.uri.string), .string(bench.ben.uri.string)]] {
                let note = bench.note(by: bench.eve) { $0["attributedTo"] = change }
                let answer = try await bench.publish(note, by: bench.eve)
                #expect(answer == nil || answer == .refused(.malformed), "\(change)")
            }
            #expect(try await bench.home.count(.posts) == 0)
            #expect(try await bench.home.count(.notifications) == 0)
            // At most the key of Bea, who had not been heard of; nothing of what the forgeries name.
            #expect(bench.b.requests().dropFirst(asked).allSatisfy { $0.target == "/users/bea" })
        }
    }

    @Test("A Create of a post that is here already changes nothing and reaches nobody else (B03)")
    func widened() async throws {
        try await withBench { bench in
            let secret = bench.note(by: bench.ben, "Secret", to: [bench.ann.uri.string])
            #expect(try await bench.publish(secret, by: bench.ben) == .applied)
            let before = try #require(try await bench.stored())
            #expect(before.visibility == .direct)
            for (name, author) in [("Ben", bench.ben), ("Bea", bench.bea), ("Eve", bench.eve)] {
                for to in [[SocialBench.everybody], [bench.max.uri.string]] {
                    let wide = bench.note(by: author, "Wide", to: to) { $0["id"] = secret["id"] }
                    let answer = try await bench.deliver(bench.create(wide, by: author), by: author)
                    #expect(answer != .applied, "\(name)")
                }
            }
            #expect(try await bench.stored() == before)
            #expect(try await bench.home.database.post(before.id, for: .actor(bench.max.id)) == nil)
            #expect(try await bench.home.database.post(before.id, for: .nobody) == nil)
            #expect(try await bench.notified(bench.max) == [])
        }
    }

    @Test("Nobody but its author changes or withdraws a post (B04)")
    func forgedChanges() async throws {
        try await withReader { bench in
            let note = bench.note(by: bench.ben)
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            let before = try #require(try await bench.stored())
            let id = JSON.string(before.uri.string)
            for author in [bench.eve, bench.bea] {
                let mine = bench.note(by: author, "Forged") { $0["id"] = id }
                let bens = bench.note(by: bench.ben, "Forged") { $0["id"] = id }
                for (name, activity) in [
                    ("Update as author", bench.activity("Update", mine, by: author)),
                    ("Update as Ben", bench.activity("Update", bens, by: author)),
                    ("Delete of the id", bench.activity("Delete", id, by: author)),
                    ("Delete of a Tombstone", bench.activity("Delete", ["id": id, "type": "Tombstone"], by: author)),
                    (
                        "Delete of a former Note",
                        bench.activity("Delete", ["id": id, "type": "Tombstone", "formerType": "Note"], by: author)
                    ),
                    ("Delete of the Note", bench.activity("Delete", bens, by: author)),
                    ("Undo of the Create", bench.activity("Undo", bench.create(note, by: bench.ben), by: author)),
                ] {
                    let answer = try await bench.deliver(activity, by: author)
                    #expect(answer != .applied, "\(author.name): \(name)")
                    #expect(try await bench.stored() == before, "\(author.name): \(name)")
                }
            }
            #expect(try await bench.home.count(.tombstones) == 0)
        }
    }

    // MARK: Whom it concerns

    @Test("What concerns nobody here leaves nothing behind")
    func notForUs() async throws {
        try await withBench { bench in
            let (ben, ann) = (try await bench.known(bench.ben), bench.ann)
            let actors = try await bench.home.count(.actors)
            try await bench.home.follow(ben, by: ann, .pending)
            let followers = "\(bench.ben.uri)/followers"
            let notes = [
                bench.note("public", by: bench.ben, cc: [followers]),
                bench.note("unlisted", by: bench.ben, to: [followers], cc: [SocialBench.everybody]),
                bench.note("followers", by: bench.ben, to: [followers]),
                bench.note("direct", by: bench.ben, to: [bench.bea.uri.string]),
                bench.note("empty", by: bench.ben, to: []),
                bench.note("reply", by: bench.ben, answering: try uri("https://c.example/1")),
                bench.note("other-followers", by: bench.ben, to: ["\(ann.uri)/followers"]),
                // Tagged without being addressed (F05).
                bench.note("tagged", by: bench.ben, to: [bench.bea.uri.string]) {
                    $0["tag"] = [["type": "Mention", "href": .string(ann.uri.string), "name": "@ann"]]
                },
            ]
            for note in notes {
                #expect(
                    try await bench.publish(note, by: bench.ben) == .ignored(.notForUs), "\(note["id"]?.string ?? "")")
            }
            #expect(try await bench.home.count(.posts) == 0)
            #expect(try await bench.home.count(.receivedActivities) == 0)
            #expect(try await bench.home.count(.actors) == actors)
            #expect(try await bench.home.count(.jobs) == 0)
            #expect(try await bench.home.count(.notifications) == 0)
        }
    }

    @Test("A stranger's note to nobody here leaves not even the stranger")
    func strangersLeaveNothing() async throws {
        try await withBench { bench in
            let actors = try await bench.home.count(.actors)
            #expect(try await bench.publish(bench.note(by: bench.eve), by: bench.eve) == .ignored(.notForUs))
            #expect(try await bench.home.count(.actors) == actors)
        }
    }

    @Test("Answers to what people here wrote or passed on are taken; those in other threads are not")
    func conversation() async throws {
        try await withBench { bench in
            let own = try await bench.home.post(by: bench.ann)
            let direct = try await bench.home.post(by: bench.ann, .direct)
            let foreign = try await bench.home.post(by: try await bench.known(bench.bea))
            let boosted = try await bench.home.post(by: try await bench.known(bench.bea))
            try await bench.home.database.transaction {
                try await bench.desks.reactions.boost(boosted.id, by: bench.max, in: $0)
            }
            for (name, parent, expected) in [
                ("own", own.uri, Disposition.applied), ("passed on", boosted.uri, .applied),
                ("foreign", foreign.uri, .ignored(.notForUs)),
            ] {
                let note = bench.note(name.replacing(" ", with: "-"), by: bench.ben, answering: parent)
                #expect(try await bench.publish(note, by: bench.ben) == expected, "\(name)")
            }
            let note = bench.note("below", by: bench.eve, answering: try bench.b.address("/notes/own"))
            #expect(try await bench.publish(note, by: bench.eve) == .applied)
            #expect(try #require(try await bench.stored("below", at: bench.e)).thread == own.id)
            let hidden = bench.note("private", by: bench.ben, answering: direct.uri, to: ["\(bench.ben.uri)/followers"])
            #expect(try await bench.publish(hidden, by: bench.ben) == .ignored(.notForUs))
        }
    }

    @Test("A direct post is for whom it names, whatever it claims beside that")
    func direct() async throws {
        try await withReader { bench in
            let note = bench.note(by: bench.ben, "Psst", to: [bench.max.uri.string]) {
                $0["tag"] = [
                    ["type": "Mention", "href": .string(bench.max.uri.string), "name": "@max"],
                    ["type": "Mention", "href": .string(bench.ann.uri.string), "name": "@ann"],
                ]
            }
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            let post = try #require(try await bench.stored())
            #expect(post.visibility == .direct)
            #expect(post.content.addressees == [Post.Addressee(bench.max.id, isMentioned: true)])
            #expect(try await bench.home.database.post(post.id, for: .actor(bench.ann.id)) == nil)
            #expect(try await bench.notified(bench.ann) == [])
            #expect(try await bench.notified(bench.max) == ["mention"])
            let flagged = bench.note("2", by: bench.ben, to: [SocialBench.everybody, bench.max.uri.string]) {
                $0["directMessage"] = true
            }
            #expect(try await bench.publish(flagged, by: bench.ben) == .applied)
            #expect(try await bench.stored("2")?.visibility == .direct)
        }
    }

    @Test("A person is not told of what somebody writes whom they block")
    func blockedAuthor() async throws {
        try await withReader { bench in
            try await bench.home.block(try await bench.known(bench.ben), by: bench.max)
            let note = bench.note(by: bench.ben, cc: [bench.max.uri.string]) {
                $0["tag"] = [["type": "Mention", "href": .string(bench.max.uri.string), "name": "@max"]]
            }
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            #expect(try await bench.notified(bench.max) == [])
        }
    }

    // MARK: Order

    static let endings: [JSON] = [
        ["type": "Tombstone"], ["type": "Tombstone", "formerType": "Note"], ["type": "Note"], "the id alone",
    ]

    @Test("A Delete that comes first is remembered; what comes late does nothing", arguments: endings.indices)
    func deleteBeforeCreate(form: Int) async throws {
        try await withReader { bench in
            let note = bench.note(by: bench.ben)
            var named = note["id"] ?? .null
            if var object = Self.endings[form].object {
                object["id"] = note["id"]
                named = .object(object)
            }
            let deleted = try await bench.deliver(bench.activity("Delete", named, by: bench.ben), by: bench.ben)
            #expect(deleted == .applied)
            #expect(try await bench.publish(note, by: bench.ben) == .ignored(.withdrawn))
            #expect(try await bench.home.count(.posts) == 0)
            let update = bench.activity("Update", bench.note(by: bench.ben, "New"), by: bench.ben)
            #expect(try await bench.deliver(update, by: bench.ben) == .ignored(.unknownObject))
            #expect(try await bench.home.count(.posts) == 0)
        }
    }

    @Test("An Update that comes first is not ours to keep; the Create is taken all the same")
    func updateBeforeCreate() async throws {
        try await withReader { bench in
            let update = bench.activity("Update", bench.note(by: bench.ben, "New"), by: bench.ben)
            let first = try await bench.deliver(update, by: bench.ben)
            #expect(first == .ignored(.unknownObject))
            #expect(try await bench.home.count(.receivedActivities) == 0)
            #expect(try await bench.publish(bench.note(by: bench.ben, "Old"), by: bench.ben) == .applied)
            #expect(try await bench.deliver(update, by: bench.ben) == .applied)
            #expect(try await bench.stored()?.content.html == "<p>New</p>")
        }
    }

    @Test("A Delete takes the post with all that hangs on it", arguments: [true, false])
    func deleted(asTombstone: Bool) async throws {
        try await withReader { bench in
            let note = bench.note(by: bench.ben, cc: [bench.max.uri.string]) {
                $0["tag"] = [["type": "Mention", "href": .string(bench.max.uri.string), "name": "@max"]]
            }
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            let post = try #require(try await bench.stored())
            try await bench.home.database.transaction { transaction in
                try await bench.desks.reactions.like(post.id, by: bench.ann, in: transaction)
                try await bench.desks.reactions.boost(post.id, by: bench.ann, in: transaction)
            }
            let object: JSON = asTombstone ? ["id": note["id"], "type": "Tombstone"] : note["id"] ?? .null
            let delete = bench.activity("Delete", object, by: bench.ben)
            #expect(try await bench.deliver(delete, by: bench.ben) == .applied)
            for table in [TestCommunity.CountedTable.posts, .likes, .boosts, .notifications] {
                #expect(try await bench.home.count(table) == 0, "\(table)")
            }
            #expect(try await bench.publish(note, by: bench.ben) == .ignored(.withdrawn))
        }
    }

    // MARK: Edits

    @Test("An edit replaces what it may: not the visibility, nor what it answers")
    func edited() async throws {
        try await withReader { bench in
            let note = bench.note(by: bench.ben, "Old", to: ["\(bench.ben.uri)/followers"])
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            let before = try #require(try await bench.stored())
            let newer = bench.note(by: bench.ben, "New", answering: try uri("https://c.example/1")) {
                $0["updated"] = "2026-01-02T04:00:00Z"
                $0["tag"] = [["type": "Hashtag", "name": "#a"]]
            }
            #expect(try await bench.deliver(bench.activity("Update", newer, by: bench.ben), by: bench.ben) == .applied)
            let after = try #require(try await bench.stored())
            #expect(after.content.html == "<p>New</p>")
            #expect(after.content.tags == ["a"])
            #expect(after.editedAt == (try date("2026-01-02T04:00:00Z")))
            #expect(after.visibility == .followers)
            #expect(after.content.replyTo == nil && after.thread == before.thread)
            #expect(after.publishedAt == before.publishedAt)
            #expect(try await bench.home.database.post(after.id, for: .nobody) == nil)
        }
    }

    @Test("An older version that comes late does not overwrite a newer one, and nobody edits in the future")
    func staleEdits() async throws {
        try await withReader { bench in
            #expect(try await bench.publish(bench.note(by: bench.ben, "0"), by: bench.ben) == .applied)
            func edit(_ text: String, _ time: String) async throws {
                let note = bench.note(by: bench.ben, text) { $0["updated"] = .string(time) }
                try await bench.deliver(bench.activity("Update", note, by: bench.ben), by: bench.ben)
            }
            try await edit("2", "2026-01-02T05:00:00Z")
            try await edit("1", "2026-01-02T04:00:00Z")
            #expect(try await bench.stored()?.content.html == "<p>2</p>")
            try await edit("3", "2999-01-01T00:00:00Z")
            let post = try #require(try await bench.stored())
            #expect(post.content.html == "<p>3</p>")
            #expect(try #require(post.editedAt) <= Date())
        }
    }

    @Test("Every Update of a post counts, though all have one id, as at GoToSocial; heard again it changes nothing")
    func editsOfOneID() async throws {
        try await withReader { bench in
            #expect(try await bench.publish(bench.note(by: bench.ben, "0"), by: bench.ben) == .applied)
            let post = try #require(try await bench.stored())
            try await bench.home.database.transaction {
                try await bench.desks.reactions.boost(post.id, by: bench.ann, in: $0)
            }
            func edit(_ text: String, _ time: String) async throws {
                let note = bench.note(by: bench.ben, text) { $0["updated"] = .string(time) }
                let update = bench.activity("Update", note, by: bench.ben, id: "\(post.uri)/activity#Update")
                #expect(try await bench.deliver(update, by: bench.ben) == .applied)
            }
            try await edit("1", "2026-01-02T04:00:00Z")
            try await edit("2", "2026-01-02T05:00:00Z")
            #expect(try await bench.stored()?.content.html == "<p>2</p>")
            for text in ["1", "2"] { try await edit(text, "2026-01-02T0\(text == "1" ? 4 : 5):00:00Z") }
            #expect(try await bench.stored()?.content.html == "<p>2</p>")
            #expect(try await bench.notified(bench.ann) == ["update"])
        }
    }

    @Test("Where the author tells no numbers, those that are known stay", arguments: [true, false])
    func hiddenNumbers(isMultiple: Bool) async throws {
        try await withReader { bench in
            func question(closed: JSON? = nil) -> JSON {
                bench.note(by: bench.ben, "Which?") {
                    $0["type"] = "Question"
                    $0[isMultiple ? "anyOf" : "oneOf"] =
                        ["A", "B"].map { ["type": "Note", "name": .string($0)] as JSON }.json
                    $0["closed"] = closed
                }
            }
            #expect(try await bench.publish(question(), by: bench.ben) == .applied)
            let post = try #require(try await bench.stored())
            try await bench.home.database.insertVotes([1], by: bench.ann.id, in: post.id, uri: nil)
            let closed = bench.activity("Update", question(closed: "2026-01-02T04:00:00Z"), by: bench.ben)
            #expect(try await bench.deliver(closed, by: bench.ben) == .applied)
            let poll = try #require(try await bench.stored()?.content.poll)
            #expect(poll.options.map(\.votes) == [0, 1] && poll.voters == 1 && poll.closedAt != nil)
        }
    }

    @Test("Who passed a post on is told of an edit; new numbers of a poll are none")
    func tellsOfEdits() async throws {
        try await withReader { bench in
            func question(_ votes: Int, _ text: String = "Which?") -> JSON {
                bench.note(by: bench.ben, text) {
                    $0["type"] = "Question"
                    $0["oneOf"] =
                        ["A", "B"].map { name -> JSON in
                            [
                                "type": "Note", "name": name,
                                "replies": ["type": "Collection", "totalItems": .int(votes)],
                            ]
                        }.json
                    $0["updated"] = .string("2026-01-02T04:00:0\(votes)Z")
                }
            }
            #expect(try await bench.publish(question(0), by: bench.ben) == .applied)
            let post = try #require(try await bench.stored())
            try await bench.home.database.transaction {
                try await bench.desks.reactions.boost(post.id, by: bench.ann, in: $0)
            }
            let counted = bench.activity("Update", question(3), by: bench.ben)
            #expect(try await bench.deliver(counted, by: bench.ben) == .applied)
            #expect(try await bench.stored()?.content.poll?.options.map(\.votes) == [3, 3])
            #expect(try await bench.stored()?.editedAt == nil)
            #expect(try await bench.notified(bench.ann) == [])
            let edited = bench.activity("Update", question(4, "What?"), by: bench.ben)
            #expect(try await bench.deliver(edited, by: bench.ben) == .applied)
            #expect(try await bench.notified(bench.ann) == ["update"])
        }
    }

    // MARK: At the same time

    @Test("An answer and what it answers that come at the same moment find each other")
    func sameMoment() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await SocialBench(federation)
            try await bench.home.follow(try await bench.known(bench.ben), by: bench.ann)
            for round in 0..<20 {
                let root = bench.note("r\(round)", by: bench.ben)
                let leaf = bench.note(
                    "l\(round)", by: bench.ben, answering: try bench.b.address("/notes/r\(round)"))
                try await withThrowingTaskGroup { group in
                    for note in [leaf, root] { group.addTask { _ = try await bench.publish(note, by: bench.ben) } }
                    try await group.waitForAll()
                }
                let (above, below) = (
                    try #require(try await bench.stored("r\(round)")), try #require(try await bench.stored("l\(round)"))
                )
                #expect(below.replyTo == above.id, "\(round)")
                #expect(below.thread == above.id, "\(round)")
            }
        }
    }

    @Test("Strangers of a limited domain tell nobody anything but who follows them or took part in the thread (K03)")
    func limited() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            _ = try await DecideDomain(database: bench.home.database, community: bench.home.community)(
                DomainDecisionDraft(domain: bench.b.origin.host, kind: .limit, reason: "", author: "ana"),
                now: .thisSecond)
            func mention(_ name: String, answering parent: URI? = nil) -> JSON {
                bench.note(name, by: bench.ben, answering: parent, cc: [bench.ann.uri.string]) {
                    $0["tag"] = [["type": "Mention", "href": .string(bench.ann.uri.string), "name": "@ann"]]
                }
            }
            #expect(try await bench.publish(mention("1"), by: bench.ben) == .applied)
            #expect(try await bench.notified(bench.ann) == [])
            let ours = try await bench.home.post(by: bench.max)
            #expect(try await bench.publish(mention("2", answering: ours.uri), by: bench.ben) == .applied)
            #expect(try await bench.notified(bench.ann) == ["mention"])
            let like = bench.activity("Like", .string(ours.uri.string), by: bench.ben)
            #expect(try await bench.deliver(like, by: bench.ben) == .applied)
            #expect(try await bench.notified(bench.max) == [])
            try await bench.home.follow(try await bench.known(bench.ben), by: bench.ann)
            #expect(try await bench.publish(mention("3"), by: bench.ben) == .applied)
            #expect(try await bench.notified(bench.ann) == ["mention", "mention"])
        }
    }

    @Test("A poll that says when it will close is open until then, one that says when it closed is over")
    func closing() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            for (name, closing, isOpen) in [("1", "2999-01-01T00:00:00Z", true), ("2", "2026-01-01T00:00:00Z", false)] {
                let question = bench.note(name, by: bench.ben, cc: [bench.ann.uri.string]) {
                    $0["type"] = "Question"
                    $0["oneOf"] = [["type": "Note", "name": "A"], ["type": "Note", "name": "B"]]
                    $0["closed"] = .string(closing)
                }
                #expect(try await bench.publish(question, by: bench.ben) == .applied)
                let poll = try #require(try await bench.stored(name)?.content.poll)
                #expect(poll.isOpen(at: Date()) == isOpen)
                #expect(poll.endsAt == (try date(closing)))
            }
        }
    }

    @Test("A Create a hundred times at once, under as many ids, is one post and one notification")
    func hundredAtOnce() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await SocialBench(federation)
            let note = bench.note(by: bench.ben, cc: [bench.ann.uri.string]) {
                $0["tag"] = [["type": "Mention", "href": .string(bench.ann.uri.string), "name": "@ann"]]
            }
            try await withThrowingTaskGroup { group in
                for _ in 0..<100 { group.addTask { _ = try await bench.publish(note, by: bench.ben) } }
                try await group.waitForAll()
            }
            #expect(try await bench.home.count(.posts) == 1)
            #expect(try await bench.notified(bench.ann) == ["mention"])
        }
    }
}

extension [JSON] {
    fileprivate var json: JSON { .array(self) }
}
