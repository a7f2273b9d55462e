import Foundation
import JSONTree
import Jobs
import Store
import Wire

/// Jobs and hosts as an operator reads them. What other servers said is shown in one line, without control bytes.
enum QueueReport {
    static func table(of jobs: [QueuedJob], now: Date) -> [String] {
        let rows = jobs.map { job -> [String] in
            [
                String(job.id), job.kind, job.lane.isEmpty ? "-" : job.lane, String(job.attempts), next(job, now: now),
                job.lastError ?? "-",
            ]
        }
        return columns([["ID", "KIND", "HOST", "TRIED", "NEXT", "LAST"]] + rows)
    }

    static func table(of hosts: [RemoteHost], now: Date) -> [String] {
        let rows = hosts.map { host -> [String] in
            let failure = host.failedAt.map { "\(DateTime.format($0)) \(host.failure ?? "")" }
            return [
                host.host, state(of: host, now: now), String(host.failures), String(host.waiting),
                host.answeredAt.map { DateTime.format($0) } ?? "never", failure ?? "-",
            ]
        }
        return columns([["HOST", "STATE", "FAILURES", "WAITING", "LAST ANSWER", "LAST FAILURE"]] + rows)
    }

    static func lines(of job: QueuedJob) -> [String] {
        var lines = [
            "job       \(job.id)", "kind      \(job.kind)", "host      \(job.lane.isEmpty ? "-" : job.lane)",
            "sequence  \(job.sequence ?? "-")", "priority  \(job.priority)", "tried     \(job.attempts)",
            "written   \(DateTime.format(job.createdAt))", "due       \(DateTime.format(job.dueAt))",
            "state     \(next(job, now: Date()))", "payload   \(job.payload.serializedText())",
        ]
        if let error = job.lastError { lines.append("last      \(error)") }
        lines += job.history.list.map { entry in
            let parts = ["at", "reason", "note"].compactMap { entry[$0]?.string }
            return "          \(parts.joined(separator: "  "))"
        }
        return lines.map(printable)
    }

    static func json(_ job: QueuedJob) -> JSON {
        [
            "id": .string(String(job.id)), "kind": .string(job.kind), "host": .string(job.lane),
            "sequence": text(job.sequence), "priority": .int(job.priority), "attempts": .int(job.attempts),
            "created": time(job.createdAt), "due": time(job.dueAt), "dead": time(job.deadAt),
            "running_until": time(job.leasedUntil), "last": text(job.lastError), "payload": job.payload,
            "history": job.history,
        ]
    }

    static func json(_ host: RemoteHost) -> JSON {
        [
            "host": .string(host.host), "state": .string(state(of: host, now: Date())),
            "failures": .int(host.failures), "failure_days": .int(host.failureDays), "failed": time(host.failedAt),
            "failure": text(host.failure), "closed_until": time(host.closedUntil), "answered": time(host.answeredAt),
            "known_since": time(host.knownSince), "gone": time(host.goneAt),
            "signature": text(host.signatureForm), "waiting": .int(host.waiting),
        ]
    }

    private static func next(_ job: QueuedJob, now: Date) -> String {
        if job.deadAt != nil { return "dead" }
        if job.leasedUntil != nil { return "running" }
        let wait = job.dueAt.timeIntervalSince(now)
        return wait <= 0 ? "due" : "in \(length(wait))"
    }

    private static func state(of host: RemoteHost, now: Date) -> String {
        if host.goneAt != nil { return "gone" }
        if host.isUnreachable { return "unreachable" }
        if let wait = host.closedUntil?.timeIntervalSince(now) {
            return wait > 0 ? "closed \(length(wait))" : "probing"
        }
        return host.failures > 0 ? "failing" : "open"
    }

    private static func length(_ seconds: TimeInterval) -> String {
        switch seconds {
        case ..<120: "\(Int(seconds.rounded(.up))) s"
        case ..<7200: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(min(seconds / 86_400, 9999))) d"
        }
    }

    private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    private static func time(_ date: Date?) -> JSON { date.map { .string(DateTime.format($0)) } ?? .null }

    /// Cells under each other, two spaces apart.
    private static func columns(_ rows: [[String]]) -> [String] {
        let cells = rows.map { $0.map(printable) }
        let widths = (cells.first ?? []).indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell.padding(toLength: widths[column] + 2, withPad: " ", startingAt: 0)
            }.joined()
        }
    }

    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
