import ActivityStreams
import JSONTree
import Schemas
import Testing
import Wire

/// What is written is what `schemas/json` shows, where a schema holds it and other servers can read it.
@Suite struct SocialExamplesTests {
    @Test func writesExactlyTheExamples() throws {
        for (path, document) in try SocialSamples.all() {
            let example = try JSON.parse(try SocialSamples.example(path))
            #expect(document == example, "\(path): \(document.serializedText())")
        }
    }

    @Test func everyExampleIsWritten() throws {
        let folders = ["json/follow/", "json/post/", "json/moderation/", "json/actor/"]
        let shown = Schemas.files.map(\.path).filter { path in
            path.contains("/examples/") && folders.contains { path.hasPrefix($0) }
        }
        #expect(Set(shown) == Set(try SocialSamples.all().map { "json/" + $0.path }))
    }

    @Test(
        "the examples of actors are read and written unchanged",
        arguments: ["examples/actor.json", "examples/actor.server.json"])
    func actors(path: String) throws {
        let example = try JSON.parse(try SocialSamples.example(path))
        #expect(ActorDocument(example)?.json == example)
    }

    /// Federation profile 4.5: what the strictest readers demand.
    @Test func everyActivityHasTheSimpleForm() throws {
        for (path, document) in try SocialSamples.all() where document["actor"] != nil {
            let activity = try ReceivedActivity(document)
            #expect(document["type"]?.string == activity.type && document["to"]?.array?.isEmpty == false, "\(path)")
            #expect(document["cc"]?.array != nil && activity.published != nil && activity.id.scheme == .https)
            let context = try #require(document["@context"])
            #expect(context.string ?? context.array?.first?.string == Vocabulary.activityStreams)
            #expect(document.serialized().count < 48 * 1024)
        }
    }

    @Test func postsSurviveTheWire() throws {
        for post in [
            try SocialSamples.note(), try SocialSamples.poll(), try SocialSamples.direct(), try SocialSamples.article(),
            try SocialSamples.event(),
        ] {
            #expect(PostDocument(try JSON.parse(post.document.serialized())) == post)
        }
    }

    @Test func theVoteIsOne() throws {
        let vote = try JSON.parse(try SocialSamples.example("post/examples/vote.json"))
        let note = try #require(vote["object"].flatMap { PostDocument($0, within: vote) })
        #expect(note.isVote && note.name == "Tuesday" && note.author == vote.uri("actor"))
    }

    @Test func answersNameWhatTheyAnswer() throws {
        let follow = try ReceivedActivity(try JSON.parse(try SocialSamples.example("follow/examples/follow.json")))
        let stub = try #require(ActivityStub(follow))
        #expect(
            stub.json == [
                "id": .string(follow.id.string), "type": "Follow", "actor": "https://b.example/users/noor",
                "object": "https://a.example/users/mika",
            ])
        let anonymous = try ReceivedActivity(follow.document.with("object", ["type": "Person"]))
        #expect(ActivityStub(anonymous) == nil)
        let invite = ActivityStub(try ReceivedActivity(follow.document.with("target", "https://a.example/users/mika")))
        #expect(invite?.json["target"] == "https://a.example/users/mika")
    }
}
