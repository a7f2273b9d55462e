import Foundation
import Mentoring
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// What a command leaves behind on each side: state, history, notifications and activities.
struct SessionStoryTests {
    struct Step: Sendable {
        let action: SessionAction
        let byMentor: Bool
    }

    struct Story: Sendable, CustomTestStringConvertible {
        let name: String
        let steps: [Step]
        let status: SessionStatus
        let history: [String]
        /// Of Mika and of Noor, where they are people of ours.
        let told: (mika: [String], noor: [String])
        /// From Mika's and from Noor's community to the other.
        let sent: (owner: [String], mirror: [String])

        var testDescription: String { name }
    }

    static let otherStart = Date.hence(days: 6)

    static func stories() throws -> [Story] {
        let other = try slot(otherStart)
        let place = Place(medium: .online)
        let words = Bench.words
        return [
            Story(
                name: "request", steps: [], status: .pending, history: ["requested"], told: ([], ["requested"]),
                sent: (["Invite"], [])),
            Story(
                name: "accept", steps: [Step(action: Bench.accept, byMentor: true)], status: .scheduled,
                history: ["requested", "accepted"], told: (["accepted"], ["requested"]),
                sent: (["Invite", "Update"], ["Accept"])),
            Story(
                name: "decline", steps: [Step(action: .decline(words), byMentor: true)], status: .declined,
                history: ["requested", "declined"], told: (["declined"], ["requested"]), sent: (["Invite"], ["Reject"])),
            Story(
                name: "withdraw", steps: [Step(action: .cancel(words), byMentor: false)], status: .cancelled,
                history: ["requested", "cancelled"], told: ([], ["requested", "cancelled"]),
                sent: (["Invite", "Delete"], [])),
            Story(
                name: "cancel by the mentor",
                steps: [Step(action: Bench.accept, byMentor: true), Step(action: .cancel(words), byMentor: true)],
                status: .cancelled, history: ["requested", "accepted", "cancelled"],
                told: (["accepted", "cancelled"], ["requested"]), sent: (["Invite", "Update"], ["Accept", "Delete"])),
            Story(
                name: "cancel by the mentee",
                steps: [Step(action: Bench.accept, byMentor: true), Step(action: .cancel(words), byMentor: false)],
                status: .cancelled, history: ["requested", "accepted", "cancelled"],
                told: (["accepted"], ["requested", "cancelled"]), sent: (["Invite", "Update", "Delete"], ["Accept"])),
            Story(
                name: "move",
                steps: [Step(action: .reschedule(Move(slot: other, place: place, rate: nil)), byMentor: false)],
                status: .pending, history: ["requested", "rescheduled"], told: ([], ["requested", "rescheduled"]),
                sent: (["Invite", "Update"], [])),
            Story(
                name: "other times", steps: [Step(action: .propose([other], words), byMentor: true)],
                status: .pending, history: ["requested", "proposed"], told: (["proposed"], ["requested"]),
                sent: (["Invite"], ["Offer"])),
            Story(
                name: "other times declined",
                steps: [
                    Step(action: .propose([other], words), byMentor: true),
                    Step(action: .declineProposal(of: nil, words), byMentor: false),
                ],
                status: .pending, history: ["requested", "proposed", "proposal_declined"],
                told: (["proposed"], ["requested", "proposal_declined"]), sent: (["Invite", "Reject"], ["Offer"])),
        ]
    }

    @Test(arguments: try stories(), [Bench.Side.here, .owner, .mirror])
    func leaves(story: Story, side: Bench.Side) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, side)
            let id = try await bench.request().id
            for step in story.steps {
                let session = try #require(try await bench.session(id))
                var revision: Int?
                if side == .mirror, case .reschedule = step.action { revision = session.revision + 1 }
                let decision = try await bench.perform(
                    step.action, on: session, by: step.byMentor ? bench.noor : bench.mika, revision: revision)
                #expect(decision?.refusal == nil)
            }
            #expect(try await bench.session(id)?.status == story.status)
            #expect(try await bench.history(id) == story.history)
            #expect(try await bench.notifications(bench.mika) == (bench.mika.isLocal ? story.told.mika : []))
            #expect(try await bench.notifications(bench.noor) == (bench.noor.isLocal ? story.told.noor : []))
            switch side {
            case .here: #expect(try await bench.sent().isEmpty)
            case .owner: #expect(try await bench.sent() == story.sent.owner)
            case .mirror: #expect(try await bench.sent() == story.sent.mirror)
            }
        }
    }

    @Test(
        "When the mentee takes an offered time, the mentor's side has accepted it",
        arguments: [Bench.Side.here, .mirror])
    func takesAnOfferedTime(side: Bench.Side) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, side)
            let id = try await bench.request().id
            let other = try slot(Self.otherStart)
            let asked = try #require(try await bench.session(id))
            try await bench.perform(.propose([other], Bench.words), on: asked, by: bench.noor)
            let proposed = try #require(try await bench.session(id))
            let offer = try #require(proposed.proposal?.activity)
            let decision = try await bench.perform(
                .reschedule(Move(of: proposed, to: other, answering: offer)), on: proposed, by: bench.mika,
                revision: side == .mirror ? 1 : nil)
            #expect(decision?.session.status == .scheduled)
            let session = try #require(try await bench.session(id))
            #expect(session.status == .scheduled)
            #expect(session.slot.isSameTime(as: other))
            #expect(session.agreement?.revision == 1)
            #expect(try await bench.history(id) == ["requested", "proposed", "rescheduled", "accepted"])
            #expect(try await bench.sent() == (side == .mirror ? ["Offer", "Accept"] : []))
        }
    }
}
