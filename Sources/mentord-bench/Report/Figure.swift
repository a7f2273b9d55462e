/// What is measured; the raw values name it in the line of JSON.
enum Figure: String, CaseIterable {
    case inserts = "machine_inserts_per_second"
    case signatures = "machine_signatures_per_second"
    case coldRate = "inbox_cold_per_second"
    case coldMiddle = "inbox_cold_p50_ms"
    case coldTail = "inbox_cold_p99_ms"
    case inboxRate = "inbox_per_second"
    case inboxMiddle = "inbox_p50_ms"
    case inboxTail = "inbox_p99_ms"
    case inboxWorst = "inbox_max_ms"
    case inboxShare = "inbox_share_of_inserts"
    case posting = "posting_ms"
    case postingAlone = "posting_without_followers_ms"
    case lagMiddle = "delivery_lag_p50_ms"
    case lagTail = "delivery_lag_p99_ms"
    case deliveryRate = "deliveries_per_second"
    case deliveryShare = "deliveries_share_of_signatures"
    case crowdPosting = "crowd_posting_ms"
    case crowdExpansion = "crowd_expansion_ms"
    case crowdRate = "crowd_deliveries_per_second"
    case memoryIdle = "memory_idle_mb"
    case memoryAfter = "memory_after_mb"
    case start = "start_ms"
    case homePage = "home_page_ms"
    case slowestPage = "slowest_page_ms"

    var target: Target? {
        switch self {
        case .inboxTail: .below(50)
        case .inboxShare: .atLeast(20)
        case .deliveryShare: .atLeast(15)
        case .memoryIdle: .atMost(60)
        case .memoryAfter: .atMost(150)
        case .start: .atMost(300)
        case .homePage, .slowestPage: .below(50)
        default: nil
        }
    }

    /// The measurement whose share of a limit is this figure.
    var parts: (of: Figure, limit: Figure)? {
        switch self {
        case .inboxShare: (.inboxRate, .inserts)
        case .deliveryShare: (.deliveryRate, .signatures)
        default: nil
        }
    }
}

/// What a figure should be.
enum Target: Equatable {
    case atLeast(Double), atMost(Double), below(Double)

    func isMet(by value: Double) -> Bool {
        switch self {
        case .atLeast(let bound): value >= bound
        case .atMost(let bound): value <= bound
        case .below(let bound): value < bound
        }
    }

    var text: String {
        switch self {
        case .atLeast(let bound): "at least \(Int(bound))"
        case .atMost(let bound): "at most \(Int(bound))"
        case .below(let bound): "below \(Int(bound))"
        }
    }
}
