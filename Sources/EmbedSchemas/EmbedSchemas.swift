import Foundation
import PackagePlugin

/// Has `embed-schemas` write the files of the target's folder into a Swift file, whenever one of them has changed.
@main struct EmbedSchemas: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let files = embeddable(in: target.directoryURL)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embed \(files.count) files of \(target.name)",
                executable: try context.tool(named: "embed-schemas").url,
                arguments: [output.path, target.directoryURL.path] + files.map(\.path),
                inputFiles: files,
                outputFiles: [output])
        ]
    }

    /// What lies below `sql/` and `json/`, and the `.jsonld` and `.yaml` files beside them, sorted by path.
    private func embeddable(in folder: URL) -> [URL] {
        let manager = FileManager.default
        let below = ["sql", "json"].flatMap { name in
            manager.enumerator(at: folder.appending(path: name), includingPropertiesForKeys: [.isRegularFileKey])?
                .compactMap { $0 as? URL } ?? []
        }
        let beside = ((try? manager.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
            .filter { ["jsonld", "yaml"].contains($0.pathExtension) }
        return (below + beside)
            .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
            .filter { !$0.lastPathComponent.hasPrefix(".") }
            .sorted { $0.path < $1.path }
    }
}
