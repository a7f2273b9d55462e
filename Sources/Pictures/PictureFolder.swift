internal import Foundation
internal import Glibc

/// A folder of this process below the temporary one, in which each picture gets a folder of its own while it is made. A
/// lock on the folder itself says that its process lives, to whoever finds it by whatever path; what dead ones left is
/// removed by the next. Blocks the thread.
final class PictureFolder: Sendable {
    private static let prefix = "mentord-pictures-"
    /// How often another process may take a new folder for one that a dead one left.
    private static let attempts = 10

    let path: String
    private let lock: Int32

    /// - Throws: `PictureRefusal.unavailable` when there is no room.
    init(in parent: String) throws(PictureRefusal) {
        Self.removeLeftovers(in: parent)
        guard let made = Self.make(in: parent) else { throw .unavailable }
        (path, lock) = made
        // Another user, as which root's programs run, has to pass.
        guard geteuid() != 0 || chmod(path, 0o711) == 0 else { throw .unavailable }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(lock)
    }

    /// Runs `body` with the path of a new folder, which is removed however it ends.
    func with<Value>(_ body: (String) throws(PictureRefusal) -> Value) throws(PictureRefusal) -> Value {
        let folder = "\(path)/\(UUID().uuidString)"
        guard mkdir(folder, 0o700) == 0 else { throw .unavailable }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard geteuid() != 0 || chown(folder, Vips.nobody, Vips.nobody) == 0 else { throw .unavailable }
        return try body(folder)
    }

    private static func make(in parent: String) -> (path: String, lock: Int32)? {
        for _ in 0..<attempts {
            var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { return nil }
            let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            if let lock = lock(path) { return (path, lock) }
        }
        return nil
    }

    private static func removeLeftovers(in parent: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let folder = "\(parent)/\(name)"
            guard let lock = lock(folder) else { continue }
            try? FileManager.default.removeItem(atPath: folder)
            close(lock)
        }
    }

    /// A descriptor of a folder of this user's that holds the lock on it; nil where another process has it, or where
    /// there is no such folder, or no longer once it is locked.
    private static func lock(_ folder: String) -> Int32? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        var (held, found) = (stat(), stat())
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &held) == 0, held.st_uid == geteuid(),
            lstat(folder, &found) == 0, (held.st_dev, held.st_ino) == (found.st_dev, found.st_ino)
        else {
            close(descriptor)
            return nil
        }
        return descriptor
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
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), size - filled)
            }
            guard count > 0 else { throw .unreadable }
            filled += count
        }
        return bytes
    }
}
