import Foundation
import Testing

@testable import JSONTree

@Suite struct JSONLimitsTests {
    private func refusal(of text: String, _ limits: JSON.Limits = JSON.Limits()) -> JSONError.Reason? {
        do {
            _ = try JSON.parse(text, limits: limits)
            return nil
        } catch {
            return error.reason
        }
    }

    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test func bytes() {
        let mebibyte = 1 << 20
        #expect(refusal(of: "1" + String(repeating: " ", count: mebibyte - 1)) == nil)
        #expect(refusal(of: "1" + String(repeating: " ", count: mebibyte)) == .tooManyBytes)
        #expect(throws: JSONError(reason: .tooManyBytes, offset: mebibyte)) {
            try JSON.parse(repeatElement(UInt8(ascii: " "), count: mebibyte + 1))
        }
    }

    @Test func depth() {
        #expect(refusal(of: nested(32)) == nil)
        #expect(refusal(of: nested(33)) == .tooDeep)
        #expect(refusal(of: String(repeating: "{\"a\":", count: 32) + "1" + String(repeating: "}", count: 32)) == nil)
        #expect(refusal(of: String(repeating: "{\"a\":", count: 33) + "1" + String(repeating: "}", count: 33)) == .tooDeep)
        #expect(refusal(of: String(repeating: "[{\"a\":", count: 16) + "1" + String(repeating: "}]", count: 16)) == nil)
        let flat = JSON.Limits(depth: 0)
        #expect(refusal(of: "1", flat) == nil)
        #expect(refusal(of: "[]", flat) == .tooDeep)
    }

    @Test func depthIsRefusedAtItsByte() {
        let arrays = String(repeating: "[", count: 100_000)
        let objects = String(repeating: "{\"a\":", count: 100_000)
        #expect(throws: JSONError(reason: .tooDeep, offset: 32)) { try JSON.parse(arrays) }
        #expect(throws: JSONError(reason: .tooDeep, offset: 160)) { try JSON.parse(objects) }
    }

    @Test func depthAskedForHasAnEnd() {
        let limits = JSON.Limits(depth: 1_000_000)
        #expect(refusal(of: nested(JSON.Limits.deepest), limits) == nil)
        #expect(refusal(of: nested(JSON.Limits.deepest + 1), limits) == .tooDeep)
    }

    @Test func deepestFitsASmallThreadStack() async throws {
        let text = String(repeating: "{\"a\":[", count: 64) + "1" + String(repeating: "]}", count: 64)
        let isSame = await withCheckedContinuation { continuation in
            let thread = Thread {
                let limits = JSON.Limits(depth: 128)
                let first = try? JSON.parse(text, limits: limits)
                let second = try? JSON.parse(text, limits: limits)
                continuation.resume(returning: first != nil && first == second && first?.serializedText() == text)
            }
            thread.stackSize = 512 << 10
            thread.start()
        }
        #expect(isSame)
    }

    @Test func values() {
        func zeros(_ count: Int) -> String { "[" + Array(repeating: "0", count: count).joined(separator: ",") + "]" }
        #expect(refusal(of: zeros(9_999)) == nil)
        #expect(refusal(of: zeros(10_000)) == .tooManyValues)
        #expect(refusal(of: "[" + Array(repeating: "[]", count: 10_000).joined(separator: ",") + "]") == .tooManyValues)
        let one = JSON.Limits(values: 1)
        #expect(refusal(of: "{}", one) == nil)
        #expect(refusal(of: "{\"a\":1}", one) == .tooManyValues)
    }

    @Test("Strings are measured after escapes are resolved", arguments: ["a", "é", "😂"])
    func strings(character: String) {
        let limits = JSON.Limits(stringBytes: 12)
        let atLimit = String(repeating: character, count: 12 / character.utf8.count)
        let escaped = String(repeating: "\\u0061", count: 12)
        #expect(refusal(of: "\"\(atLimit)\"", limits) == nil)
        #expect(refusal(of: "\"\(atLimit)a\"", limits) == .stringTooLong)
        #expect(refusal(of: "{\"\(atLimit)\":1}", limits) == nil)
        #expect(refusal(of: "{\"\(atLimit)a\":1}", limits) == .stringTooLong)
        #expect(refusal(of: "\"\(escaped)\"", limits) == nil)
        #expect(refusal(of: "\"\(escaped)\(character)\"", limits) == .stringTooLong)
    }

    @Test func stringOf256KiB() {
        let text = String(repeating: "a", count: 256 << 10)
        #expect(refusal(of: "\"\(text)\"") == nil)
        #expect(refusal(of: "\"\(text)a\"") == .stringTooLong)
    }

    @Test func numbers() {
        #expect(refusal(of: String(repeating: "9", count: 1_024)) == nil)
        #expect(refusal(of: String(repeating: "9", count: 1_025)) == .numberTooLong)
        #expect(refusal(of: "0." + String(repeating: "9", count: 1_023)) == .numberTooLong)
    }

    @Test func tenThousandKeysAreNotQuadratic() throws {
        let limits = JSON.Limits(values: 10_001)
        let text = "{" + (0..<10_000).map { "\"key\($0)\":\($0)" }.joined(separator: ",") + "}"
        let object = try #require(try JSON.parse(text, limits: limits).object)
        // 10,000 look-ups that scanned would compare 50 million keys, some ten seconds in this build.
        let took = try ContinuousClock().measure {
            for number in 0..<10_000 { try #require(object["key\(number)"]?.int == number) }
        }
        #expect(took < .seconds(3))
    }
}
