/// The bytes that a draft-cavage signature is made over: one line for each listed name
/// (draft-cavage-http-signatures-12 section 2.3).
enum SigningString {
    static let requestTarget = Array("(request-target)".utf8)
    static let created = Array("(created)".utf8)
    static let expires = Array("(expires)".utf8)

    /// Builds the string for names in lower case and in the signer's order.
    ///
    /// - Parameters:
    ///   - target: what stands for the request's target.
    ///   - created, expires: the parameters' digits, if there were any.
    static func build(
        _ names: [[UInt8]],
        of request: RequestMessage,
        target: some Collection<UInt8>,
        created: ArraySlice<UInt8>? = nil,
        expires: ArraySlice<UInt8>? = nil
    ) throws(Refusal) -> [UInt8] {
        var string: [UInt8] = []
        string.reserveCapacity(512)
        for name in names {
            if !string.isEmpty { string.append(UInt8(ascii: "\n")) }
            string += name
            string += ": ".utf8
            switch name {
            case requestTarget:
                string += request.method.utf8.lazy.map(ASCII.lowercased)
                string += " ".utf8
                string += target
            case Self.created:
                guard let created else { throw .absentField }
                string += created
            case Self.expires:
                guard let expires else { throw .absentField }
                string += expires
            default:
                let values = request.values(named: name)
                guard !values.isEmpty else { throw .absentField }
                string += values.joined(separator: ", ".utf8)
            }
        }
        return string
    }
}
