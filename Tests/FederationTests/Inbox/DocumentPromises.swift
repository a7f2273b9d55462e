import ActivityStreams
import CorpusTesting
import Foundation
import JSONTree
import Keys
import Mentoring
import SafeText
import Social
import Wire

@testable import Federation

/// What reading promises for every document of another server: from its bytes over what it says to what is kept here.
/// What was read and written again is read as the same.
enum DocumentPromises {
    static func check(_ input: [UInt8]) throws {
        guard let document = try? JSON.parse(input) else { return }
        let activity = try? ReceivedActivity(document)
        try check(ActivityNames(document: document))
        try check(document, within: nil, terms: MentoringTerms(contextOf: document))
        if let activity {
            try expect((1...20).contains(activity.objects.count), "\(activity.objects.count) objects")
            try expect(activity.id.isSameOrigin(as: activity.actor), "an id of somebody else")
            if let stub = ActivityStub(activity) {
                try expect((try? ReceivedActivity(stub.json)).flatMap(ActivityStub.init) == stub, "another stub")
            }
            _ = Reason(activity.reason)
            for object in activity.objects { try check(object, within: document, terms: activity.terms) }
        }
    }

    static func checkEffort(_ input: [UInt8]) throws {
        try Effort.check(input) { try check($0) }
    }

    private static let community = Community(
        name: "Ateneo", origin: Origin(scheme: .https, host: "a.example", port: 443), meetingTemplate: nil)

    private static func check(_ names: ActivityNames) throws {
        try expect(Set(names.hosts).count == names.hosts.count, "a host twice")
        _ = names.claimsNames(of: community)
        if let sender = names.document.uri("actor") { _ = names.sharesOwnership(with: sender) }
        if let departing = names.departing {
            try expect(departing == names.document.uri("actor"), "somebody else goes")
        }
    }

    private static func check(_ document: JSON, within activity: JSON?, terms: MentoringTerms) throws {
        if let post = PostDocument(document, within: activity) { try check(post) }
        if let actor = ActorDocument(document) { try check(actor) }
        if let session = SessionDocument(document, terms: terms) { try check(session, as: activity) }
        if let collection = CollectionDocument(document) {
            try expect(collection.items.count <= CollectionDocument.mostItems, "\(collection.items.count) items")
            try expect(
                collection.next.map { next in collection.id.map(next.isSameOrigin) == true } ?? true,
                "a page elsewhere")
        }
        for key in KeyDocument.keys(of: document) {
            try expect(key.id.isSameOrigin(as: key.owner), "a key of somebody else")
            try check(key)
        }
    }

    // MARK: What is kept

    private static func check(_ post: PostDocument) throws {
        try expect(
            post.attachments.count <= AttachmentDocument.most && post.tags.mentions.count <= Tags.mostMentions
                && post.tags.hashtags.count <= Tags.mostHashtags && post.tags.emojis.count <= Tags.mostEmojis
                && post.addressing.to.count <= 100 && post.addressing.cc.count <= 100,
            "too many of something")
        try expect((post.content?.utf8.count ?? 0) <= 102_400, "a content of \(post.content?.utf8.count ?? 0) bytes")
        let again = PostDocument(post.json)
        try expect(again != nil, "what is written can not be read: \(post.json.serializedText())")
        // A warning is written as text, as Mastodon reads it, and read as HTML, as others write it.
        if let again { try expectSame(again.json, post.json, but: ["summary", "location"]) }

        try checkLine(post.name, most: 500)
        try checkText(post.summary, most: 1_000)
        _ = cleanHTML(post.content ?? "")
        for hashtag in post.tags.hashtags {
            try checkLine(hashtag.name, most: 100)
            _ = community.addresses.tag(hashtag.name.lowercased())
        }
        if let poll = post.poll.map({ Poll($0) }) {
            try expect((1...PollDocument.mostOptions).contains(poll.options.count), "\(poll.options.count) options")
            try expect(
                ([poll.voters] + poll.options.map(\.votes)).allSatisfy { (0...Int(Int32.max)).contains($0) },
                "votes out of bounds")
            for option in poll.options { try checkLine(option.title, most: PollDocument.longestOption) }
        }
        try checkLine(post.event.map(EventDetails.init)?.place, most: 700)
        for attachment in post.attachments.map({ Attachment($0) }) {
            try checkText(attachment.description, most: 5_000)
        }
        _ = Visibility(post.visibility(followers: nil))
        try expect(post.addressing.recipients.count <= 200, "too many recipients")
    }

