/// Values of fields that share one syntax (RFC 9651, before it RFC 8941), as far as signatures and digests have them:
/// Dictionaries of anything but Decimals, Dates and Display Strings.
enum StructuredField {
    /// A member of a Dictionary (RFC 9651 section 3.2).
    struct Member: Hashable, Sendable {
        var key: String
        var value: MemberValue
    }

    enum MemberValue: Hashable, Sendable {
        case item(Item)
        case innerList(InnerList)
    }

    /// Items in parentheses (section 3.1.1).
    struct InnerList: Hashable, Sendable {
        var items: [Item]
        var parameters: [Parameter] = []
    }

    /// A value with what is said about it (section 3.3).
    struct Item: Hashable, Sendable {
        var value: BareItem
        var parameters: [Parameter] = []
    }

    /// Something said about an item or a list; their order is kept, and no key comes twice (section 3.1.2).
    struct Parameter: Hashable, Sendable {
        var key: String
        var value: BareItem
    }

    enum BareItem: Hashable, Sendable {
        /// At most fifteen digits.
        case integer(Int)
        /// Printable ASCII.
        case string(String)
        case token(String)
        case bytes([UInt8])
        case boolean(Bool)
    }
}

extension [StructuredField.Parameter] {
    subscript(key: String) -> StructuredField.BareItem? {
        first { $0.key == key }?.value
    }
}
