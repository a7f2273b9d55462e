import Foundation
import JSONTree
import Social
import Wire

// The parts of a post that lie in jsonb columns.

extension Attachment {
    var json: JSON {
        var object = JSON.Object()
        object["url"] = .string(url.string)
        object["type"] = mediaType.map { .string($0) }
        object["description"] = description.map { .string($0) }
        object["blurhash"] = blurhash.map { .string($0) }
        object["width"] = width.map { .int($0) }
        object["height"] = height.map { .int($0) }
        object["focus"] = focus.map { [.double($0.x), .double($0.y)] }
        object["media"] = media.map { .string(String($0.rawValue)) }
        object["preview"] = preview.map {
            ["url": .string($0.url.string), "width": .int($0.width), "height": .int($0.height)]
        }
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let url = json["url"]?.string.flatMap({ URI($0) }) else { return nil }
        let focus = json["focus"].list.compactMap(\.double)
        self.init(
            url: url, mediaType: json["type"]?.string, description: json["description"]?.string,
            blurhash: json["blurhash"]?.string, width: json["width"]?.int, height: json["height"]?.int,
            focus: focus.count == 2 ? Focus(x: focus[0], y: focus[1]) : nil,
            media: json["media"]?.string.flatMap { Int64($0) }.map { MediaID(rawValue: $0) },
            preview: json["preview"].flatMap { Preview($0) })
    }
}

extension Attachment.Preview {
    fileprivate init?(_ json: JSON) {
        guard let url = json["url"]?.string.flatMap({ URI($0) }), let width = json["width"]?.int,
            let height = json["height"]?.int
        else { return nil }
        self.init(url: url, width: width, height: height)
    }
}

extension CustomEmoji {
    var json: JSON { ["name": .string(name), "url": .string(url.string)] }

    init?(_ json: JSON) {
        guard let name = json["name"]?.string, let url = json["url"]?.string.flatMap({ URI($0) }) else { return nil }
        self.init(name: name, url: url)
    }
}

extension EventDetails {
    var json: JSON {
        var object = JSON.Object()
        object["start"] = .string(DateTime.format(start))
        object["end"] = end.map { .string(DateTime.format($0)) }
        object["zone"] = zone.map { .string($0.name) }
        object["place"] = place.map { .string($0) }
        object["link"] = link.map { .string($0.string) }
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let start = json["start"]?.string.flatMap(DateTime.parse) else { return nil }
        self.init(
            start: start, end: json["end"]?.string.flatMap(DateTime.parse),
            zone: json["zone"]?.string.flatMap { TimeZoneName($0) }, place: json["place"]?.string,
            link: json["link"]?.string.flatMap { URI($0) })
    }
}

extension Poll {
    /// As the query for posts gathers it from its tables.
    init?(_ json: JSON) {
        guard let isMultiple = json["multiple"]?.bool, let voters = json["voters"]?.int else { return nil }
        self.init(
            options: json["options"].list.compactMap { option in
                guard let title = option["title"]?.string, let votes = option["votes"]?.int else { return nil }
                return Option(title: title, votes: votes)
            },
            isMultiple: isMultiple, endsAt: json["ends"]?.string.flatMap(DateTime.parse),
            closedAt: json["closed"]?.string.flatMap(DateTime.parse), voters: voters)
    }
}
