import Wire

/// The bytes that an RFC 9421 signature is made over (section 2.5).
struct SignatureBase {
    let request: RequestMessage
    /// Where the request goes as its sender names it, whatever a proxy in between speaks: from it and the request line
    /// follow target URI, authority and scheme.
    let origin: Origin

    /// One line for each component in the signer's order, and a last one for the parameters.
    ///
    /// - Parameter parameters: the value of `@signature-params`.
    func bytes(over components: [SignatureComponent], parameters: String) throws(Refusal) -> [UInt8] {
        var base: [UInt8] = []
        base.reserveCapacity(512)
        for component in components {
            base += "\"\(component.name)\": ".utf8
            switch component {
            case .derived(let derived): base += value(derived)
            case .field(let name): base += try value(ofField: name)
            }
            base.append(UInt8(ascii: "\n"))
        }
        base += "\"@signature-params\": \(parameters)".utf8
        guard base.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
        return base
    }

    private func value(_ derived: SignatureComponent.Derived) -> [UInt8] {
        let target = request.target.utf8
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        return switch derived {
        case .method: Array(request.method.utf8)
        case .targetURI: Array(origin.description.utf8) + target
        case .authority: Array(origin.authority.utf8)
        case .scheme: Array(origin.scheme.rawValue.utf8)
        case .requestTarget: Array(target)
        case .path: Array(path)
        case .query: path.count == target.count ? [UInt8(ascii: "?")] : Array(target.dropFirst(path.count))
        }
    }

    /// All values of a field, joined (section 2.1).
    private func value(ofField name: String) throws(Refusal) -> [UInt8] {
        let values = request.values(named: name.utf8)
        guard !values.isEmpty else { throw .absentField }
        return Array(values.joined(separator: ", ".utf8))
    }
}
