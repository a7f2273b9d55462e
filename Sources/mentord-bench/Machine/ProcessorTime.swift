import Foundation

/// What the processors have done since the machine started, and for whom, as `/proc` counts it (`proc(5)`).
struct ProcessorTime {
    private let taken = ContinuousClock.now
    private let server: Double
    private let database: Double
    private let bench: Double
    private let all: Double

    private static let tick = 1 / Double(sysconf(Int32(_SC_CLK_TCK)))

    /// - Parameter postmaster: the first process of the database; those that it has started count with it.
    init(server: pid_t, postmaster: pid_t) {
        self.server = Self.seconds(of: server)
        let workers = Self.words("/proc/\(postmaster)/task/\(postmaster)/children").compactMap { pid_t($0) }
        // The postmaster's own account holds what those of its children took that have ended.
        database = Self.seconds(of: postmaster, withEnded: true) + workers.reduce(0) { $0 + Self.seconds(of: $1) }
        bench = Self.seconds(of: getpid())
        let total = Self.words("/proc/stat").dropFirst().prefix(8).compactMap { Double($0) }
        // All but idle and waiting for the disk.
        all = total.enumerated().reduce(0) { $1.offset == 3 || $1.offset == 4 ? $0 : $0 + $1.element } * Self.tick
    }

    /// The use of processors since an earlier moment.
    func use(since start: ProcessorTime) -> ProcessorUse {
        let seconds = (taken - start.taken) / .seconds(1)
        let share = { (work: Double) in seconds > 0 ? 100 * work / seconds : 0 }
        let known = (server - start.server) + (database - start.database) + (bench - start.bench)
        return ProcessorUse(
            server: share(server - start.server), database: share(database - start.database),
            bench: share(bench - start.bench), others: share(max(all - start.all - known, 0)))
    }

    private static func seconds(of process: pid_t, withEnded: Bool = false) -> Double {
        // The name, in parentheses, may hold spaces; utime is the 12th word after it.
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return 0 }
        let words = text[name...].split(separator: " ").compactMap { Double($0) }
        // The state, which is a letter, and the parenthesis fall away: utime, stime, cutime and cstime are these.
        guard words.count > 13 else { return 0 }
        return words[10..<(withEnded ? 14 : 12)].reduce(0, +) * tick
    }

    private static func words(_ path: String) -> [Substring] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first?.split(separator: " ") ?? []
    }
}

/// In percent of one core.
struct ProcessorUse {
    var server: Double
    var database: Double
    var bench: Double
    /// Of everything else that runs on the machine: what makes the figures doubtful.
    var others: Double
}

/// The memory of a process.
enum ResidentMemory {
    /// In megabytes of 1,000,000 bytes; nil when there is no such process.
    static func megabytes(of process: pid_t) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return nil }
        return kibibytes * 1024 / 1_000_000
    }
}
