import Foundation
import Testing

import UseCases

struct TokenBucketsTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("So many at once, and then as fast as they come back")
    func burst() {
        var buckets = TokenBuckets<String>(burst: 3, perSecond: 0.5)
        for _ in 0..<3 { #expect(buckets.take("e", at: start) == nil) }
        #expect(buckets.take("e", at: start) == 2)
        #expect(buckets.take("b", at: start) == nil)
        #expect(buckets.take("e", at: start.addingTimeInterval(1)) == 1)
        #expect(buckets.take("e", at: start.addingTimeInterval(2)) == nil)
        #expect(buckets.take("e", at: start.addingTimeInterval(2)) == 2)
        let later = start.addingTimeInterval(1_000_000)
        for _ in 0..<3 { #expect(buckets.take("e", at: later) == nil) }
        #expect(buckets.take("e", at: later) != nil)
    }

    @Test("A clock that is set back gives nothing and takes nothing")
    func clockSetBack() {
        var buckets = TokenBuckets<String>(burst: 1, perSecond: 1)
        #expect(buckets.take("e", at: start) == nil)
        #expect(buckets.wait("e", at: start.addingTimeInterval(-1_000_000)) == 1)
    }

    @Test("The table is bounded, and who used up the allowance lately is remembered (C20)")
    func bounded() {
        var buckets = TokenBuckets<Int>(burst: 2, perSecond: 0.001, capacity: 100)
        for key in 0..<10_000 {
            let now = start.addingTimeInterval(Double(key) * 0.001)
            _ = buckets.take(key, at: now)
            #expect(buckets.count <= 100)
        }
        let end = start.addingTimeInterval(10)
        #expect(buckets.take(9_999, at: end) == nil)
        #expect(buckets.take(9_999, at: end) != nil)
    }
}
