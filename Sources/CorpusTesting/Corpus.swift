import Foundation

/// Inputs of one parser that fuzzing has found to differ in what they make it do: a folder of `Tests/Corpus`, one input
/// a file.
package struct Corpus: Sendable {
    package struct Input: Sendable, CustomStringConvertible {
        package let name: String
        package let bytes: [UInt8]

        package var description: String { name }
    }

    /// In the order of their names; none where there is no such folder.
    package let inputs: [Input]

    package init(_ parser: String) {
        guard let folder = Self.root?.appending(path: parser) else {
            inputs = []
            return
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        inputs = names.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { Input(name: name, bytes: Array($0)) }
        }
    }

    /// Wherever this is built from, the folder lies in one above.
    private static let root = sequence(first: URL(filePath: #filePath)) { file in
        file.path == "/" ? nil : file.deletingLastPathComponent()
    }.map { $0.appending(path: "Tests/Corpus") }.first { FileManager.default.fileExists(atPath: $0.path) }
}
