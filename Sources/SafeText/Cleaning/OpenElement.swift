/// An element that is open in the result of cleaning.
struct OpenElement {
    enum Role {
        case quote
        case list
        case item
        case paragraph
        case heading
        case preformatted
        case inline

        /// Whether it is a block that holds only lines.
        var isLeaf: Bool {
            switch self {
            case .paragraph, .heading, .preformatted: true
            case .quote, .list, .item, .inline: false
            }
        }
    }

    let id: Int
    let name: String
    let role: Role
    /// Its start tag; empty for one that is remembered but not written.
    let start: String
    let end: String
    /// How many blocks are around it.
    let depth: Int
    var link: LinkAddress?
}
