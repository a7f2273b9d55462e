package import Social

/// Somebody may not do what they asked for. Nothing was changed, and nothing is told of what there is.
package struct NotPermitted: Error, Hashable, Sendable {
    package let permission: Permission
}

extension Account {
    /// To be called before anything is looked at.
    func require(_ permission: Permission) throws(NotPermitted) {
        guard may(permission) else { throw NotPermitted(permission: permission) }
    }
}
