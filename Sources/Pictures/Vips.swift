internal import Foundation
internal import Glibc
internal import Processes

/// Runs libvips's programs, each in a process with bounds on time, memory and what it may write, no variables of ours,
/// and no way to more rights; as `nobody` where this process is root's. Blocks the thread.
struct Vips {
    /// The folder of the programs.
    let programs: String
    let limits: PictureLimits

    static let nobody: uid_t = 65_534

    /// The time until which all calls for one picture have to be done.
    func deadline() -> ContinuousClock.Instant { .now + .seconds(limits.seconds) }

    /// - Parameters:
    ///   - call: the name of a program and its arguments.
    ///   - folder: where it works.
    /// - Returns: what it printed.
    @discardableResult
    func run(_ call: [String], in folder: String, until deadline: ContinuousClock.Instant) throws(PictureRefusal)
        -> String
    {
        let left = (ContinuousClock.now.duration(to: deadline)) / .seconds(1)
        guard left > 0, let seconds = Int(exactly: left.rounded(.up)), let program = call.first else {
            throw .tooCostly
        }
        let command =
            [
                "timeout", "--signal=KILL", String(seconds), "prlimit", "--cpu=\(seconds)", "--as=\(limits.memory)",
                "--fsize=\(limits.fileSize)", "--nofile=64", "--core=0", "setpriv", "--no-new-privs",
            ] + (geteuid() == 0 ? ["--reuid=\(Self.nobody)", "--regid=\(Self.nobody)", "--clear-groups"] : [])
            + ["--", "env", "-C", folder, "--", "\(programs)/\(program)"] + call.dropFirst()
        let variables = [
            "VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=1", "VIPS_WARNING=1", "MALLOC_ARENA_MAX=1", "HOME=/nonexistent",
            "TMPDIR=\(folder)",
        ]
        let result: ChildProcess.Result
        do {
            result = try ChildProcess.run(command, variables: variables)
        } catch {
            throw .unavailable
        }
        guard result.status == 0 else { throw Self.refusal(status: result.status) }
        return result.output
    }

    /// What the end of a program says, by the statuses that `timeout` and `env` give (coreutils manual): 128 and more
    /// is a signal. A `timeout` whose time is over kills itself along with the program.
    private static func refusal(status: Int32) -> PictureRefusal {
        let signal = status & 0x7f
        return switch signal == 0 ? status >> 8 & 0xff : 128 + signal {
        case 124, 128 + SIGKILL, 128 + SIGXCPU, 128 + SIGXFSZ: .tooCostly
        case 125...127: .unavailable
        default: .unreadable
        }
    }
}
