import Foundation
import Pictures
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct MediaDeskTests {
    private static let picture = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Shared/pictures/turned.jpg")

    private func desk(_ home: TestCommunity, _ maker: PictureMaker?, _ doorway: Doorway = Doorway(inside: 1, waiting: 4))
        -> MediaDesk
    {
        MediaDesk(database: home.database, community: home.community, maker: maker, doorway: doorway)
    }

    private func bytes() throws -> ArraySlice<UInt8> { Array(try Data(contentsOf: Self.picture))[...] }

    @Test("A picture is kept as it was made, with what its owner says of it")
    func uploads() async throws {
        let maker = try #require(PictureMaker.installed())
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let desk = desk(home, maker)
            #expect(desk.types == ["image/jpeg", "image/png", "image/webp", "image/gif"])
            let media = try await desk.upload(try bytes(), MediaChange(description: "Red"), by: ann.id)
            #expect((media.size, media.type) == (Media.Size(width: 40, height: 60), .jpeg))
            let kept = try #require(try await home.database.bytes(of: MediaFile(media.key, .original, .jpeg)))
            #expect(kept.starts(with: [0xff, 0xd8, 0xff]))
            await #expect(throws: InvalidFields.self) {
                try await desk.upload(try bytes(), MediaChange(focus: .init(x: .nan, y: 0)), by: ann.id)
            }
            await #expect(throws: MediaRefusal.picture(.unknownFormat)) {
                try await desk.upload([1, 2, 3], MediaChange(), by: ann.id)
            }
            await #expect(throws: MediaRefusal.tooLarge) {
                try await desk.upload([UInt8](repeating: 0xff, count: MediaDesk.mostBytes + 1)[...], MediaChange(), by: ann.id)
            }
            #expect(try await home.count(.media) == 1)
        }
    }

    @Test("Where pictures cannot be made, or too many are, none is taken")
    func takesNone() async throws {
        let maker = try #require(PictureMaker.installed())
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            #expect(desk(home, nil).types == [])
            await #expect(throws: MediaRefusal.notInstalled) {
                try await desk(home, nil).upload(try bytes(), MediaChange(), by: ann.id)
            }
            let doorway = Doorway(inside: 1, waiting: 0)
            #expect(await doorway.enter())
            await #expect(throws: MediaRefusal.crowded) {
                try await desk(home, maker, doorway).upload(try bytes(), MediaChange(), by: ann.id)
            }
            doorway.leave()
            _ = try await desk(home, maker, doorway).upload(try bytes(), MediaChange(), by: ann.id)
            await #expect(throws: MediaRefusal.self) {
                try await desk(home, maker, doorway).upload([1], MediaChange(), by: ann.id)
            }
            #expect(await doorway.enter(), "whoever was refused has left")
        }
    }

    @Test("A new picture of a profile takes the place of the old one; without one there is none")
    func profiles() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let (desk, profiles) = (desk(home, nil), Profiles(consequences: []))
            func change(_ change: ProfileChange) async throws {
                try await home.database.transaction { try await profiles.change(change, of: ann, in: $0) }
            }
            func keep(_ purpose: Media.Purpose) async throws -> Social.Attachment {
                try await home.database.transaction { try await desk.keep(.sample(for: purpose), of: ann.id, in: $0) }
            }
            var both = ProfileChange()
            let (first, header) = (try await keep(.avatar), try await keep(.header))
            (both.icon, both.header) = (.set(first), .set(header))
            try await change(both)
            let waiting = try await home.picture(of: ann)
            var other = ProfileChange()
            let second = try await keep(.avatar)
            other.icon = .set(second)
            try await change(other)
            let profile = try await home.database.actorProfile(of: ann.id)
            #expect(profile.icon == second && profile.header == header)
            #expect(try await home.count(.media) == 3)
            var none = ProfileChange()
            (none.icon, none.header) = (.removed, .removed)
            try await change(none)
            #expect(try await home.database.actorProfile(of: ann.id).icon == nil)
            #expect(try await home.count(.media) == 1)
            #expect(try await home.database.media(waiting.id, of: ann.id) == waiting)
        }
    }

    @Test("Who is a mentor is a person, and who is none cannot become a mentor")
    func mentorsArePeople() async throws {
        try await withCommunity { home in
            let (noor, ann) = (try await home.mentor("noor"), try await home.person("ann"))
            let profiles = Profiles(consequences: [])
            func automate(_ actor: Actor) async throws {
                var change = ProfileChange()
                change.isAutomated = true
                try await home.database.transaction { [change] in try await profiles.change(change, of: actor, in: $0) }
            }
            let error = await #expect(throws: InvalidFields.self) { try await automate(noor.actor) }
            #expect(error?.errors.map(\.field) == ["bot"])
            try await automate(ann.actor)
            let bot = try #require(try await home.database.account(id: ann.actor.id))
            #expect(bot.actor.kind == .service)
            let mentors = MentorProfiles(database: home.database, profiles: profiles)
            await #expect(throws: InvalidFields.self) { try await mentors.save(.open, of: bot, now: Date()) }
        }
    }
}
