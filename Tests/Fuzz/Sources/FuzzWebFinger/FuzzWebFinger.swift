import FuzzTesting

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWebFinger(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.run(start, count, WebFingerPromises.check, effort: WebFingerPromises.checkEffort)
}
