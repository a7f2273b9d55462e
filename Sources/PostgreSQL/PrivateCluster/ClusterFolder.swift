internal import Foundation
internal import Glibc

/// Where the parts of a private cluster lie.
struct ClusterFolder {
    /// Absolute, without symbolic links.
    let path: String

    var data: String { path + "/cluster" }
    /// Where `initdb` works until it is done.
    var unfinished: String { path + "/cluster.new" }
    /// What the server says before it has its own log, which is `cluster/log`.
    var startLog: String { path + "/start.log" }
    /// Held by the daemon.
    var ownerLock: String { path + "/owner.lock" }
    /// Shared by everybody who uses the cluster.
    var userLock: String { path + "/users.lock" }
    /// Held while the cluster is started or stopped.
    var changeLock: String { path + "/change.lock" }

    /// The version that made the cluster; nil if there is none yet.
    var version: String? {
        let text = tail(of: data + "/PG_VERSION").filter { $0.isNumber || $0 == "." }
        return text.isEmpty ? nil : text
    }

    /// Makes the folder, and those above it, if they do not exist.
    init(_ path: String) throws(ClusterError) {
        // Root's server runs as another user, who must be able to pass.
        let mode = geteuid() == 0 ? 0o711 : 0o700
        var made = path.hasPrefix("/") ? "" : FileManager.default.currentDirectoryPath
        for name in path.split(separator: "/") {
            made += "/\(name)"
            try makeFolder(made, mode: mode_t(mode))
        }
        guard let resolved = resolved(made) else { throw .system(call: "realpath", path: path, errno: errno) }
        self.path = resolved
    }

    /// Length of a socket address without its NUL, `unix(7)`.
    private static let longestSocketPath = 107
    private static let socketName = "/.s.PGSQL.5432"
    private static let temporaryPrefix = "mentord-socket-"

    /// A private folder for the socket: inside this one, or below the temporary folder if that path is too long or
    /// has a comma, at which libpq would split it.
    func makeSocketFolder(for user: ClusterUser) throws(ClusterError) -> String {
        var folder = path + "/socket"
        let isShort = folder.utf8.count + Self.socketName.utf8.count <= Self.longestSocketPath
        if isShort, !folder.contains(",") {
            try makeFolder(folder, mode: 0o700)
        } else {
            let temporary = FileManager.default.temporaryDirectory.path
            let parent = temporary.utf8.count < 60 ? temporary : P_tmpdir
            var template = Array("\(parent)/\(Self.temporaryPrefix)XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw .system(call: "mkdtemp", path: parent, errno: errno) }
            folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        try user.own(folder)
        return folder
    }

    /// Removes a socket folder that was made below the temporary folder.
    static func removeTemporary(_ socketFolder: String) {
        let isTemporary = socketFolder.split(separator: "/").last?.hasPrefix(temporaryPrefix) == true
        if isTemporary { rmdir(socketFolder) }
    }
}
