import FuzzTesting

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.run(start, count, CleaningPromises.check, effort: CleaningPromises.checkEffort)
}
