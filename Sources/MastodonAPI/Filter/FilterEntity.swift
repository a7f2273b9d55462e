import JSONTree
import Social
import Wire

/// Filters as clients read them (docs.joinmastodon.org/entities/Filter, …/V1_Filter, …/FilterResult).
enum FilterEntity {
    static func json(_ filter: Filter) -> JSON {
        var object = head(of: filter)
        object["keywords"] = .array(filter.keywords.map(json))
        object["statuses"] = .array(filter.posts.map(json))
        return .object(object)
    }

    static func json(_ keyword: Filter.Keyword) -> JSON {
        [
            "id": .string(String(keyword.id)), "keyword": .string(keyword.text),
            "whole_word": .bool(keyword.isWholeWord),
        ]
    }

    static func json(_ post: Filter.FilteredPost) -> JSON {
        ["id": .string(String(post.id)), "status_id": .string(String(post.post.rawValue))]
    }

    /// What a filter found in a post.
    static func json(_ match: Filter.Match, of post: PostID) -> JSON {
        [
            "filter": .object(head(of: match.filter)), "keyword_matches": .array(match.keywords.map(JSON.string)),
            "status_matches": .array(match.isNamed ? [.string(String(post.rawValue))] : []),
        ]
    }

    /// One keyword as a filter of the first version.
    static func first(_ keyword: Filter.Keyword, of filter: Filter) -> JSON {
        [
            "id": .string(String(keyword.id)), "phrase": .string(keyword.text), "context": contexts(of: filter),
            "expires_at": filter.endsAt.map { .string(ClientTime.text($0)) } ?? .null,
            "irreversible": .bool(filter.action == .hide), "whole_word": .bool(keyword.isWholeWord),
        ]
    }

    private static func head(of filter: Filter) -> JSON.Object {
        [
            "id": .string(String(filter.id)), "title": .string(filter.title), "context": contexts(of: filter),
            "expires_at": filter.endsAt.map { .string(ClientTime.text($0)) } ?? .null,
            "filter_action": .string(filter.action.rawValue),
        ]
    }

    private static func contexts(of filter: Filter) -> JSON {
        .array(Filter.Context.allCases.filter(filter.contexts.contains).map { .string($0.rawValue) })
    }
}