    private static func check(_ actor: ActorDocument) throws {
        try expect(
            actor.fields.count <= ActorDocument.mostFields && actor.aliases.count <= ActorDocument.mostAliases
                && actor.keys.count <= 20,
            "too many of something")
        try expect(
            actor.inbox.isSameOrigin(as: actor.id) && actor.sharedInbox?.isSameOrigin(as: actor.id) != false
                && actor.keys.allSatisfy { $0.owner == actor.id && $0.id.isSameOrigin(as: actor.id) },
            "an inbox or a key elsewhere")
        try checkLine(actor.name, most: 100)
        for field in actor.fields {
            try checkLine(field.name, most: 255)
            _ = cleanHTML(field.value)
        }
        _ = cleanHTML(actor.summary)
        for key in actor.keys { try check(key) }
        let again = ActorDocument(actor.json)
        try expect(again != nil, "what is written can not be read: \(actor.json.serializedText())")
        if let again {
            try expect(
                again.id == actor.id && again.inbox == actor.inbox && again.username == actor.username, "another actor")
            try expect(again.aliases == actor.aliases && again.movedTo == actor.movedTo, "other aliases")
        }
        if let mentor = MentorProfile(remote: actor) {
            try expect(mentor.bio.unicodeScalars.count <= ProfileDraft.bioLength.upperBound, "too long a text")
            try expect(
                mentor.goals.count <= ProfileDraft.mostGoals && mentor.questions.count <= ProfileDraft.mostQuestions
                    && (mentor.isAccepting ? mentor.returnsOn == nil : true),
                "a profile that cannot be kept")
            for goal in mentor.goals { try checkLine(goal, most: ProfileDraft.goalLength.upperBound) }
            for question in mentor.questions { try checkLine(question.text, most: IntakeQuestion.textLength.upperBound) }
        }
        _ = Handle(name: actor.username.lowercased(), domain: actor.id.authority)
    }

    private static func check(_ key: KeyDocument) throws {
        guard let read = key.key else { return }
        try expect((try? PublicKey(pem: read.spkiPEM)) == read, "a key that is written as another one")
        if let text = Multikey.text(for: read) {
            try expect((try? Multikey.publicKey(from: text)) == read, "a key that is written as another one")
        }
    }

    private static func check(_ session: SessionDocument, as activity: JSON?) throws {
        try checkLine(session.topic, most: 200)
        try checkText(session.message, most: 5_000)
        let again = SessionDocument(session.json, terms: MentoringTerms(contextOf: [:]))
        try expect(again != nil, "what is written can not be read: \(session.json.serializedText())")
        if let again { try expectSame(again.json, session.json, but: ["name", "summary", "location"]) }
        try checkLine(session.name, most: 200)

        let request = RemoteRequest(session, invite: session.id, requester: session.owner)
        let mentor = MentorTerms(mentor: ActorID(rawValue: 1), acquaintance: .known)
        for now in [0, 1_700_000_000, 253_402_300_799.0] {
            let verdict = request.judged(
                from: ActorID(rawValue: 2), to: mentor, id: UUID(), withdrawal: nil,
                now: Date(timeIntervalSince1970: now))
            guard case .welcome(let session, _) = verdict else { continue }
            try expect((1...Slot.longest).contains(session.slot.minutes), "\(session.slot.minutes) minutes")
            try expect(!session.slot.text.isEmpty, "a time without words")
            try expect(session.topic.unicodeScalars.count <= 200, "too long a topic")
        }
        _ = session.hasClearPrice
        _ = session.outcome.flatMap(Outcome.init)
    }

    // MARK: Texts

    private static func checkLine(_ text: String?, most: Int) throws {
        guard let text else { return }
        try checkText(text, most: most)
        try expect(cleanLine(text).utf8.elementsEqual(text.utf8), "not clean: \(text.debugDescription)")
    }

    private static func checkText(_ text: String?, most: Int) throws {
        guard let text else { return }
        try expect(text.unicodeScalars.count <= most, "longer than \(most): \(text.debugDescription)")
        try expect(cleanBlock(text).utf8.elementsEqual(text.utf8), "not clean: \(text.debugDescription)")
    }

    private static func expectSame(_ again: JSON, _ written: JSON, but lossy: [String]) throws {
        let members = { (json: JSON) in
            (json.object ?? [:]).filter { !lossy.contains($0.key) }.map { ($0.key, Optional($0.value)) }
        }
        try expect(
            JSON.object(JSON.Object(members(again))) == JSON.object(JSON.Object(members(written))),
            "\(written.serializedText()) became \(again.serializedText())")
    }
}
