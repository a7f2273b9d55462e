/// The covered components and parameters of one signature, as `Signature-Input` has them (RFC 9421 sections 2.3
/// and 4.1).
///
/// `nonce` and `tag` are tolerated, as are parameters that nobody knows: all of them are signed.
struct SignatureInput {
    let components: [SignatureComponent]
    let keyID: String
    let created: Int
    let expires: Int?
    /// None if there is no `alg`.
    let algorithm: MessageSignatureAlgorithm?
    /// The value of `@signature-params`: the same in its only canonical form.
    let text: String

    private static let maximumComponents = 32

    init(_ list: StructuredField.InnerList) throws(Refusal) {
        guard let keyID = list.parameters["keyid"] else { throw .missingParameter }
        guard let created = list.parameters["created"] else { throw .unboundTime }
        guard case .string(let keyID) = keyID else { throw .malformedKeyID }
        self.keyID = keyID
        self.created = try Self.timestamp(created)
        expires = try Self.timestamp(list.parameters["expires"])
        algorithm = try Self.algorithm(list.parameters["alg"])

        guard (1...Self.maximumComponents).contains(list.items.count) else { throw .malformedFieldList }
        var components: [SignatureComponent] = []
        for item in list.items {
            components.append(try SignatureComponent(item))
        }
        guard Set(components).count == components.count else { throw .malformedFieldList }
        self.components = components
        text = list.serialized
    }

    private static func timestamp(_ value: StructuredField.BareItem) throws(Refusal) -> Int {
        guard case .integer(let seconds) = value else { throw .malformedTimestamp }
        return seconds
    }

    private static func timestamp(_ value: StructuredField.BareItem?) throws(Refusal) -> Int? {
        guard let value else { return nil }
        return try timestamp(value) as Int
    }

    private static func algorithm(_ value: StructuredField.BareItem?) throws(Refusal) -> MessageSignatureAlgorithm? {
        guard let value else { return nil }
        guard case .string(let name) = value, let algorithm = MessageSignatureAlgorithm(rawValue: name) else {
            throw .forbiddenAlgorithm
        }
        return algorithm
    }

    /// The text for a signature of ours.
    static func text(_ components: [SignatureComponent], created: Int, keyID: String, algorithm: String) -> String {
        StructuredField.InnerList(
            items: components.map { StructuredField.Item(value: .string($0.name)) },
            parameters: [
                .init(key: "created", value: .integer(created)),
                .init(key: "keyid", value: .string(keyID)),
                .init(key: "alg", value: .string(algorithm)),
            ]
        ).serialized
    }
}
