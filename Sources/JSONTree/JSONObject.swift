extension JSON {
    /// Members of a JSON object in the order in which they were read or added, each key once.
    ///
    /// Keys are the same when their bytes are: `K` (KELVIN SIGN) is not `K`, and the two forms of é differ.
    /// Looking up and adding take constant time at any size; removing takes time in proportion to the size.
    package struct Object: Sendable {
        private var members: [Element] = []
        /// Positions in `members`, kept once a scan would be slower.
        private var index: [ByteKey: Int]?
        private static let scanned = 16

        /// An object without members.
        package init() {}

        /// The value of a member, nil when it is absent; a JSON null is `.null`.
        ///
        /// Setting replaces in place or adds at the end, setting nil removes.
        package subscript(key: String) -> JSON? {
            get {
                position(of: key).map { members[$0].value }
            }
            set {
                switch (position(of: key), newValue) {
                case (let position?, let value?):
                    members[position].value = value
                case (let position?, nil):
                    members.remove(at: position)
                    index = nil
                    if members.count > Self.scanned { buildIndex() }
                case (nil, let value?):
                    append(key, value)
                case (nil, nil):
                    break
                }
            }
        }

        /// Adds a member unless its key is there already; tells whether it was added.
        mutating func add(_ key: String, _ value: JSON) -> Bool {
            guard position(of: key) == nil else { return false }
            append(key, value)
            return true
        }

        private func position(of key: String) -> Int? {
            if let index { return index[ByteKey(text: key)] }
            return members.firstIndex { $0.key.hasSameBytes(as: key) }
        }

        private mutating func append(_ key: String, _ value: JSON) {
            members.append((key, value))
            if index != nil {
                index?[ByteKey(text: key)] = members.count - 1
            } else if members.count > Self.scanned {
                buildIndex()
            }
        }

        private mutating func buildIndex() {
            var positions = [ByteKey: Int](minimumCapacity: members.count * 2)
            for (position, member) in members.enumerated() {
                positions[ByteKey(text: member.key)] = position
            }
            index = positions
        }
    }
}

extension JSON.Object: RandomAccessCollection {
    package typealias Element = (key: String, value: JSON)

    package var startIndex: Int { 0 }
    package var endIndex: Int { members.count }
    package subscript(position: Int) -> Element { members[position] }
}

extension JSON.Object: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.count == right.count
            && left.allSatisfy { member in right[member.key].map { $0 == member.value } ?? false }
    }
}

/// A key hashed by its bytes, with the process's random seed, so that nobody can choose keys that collide.
struct ByteKey: Hashable {
    let text: String

    static func == (left: Self, right: Self) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
