internal import Glibc

/// Runs other programs. Blocks the thread.
package enum ChildProcess {
    package struct Result: Sendable {
        /// As `wait(2)` gives it: 0 for success.
        package let status: Int32
        /// Standard output and error, at most the last 4,000 bytes.
        package let output: String
    }

    /// A system call failed with this `errno`.
    package struct Failure: Error, Sendable, Equatable {
        package let call: String
        package let path: String
        package let errno: Int32
    }

    /// What a program finds in its environment where nothing else is said, and always: nothing of ours.
    private static let environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]

    /// Runs to the end.
    ///
    /// - Parameter variables: as `NAME=value`, beside `PATH` and `LC_ALL`.
    package static func run(_ arguments: [String], variables: [String] = []) throws(Failure) -> Result {
        guard let file = tmpfile() else { throw Failure(call: "tmpfile", path: "", errno: errno) }
        defer { fclose(file) }
        let descriptor = fileno(file)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let status = reap(try start(arguments, variables: variables, output: descriptor))
        return Result(status: status, output: TextFile.tail(of: descriptor))
    }

    /// Runs to the end with something to read. What it says to people is dropped.
    ///
    /// - Parameter most: bytes of its standard output that are read; more are a failure.
    package static func run(
        _ arguments: [String], variables: [String] = [], input: [UInt8], most: Int
    ) throws(Failure) -> (status: Int32, output: [UInt8]) {
        guard let given = tmpfile() else { throw Failure(call: "tmpfile", path: "", errno: errno) }
        defer { fclose(given) }
        guard let taken = tmpfile() else { throw Failure(call: "tmpfile", path: "", errno: errno) }
        defer { fclose(taken) }
        let descriptors = (input: fileno(given), output: fileno(taken))
        _ = fcntl(descriptors.input, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptors.output, F_SETFD, FD_CLOEXEC)
        guard fwrite(input, 1, input.count, given) == input.count, fflush(given) == 0,
            lseek(descriptors.input, 0, SEEK_SET) == 0
        else { throw Failure(call: "write", path: "", errno: errno) }
        let pid = try start(
            arguments, variables: variables, input: descriptors.input, output: descriptors.output, isQuiet: true)
        let status = reap(pid)
        guard let output = TextFile.all(of: descriptors.output, most: most) else {
            throw Failure(call: "read", path: "", errno: EFBIG)
        }
        return (status, output)
    }

    /// Waits for the end of a child; its status. A dead child that nobody waits for would still count as running.
    @discardableResult
    package static func reap(_ pid: Int32) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// Starts in a session of its own, so that a terminal's interrupt does not reach it, with the root folder as
    /// working folder, default signals and a bare environment. Returns the process id, to be reaped.
    ///
    /// - Parameters:
    ///   - input: what it reads; nil for nothing.
    ///   - isQuiet: whether standard error goes nowhere instead of where standard output goes.
    package static func start(
        _ arguments: [String], variables: [String] = [], input: Int32? = nil, output: Int32, isQuiet: Bool = false
    ) throws(Failure) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if isQuiet {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        } else {
            posix_spawn_file_actions_adddup2(&actions, output, 2)
        }
        // A program that outlives us must not hold our pipes and sockets open, and none should have them.
        for descriptor in openDescriptors() where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID of <spawn.h>, which Swift's Glibc module hides
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | newSession))

        var argv = cStrings(["/usr/bin/env", "-C", "/", "--"] + arguments)
        var environment = cStrings(Self.environment + variables)
        defer { for pointer in argv + environment { free(pointer) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/usr/bin/env", &actions, &attributes, &argv, &environment)
        guard code == 0 else { throw Failure(call: "spawn", path: arguments.first ?? "", errno: code) }
        return pid
    }

    private static func openDescriptors() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var descriptors: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if let descriptor = Int32(String(decoding: name, as: UTF8.self)) { descriptors.append(descriptor) }
        }
        return descriptors
    }

    /// A NULL-terminated array of copies, each to be freed.
    private static func cStrings(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
        strings.map { strdup($0) } + [nil]
    }
}
