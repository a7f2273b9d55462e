extension String {
    /// The scalars that a reader can see and that stay within their place, with every line end as `\n` and every other
    /// white space as a space. Linear.
    var visibleScalars: [Unicode.Scalar] {
        var filter = VisibilityFilter()
        let candidates = withUniformWhiteSpace.filter { !$0.isAlwaysHidden }
        for (position, scalar) in candidates.enumerated() {
            filter.take(scalar, next: position + 1 < candidates.count ? candidates[position + 1] : nil)
        }
        return filter.kept
    }

    private var withUniformWhiteSpace: [Unicode.Scalar] {
        var uniform: [Unicode.Scalar] = []
        uniform.reserveCapacity(utf8.count)
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": uniform.append("\n")
            // U+2800 (BRAILLE PATTERN BLANK) is as blank as a space.
            case "\t", " ", "\u{2800}": uniform.append(" ")
            case _ where scalar.isASCII: uniform.append(scalar)
            case _ where scalar.properties.isWhitespace: uniform.append(" ")
            default: uniform.append(scalar)
            }
            previous = scalar
        }
        return uniform
    }
}

/// Decides on scalars whose visibility depends on their neighbours.
private struct VisibilityFilter {
    private(set) var kept: [Unicode.Scalar] = []
    /// What the next mark would sit on.
    private var base: Unicode.Scalar?
    private var marks = 0

    /// Enough for every living script; stacks that overflow their line need more.
    private static let mostMarks = 4
    /// Five letters and the end of the flags of England, Scotland and Wales.
    private static let mostFlagTags = 6

    mutating func take(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
        switch scalar {
        case " ", "\n":
            kept.append(scalar)
            base = nil
        case _ where scalar.isASCII:
            keepAsBase(scalar)
        case "\u{200C}", "\u{200D}":
            if joins(next) { kept.append(scalar) }
        case "\u{E0020}"..."\u{E007F}":
            if base == "\u{1F3F4}", marks < Self.mostFlagTags { keepAsMark(scalar) }
        case _ where scalar.isVariationSelector:
            if let base, kept.last == base { keepAsMark(scalar) }
        case _ where scalar.isMark:
            if base != nil, marks < Self.mostMarks { keepAsMark(scalar) }
        default:
            keepAsBase(scalar)
        }
    }

    private mutating func keepAsBase(_ scalar: Unicode.Scalar) {
        kept.append(scalar)
        base = scalar
        marks = 0
    }

    private mutating func keepAsMark(_ scalar: Unicode.Scalar) {
        kept.append(scalar)
        marks += 1
    }

    /// Whether a joiner here shapes what is around it: parts of one emoji, letters of a joining script, an Indic half
    /// form.
    private func joins(_ next: Unicode.Scalar?) -> Bool {
        guard let base, let last = kept.last, !last.isJoiner else { return false }
        if last.properties.canonicalCombiningClass == .virama { return true }
        guard let next else { return false }
        return base.isPictograph && next.isPictograph || base.isJoiningLetter && next.isJoiningLetter
    }
}

extension Unicode.Scalar {
    /// Hidden wherever it stands, or no character at all.
    fileprivate var isAlwaysHidden: Bool {
        switch value {
        case 0x0A, 0x20..<0x7F: false
        case 0..<0xA0: true
        case 0x200C, 0x200D, 0xE0020...0xE007F: false
        case 0xA0..<0x300: value == 0xAD
        // Interlinear annotation, and what Unicode says is no character.
        case 0xFFF9...0xFFFB, 0xFDD0...0xFDEF: true
        case _ where value & 0xFFFE == 0xFFFE: true
        default: properties.isDefaultIgnorableCodePoint && !isVariationSelector
        }
    }

    var isJoiner: Bool {
        self == "\u{200C}" || self == "\u{200D}"
    }

    /// The property of this name, which is slow to ask for.
    fileprivate var isVariationSelector: Bool {
        switch value {
        case 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF: true
        default: false
        }
    }

    var isMark: Bool {
        if value < 0x300 { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// An emoji, without the digits and signs that Unicode counts among them.
    fileprivate var isPictograph: Bool {
        value > 0xFF && properties.isEmoji
    }

    /// A letter of the scripts whose spelling uses joiners: Arabic to N'Ko, Indic to Lao, Myanmar, Khmer, Mongolian.
    fileprivate var isJoiningLetter: Bool {
        switch value {
        case 0x0600...0x08FF, 0x0900...0x0EFF, 0x1000...0x109F, 0x1780...0x18AF, 0xFB50...0xFDFF, 0xFE70...0xFEFC:
            properties.isAlphabetic && !isMark
        default: false
        }
    }
}
