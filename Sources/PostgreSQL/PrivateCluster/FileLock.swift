internal import Glibc

/// A `flock(2)` on a file, held until the value's end or the process's, however it ends.
struct FileLock: ~Copyable {
    enum Kind {
        case shared
        case exclusive
    }

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone would leave the lock to a child that is just being started.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Takes the lock; nil if others still hold it after `patience`. Blocks the thread.
    ///
    /// A new file is given to `owner`.
    static func take(
        _ kind: Kind, _ path: String, owner: uid_t?, patience: Duration = .zero
    ) throws(ClusterError) -> FileLock? {
        // Without O_CLOEXEC the server would inherit the lock.
        let descriptor = try check(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600), "open", path)
        let lock = FileLock(descriptor: descriptor)
        if let owner, geteuid() == 0 { fchown(descriptor, owner, gid_t.max) }
        let operation = (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB
        let deadline = ContinuousClock.now + patience
        while flock(descriptor, operation) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw .system(call: "flock", path: path, errno: errno) }
            guard .now < deadline else { return nil }
            usleep(20_000)
        }
        return lock
    }

    /// Writes this process's id into the file, for those who are refused.
    func signHolder() {
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    /// The process id that the holder wrote.
    static func holder(of path: String) -> Int32? {
        Int32(tail(of: path).prefix { $0.isNumber })
    }
}
