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

        /// An array of bytes would be hashed byte by byte: that takes longer than all else that is done here.
        func hash(into hasher: inout Hasher) {
            text.withUnsafeBytes { hasher.combine(bytes: $0) }
            types.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    private struct Entry {
        var lastUse: Int
        var name: String?
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var clock = 0
    /// Names that the server still keeps although their entries are gone.
    private var forgotten: [String] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// What has to be said for a statement to be run.
    mutating func messages(for text: [UInt8], _ parameters: SQLParameters) -> [Message] {
        switch plan(text: text, types: parameters.types) {
        case .unnamed:
            return [Message(text: text, .statement(parameters))]
        case .prepare(let name):
            defer { forgotten = [] }
            entries[Key(text: text, types: parameters.types)]?.name = name
            return forgotten.map { Message(statement: "deallocate \($0)") } + [
                Message(text: text, .preparation(name, parameters)), Message(text: text, .prepared(name, parameters)),
            ]
        case .run(let name):
            return [Message(text: text, .prepared(name, parameters))]
        }
    }

    /// Notes that a message was not sent or not done: nil, or the state with which the server refused it.
    mutating func forgetPlan(of message: Message, because state: SQLState?) {
        switch message.content {
        case .preparation(_, let parameters):
            entries[Key(text: message.text, types: parameters.types)] = nil
        case .prepared(_, let parameters):
            // The table has changed, or the plan is gone.
            if state == .featureNotSupported { forget(text: message.text, types: parameters.types) }
            if state == .invalidStatementName { forgetAll() }
        case .script, .statement: break
        }
    }

    private mutating func plan(text: [UInt8], types: [UInt32]) -> Plan {
        guard capacity > 0 else { return .unnamed }
        clock += 1
        let key = Key(text: text, types: types)
        guard let place = entries.index(forKey: key) else {
            if entries.count == capacity { forgetOldest() }
            entries[key] = Entry(lastUse: clock)
            return .unnamed
        }
        entries.values[place].lastUse = clock
        return entries.values[place].name.map(Plan.run(prepared:)) ?? .prepare(as: "s\(clock)")
    }

    /// The server's plan for this text has become useless.
    private mutating func forget(text: [UInt8], types: [UInt32]) {
        if let name = entries.removeValue(forKey: Key(text: text, types: types))?.name { forgotten.append(name) }
    }

    /// The server has dropped its plans.
    private mutating func forgetAll() {
        entries = [:]
        forgotten = []
    }

    private mutating func forgetOldest() {
        guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        entries[oldest.key] = nil
        if let name = oldest.value.name { forgotten.append(name) }
    }
}
