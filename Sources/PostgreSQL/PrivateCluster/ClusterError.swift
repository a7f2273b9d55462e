/// Why the private cluster could not be used. The descriptions are written for the operator.
package enum ClusterError: Error, Sendable, Equatable {
    /// `initdb` and `postgres` are not installed.
    case programsMissing
    /// Another daemon owns the cluster; its process id, if it has written it down yet.
    case inUse(pid: Int32?)
    /// Run by root, but the user who should run the server does not exist.
    case noSuchUser(String)
    /// That user cannot pass through this folder.
    case unreachable(folder: String, user: String)
    /// The cluster belongs to somebody else.
    case foreignOwner(folder: String, owner: UInt32)
    /// The cluster was made by a version of PostgreSQL that is not installed.
    case versionMismatch(cluster: String, installed: [String])
    /// `initdb` failed with this output.
    case initialisationFailed(String)
    /// The server ended at once; the end of its log.
    case startFailed(log: String)
    /// The server runs but does not answer.
    case unresponsive(pid: Int32)
    /// The server did not end when told to.
    case unstoppable(pid: Int32)
    /// Another program was starting or stopping the cluster all the time.
    case busy
    /// A system call on a file or program failed with this `errno`.
    case system(call: String, path: String, errno: Int32)
    /// The server answers, but its database could not be made; a safe description.
    case database(String)
}

extension ClusterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .programsMissing:
            "PostgreSQL's programs initdb and postgres are not installed: apt-get install postgresql"
        case .inUse(let pid):
            "another mentord\(pid.map { " (process \($0))" } ?? "") uses this data folder"
        case .noSuchUser(let user):
            "PostgreSQL does not run as root, and the user \(user) does not exist: apt-get install postgresql"
        case .unreachable(let folder, let user):
            "the user \(user) cannot enter the folder \(folder): choose another data folder or chmod o+x \(folder)"
        case .foreignOwner(let folder, let owner):
            "the cluster in \(folder) belongs to user id \(owner): run as that user or as root"
        case .versionMismatch(let cluster, let installed):
            "the cluster was made by PostgreSQL \(cluster), installed is \(installed.joined(separator: ", ")):"
                + " install postgresql-\(cluster), or move the data with pg_upgrade"
        case .initialisationFailed(let output):
            "initdb failed: \(output)"
        case .startFailed(let log):
            "PostgreSQL did not start: \(log)"
        case .unresponsive(let pid):
            "PostgreSQL (process \(pid)) does not answer"
        case .unstoppable(let pid):
            "PostgreSQL (process \(pid)) does not stop"
        case .busy:
            "another program keeps starting or stopping the cluster"
        case .system(let call, let path, let code):
            "\(call) \(path): \(message(errno: code))"
        case .database(let description):
            "the private cluster's database could not be prepared: \(description)"
        }
    }
}
