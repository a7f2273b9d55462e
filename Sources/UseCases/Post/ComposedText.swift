package import SafeText
package import Social
import Wire

/// Those whom a text names, found before it is published; whom nobody knows stays text.
package struct Mentioned: Sendable {
    private var people: [WrittenText.Mention: Actor]

    package init(_ people: [WrittenText.Mention: Actor] = [:]) { self.people = people }

    func actor(_ mention: WrittenText.Mention) -> Actor? { people[mention] }
}

/// What a person typed, as it is published.
struct ComposedText {
    let html: String
    let tags: [String]
    let people: [Actor]

    init(_ typed: String, mentioned: Mentioned, addresses: Addresses) {
        let text = WrittenText(typed)
        html = text.html(
            mentionAddress: { mentioned.actor($0).map { ($0.url ?? $0.uri).string } },
            hashtagAddress: { addresses.tag($0.name).string })
        tags = text.hashtags.map(\.name)
        var known: Set<ActorID> = []
        people = text.mentions.compactMap { mentioned.actor($0) }.filter { known.insert($0.id).inserted }
    }
}
