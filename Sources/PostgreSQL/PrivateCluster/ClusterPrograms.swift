internal import Foundation

/// One installation of PostgreSQL's server programs.
struct ClusterPrograms {
    let folder: String
    /// Major version as in `PG_VERSION`.
    let version: String

    var initdb: String { folder + "/initdb" }
    var postgres: String { folder + "/postgres" }

    /// The installation for a cluster of `version`, or for a new cluster the newest.
    static func find(in folders: [String]?, for version: String?) throws(ClusterError) -> ClusterPrograms {
        var installed: [ClusterPrograms] = []
        for folder in folders ?? defaultFolders() {
            guard let programs = try inspect(folder) else { continue }
            if version == nil || programs.version == version { return programs }
            installed.append(programs)
        }
        guard let version, !installed.isEmpty else { throw .programsMissing }
        throw .versionMismatch(cluster: version, installed: installed.map(\.version))
    }

    /// The search path, then Debian's folders from the newest version down.
    private static func defaultFolders() -> [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let debian = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        return path.split(separator: ":").map(String.init)
            + versions.compactMap(Int.init).sorted(by: >).map { "\(debian)/\($0)/bin" }
    }

    private static func inspect(_ folder: String) throws(ClusterError) -> ClusterPrograms? {
        // The programs find their libraries beside themselves, but cannot follow links as another user.
        guard let postgres = resolved(folder + "/postgres"), resolved(folder + "/initdb") != nil else { return nil }
        let output = try Program.run([postgres, "--version"])
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        let words = output.output.split(separator: " ")
        guard output.status == 0, words.count > 2, let major = words[2].split(separator: ".").first else { return nil }
        return ClusterPrograms(folder: String(postgres.dropLast("/postgres".count)), version: String(major))
    }
}
