/// The bytes that an address gave, before a parser sees them.
enum CalendarText {
    /// The text as the parser takes it.
    ///
    /// Which encoding words are in does not matter, because none are read; but bytes of two each are no iCalendar.
    static func checked(_ bytes: [UInt8]) throws(CalendarRefusal) -> [UInt8] {
        var text = bytes[...]
        if text.starts(with: [0xef, 0xbb, 0xbf]) { text = text.dropFirst(3) }
        text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        guard !text.contains(0) else { throw .noCalendar }
        guard has("BEGIN:VCALENDAR", text.prefix(15)) else {
            throw text.first == UInt8(ascii: "<") ? .page : .noCalendar
        }
        // A part of a calendar would look like a calendar with fewer times.
        guard has("END:VCALENDAR", text.suffix(13)) else { throw .unfinished }
        return Array(text)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private static func has(_ word: String, _ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count == word.utf8.count
            && zip(bytes, word.utf8).allSatisfy { byte, letter in
                (0x61...0x7a).contains(byte) ? byte - 0x20 == letter : byte == letter
            }
    }
}
