import FuzzTesting

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzStructuredField(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.run(start, count, StructuredFieldPromises.check, effort: StructuredFieldPromises.checkEffort)
}
