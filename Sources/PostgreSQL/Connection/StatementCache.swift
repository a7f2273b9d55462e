/// Which statement texts a connection has met and which of them the server keeps prepared.
///
/// A text is prepared at its second use, so one-offs cost no extra round trip. The least recently used text is
/// forgotten when there are more than `capacity`.
struct StatementCache {
    /// How to run a statement.
    enum Plan: Equatable {
        /// Send text and parameters together.
        case unnamed
        /// Prepare under this name, then run it.
        case prepare(as: String)
        case run(prepared: String)
    }

    private struct Key: Hashable {
        let text: [UInt8]
        let types: [UInt32]
    }

    private struct Entry {
        var lastUse: Int
        var name: String?
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var clock = 0
    /// Names that the server still keeps although their entries are gone.
    private(set) var forgotten: [String] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func plan(text: [UInt8], types: [UInt32]) -> Plan {
        guard capacity > 0 else { return .unnamed }
        clock += 1
        let key = Key(text: text, types: types)
        guard let entry = entries[key] else {
            if entries.count == capacity { forgetOldest() }
            entries[key] = Entry(lastUse: clock)
            return .unnamed
        }
        entries[key]?.lastUse = clock
        return entry.name.map(Plan.run(prepared:)) ?? .prepare(as: "s\(clock)")
    }

    mutating func didPrepare(text: [UInt8], types: [UInt32], as name: String) {
        entries[Key(text: text, types: types)]?.name = name
    }

    /// The server's plan for this text has become useless.
    mutating func forget(text: [UInt8], types: [UInt32]) {
        if let name = entries.removeValue(forKey: Key(text: text, types: types))?.name { forgotten.append(name) }
    }

    /// The server has dropped its plans.
    mutating func forgetAll() {
        entries = [:]
        forgotten = []
    }

    mutating func didDeallocateForgotten() {
        forgotten = []
    }

    private mutating func forgetOldest() {
        guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        entries[oldest.key] = nil
        if let name = oldest.value.name { forgotten.append(name) }
    }
}
