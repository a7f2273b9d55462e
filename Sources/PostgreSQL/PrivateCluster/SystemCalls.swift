internal import Glibc
import Processes

/// What `errno` means, in words.
func message(errno code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// Throws for the current `errno` if `result` tells of a failure.
@discardableResult
func check(_ result: Int32, _ call: String, _ path: String) throws(ClusterError) -> Int32 {
    guard result >= 0 else { throw .system(call: call, path: path, errno: errno) }
    return result
}

/// Owner of the file; nil if it does not exist.
func owner(of path: String) -> uid_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_uid : nil
}

/// The absolute path without symbolic links; nil if it does not exist.
func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
}

/// Makes the folder unless it exists.
func makeFolder(_ path: String, mode: mode_t) throws(ClusterError) {
    if mkdir(path, mode) != 0, errno != EEXIST { throw .system(call: "mkdir", path: path, errno: errno) }
}

/// The last 4,000 bytes of a text file; empty if it cannot be read.
func tail(of path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return TextFile.tail(of: descriptor)
}

/// Replaces the content of a file, which keeps its owner and mode if it exists.
func overwrite(_ path: String, with text: String) throws(ClusterError) {
    let descriptor = try check(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600), "open", path)
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw .system(call: "write", path: path, errno: errno) }
        rest = rest.dropFirst(count)
    }
}
