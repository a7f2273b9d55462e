package import Mentoring
package import PostgreSQL
package import Social
package import Wire

// How checked values lie in columns: as the text that they were read from, enumerations by their raw value.

extension URI: SQLEncodable, SQLDecodable {
    package var sqlText: SQLText { string.sqlText }

    package init?(sqlText: String) { self.init(sqlText) }
}

extension ActorID: SQLEncodable, SQLDecodable {}
extension PostID: SQLEncodable, SQLDecodable {}
extension MediaID: SQLEncodable, SQLDecodable {}

extension Actor.Kind: SQLEncodable, SQLDecodable {}
extension Account.Role: SQLEncodable, SQLDecodable {}
extension StoredKey.Algorithm: SQLEncodable, SQLDecodable {}
extension Follow.State: SQLEncodable, SQLDecodable {}
extension Visibility: SQLEncodable, SQLDecodable {}
extension Post.Kind: SQLEncodable, SQLDecodable {}
extension Media.Purpose: SQLEncodable, SQLDecodable {}
extension MediaFile.Kind: SQLEncodable, SQLDecodable {}

extension Audience: SQLEncodable, SQLDecodable {}
extension PricingRule: SQLEncodable, SQLDecodable {}
extension Rate.Unit: SQLEncodable, SQLDecodable {}

extension Role: SQLEncodable, SQLDecodable {}
extension Custody: SQLEncodable, SQLDecodable {}
extension SessionStatus: SQLEncodable, SQLDecodable {}
extension Place.Medium: SQLEncodable, SQLDecodable {}
extension MentorAnswer.Kind: SQLEncodable, SQLDecodable {}
extension Reason.Code: SQLEncodable, SQLDecodable {}
