import FuzzTesting

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPictureHeader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.run(start, count, PictureHeaderPromises.check, effort: PictureHeaderPromises.checkEffort)
}
