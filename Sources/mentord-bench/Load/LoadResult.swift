/// How a load was taken.
struct LoadResult: Sendable {
    /// The places of the requests that were answered with 202.
    let accepted: Set<Int>
    /// How many had another answer, by status.
    let others: [Int: Int]
    /// From the first request to the last answer.
    let seconds: Double
    /// Of the accepted ones, in milliseconds.
    let latency: Distribution

    init(_ answers: [LoadAnswer]) {
        let accepted = answers.filter { $0.status == 202 }
        self.accepted = Set(accepted.map(\.index))
        others = Dictionary(grouping: answers.filter { $0.status != 202 }, by: \.status).mapValues(\.count)
        let begin = answers.map(\.sentAt).min() ?? 0
        let end = answers.map(\.answeredAt).max() ?? 0
        seconds = Double(end - begin) / 1e9
        latency = Distribution(accepted.map { Double($0.answeredAt - $0.sentAt) / 1e6 })
    }

    /// Accepted ones a second.
    var rate: Double { seconds > 0 ? Double(accepted.count) / seconds : 0 }
}

/// Values in order.
struct Distribution: Sendable {
    private let sorted: [Double]

    init(_ values: [Double]) { sorted = values.sorted() }

    var isEmpty: Bool { sorted.isEmpty }
    var largest: Double { sorted.last ?? 0 }

    /// The smallest value that at least `share` of all do not exceed; 0 when there are none.
    func quantile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let place = (share * Double(sorted.count)).rounded(.up)
        return sorted[min(max(Int(place), 1), sorted.count) - 1]
    }
}
