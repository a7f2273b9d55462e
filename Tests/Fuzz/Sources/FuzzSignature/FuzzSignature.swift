import FuzzTesting

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSignature(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.run(start, count, SignaturePromises.check, effort: SignaturePromises.checkEffort)
}
