import Foundation
import Testing
import Wire

@testable import Mentoring

struct WorkspaceRulesTests {
    private let session = Sample.session(.scheduled)
    private var start: Date { session.slot.start }

    private func change(_ action: WorkspaceChange.Action, by role: Role = .mentee, at: Date? = nil) -> WorkspaceChange {
        WorkspaceChange(id: UUID(), by: role, at: at ?? start, action: action)
    }

    private func decide(
        _ action: WorkspaceChange.Action, by role: Role = .mentee, on workspace: Workspace = Workspace(),
        of session: Session? = nil, manner: WorkspaceRules.Manner = .asked, now: Date? = nil
    ) -> WorkspaceDecision {
        WorkspaceRules.decide(
            change(action, by: role), on: workspace, of: session ?? self.session, manner: manner, now: now ?? start)
    }

    private func workspace(_ items: (WorkspaceItem.Kind, Role)...) -> Workspace {
        Workspace(
            items: items.enumerated().map { position, item in
                WorkspaceItem(
                    id: UUID(), kind: item.0, by: item.1, at: start,
                    words: .init(text: "\(position)", link: item.0 == .link ? URI("https://x.example/") : nil))
            })
    }

    @Test("what has ended takes nothing more", arguments: SessionStatus.allCases)
    func statuses(status: SessionStatus) {
        let isOver = [.declined, .cancelled, .expired].contains(status)
        let decision = decide(.add(.agenda, .init(text: "Say hello")), of: Sample.session(status))
        #expect((decision == .refused(.ended)) == isOver)
    }

    @Test("only who wrote an item changes its words or removes it; both tick and order, but for checklists",
        arguments: WorkspaceItem.Kind.allCases)
    func ownership(kind: WorkspaceItem.Kind) throws {
        let before = workspace((kind, .mentor), (kind, .mentor))
        let item = before.items[0]
        for action in [WorkspaceChange.Action.edit(item.id, item.words), .remove(item.id)] {
            #expect(decide(action, by: .mentee, on: before) == .refused(.notYours))
            guard case .applied = decide(action, by: .mentor, on: before) else {
                Issue.record("\(action)")
                continue
            }
        }
        let tick = decide(.tick(item.id, true), by: .mentee, on: before)
        let place = decide(.place(item.id, before: nil), by: .mentee, on: before)
        switch kind {
        case .agenda, .action:
            guard case .applied(let ticked) = tick else {
            Issue.record("\(tick)")
            return
        }
            #expect(ticked.items[0].done?.by == .mentee)
        case .checklist: #expect(tick == .refused(.notYours) && place == .refused(.notYours))
        case .link, .topic: #expect(tick == .refused(.notDoable))
        }
        if kind != .checklist {
            guard case .applied(let placed) = place else {
            Issue.record("\(place)")
            return
        }
            #expect(placed.items.map(\.words.text) == ["1", "0"])
        }
    }

    @Test("one side has its hundred items, whatever the other wrote")
    func limit() {
        let many = (0..<WorkspaceItem.mostOfOneSide).map { _ in (WorkspaceItem.Kind.topic, Role.mentor) }
        var full = workspace()
        full.items = many.map {
            WorkspaceItem(id: UUID(), kind: $0.0, by: $0.1, at: start, words: .init(text: "x"))
        }
        #expect(decide(.add(.topic, .init(text: "x")), by: .mentor, on: full) == .refused(.full))
        guard case .applied = decide(.add(.topic, .init(text: "x")), by: .mentee, on: full) else {
            Issue.record("the other side has none yet")
            return
        }
    }

