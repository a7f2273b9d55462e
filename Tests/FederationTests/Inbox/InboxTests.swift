import ActivityStreams
import Foundation
import HTTPSignatures
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

struct InboxTests {
    @Test("An Invite from a server never heard of is verified and applied")
    func applies() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            let session = try #require(try await bench.session())
            #expect(session.status == .pending)
            #expect(session.custody == .mirror)
            #expect(session.mentor == bench.noor.id)
            #expect(try await bench.notifications() == 1)
            #expect(bench.peer.requests("/users/mika").count == 1)
        }
    }

    @Test("The same activity a hundred times at once has one effect, and every sender is told so (A05)")
    func hundredAtOnce() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await InboxBench(federation)
            let request = try bench.mika.delivery(bench.invite(), to: federation.community)
            let answers = try await withThrowingTaskGroup(of: Inbox.Answer.self) { group in
                for _ in 0..<100 { group.addTask { try await bench.deliver(request) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for answer in answers {
                guard case .accepted = answer else {
                    Issue.record("\(answer)")
                    continue
                }
            }
            #expect(try await federation.home.count(.sessions) == 1)
            #expect(try await federation.home.count(.receivedActivities) == 1)
            #expect(try await bench.notifications() == 1)
            #expect(bench.peer.requests("/users/mika").count == 1)
        }
    }

    @Test("What is not served is taken and kept nowhere; the sender stays welcome")
    func unknownType() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let actors = try await federation.home.count(.actors)
            let heard = bench.activity("Listen", "listen", .string(bench.noor.uri.string))
            #expect(try await bench.deliver(heard) == .accepted(.ignored(.unknownType)))
            #expect(try await federation.home.count(.receivedActivities) == 0)
            #expect(try await federation.home.count(.actors) == actors)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
        }
    }

    @Test(
        "What a verified sender sends must be an activity",
        arguments: [
            #"{"id":"ID","type":"Invite","actor":["ACTOR","https://b.example/users/b"],"object":"https://b.example/1"}"#,
            #"{"id":"ID","type":"Invite","object":"https://b.example/1"}"#,
            #"{"id":"ID","actor":"ACTOR","object":"https://b.example/1"}"#,
            #"{"type":"Invite","actor":"ACTOR","object":"x"}"#,
            #"{"id":"ID","type":"Invite","actor":"ACTOR"}"#, #"["ID"]"#, "null", "", "{", "{\"a\":\u{FFFD}",
            #"{"id":"ID","type":"Invite","actor":"ACTOR","actor":"https://b.example/users/b","object":"https://b.example/1"}"#,
            #"{"id":"https://b.example/activities/1","type":"Invite","actor":"ACTOR","object":"https://b.example/1"}"#,
            #"{"id":"ID","type":"Invite","actor\u0000":"ACTOR","Actor":"ACTOR","object":"https://b.example/1"}"#,
            String(repeating: "[", count: 5000),
        ])
    func refusesWhatIsNone(text: String) async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let body = text.replacing("ID", with: "\(bench.peer.origin)/activities/1")
                .replacing("ACTOR", with: bench.mika.uri.string)
            let answer = try await bench.deliver(
                try bench.mika.request("POST", "/inbox", of: federation.community, body: Array(body.utf8)))
            guard case .malformed = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(try await federation.home.count(.receivedActivities) == 0)
        }
    }

    @Test("Foreign objects, foreign sessions and other people's activities change nothing (B01, B03, B04)")
    func foreignObjects() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let other = try await TestPeer.start("e")
            let eve = try other.person("eve")
            let zed = try bench.peer.person("zed")
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            let before = try #require(try await bench.session())
            let event = JSON.string(before.uri.string)
            let ended: JSON = ["id": event, "type": "Tombstone"]
            var update = bench.invite().object?["object"]?.object ?? JSON.Object()
            update["mnt:revision"] = 7
            for (index, actor) in [eve, zed].enumerated() {
                var mine = update
                mine["attributedTo"] = .string(actor.uri.string)
                for (name, activity) in [
                    ("other's event", bench.invite("e\(index)", by: actor) { $0["id"] = event }),
                    (
                        "other's event in other's name",
                        bench.invite("f\(index)", by: actor) {
                            $0["id"] = event
                            $0["attributedTo"] = .string(bench.mika.uri.string)
                        }
                    ),
                    ("delete", bench.activity("Delete", "d\(index)", ended, by: actor)),
                    ("update", bench.activity("Update", "u\(index)", .object(update), by: actor)),
                    ("update as owner", bench.activity("Update", "v\(index)", .object(mine), by: actor)),
                    ("accept", bench.activity("Accept", "a\(index)", .string(before.invite.string), by: actor)),
                    ("undo", bench.activity("Undo", "w\(index)", .string(before.invite.string), by: actor)),
                    ("leave", bench.activity("Leave", "l\(index)", event, by: actor)),
                ] {
                    let answer = try await bench.deliver(activity, by: actor)
                    #expect(answer != .accepted(.applied), "\(actor.name): \(name)")
                    #expect(try await bench.session() == before, "\(actor.name): \(name)")
                }
            }
            #expect(try await federation.home.count(.sessions) == 1)
            #expect(try await federation.home.count(.tombstones) == 0)
            #expect(try await bench.notifications() == 1)
        }
    }

    @Test("An Invite for a time that went to somebody else is taken in, and answered by Reject as taken")
    func takenTime() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let ines = try await federation.home.person("ines").actor
            let start = Date.hence(days: 3)
            try await federation.home.database.transaction { transaction in
                _ = try await federation.desk.hold(
                    HoldRequest(type: "pana_support", start: start, minutes: 60), by: ines, of: bench.noor,
                    now: .thisSecond, in: transaction)
            }
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            #expect(try await bench.session()?.ending?.reason == Reason(.taken))
            let reject = try #require(try await federation.home.sent().last)
            #expect(reject["type"] == "Reject" && reject["mnt:reason"] == "taken" && reject["content"] == nil)
            #expect(try await bench.notifications() == 0)
        }
    }

    /// Loses its time to others whatever it does.
    private struct LosingHandler: ActivityHandler {
        let patterns = [ActivityPattern("Invite", "Event")]

        func apply(
            _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
        ) async throws -> Disposition? {
            throw TimeNotFree(.taken(.session))
        }
    }

    @Test("What loses against others time and again is to be sent once more, and leaves nothing; it is no error")
    func losesRaces() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let (database, now) = (federation.home.database, Date())
            let inbox = Inbox(
                database: database, community: federation.community, verifier: federation.verifier,
                domains: federation.domains, limits: SenderLimits(database: database, factor: 0),
                purge: ForgetGoneActor(database: database, forget: federation.desks.forgetActor),
                handlers: HandlerTable([LosingHandler()]))
            let request = try bench.mika.delivery(bench.invite(), to: federation.community, at: now)
            let answer = try await inbox.receive(request, from: .loopback, at: now, logger: quietLogger)
            #expect(answer == .tooMany(retryAfter: 5))
            #expect(try await federation.home.count(.receivedActivities) == 0)
        }
    }

    @Test("The mentee cannot accept for the mentor")
    func acceptsNotForOthers() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            let session = try #require(try await bench.session())
            let accept = bench.activity("Accept", "a", .string(session.invite.string))
            #expect(try await bench.deliver(accept) == .accepted(.refused(.againstRules)))
            var confirmed = bench.invite().object?["object"]?.object ?? JSON.Object()
            confirmed["mnt:state"] = "confirmed"
            let update = bench.activity("Update", "u", .object(confirmed))
            #expect(try await bench.deliver(update) == .accepted(.applied))
            // The owner hears that there is nothing to count on.
            let denied = try #require(try await bench.session())
            #expect(denied.status == .cancelled && denied.agreement == nil)
            #expect(try await federation.home.jobs("deliver").count == 1)
        }
    }

    @Test("Delete before Invite is remembered; the Invite that comes late does nothing")
    func deleteBeforeInvite() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let event = JSON.string("\(bench.peer.origin)/sessions/1")
            #expect(try await bench.deliver(bench.activity("Delete", "d", event)) == .accepted(.applied))
            #expect(try await bench.deliver(bench.invite()) == .accepted(.ignored(.withdrawn)))
            #expect(try await federation.home.count(.sessions) == 0)
            #expect(try await bench.notifications() == 0)
        }
    }

    @Test("An Invite to somebody who is not addressed, or not ours, is not for us")
    func notForUs() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            for recipient in [
                "\(bench.peer.origin)/users/x", "\(federation.community.origin)/users/nobody",
                "https://www.w3.org/ns/activitystreams#Public", "\(federation.community.origin)/actor",
            ] {
                guard var invite = bench.invite().object else { return }
                invite["to"] = [.string(recipient)]
                invite["target"] = .string(recipient)
                let answer = try await bench.deliver(.object(invite))
                #expect(answer == .accepted(.ignored(.notForUs)))
            }
            #expect(try await federation.home.count(.sessions) == 0)
        }
    }

    static let hostileActorMembers: [(String, JSON)] = [
        ("summary", .string(String(repeating: "x", count: 200_000))), ("mnt:zone", "Mars/Base"), ("name", .null),
        ("summary", .string(String(repeating: "e\u{301}\u{302}", count: 5000))),
        ("name", .string(String(repeating: "\u{1F9D1}\u{200D}\u{1F3EB}", count: 500))), ("endpoints", 5),
        ("url", "javascript:alert(1)"), ("published", "never"), ("webfinger", "eve@@x"),
        ("mnt:offers", [["mnt:sessionKind": "a\u{1}b"]]),
        ("mnt:expertise", ["\u{1}", .string(String(repeating: "e", count: 200))]),
    ]

    @Test("Whatever stands in an actor's document, its owner can write to us")
    func hostileActors() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            for (index, (member, value)) in Self.hostileActorMembers.enumerated() {
                let actor = try bench.peer.person("m\(index)", key: "mika")
                var document = actor.document.json.object ?? JSON.Object()
                document["mnt:mentorStatus"] = "open"
                document[member] = value
                bench.peer.serve(.object(document), at: "/users/m\(index)")
                await #expect(throws: Never.self, "\(member) \(index)") {
                    let answer = try await bench.deliver(bench.invite("\(index)", by: actor), by: actor)
                    #expect(answer == .accepted(.applied), "\(member) \(index)")
                }
            }
        }
    }

    static let hostileEventMembers: [(String, JSON)] = [
        ("mnt:topic", "a\u{1}b"), ("content", "\u{1}"), ("mnt:sessionKind", "\u{1}"), ("timezone", "Mars"),
        ("timezone", "\u{1}"), ("mnt:sessionKind", .string(String(repeating: "k", count: 5000))),
        ("location", "https://x.example/\u{1}"), ("location", ["type": "Place", "name": "\u{1}\u{202E}"]),
        ("mnt:revision", .int(Int.max)), ("mnt:revision", -1), ("endTime", "9999-12-31T23:59:59Z"),
        ("startTime", "0001-01-01T00:00:00Z"), ("mnt:expiresAt", "9999-12-31T23:59:59Z"),
        ("mnt:terms", ["mnt:kind": "paid"]), ("mnt:state", "confirmed"), ("type", ["Event", "Note"]),
    ]

    @Test("Whatever stands in an Event, it is stored, dropped or refused, and never an error of ours")
    func hostileEvents() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            for (index, (member, value)) in Self.hostileEventMembers.enumerated() {
                await #expect(throws: Never.self, "\(member) \(index)") {
                    let answer = try await bench.deliver(bench.invite("\(index)") { $0[member] = value })
                    guard case .accepted = answer else {
                        Issue.record("\(member) \(index): \(answer)")
                        return
                    }
                }
            }
        }
    }
}
