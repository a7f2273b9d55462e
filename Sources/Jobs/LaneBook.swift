/// Decides what a runner takes next: which lanes, in which turn, how many of each.
///
/// - Urgent work goes first, and finds places, altogether and in each lane, that no other work may take.
/// - Lanes of one priority take turns, so that a lane with twenty thousand jobs gets no more of a turn than one with
///   two.
/// - The queue that has waited longest for its turn goes before all ordinary ones whatever its priority, so that
///   nothing waits for ever.
/// - Lanes whose host fails or never answered share half of the places: five hundred dead hosts that take ten seconds
///   each to find out leave the other half to those that answer.
///
/// Pure: it is told what was found in the database, what was taken and what ended.
struct LaneBook: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Entry {
        var dueAt: Instant
        /// When it was learnt; what was learnt after a look at the database began outlives that look.
        var notedAt: Instant
    }

    let capacity: Int
    let laneCapacity: Int

    private var queues: [QueueName: Entry] = [:]
    private var health: [String: LaneHealth] = [:]
    private var lookedAt: Instant?
    private var inFlight: [String: Int] = [:]
    private var total = 0
    private var ordinary = 0
    private var doubtful = 0
    private var turns: [QueueName: UInt64] = [:]
    private var turn: UInt64 = 0

    init(capacity: Int, laneCapacity: Int) {
        self.capacity = max(capacity, 1)
        self.laneCapacity = max(laneCapacity, 1)
    }

    var isFull: Bool { total >= capacity }

    /// Takes over what a look at the database, begun at `start`, found.
    mutating func replace(with found: [WaitingQueue], begunAt start: Instant, now: Instant) {
        queues = queues.filter { $0.value.notedAt >= start }
        health = health.filter { inFlight[$0.key] != nil }
        lookedAt = now
        for queue in found {
            queues[queue.name] = Entry(dueAt: now + queue.wait, notedAt: now)
            health[queue.name.lane] = queue.health
        }
        turns = turns.filter { queues[$0.key] != nil }
    }

    /// Learns that a queue has something due.
    mutating func note(_ queue: QueueName, now: Instant) {
        queues[queue] = Entry(dueAt: now, notedAt: now)
    }

    /// What to ask for now, in this order; nothing when all places are taken or nothing is due.
    mutating func requests(now: Instant) -> [ClaimRequest] {
        guard !isFull else { return [] }
        var ready: [(queue: QueueName, turn: UInt64, room: Int)] = []
        for (queue, entry) in queues where entry.dueAt <= now {
            let room = room(for: queue, now: now)
            if room > 0 { ready.append((queue, turns[queue] ?? 0, room)) }
        }
        guard !ready.isEmpty else { return [] }
        ready.sort { Self.goesFirst($0.queue, $0.turn, $1.queue, $1.turn) }
        if let longest = ready.filter({ !$0.queue.isUrgent }).min(by: { $0.turn < $1.turn }),
            let place = ready.firstIndex(where: { $0.queue == longest.queue }),
            let firstOrdinary = ready.firstIndex(where: { !$0.queue.isUrgent })
        {
            ready.insert(ready.remove(at: place), at: firstOrdinary)
        }
        return share(ready)
    }

    /// Hands out the free places, one to each queue per round; to ordinary ones what urgent ones leave.
    private mutating func share(_ ready: [(queue: QueueName, turn: UInt64, room: Int)]) -> [ClaimRequest] {
        var places = Places(
            free: capacity - total, ordinary: capacity - capacity / 8 - ordinary,
            doubtful: max(capacity / 2, 1) - doubtful, doubtfulUrgent: max(capacity * 3 / 4, 1) - doubtful)
        var counts: [QueueName: Int] = [:]
        for isUrgent in [true, false] {
            var open = ready.filter { $0.queue.isUrgent == isUrgent }
            while !open.isEmpty {
                open = open.filter { candidate in
                    let isGiven = places.take(
                        candidate.queue, room: candidate.room, isDoubtful: isDoubtful(candidate.queue.lane))
                    if isGiven { counts[candidate.queue, default: 0] += 1 }
                    return isGiven
                }
            }
        }
        return ready.compactMap { candidate in
            guard let count = counts[candidate.queue] else { return nil }
            turn &+= 1
            turns[candidate.queue] = turn
            return ClaimRequest(queue: candidate.queue, count: count)
        }
    }

    /// The places that are left while they are handed out.
    private struct Places {
        var free: Int
        var ordinary: Int
        var doubtful: Int
        var doubtfulUrgent: Int
        var lanes: [String: Int] = [:]

        mutating func take(_ queue: QueueName, room: Int, isDoubtful: Bool) -> Bool {
            guard free > 0, queue.isUrgent || ordinary > 0, queue.lane.isEmpty || lanes[queue.lane, default: 0] < room,
                !isDoubtful || (queue.isUrgent ? doubtfulUrgent : doubtful) > 0
            else { return false }
            free -= 1
            lanes[queue.lane, default: 0] += 1
            if !queue.isUrgent { ordinary -= 1 }
            if isDoubtful { (doubtful, doubtfulUrgent) = (doubtful - 1, doubtfulUrgent - 1) }
            return true
        }
    }

    private static func goesFirst(
        _ one: QueueName, _ turn: UInt64, _ other: QueueName, _ otherTurn: UInt64
    ) -> Bool {
        if one.priority != other.priority { return one.priority < other.priority }
        return turn != otherTurn ? turn < otherTurn : one.lane < other.lane
    }

    private func isDoubtful(_ lane: String) -> Bool { !lane.isEmpty && (health[lane] ?? LaneHealth()).isDoubtful }

    /// How many more of a queue may begin.
    private func room(for queue: QueueName, now: Instant) -> Int {
        guard !queue.lane.isEmpty else { return capacity }
        let busy = inFlight[queue.lane] ?? 0
        let health = health[queue.lane] ?? LaneHealth()
        let elapsed = lookedAt.map { now - $0 } ?? .zero
        if let closedFor = health.closedFor { return closedFor <= elapsed && busy == 0 ? 1 : 0 }
        let ordinary = health.room(full: max(laneCapacity - 1, 1), after: elapsed)
        return max((queue.isUrgent ? min(ordinary + 1, laneCapacity) : ordinary) - busy, 0)
    }

    /// Takes down what was given for requests that were made at `start`. A queue that gave less than was asked for has
    /// nothing more that is due.
    mutating func took(_ claimed: Claimed, for requests: [ClaimRequest], at start: Instant) {
        for request in requests where (claimed.touched[request.queue] ?? 0) < request.count {
            if let entry = queues[request.queue], entry.notedAt <= start { queues[request.queue] = nil }
        }
        for job in claimed.jobs { count(job, by: 1) }
    }

    /// Gives the place of a job back.
    mutating func ended(_ job: Job) { count(job, by: -1) }

    private mutating func count(_ job: Job, by step: Int) {
        total += step
        if job.priority > NewJob.urgent { ordinary += step }
        guard !job.lane.isEmpty else { return }
        let before = inFlight[job.lane] ?? 0
        inFlight[job.lane] = before + step > 0 ? before + step : nil
        recountDoubtful()
    }

    /// A lane's health may have changed since its jobs began: what counts is how it is now.
    private mutating func recountDoubtful() {
        doubtful = inFlight.reduce(0) { $0 + (isDoubtful($1.key) ? $1.value : 0) }
    }
}
