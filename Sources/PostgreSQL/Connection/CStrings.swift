/// `bytes` as a C string, valid during the call only.
func withCString<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    (bytes + [0]).withUnsafeBytes { body($0.bindMemory(to: CChar.self).baseAddress) }
}

/// A NULL-terminated array of C strings, valid during the call only.
func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    var bytes: [UInt8] = []
    var starts: [Int] = []
    for string in strings {
        starts.append(bytes.count)
        bytes += string.utf8
        bytes.append(0)
    }
    return bytes.withUnsafeBytes { buffer in
        let base = buffer.bindMemory(to: CChar.self).baseAddress
        let pointers = starts.map { start in base.map { $0 + start } } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
