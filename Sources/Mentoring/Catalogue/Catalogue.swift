/// The session types of one community.
package struct Catalogue: Sendable {
    /// By position, then by name; also those that are no longer offered.
    package let types: [SessionType]

    package init(_ types: [SessionType]) {
        self.types = types.sorted { ($0.position, $0.name) < ($1.position, $1.name) }
    }

    package subscript(name: String) -> SessionType? { types.first { $0.name == name } }

    /// What people can ask for today.
    package var offered: [SessionType] { types.filter(\.isOffered) }

    /// The offered type of that name; else reports why not, with the names that would do.
    func offered(_ name: String, as field: String, _ checks: inout FieldChecks) -> SessionType? {
        if let type = self[name], type.isOffered { return type }
        let names = offered.map(\.name).joined(separator: ", ")
        let choice = names.isEmpty ? "This community offers none at present." : "Choose one of \(names)."
        checks.fail(
            field, self[name] == nil ? "There is no such session type. \(choice)" : "It is no longer offered. \(choice)"
        )
        return nil
    }
}
