import Foundation
import JSONTree

/// What a run has found, for people as a table and for programs as one object.
struct Report {
    struct Entry {
        let figure: Figure
        let label: String
        let value: Double
        let unit: String

        static func rate(_ figure: Figure, _ label: String, _ value: Double) -> Entry {
            Entry(figure: figure, label: label, value: value, unit: "/s")
        }

        static func milliseconds(_ figure: Figure, _ label: String, _ value: Double) -> Entry {
            Entry(figure: figure, label: label, value: value, unit: "ms")
        }

        static func megabytes(_ figure: Figure, _ label: String, _ value: Double) -> Entry {
            Entry(figure: figure, label: label, value: value, unit: "MB")
        }
    }

    private var entries: [Entry] = []
    /// By the name of what was going on.
    private var uses: [(name: String, use: ProcessorUse)] = []

    init(_ entries: [Entry] = [], use: (name: String, use: ProcessorUse)? = nil) {
        self.entries = entries
        if let use { uses = [use] }
    }

    static func += (report: inout Report, more: Report) {
        report.entries += more.entries
        report.uses += more.uses
    }

    /// Everything measured, with the shares of the limits behind it.
    private var all: [Entry] {
        let values = Dictionary(entries.map { ($0.figure, $0.value) }) { $1 }
        let shares = Figure.allCases.compactMap { figure -> Entry? in
            guard let parts = figure.parts, let value = values[parts.of], let limit = values[parts.limit], limit > 0
            else { return nil }
            let label = figure == .inboxShare ? "inbox, of the inserts" : "deliveries, of the signatures"
            return Entry(figure: figure, label: label, value: 100 * value / limit, unit: "%")
        }
        return entries + shares
    }

    var table: String {
        let rows = all.map { entry in
            [
                entry.label, Self.number(entry.value), entry.unit,
                entry.figure.target.map { "\($0.text): \($0.isMet(by: entry.value) ? "met" : "missed")" } ?? "",
            ]
        }
        let width = rows.map(\.[0].count).max() ?? 0
        let lines = rows.map { row in
            let value = String(repeating: " ", count: max(0, 10 - row[1].count)) + row[1]
            let line = row[0] + String(repeating: " ", count: width - row[0].count) + value + " " + row[2]
            return row[3].isEmpty ? line : line + String(repeating: " ", count: max(1, 5 - row[2].count)) + row[3]
        }
        let loads = uses.map { name, use in
            let parts = [
                ("mentord", use.server), ("PostgreSQL", use.database), ("bench", use.bench), ("others", use.others),
            ]
            return "processors, \(name): "
                + parts.map { "\($0.0) \(Self.number($0.1)) %" }.joined(separator: ", ")
                + " of \(ProcessInfo.processInfo.activeProcessorCount * 100) %"
        }
        return (lines + loads).joined(separator: "\n")
    }

    var json: JSON {
        var object = JSON.Object()
        for entry in all { object[entry.figure.rawValue] = Self.json(entry.value) }
        for (name, use) in uses {
            object["processors_" + name.replacing(" ", with: "_")] = [
                "mentord": Self.json(use.server), "postgresql": Self.json(use.database), "bench": Self.json(use.bench),
                "others": Self.json(use.others),
            ]
        }
        return .object(object)
    }

    /// With as many digits as mean something.
    static func number(_ value: Double) -> String {
        String(format: value < 100 ? "%.1f" : "%.0f", value)
    }

    private static func json(_ value: Double) -> JSON { .double((value * 10).rounded() / 10) }
}
