import Foundation

/// The name by which a hashtag is found, however it was written: in NFKC and case folded (Unicode 3.11 and 3.13),
/// without `#`. So `#Straße`, `#STRASSE` and `#ｓｔｒａｓｓｅ` are one; what somebody wrote is still shown as it was written.
///
/// The name of a name is the name itself. Two hashtags are compared nowhere else than by this.
///
/// - Returns: nil when nothing is left, or what can stand in no hashtag, or more than 100 scalars.
package func hashtagName(_ written: some StringProtocol) -> String? {
    // No hundred scalars come of so much.
    guard written.utf8.count <= 4_000 else { return nil }
    let folded = String(written).precomposedStringWithCompatibilityMapping.caseFolded
    let name = folded.precomposedStringWithCompatibilityMapping.trimmingPrefix("#").unicodeScalars
    guard (1...100).contains(name.count), name.allSatisfy(\.canStandInHashtag) else { return nil }
    return String(String.UnicodeScalarView(name))
}

extension String {
    /// Full case folding, by way of the mappings that it is derived from: the lower case of the upper case tells what
    /// differs by case alone. The dotless i has the upper case of another letter, and stays.
    fileprivate var caseFolded: String {
        var folded = ""
        folded.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            guard scalar != "\u{131}" else {
                folded.unicodeScalars.append(scalar)
                continue
            }
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                for upper in lower.properties.uppercaseMapping.unicodeScalars {
                    folded += upper.properties.lowercaseMapping
                }
            }
        }
        return folded
    }
}

extension Unicode.Scalar {
    fileprivate var canStandInHashtag: Bool {
        self != "#" && !properties.isWhitespace && properties.generalCategory != .control
    }
}
