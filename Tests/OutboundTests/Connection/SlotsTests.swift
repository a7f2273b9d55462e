import Testing

@testable import Outbound

@Suite(.timeLimit(.minutes(1)))
struct SlotsTests {
    @Test("serves those who wait in the order they came")
    func fifo() async throws {
        let slots = Slots(1)
        let order = Shared<[Int]>([])
        try await slots.acquire()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await slots.withSlot { order.change { $0.append(number) } }
                }
                while slots.waiting <= number { await Task.yield() }
            }
            slots.release()
            try await group.waitForAll()
        }
        #expect(order.value == Array(0..<20))
        #expect(slots.free == 1)
    }

    @Test("skips those who gave up, and loses no slot to them")
    func cancelled() async throws {
        let slots = Slots(1)
        try await slots.acquire()
        let impatient = Task { try await slots.acquire() }
        while slots.waiting < 1 { await Task.yield() }
        let patient = Task { try await slots.withSlot { true } }
        while slots.waiting < 2 { await Task.yield() }
        impatient.cancel()
        await #expect(throws: OutboundError.cancelled) { try await impatient.value }
        slots.release()
        #expect(try await patient.value)
        #expect(slots.free == 1)
    }

    @Test("gives no slot to a task that is cancelled already")
    func alreadyCancelled() async throws {
        let slots = Slots(1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await slots.acquire()
        }
        await #expect(throws: OutboundError.cancelled) { try await task.value }
        #expect(slots.free == 1)
    }

    @Test("never has more at work than slots, under contention and cancellation")
    func contention() async throws {
        let slots = Slots(3)
        let atWork = Shared((now: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<500 {
                group.addTask {
                    let task = Task {
                        try await slots.withSlot {
                            atWork.change { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                            await Task.yield()
                            atWork.change { $0.now -= 1 }
                        }
                    }
                    if number.isMultiple(of: 3) { task.cancel() }
                    _ = await task.result
                }
            }
        }
        #expect(atWork.value.most <= 3)
        #expect(slots.free == 3)
    }
}

@Suite(.timeLimit(.minutes(1)))
struct AnswerTests {
    @Test("hands over a value given before or after it is awaited")
    func bothOrders() async throws {
        let early = Answer<Int>()
        early.give(1)
        early.give(2)
        #expect(try await early.value() == 1)

        let late = Answer<Int>()
        let waiting = Task { try await late.value() }
        await Task.yield()
        late.give(3)
        #expect(try await waiting.value == 3)
    }

    @Test("does not keep a cancelled task waiting")
    func cancelled() async {
        let answer = Answer<Int>()
        let waiting = Task { try await answer.value() }
        waiting.cancel()
        await #expect(throws: OutboundError.cancelled) { try await waiting.value }
        answer.give(1)
    }
}
