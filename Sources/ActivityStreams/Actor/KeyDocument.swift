package import JSONTree
package import Wire

/// A public key as an actor publishes it.
package struct KeyDocument: Equatable, Sendable {
    package enum Material: Equatable, Sendable {
        /// `publicKeyPem` of `publicKey`: SPKI or PKCS#1 PEM.
        case pem(String)
        /// `publicKeyMultibase` of a Multikey (FEP-521a).
        case multibase(String)
    }

    package var id: URI
    package var owner: URI
    package var material: Material

    package init(id: URI, owner: URI, material: Material) {
        self.id = id
        self.owner = owner
        self.material = material
    }
}

// MARK: - Reading

extension KeyDocument {
    /// The keys that a document at a key's address tells of: the bare key, or those of an actor, of which GoToSocial
    /// shows a stub there. Each is at the document's origin and says to belong to an actor there. Whether that actor
    /// lists it is still to be asked.
    package static func keys(of document: JSON) -> [KeyDocument] {
        if let key = KeyDocument(pem: document) ?? KeyDocument(multikey: document) {
            return key.owner.isSameOrigin(as: key.id) ? [key] : []
        }
        return document.id.map { keys(of: document, owner: $0) } ?? []
    }

    /// The keys that an actor document lists for its own actor at its own origin, at most 10.
    static func keys(of document: JSON, owner: URI) -> [KeyDocument] {
        let pems = document["publicKey"].list.prefix(10).compactMap { KeyDocument(pem: $0) }
        let multikeys = document["assertionMethod"].list.prefix(10).compactMap { KeyDocument(multikey: $0) }
        return (pems + multikeys).filter { $0.owner == owner && $0.id.isSameOrigin(as: owner) }
    }

    /// Bytes of a key's text.
    private static let longestMaterial = 16 * 1024

    private init?(pem key: JSON) {
        guard let id = key.id, let owner = key.uri("owner"),
            let pem = key["publicKeyPem"]?.string, pem.utf8.count <= Self.longestMaterial
        else { return nil }
        self.init(id: id, owner: owner, material: .pem(pem))
    }

    private init?(multikey key: JSON) {
        guard key.type == "Multikey", let id = key.id, let owner = key.uri("controller"),
            let multibase = key["publicKeyMultibase"]?.string, multibase.utf8.count <= Self.longestMaterial
        else { return nil }
        self.init(id: id, owner: owner, material: .multibase(multibase))
    }
}

// MARK: - Writing

extension KeyDocument {
    var publicKey: JSON? {
        guard case .pem(let pem) = material else { return nil }
        return ["id": .string(id.string), "owner": .string(owner.string), "publicKeyPem": .string(pem)]
    }

    var multikey: JSON? {
        guard case .multibase(let text) = material else { return nil }
        return [
            "id": .string(id.string), "type": "Multikey", "controller": .string(owner.string),
            "publicKeyMultibase": .string(text),
        ]
    }
}
