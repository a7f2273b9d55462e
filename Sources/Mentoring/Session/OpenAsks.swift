/// The requests of one person that wait for an answer, and how many may.
package struct OpenAsks: Hashable, Sendable {
    /// What a community can lay down.
    package static let bounds = 1...1000

    package let open: Int
    package let most: Int
    /// Why fewer may than usually.
    package let because: String?

    package init(open: Int, most: Int, because: String? = nil) {
        self.open = open
        self.most = most
        self.because = because
    }

    package var left: Int { max(0, most - open) }

    /// In words for whoever asks once more; nil while they may.
    package var refusal: String? {
        guard left == 0 else { return nil }
        if let because { return because }
        let requests = open == 1 ? "1 request of yours waits" : "\(open) requests of yours wait"
        return "\(requests) for an answer already, and no more than \(most) can: wait for one, or take one back."
    }
}
