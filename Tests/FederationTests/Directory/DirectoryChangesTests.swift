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

/// What a community that we follow tells of its mentors, in whatever order it arrives.
struct DirectoryChangesTests {
    private func withBench(_ body: (DirectoryBench) async throws -> Void) async throws {
        try await withFederation { federation in
            let bench = try await DirectoryBench(federation)
            try bench.serve([[try bench.mentor("noor")]], revision: 10)
            try await bench.follow()
            try await bench.read()
            try await body(bench)
        }
    }

    private func readings(_ bench: DirectoryBench) -> Int { bench.peer.requests("/actor/directory").count }

    @Test("A new mentor, a changed and a withdrawn one are so here, and nothing else is read")
    func follows() async throws {
        try await withBench { bench in
            let omar = try bench.mentor("omar", knows: ["kites"])
            #expect(try await bench.tell("Add", omar, revision: 11) == .applied)
            try await bench.read()
            #expect(try await bench.found() == ["noor", "omar"])
            try bench.mentor("omar", knows: ["bees"])
            #expect(try await bench.tell("Update", omar, revision: 12) == .applied)
            try await bench.read()
            let found = try await bench.home.database.mentors(MentorSearch(expertise: ["bees"], limit: 40))
            #expect(found.map(\.actor.uri) == [omar])
            // Gone with the Remove itself, whatever their document still says.
            #expect(try await bench.tell("Remove", omar, revision: 13) == .applied)
            #expect(try await bench.found() == ["noor"])
            try await bench.read()
            #expect(try await bench.found() == ["noor"])
            #expect(try await bench.neighbour()?.revision == 13 && readings(bench) == 1)
        }
    }

    @Test("What arrives late, twice or in another order ends the same", arguments: [[11, 12, 13], [13, 12, 11], [12, 11, 13, 12, 11]])
    func orders(arrivals: [Int]) async throws {
        try await withBench { bench in
            let omar = try bench.mentor("omar")
            // 11: omar comes, 12: omar goes, 13: omar is back.
            try bench.serve([[try bench.mentor("noor"), omar]], revision: 13)
            for arrival in arrivals {
                try await bench.tell(arrival == 12 ? "Remove" : "Add", omar, revision: arrival)
            }
            try await bench.read()
            #expect(try await bench.found() == ["noor", "omar"])
            #expect(try await bench.neighbour()?.revision == 13)
        }
    }

    @Test("A late Add does not bring back who withdrew since")
    func lateAdd() async throws {
        try await withBench { bench in
            let omar = try bench.mentor("omar")
            #expect(try await bench.tell("Add", omar, revision: 11) == .applied)
            #expect(try await bench.tell("Remove", omar, revision: 13) == .applied)
            #expect(try await bench.tell("Update", omar, revision: 12) == .applied)
            #expect(try await bench.home.database.isListed(omar) == false)
            try bench.serve([[try bench.mentor("noor")]], revision: 13)
            try await bench.read()
            #expect(try await bench.found() == ["noor"])
        }
    }

    @Test("A gap in the count, and a count where none was known, have the whole read again", arguments: [12, 500, 1 << 53])
    func gap(revision: Int) async throws {
        try await withBench { bench in
            let omar = try bench.mentor("omar")
            try bench.serve([[omar]], revision: revision)
            #expect(try await bench.tell("Add", omar, revision: revision) == .applied)
            #expect(try await bench.neighbour()?.revision == 10, "a gap is no knowledge")
            try await bench.read()
            #expect(try await bench.found() == ["omar"] && readings(bench) == 2)
            #expect(try await bench.neighbour()?.revision == revision)
            try await bench.read()
            #expect(readings(bench) == 2, "and once is enough")
        }
    }

    @Test("A server that does not count is believed as things come")
    func uncounted() async throws {
        try await withBench { bench in
            let omar = try bench.mentor("omar")
            #expect(try await bench.tell("Add", omar) == .applied)
            try await bench.read()
            #expect(try await bench.found() == ["noor", "omar"])
            #expect(try await bench.tell("Remove", omar) == .applied)
            #expect(try await bench.found() == ["noor"] && readings(bench) == 1)
        }
    }

    @Test("A count that begins anew, as after an old backup, has the directory taken as it is")
    func restarts() async throws {
        try await withBench { bench in
            let (omar, pia) = (try bench.mentor("omar"), try bench.mentor("pia"))
            try await bench.tell("Add", omar, revision: 11)
            try await bench.read()
            try bench.serve([[pia]], revision: 3)
            let other = try await bench.bench.known(bench.b).id
            try await bench.home.database.doubtNeighbour(other)
            try await bench.read()
            #expect(try await bench.found() == ["pia"])
            #expect(try await bench.neighbour()?.revision == 3)
        }
    }

    @Test("A reading changes nothing that a later change has said")
    func readingMeetsChanges() async throws {
        try await withBench { bench in
            let database = bench.home.database
            let (omar, pia) = (try bench.mentor("omar"), try bench.mentor("pia"))
            let other = try await bench.bench.known(bench.b).id
            // Read at 10, while 11 took noor out and 12 brought omar in.
            let noor = try bench.mentor("noor")
            try await bench.tell("Remove", noor, revision: 11)
            try await bench.tell("Add", omar, revision: 12)
            let gone = try await database.transaction { transaction in
                try await transaction.takeDirectory(
                    [ListedMentor(uri: noor, updatedAt: nil), ListedMentor(uri: pia, updatedAt: nil)], of: other,
                    revision: 10, restarts: false)
            }
            #expect(gone == [])
            let listed = try await database.mentors(of: other)
            #expect(Set(listed) == [omar, pia])
        }
    }

    @Test("Mentors at other origins are none of its business", arguments: ["Add", "Update", "Remove"])
    func foreign(kind: String) async throws {
        try await withBench { bench in
            for stranger in [bench.bench.eve.uri, bench.bench.ann.uri, bench.b.uri] {
                let disposition = try await bench.tell(kind, stranger, revision: 11)
                #expect(disposition == .refused(.notOwner))
            }
            let other = try await bench.bench.known(bench.b).id
            #expect(try await bench.neighbour()?.revision == 10)
            #expect(try await bench.home.database.mentors(of: other).count == 1)
        }
    }

    @Test("Nobody but the community itself speaks of its directory")
    func strangers() async throws {
        try await withBench { bench in
            let noor = try bench.mentor("noor")
            for actor in [bench.bench.ben, bench.bench.eve] {
                #expect(try await bench.tell("Remove", noor, revision: 11, by: actor) != .applied)
            }
            // Its own word about another collection than its directory is not about that.
            let featured = try bench.peer.address("/actor/featured")
            #expect(try await bench.tell("Remove", noor, revision: 11, target: featured) != .applied)
            #expect(try await bench.found() == ["noor"])
        }
    }

    @Test("A change that was told while a mentor's document was fetched has it fetched again")
    func whileFetching() async throws {
        try await withBench { bench in
            let database = bench.home.database
            let omar = try bench.mentor("omar")
            let other = try await bench.bench.known(bench.b).id
            try await bench.tell("Add", omar, revision: 11)
            let begun = try #require(try await database.mentorsToFetch(of: other, limit: 10).first)
            try await bench.tell("Update", omar, revision: 12)
            try await database.mentorWasFetched(begun, of: other)
            let waiting = try await database.mentorsToFetch(of: other, limit: 10)
            #expect(waiting.map(\.uri) == [omar])
        }
    }
}
