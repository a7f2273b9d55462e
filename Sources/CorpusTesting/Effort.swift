import Glibc

/// Whether work on an input takes time in proportion to its size.
///
/// A short input can not show that it does not. So it is made long in the ways in which nesting and look-ahead add up:
/// repeated as a whole, and its first half repeated before its second half.
package enum Effort {
    /// Enough for instrumented code, and for code that is not optimised: as the server runs it, it is several times as
    /// fast.
    private static let mostSeconds = 0.5

    #if DEBUG
        private static let bytes = 8 << 10
    #else
        private static let bytes = 64 << 10
    #endif

    package static func check(_ input: [UInt8], _ work: ([UInt8]) throws -> Void) throws {
        if input.isEmpty { return }
        let half = input.count / 2
        let halves = [Array(input[..<half]), Array(input[half...])]
        for long in [grown(input, to: bytes), halves.flatMap { grown($0, to: bytes / 2) }] {
            // A disturbed measurement is repeated.
            var seconds = 0.0
            for _ in 0..<3 {
                seconds = try processorSeconds { try work(long) }
                if seconds <= mostSeconds { break }
            }
            try expect(seconds <= mostSeconds, "\(long.count) bytes took \(seconds) s")
        }
    }

    private static func grown(_ piece: [UInt8], to count: Int) -> [UInt8] {
        if piece.isEmpty { return [] }
        return Array(repeatElement(piece, count: max(1, count / piece.count)).joined())
    }

    private static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
        let start = now()
        try work()
        return now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
