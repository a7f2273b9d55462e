/// A `multipart/form-data` body, whole in memory (RFC 7578).
struct MultipartBody {
    struct Part {
        let name: String
        /// Nil for a field, whatever it is for a file.
        let fileName: String?
        let contentType: String?
        let bytes: ArraySlice<UInt8>
    }

    /// More parts than these make a body that cannot be read.
    static let mostParts = 1000
    static let mostHeader = 8192

    let parts: [Part]

    /// Nil when the body is not what its boundary announces.
    init?(_ body: [UInt8], boundary: String) {
        guard (1...70).contains(boundary.utf8.count) else { return nil }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very beginning.
        let opening = delimiter.dropFirst(2)
        var position: Int
        if body.starts(with: opening) {
            position = opening.count
        } else if let found = Self.find(delimiter, in: body, from: 0) {
            position = found + delimiter.count
        } else {
            return nil
        }
        var parts: [Part] = []
        while true {
            if body[position...].starts(with: "--".utf8) { break }
            // White space may follow a delimiter on its line.
            while position < body.count, body[position] == UInt8(ascii: " ") || body[position] == UInt8(ascii: "\t") {
                position += 1
            }
            guard parts.count < Self.mostParts, body[position...].starts(with: "\r\n".utf8),
                let end = Self.find(delimiter, in: body, from: position),
                let part = Self.part(body, from: position + 2, to: end)
            else { return nil }
            parts.append(part)
            position = end + delimiter.count
        }
        self.parts = parts
    }

    /// - Parameter start: behind the line break of the delimiter, which may already be half of the blank line.
    private static func part(_ body: [UInt8], from start: Int, to end: Int) -> Part? {
        let blank = Array("\r\n\r\n".utf8)
        guard let headEnd = find(blank, in: body, from: start - 2), headEnd + blank.count <= end,
            headEnd - start <= mostHeader
        else { return nil }
        let head = headEnd > start ? body[start..<headEnd] : []
        var name: String?
        var fileName: String?
        var contentType: String?
        for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon].lowercased() {
            case "content-disposition":
                let parameters = HeaderParameters(value)
                guard parameters.value == "form-data" else { return nil }
                name = parameters["name"]
                fileName = parameters["filename"]
            case "content-type": contentType = String(value)
            default: break
            }
        }
        guard let name else { return nil }
        return Part(
            name: name, fileName: fileName, contentType: contentType, bytes: body[(headEnd + blank.count)..<end])
    }

    /// The first place of a pattern, in linear time (Boyer, Moore and Horspool).
    private static func find(_ pattern: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard start >= 0, let last = pattern.last else { return nil }
        var skips = [Int](repeating: pattern.count, count: 256)
        for (index, byte) in pattern.dropLast().enumerated() { skips[Int(byte)] = pattern.count - 1 - index }
        var end = start + pattern.count - 1
        while end < body.count {
            let byte = body[end]
            if byte == last, body[(end - pattern.count + 1)...end].elementsEqual(pattern) {
                return end - pattern.count + 1
            }
            end += skips[Int(byte)]
        }
        return nil
    }
}
