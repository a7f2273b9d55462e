import Foundation

/// The path of a program that the environment names, such as `mentord` by `MENTORD`, else of the one that was built
/// beside the tests.
package func builtProgram(_ name: String) throws -> String {
    let thisProgram = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = [thisProgram, Bundle.main.executablePath].compactMap(\.self)
        .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent(name).path }
    let places = ProcessInfo.processInfo.environment[name.uppercased()].map { [$0] } ?? beside
    guard let path = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
        throw UnreadableSample(text: "\(name), built at \(places.joined(separator: ", "))")
    }
    return path
}
