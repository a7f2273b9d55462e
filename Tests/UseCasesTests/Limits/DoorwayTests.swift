import Testing

@testable import UseCases

struct DoorwayTests {
    @Test("So many are inside, so many wait, and who comes on top is sent away at once (R21)")
    func caps() async throws {
        let doorway = Doorway(inside: 2, waiting: 1, patience: .seconds(60))
        #expect(await doorway.enter())
        #expect(await doorway.enter())
        let third = Task { await doorway.enter() }
        while doorway.lineLength < 1 { await Task.yield() }
        #expect(await doorway.enter() == false)
        doorway.leave()
        #expect(await third.value)
        doorway.leave()
        doorway.leave()
        #expect(await doorway.enter())
    }

    @Test("Nobody waits longer than the patience, and who is cancelled leaves the line")
    func patience() async throws {
        let doorway = Doorway(inside: 1, waiting: 5, patience: .milliseconds(50))
        #expect(await doorway.enter())
        #expect(await doorway.enter() == false)
        let patient = Doorway(inside: 1, waiting: 5, patience: .seconds(60))
        #expect(await patient.enter())
        let cancelled = Task { await patient.enter() }
        while patient.lineLength < 1 { await Task.yield() }
        cancelled.cancel()
        #expect(await cancelled.value == false)
        #expect(patient.lineLength == 0)
    }

    @Test("Who waits for another server takes up no place")
    func outside() async throws {
        let doorway = Doorway(inside: 1, waiting: 0)
        #expect(await doorway.enter())
        await doorway.outside {
            #expect(await doorway.enter())
            doorway.leave()
        }
        #expect(await doorway.enter() == false)
        doorway.leave()
        #expect(await doorway.enter())
    }
}
