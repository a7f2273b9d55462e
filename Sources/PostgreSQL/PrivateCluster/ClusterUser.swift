internal import Glibc

/// Who runs the server: ourselves, or an unprivileged user if we are root, as whom PostgreSQL refuses to run.
struct ClusterUser {
    let name: String
    let id: uid_t
    private let group: gid_t

    /// The user for the cluster in `dataFolder`: whoever owns it, or for root and a new one `postgres`.
    static func running(_ dataFolder: String) throws(ClusterError) -> ClusterUser {
        let owner = owner(of: dataFolder)
        let me = geteuid()
        if me != 0 {
            if let owner, owner != me { throw .foreignOwner(folder: dataFolder, owner: owner) }
            return try find("\(me)") { getpwuid_r(me, $0, $1, $2, $3) }
        }
        if let owner, owner != 0 {
            return try find("\(owner)") { getpwuid_r(owner, $0, $1, $2, $3) }
        }
        return try find("postgres") { getpwnam_r("postgres", $0, $1, $2, $3) }
    }

    /// The command that runs `arguments` as this user.
    func command(_ arguments: [String]) -> [String] {
        guard geteuid() != id else { return arguments }
        return ["setpriv", "--reuid=\(id)", "--regid=\(group)", "--init-groups", "--"] + arguments
    }

    /// Gives the folder to this user.
    func own(_ folder: String) throws(ClusterError) {
        if geteuid() != id { try check(chown(folder, id, group), "chown", folder) }
    }

    /// Throws `.unreachable` with the first folder on the way to `folder` that this user cannot enter.
    func checkReach(of folder: String) throws(ClusterError) {
        guard geteuid() != id else { return }
        var path = ""
        for name in folder.split(separator: "/") {
            path += "/\(name)"
            guard try Program.run(command(["test", "-x", path])).status == 0 else {
                throw .unreachable(folder: path, user: self.name)
            }
        }
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private static func find(_ user: String, _ lookup: Lookup) throws(ClusterError) -> ClusterUser {
        var entry = passwd()
        var buffer = [CChar](repeating: 0, count: 16_384)
        var found: UnsafeMutablePointer<passwd>?
        let entryOwner = buffer.withUnsafeMutableBufferPointer { buffer -> ClusterUser? in
            guard let base = buffer.baseAddress, lookup(&entry, base, buffer.count, &found) == 0, found != nil,
                let name = entry.pw_name
            else { return nil }
            return ClusterUser(name: String(cString: name), id: entry.pw_uid, group: entry.pw_gid)
        }
        guard let entryOwner else { throw .noSuchUser(user) }
        return entryOwner
    }
}