    @Test("notes are taken upon the version that stands, and put aside upon any other")
    func notes() throws {
        guard case .applied(let first) = decide(.write("One", upon: nil)) else {
            Issue.record("first")
            return
        }
        #expect(first.notes?.number == 1)
        #expect(decide(.write("Two", upon: nil), on: first) == .setAside)
        #expect(decide(.write("Two", upon: UUID()), on: first) == .setAside)
        guard case .applied(let second) = decide(.write("Two", upon: first.notes?.id), by: .mentor, on: first) else {
            Issue.record("second")
            return
        }
        #expect(second.notes?.text == "Two" && second.notes?.number == 2 && second.notes?.by == .mentor)
    }

    @Test(
        "a meeting begins a quarter of an hour early at most, never in the future",
        arguments: [
            (-901.0, 0.0, WorkspaceRefusal.tooEarly), (-900, 0, nil), (0, 0, nil), (1, 0, .inFuture),
            (300, 600, nil), (43_200 * 3, 43_200 * 3, .tooLate),
        ] as [(Double, Double, WorkspaceRefusal?)])
    func starts(offset: Double, clock: Double, refusal: WorkspaceRefusal?) {
        let time = start.addingTimeInterval(offset)
        let decision = decide(.start(time), now: start.addingTimeInterval(clock))
        if let refusal {
            #expect(decision == .refused(refusal))
        } else {
            #expect(decision == .applied(Workspace(startedAt: time)))
        }
    }

