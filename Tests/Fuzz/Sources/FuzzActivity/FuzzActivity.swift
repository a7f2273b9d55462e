import FuzzTesting

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzActivity(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.run(start, count) { input in
        try JSONPromises.check(input)
        try DocumentPromises.check(input)
    } effort: { input in
        try JSONPromises.checkEffort(input)
        try DocumentPromises.checkEffort(input)
    }
}
