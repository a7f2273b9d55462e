internal import Foundation
internal import Glibc

/// A folder of this process below the temporary one, in which each picture gets a folder of its own while it is made. A lock
/// says that its process lives; what dead ones left is removed by the next. Blocks the thread.
final class PictureFolder: Sendable {
    private static let prefix = "mentord-pictures-"

    let path: String
    private let lock: Int32

    /// - Throws: `PictureRefusal.unavailable` when there is no room.
    init(in parent: String) throws(PictureRefusal) {
        Self.removeLeftovers(in: parent)
        var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .unavailable }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        // Another user, as which root's programs run, has to pass.
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, geteuid() != 0 || chmod(path, 0o711) == 0 else {
            throw .unavailable
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        if lock >= 0 { close(lock) }
    }

    /// Runs `body` with the path of a new folder, which is removed however it ends.
    func with<Value>(_ body: (String) throws(PictureRefusal) -> Value) throws(PictureRefusal) -> Value {
        let folder = "\(path)/\(UUID().uuidString)"
        guard mkdir(folder, 0o700) == 0 else { throw .unavailable }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard geteuid() != 0 || chown(folder, Vips.nobody, Vips.nobody) == 0 else { throw .unavailable }
        return try body(folder)
    }

    private static func removeLeftovers(in parent: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let folder = "\(parent)/\(name)"
            var status = stat()
            guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else { continue }
            let lock = open(folder + "/lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
            // Without a lock it is being made at this moment, or was left half made long ago.
            guard lock >= 0 ? flock(lock, LOCK_EX | LOCK_NB) == 0 : status.st_mtim.tv_sec < time(nil) - 3600 else {
                if lock >= 0 { close(lock) }
                continue
            }
            try? FileManager.default.removeItem(atPath: folder)
            if lock >= 0 { close(lock) }
        }
    }
}

/// Files in a folder in which another process works that may do anything.
enum PictureFile {
    static func write(_ bytes: ArraySlice<UInt8>, to path: String) throws(PictureRefusal) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .unavailable }
        defer { close(descriptor) }
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw .unavailable }
            rest = rest.dropFirst(count)
        }
    }

    /// A plain file of at most `limit` bytes; never what a link or a pipe in its place leads to.
    static func read(_ path: String, limit: Int) throws(PictureRefusal) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .unreadable }
        guard let size = Int(exactly: status.st_size), size <= limit else { throw .tooCostly }
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), size - filled) }
            guard count > 0 else { throw .unreadable }
            filled += count
        }
        return bytes
    }
}
