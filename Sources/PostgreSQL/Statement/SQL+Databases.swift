/// Statements on whole databases, whose names cannot be parameters. They run outside transactions only.
extension SQL {
    /// Makes the database as a copy of `template`, to which nobody may be connected.
    package static func createDatabase(
        _ name: String, template: String = "template1", owner: String? = nil
    ) -> SQL {
        let owner = owner.map { " owner \(quotedIdentifier($0))" } ?? ""
        return SQL(trusted: "create database \(quotedIdentifier(name)) template \(quotedIdentifier(template))\(owner)")
    }

    /// Drops the database if it exists, ending the sessions of whoever is connected to it.
    package static func dropDatabase(_ name: String) -> SQL {
        SQL(trusted: "drop database if exists \(quotedIdentifier(name)) with (force)")
    }
}