    @Test(
        "it ends after it began, within a day, and once",
        arguments: [
            (nil, 60.0, WorkspaceRefusal.notStarted), (0.0, 0, .endNotAfterStart), (0, -60, .endNotAfterStart),
            (0, 2700, nil), (0, 86_400 + 31, .tooLong), (0, 90_000_000, .inFuture),
        ] as [(Double?, Double, WorkspaceRefusal?)])
    func ends(begun: Double?, end: Double, refusal: WorkspaceRefusal?) {
        let begun = Workspace(startedAt: begun.map { start.addingTimeInterval($0) })
        let time = start.addingTimeInterval(end)
        let decision = decide(.end(time), on: begun, now: start.addingTimeInterval(200_000))
        if let refusal {
            #expect(decision == .refused(refusal))
            return
        }
        guard case .applied(let after) = decision else {
            Issue.record("\(decision)")
            return
        }
        #expect(after.minutes == 45 && !after.isInProgress)
        #expect(
            decide(.end(time), on: after, now: start.addingTimeInterval(200_000)) == .refused(.alreadyEnded))
    }

    @Test("a session that is not agreed does not begin", arguments: [SessionStatus.pending, .noShow])
    func agreed(status: SessionStatus) {
        #expect(decide(.start(start), of: Sample.session(status)) == .refused(.notAgreed))
    }

    @Test("of two starts and two ends in two communities the earlier counts")
    func twoStarts() {
        let begun = Workspace(
            startedAt: start.addingTimeInterval(60), endedAt: start.addingTimeInterval(1800))
        let later = start.addingTimeInterval(7200)
        #expect(
            decide(.start(start), on: begun, manner: .heard, now: later)
                == .applied(Workspace(startedAt: start, endedAt: start.addingTimeInterval(1800))))
        #expect(
            decide(.end(start.addingTimeInterval(1700)), on: begun, manner: .heard, now: later)
                == .applied(
                    Workspace(
                        startedAt: start.addingTimeInterval(60), endedAt: start.addingTimeInterval(1700))))
        #expect(decide(.start(start), on: begun, now: later) == .refused(.alreadyStarted))
    }

    @Test("what is heard twice is done once")
    func repetition() {
        let add = NumberedChange(number: 1, change: change(.add(.topic, .init(text: "Once")), by: .mentor))
        let first = WorkspaceRules.hear([add], on: Workspace(), of: session, now: start)
        #expect(first.workspace.items.count == 1 && first.made == [add.change.id] && first.workspace.heard == 1)
        let second = WorkspaceRules.hear([add, add], on: first.workspace, of: session, now: start)
        #expect(second.workspace == first.workspace && second.made.isEmpty)
    }

    @Test("text that was put aside is told, and what follows upon it is put aside, too")
    func puttingAside() {
        let standing = Workspace(
            notes: SharedNotes(text: "Mine", id: UUID(), number: 1, by: .mentee, at: start))
        let one = change(.write("Yours", upon: nil), by: .mentor)
        let two = change(.write("Yours, longer", upon: one.id), by: .mentor)
        let after = WorkspaceRules.hear(
            [.init(number: 1, change: one), .init(number: 2, change: two)], on: standing, of: session, now: start)
        #expect(after.workspace.notes?.text == "Mine")
        #expect(after.workspace.setAside == [one.id, two.id] && after.made.isEmpty)
    }

    /// Two communities, deliveries that are late, lost or doubled, from seeds: once everything has arrived, both show
    /// the same.
    @Test("both communities end with the same, in whatever order they hear of it", arguments: 0..<200)
    func convergence(seed: UInt64) {
        var random = Numbers(state: seed &* 7919 &+ 1)
        var owner = Workspace()
        var told = Workspace()
        var mirror = Workspace()
        var waiting: [NumberedChange] = []
        var count = 0
        var offers: [[NumberedChange]] = []
        var snapshots: [Workspace] = []
        let now = start.addingTimeInterval(3600)

        func action(on workspace: Workspace) -> WorkspaceChange.Action {
            let item = workspace.items.randomElement(using: &random)?.id ?? UUID()
            switch Int.random(in: 0..<9, using: &random) {
            case 0: return .write("text \(Int.random(in: 0..<1000, using: &random))", upon: workspace.notes?.id)
            case 1: return .tick(item, Bool.random(using: &random))
            case 2: return .place(item, before: workspace.items.randomElement(using: &random)?.id)
            case 3: return .remove(item)
            case 4: return .start(start.addingTimeInterval(Double(Int.random(in: 0..<600, using: &random))))
            case 5: return .end(start.addingTimeInterval(Double(Int.random(in: 601..<3600, using: &random))))
            case 6: return .edit(item, .init(text: "edited \(Int.random(in: 0..<1000, using: &random))"))
            default: return .add(WorkspaceItem.Kind.allCases.randomElement(using: &random) ?? .topic, .init(text: "t"))
            }
        }
        func adopt(_ snapshot: Workspace) {
            guard snapshot.version > told.version else { return }
            told = snapshot
            waiting.removeAll { $0.number <= snapshot.heard }
            mirror = WorkspaceRules.merge(told, waiting: waiting, of: session, now: now)
        }
        func hear(_ offer: [NumberedChange]) {
            let after = WorkspaceRules.hear(offer, on: owner, of: session, now: now).workspace
            if after != owner {
                owner = after
                owner.version += 1
            }
            snapshots.append(owner)
        }
        for _ in 0..<60 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let change = change(action(on: owner), by: .mentee)
                if case .applied(var next) = WorkspaceRules.decide(
                    change, on: owner, of: session, manner: .asked, now: now), next != owner
                {
                    next.version += 1
                    owner = next
                    snapshots.append(owner)
                }
            case 1:
                let change = change(action(on: mirror), by: .mentor)
                if case .applied(let next) = WorkspaceRules.decide(
                    change, on: mirror, of: session, manner: .asked, now: now), next != mirror
                {
                    count += 1
                    waiting.append(.init(number: count, change: change))
                    mirror = next
                    offers.append(waiting)
                }
            case 2:
                if let offer = offers.randomElement(using: &random) { hear(offer) }
                if Bool.random(using: &random), !offers.isEmpty { offers.removeFirst() }
            default:
                if let snapshot = snapshots.randomElement(using: &random) { adopt(snapshot) }
                if Bool.random(using: &random), !snapshots.isEmpty { snapshots.removeFirst() }
            }
        }
        hear(waiting)
        adopt(owner)
        #expect(waiting.isEmpty)
        #expect(mirror == owner)
    }
}

private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
