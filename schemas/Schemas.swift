/// What lies in this folder, carried in the binary: the contracts with databases, servers and programs.
package enum Schemas {
    /// A numbered step of the database's structure.
    package struct Migration: Sendable {
        package let number: Int
        package let name: String
        package let sql: String
    }

    /// All steps in order: the files `sql/NNNN-name.sql`.
    package static let migrations: [Migration] = embeddedFiles.compactMap { file in
        guard file.path.hasPrefix("sql/"), file.path.hasSuffix(".sql") else { return nil }
        let stem = file.path.dropFirst("sql/".count).dropLast(".sql".count)
        let parts = stem.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]) else { return nil }
        return Migration(number: number, name: String(stem), sql: file.text)
    }

    /// A file's text by its path below this folder, for example `openapi.yaml`.
    package static func text(of path: String) -> String? {
        embeddedFiles.first { $0.path == path }?.text
    }
}
