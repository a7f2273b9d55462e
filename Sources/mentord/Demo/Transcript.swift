import Foundation
import JSONTree
import Wire

/// Prints what goes over the wire between the communities of the demonstration, one line for each exchange: what the
/// sender says it sent, with what the receiver made of it.
actor Transcript {
    private var sent: [String: (line: JSON, community: String)] = [:]
    private var received: [String: JSON] = [:]
    private(set) var exchanges = 0

    func note(_ line: JSON, from community: String) {
        guard let activity = line["activity"]?.string else { return }
        switch line["message"]?.string {
        case "received": received[activity] = line
        case "sent": sent[activity] = (line, community)
        default: return
        }
        guard let sending = sent[activity], let receipt = received[activity] else { return }
        sent[activity] = nil
        received[activity] = nil
        show(sending.line, receipt: receipt, from: sending.community)
    }

    /// Waits a moment for the other half of what is only half told, and prints the rest as it is.
    func settle() async {
        let deadline = ContinuousClock.now + .seconds(2)
        while !sent.isEmpty || !received.isEmpty, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(10))
        }
        for (line, community) in sent.values { show(line, receipt: nil, from: community) }
        sent = [:]
    }

    private func show(_ sent: JSON, receipt: JSON?, from community: String) {
        guard let inbox = sent["to"]?.string, let uri = URI(inbox) else { return }
        exchanges += 1
        let to = uri.host.split(separator: ".").first.map(String.init) ?? uri.host
        let columns = [
            "\(community) -> \(to)".padded(18), (sent["type"]?.string ?? "").padded(7), "POST \(inbox)",
            "signature \(receipt?["signature"]?.string ?? "not seen")", sent["status"]?.string ?? "",
            "\(milliseconds(sent)) ms",
        ]
        print("   " + columns.joined(separator: "  "))
        fflush(nil)
    }

    private func milliseconds(_ line: JSON) -> String {
        line["milliseconds"]?.string.flatMap(Double.init).map { String(format: "%.1f", $0) } ?? "?"
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
