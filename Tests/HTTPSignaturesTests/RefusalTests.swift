import Testing

@testable import HTTPSignatures

@Suite struct RefusalTests {
    @Test func labelsAreDistinct() {
        #expect(Set(Refusal.allCases.map(\.rawValue)).count == Refusal.allCases.count)
    }
}
