import Mentoring

extension Holding {
    /// Value of `mnt:holdsRequests`: a duration of ISO 8601, or `always`.
    var wireName: String {
        switch self {
        case .always: "always"
        case .never: "PT0S"
        case .first(let hours): "PT\(hours)H"
        }
    }

    /// Reads a duration of weeks, days, hours, minutes and seconds in whole hours: no more is promised than that, and
    /// no more than a request waits. nil for what is none, or has years or months in it, whose length depends on the day.
    init?(wireName text: String) {
        if text == "always" {
            self = .always
            return
        }
        guard let seconds = Self.seconds(of: text) else { return nil }
        let hours = min(seconds / 3600, Self.hours.upperBound)
        self = hours == 0 ? .never : .first(hours: hours)
    }

    private static func seconds(of text: String) -> Int? {
        guard text.utf8.count <= 40, text.first == "P" else { return nil }
        var units: [(name: Character, seconds: Int)] = [("W", 604_800), ("D", 86_400)]
        var (total, digits, isTime, hasPart) = (0, "", false, false)
        for character in text.dropFirst() {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else if character == "T", !isTime, digits.isEmpty {
                (isTime, hasPart) = (true, false)
                units = [("H", 3600), ("M", 60), ("S", 1)]
            } else {
                guard let unit = units.firstIndex(where: { $0.name == character }), let number = Int(digits),
                    number <= 1_000_000
                else { return nil }
                total += number * units[unit].seconds
                units.removeFirst(unit + 1)
                (digits, hasPart) = ("", true)
            }
        }
        return digits.isEmpty && hasPart ? total : nil
    }
}
