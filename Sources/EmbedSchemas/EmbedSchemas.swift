import Foundation
import PackagePlugin

/// Turns the files under `schemas/` into Swift before the target is compiled, so that the one binary carries them.
@main
struct EmbedSchemas: BuildToolPlugin {
    private static let kinds = ["sql", "json", "jsonld", "yaml"]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let files = paths.sorted().map { folder.appending(path: $0) }.filter { Self.kinds.contains($0.pathExtension) }
        return [
            .buildCommand(
                displayName: "Embedding schemas", executable: try context.tool(named: "embed-schemas").url,
                arguments: [folder.path, output.path] + files.map(\.path), inputFiles: files, outputFiles: [output])
        ]
    }
}
