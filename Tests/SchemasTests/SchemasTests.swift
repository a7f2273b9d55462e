import Foundation
import Schemas
import Testing

/// The binary carries what lies in `schemas/`.
struct SchemasTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "schemas")

    /// Paths of the files that are to be embedded, found without the plugin.
    private func expectedPaths() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path).filter { path in
            let isDirectory = try Self.folder.appending(path: path).resourceValues(forKeys: [.isDirectoryKey])
                .isDirectory
            let isPart = path.hasPrefix("sql/") || path.hasPrefix("json/")
            let isSingle = !path.contains("/") && (path.hasSuffix(".jsonld") || path.hasSuffix(".yaml"))
            return isDirectory == false && (isPart || isSingle)
        }.sorted()
    }

    @Test func embedsEveryFileByteForByte() throws {
        #expect(try Schemas.files.map(\.path).sorted() == expectedPaths())
        for (path, text) in Schemas.files {
            #expect(try Array(text.utf8) == Array(Data(contentsOf: Self.folder.appending(path: path))), "\(path)")
        }
    }

    @Test func findsTextsByPath() {
        #expect(Schemas.text(of: "nothing") == nil)
        for (path, text) in Schemas.files { #expect(Schemas.text(of: path) == text) }
    }

    @Test func numbersItsMigrationsFromOne() {
        #expect(Schemas.migrations.map(\.number) == Schemas.migrations.indices.map { $0 + 1 })
        #expect(Schemas.migrations.count == Schemas.files.count { $0.path.hasPrefix("sql/") })
    }
}
