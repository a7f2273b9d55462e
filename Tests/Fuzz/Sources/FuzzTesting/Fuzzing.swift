/// Hands the inputs that libFuzzer makes up to the promises of a parser. One that is broken ends the process like a
/// trap, so that libFuzzer keeps the input.
package enum Fuzzing {
    /// - Parameter effort: the promise about time, which costs too much to look at with each input.
    package static func run(
        _ start: UnsafePointer<UInt8>?, _ count: Int, _ check: ([UInt8]) throws -> Void,
        effort: ([UInt8]) throws -> Void
    ) -> CInt {
        let input = Array(UnsafeBufferPointer(start: start, count: count))
        do {
            try check(input)
            if isSample(input) { try effort(input) }
        } catch {
            fatalError("\(error)")
        }
        return 0
    }

    /// One in 1024, always the same ones.
    private static func isSample(_ input: [UInt8]) -> Bool {
        // FNV-1a; its lowest bit is the weakest.
        input.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 } & 0x7FE == 0
    }
}
