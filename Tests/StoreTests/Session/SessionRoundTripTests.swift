import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct SessionRoundTripTests {
    @Test func keepsASessionWithNothingOptional() async throws {
        try await withCommunity { home in
            let session = try await Pair(home).session()
            #expect(try await home.database.insert(session))
            #expect(try await home.database.session(.id(session.id)) == session)
        }
    }

    @Test func keepsASessionWithEverything() async throws {
        try await withCommunity { home in
            let session = try await Pair(home).fullSession()
            #expect(try await home.database.insert(session))
            #expect(try await home.database.session(.id(session.id)) == session)
        }
    }

    @Test("An update writes every column, to something and back to nothing")
    func updatesEveryColumn() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let full = try pair.fullSession()
            let bare = Session(
                id: full.id, uri: full.uri, invite: full.invite, mentee: full.mentor, mentor: full.mentee,
                custody: .here, kind: SessionKind(name: "x", label: "X", pricing: nil), topic: "T", message: "",
                requestedAt: full.requestedAt, slot: full.slot, place: Place(medium: .phone), rate: nil, revision: 5,
                revisedAt: full.revisedAt, status: .pending, answerBy: full.answerBy, updatedAt: full.updatedAt)
            #expect(try await home.database.insert(full))
            try await home.database.update(bare)
            #expect(try await home.database.session(.id(full.id)) == bare)
            try await home.database.update(full)
            #expect(try await home.database.session(.id(full.id)) == full)
        }
    }

    @Test func isFoundByEachOfItsNames() async throws {
        try await withCommunity { home in
            let session = try await Pair(home).fullSession()
            #expect(try await home.database.insert(session))
            let agreement = try #require(session.agreement?.activity)
            for reference: SessionReference in [
                .id(session.id), .event(session.uri), .invite(session.invite), .agreement(agreement),
            ] {
                #expect(try await home.database.session(reference)?.id == session.id)
            }
            #expect(try await home.database.session(.event(session.invite)) == nil)
            #expect(try await home.database.session(.invite(session.uri)) == nil)
            #expect(try await home.database.session(.id(UUID())) == nil)
        }
    }

    @Test("A second session of the same Event or Invite is not written")
    func refusesSecondOfTheSameEvent() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let first = try pair.session()
            #expect(try await home.database.insert(first))
            #expect(try await home.database.insert(first) == false)
            let other = try pair.session()
            let sameInvite = Session(
                id: other.id, uri: other.uri, invite: first.invite, mentee: other.mentee, mentor: other.mentor,
                custody: .here, kind: other.kind, topic: "", message: "", requestedAt: other.requestedAt,
                slot: other.slot, place: other.place, rate: nil, revision: 0, revisedAt: other.revisedAt,
                status: .pending, answerBy: other.answerBy, updatedAt: other.updatedAt)
            #expect(try await home.database.insert(sameInvite) == false)
            #expect(try await home.count(.sessions) == 1)
        }
    }

    static let oddTexts = [
        "'; drop table sessions; --", "$1 $$ \\ \\' \"", "%_\\%", "\u{202E}abc\u{200D}", "e\u{301}é", "🧑🏽‍🏫", "\u{FEFF}x",
        "\u{FFFD}\u{10FFFF}", "{\"a\":1}", "null", "\r\n\t", String(repeating: "ä", count: 2000),
    ]

    @Test("Text is kept byte for byte, whatever it would mean elsewhere (J01)")
    func keepsOddStrings() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            for text in Self.oddTexts {
                let bare = try pair.session()
                let session = Session(
                    id: bare.id, uri: bare.uri, invite: bare.invite, mentee: bare.mentee, mentor: bare.mentor,
                    custody: .here, kind: bare.kind, topic: text, message: text, requestedAt: bare.requestedAt,
                    slot: bare.slot, place: bare.place, rate: nil, revision: 0, revisedAt: bare.revisedAt,
                    status: .pending, answerBy: bare.answerBy, updatedAt: bare.updatedAt)
                #expect(try await home.database.insert(session))
                try await home.database.setNote(text, on: session.id, by: pair.mika.actor.id)
                let read = try #require(try await home.database.session(.id(session.id)))
                let note = try #require(try await home.database.note(on: session.id, by: pair.mika.actor.id))
                for kept in [read.topic, read.message, note] { #expect(Array(kept.utf8) == Array(text.utf8)) }
            }
        }
    }

    @Test("A moment is the same value on the wire and in the database")
    func keepsMilliseconds() async throws {
        try await withCommunity { home in
            for millisecond in 0..<1000 {
                let text = "2027-03-01T16:00:00.\(String(1000 + millisecond).dropFirst())Z"
                let moment = try date(text)
                let row = try await home.database.row("select \(moment)::timestamptz as moment")
                let read: Date = try #require(row).get("moment")
                #expect(read == moment, "\(text)")
                if read != moment { break }
            }
        }
    }

    @Test("A NUL is refused before it is sent, not cut off")
    func refusesNUL() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let session = try pair.session()
            #expect(try await home.database.insert(session))
            await #expect(throws: PostgresError.encoding(.containsNUL)) {
                try await home.database.setNote("a\u{0}b", on: session.id, by: pair.mika.actor.id)
            }
        }
    }

    @Test("Constraints tell which they are")
    func mapsViolations() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let session = try pair.session()
            let ofOne = session.replacing(.mentor, by: session.mentee)
            let ofNobody = session.replacing(.mentor, by: ActorID(rawValue: 1))
            for (broken, state) in [(ofOne, SQLState.checkViolation), (ofNobody, .foreignKeyViolation)] {
                let error = await #expect(throws: PostgresError.self) { try await home.database.insert(broken) }
                #expect(error?.state == state)
                #expect(error?.constraint != nil)
                #expect(error?.isTransient == false)
            }
        }
    }
}
