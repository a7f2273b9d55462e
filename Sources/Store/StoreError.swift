/// What the database holds and the program cannot be.
package enum StoreError: Error, Equatable {
    /// A statement that always returns a row returned none.
    case nothingReturned
    /// A row holds something that its own constraints should have kept out.
    case unreadable(String)
}
