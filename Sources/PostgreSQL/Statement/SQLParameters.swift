/// The bound values of a statement, in the form that libpq takes them: one buffer of NUL-terminated texts.
struct SQLParameters: Sendable {
    /// All texts one after the other, each ended by a NUL.
    private var texts: [UInt8] = []
    /// Where each text starts; nil stands for NULL.
    private var starts: [Int?] = []
    private(set) var types: [UInt32] = []
    /// The first value that has no SQL form; such a statement is never sent.
    private(set) var failure: PostgresError.EncodingFailure?

    var count: Int { starts.count }

    mutating func append<Value: SQLEncodable>(_ value: Value) {
        types.append(Value.sqlType.oid)
        switch value.sqlText {
        case .null:
            starts.append(nil)
        case .unencodable(let reason):
            starts.append(nil)
            failure = failure ?? reason
        case .text(let text):
            if text.utf8.contains(0) {
                starts.append(nil)
                failure = failure ?? .containsNUL
            } else {
                starts.append(texts.count)
                texts += text.utf8
                texts.append(0)
            }
        }
    }

    mutating func append(_ other: SQLParameters) {
        let offset = texts.count
        texts += other.texts
        starts += other.starts.map { start in start.map { $0 + offset } }
        types += other.types
        failure = failure ?? other.failure
    }

    /// Calls `body` with the arrays of pointers and type OIDs, valid during the call only.
    func withPointers<Result>(
        _ body: (_ values: UnsafePointer<UnsafePointer<CChar>?>?, _ types: UnsafePointer<UInt32>?) -> Result
    ) -> Result {
        texts.withUnsafeBytes { texts in
            let base = texts.bindMemory(to: CChar.self).baseAddress
            let pointers = starts.map { start -> UnsafePointer<CChar>? in
                guard let start, let base else { return nil }
                return base + start
            }
            return pointers.withUnsafeBufferPointer { pointers in
                types.withUnsafeBufferPointer { types in body(pointers.baseAddress, types.baseAddress) }
            }
        }
    }
}
