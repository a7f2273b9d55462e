import Social

extension Scope {
    /// What a person lets an app do by it.
    var words: String {
        switch self {
        case .read: "Read all that you can read: your timelines, messages, sessions and settings"
        case .write: "Act as you: write, answer, change your profile, ask for sessions"
        case .follow: "See and change whom you follow, block and mute"
        case .push: "Send you notifications"
        case .profile: "See who you are"
        case .readAccounts: "See accounts"
        case .readBlocks: "See whom you block"
        case .readBookmarks: "See your bookmarks"
        case .readFavourites: "See your favourites"
        case .readFilters: "See your filters"
        case .readFollows: "See whom you follow"
        case .readLists: "See your lists"
        case .readMutes: "See whom you mute"
        case .readNotifications: "See your notifications"
        case .readSearch: "Search for you"
        case .readStatuses: "Read posts and messages that you can read"
        case .writeAccounts: "Change your profile"
        case .writeBlocks: "Block people"
        case .writeBookmarks: "Bookmark posts"
        case .writeConversations: "Mark conversations as read and remove them"
        case .writeFavourites: "Favour posts"
        case .writeFilters: "Change your filters"
        case .writeFollows: "Follow people"
        case .writeLists: "Change your lists"
        case .writeMedia: "Upload files"
        case .writeMutes: "Mute people and conversations"
        case .writeNotifications: "Clear your notifications"
        case .writeReports: "Report people to moderators"
        case .writeStatuses: "Write posts as you"
        }
    }
}
