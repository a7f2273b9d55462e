package import Wire

/// Who may do what with a post that they can see.
package enum PostRules {
    /// Public and unlisted posts may be passed on by everybody; those for followers by their author alone, to the same
    /// people; direct ones by nobody.
    package static func visibilityOfBoost(_ post: Post, by actor: ActorID, wished: Visibility = .public) -> Visibility?
    {
        switch post.visibility {
        case .public: wished == .direct ? nil : wished
        case .unlisted: wished == .public ? .unlisted : wished == .direct ? nil : wished
        case .followers: actor == post.author ? .followers : nil
        case .direct: nil
        }
    }

    /// Authors pin their own posts, and none that is only for those whom it names.
    package static func canPin(_ post: Post, by actor: ActorID) -> Bool {
        post.author == actor && post.visibility != .direct
    }

    /// Posts that an actor shows first, at most.
    package static let mostPins = 5
}
