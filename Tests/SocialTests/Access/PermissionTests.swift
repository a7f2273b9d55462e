import Social
import Testing

struct PermissionTests {
    /// Everything that a role opens; a permission that is not here belongs to nobody.
    private static let table: [Permission: Set<Account.Role>] = [
        .answerApplications: [.moderator, .administrator],
        .moderateReviews: [.moderator, .administrator],
        .judgeNoShows: [.moderator, .administrator],
        .readFigures: [.moderator, .administrator],
    ]

    @Test("Each permission belongs to exactly the roles that stand in the table", arguments: Permission.allCases)
    func roles(permission: Permission) {
        #expect(permission.roles == Self.table[permission])
    }

    @Test("Administrators may do all that moderators may, and members nothing that takes a permission")
    func ranks() {
        for permission in Permission.allCases {
            #expect(!permission.roles.contains(.member))
            #expect(!permission.roles.contains(.moderator) || permission.roles.contains(.administrator))
        }
    }
}
