import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Wire

extension Session {
    static let columns: SQL = """
        id, uri, invite_uri, mentee_id, mentor_id, custody, kind_name, kind_label, kind_pricing, topic, message,
        requested_at, starts_at, minutes, zone, medium, place_detail, place_link, place_platform, place_passcode, rate_amount, rate_currency, rate_per,
        revision, revised_at, status, answer_by, held_until, updated_at, restated_at, reminded_at, agreement_activity,
        agreement_revision,
        agreement_published, agreement_confirmed_at, answer_kind, answer_activity, answer_published, proposal, inquiry,
        held_starts_at, held_minutes, held_zone, ended_by, ended_reason_code, ended_reason_text, ended_at,
        ended_activity, ended_late, ended_suggested, mentee_report, mentor_report, mentee_dispute, mentor_dispute,
        in_posts
        """

    /// Every column with its value.
    var values: [(column: SQL, value: SQL)] {
        [
            ("id", "\(id)"), ("uri", "\(uri)"), ("invite_uri", "\(invite)"), ("mentee_id", "\(mentee)"),
            ("mentor_id", "\(mentor)"), ("custody", "\(custody)"), ("kind_name", "\(kind.name)"),
            ("kind_label", "\(kind.label)"), ("kind_pricing", "\(kind.pricing)"), ("topic", "\(topic)"),
            ("message", "\(message)"), ("requested_at", "\(requestedAt)"), ("starts_at", "\(slot.start)"),
            ("minutes", "\(slot.minutes)"), ("zone", "\(slot.zone.name)"), ("medium", "\(place.medium)"),
            ("place_detail", "\(place.detail)"), ("place_link", "\(place.link)"),
            ("place_platform", "\(place.platform)"), ("place_passcode", "\(place.passcode)"),
            ("rate_amount", "\(rate?.amount)"),
            ("rate_currency", "\(rate?.currency.code)"), ("rate_per", "\(rate?.per)"), ("revision", "\(revision)"),
            ("revised_at", "\(revisedAt)"), ("status", "\(status)"), ("answer_by", "\(answerBy)"),
            ("held_until", "\(heldUntil)"),
            ("updated_at", "\(updatedAt)"), ("restated_at", "\(restatedAt)"), ("reminded_at", "\(remindedAt)"),
            ("agreement_activity", "\(agreement?.activity)"), ("agreement_revision", "\(agreement?.revision)"),
            ("agreement_published", "\(agreement?.published)"),
            ("agreement_confirmed_at", "\(agreement?.confirmedAt)"), ("answer_kind", "\(answer?.kind)"),
            ("answer_activity", "\(answer?.activity)"), ("answer_published", "\(answer?.published)"),
            ("proposal", "\(proposal?.json.serializedText())::jsonb"),
            ("inquiry", "\(inquiry?.json.serializedText())::jsonb"), ("held_starts_at", "\(heldSlot?.start)"),
            ("held_minutes", "\(heldSlot?.minutes)"), ("held_zone", "\(heldSlot?.zone.name)"),
            ("ended_by", "\(ending?.by)"), ("ended_reason_code", "\(ending?.reason.code)"),
            ("ended_reason_text", "\(ending?.reason.text)"), ("ended_at", "\(ending?.at)"),
            ("ended_activity", "\(ending?.activity)"), ("ended_late", "\(ending?.isLate ?? false)"),
            ("ended_suggested", "\((ending?.suggested ?? []).map(\.string))::text[]"),
            ("mentee_report", "\(menteeReport?.json.serializedText())::jsonb"),
            ("mentor_report", "\(mentorReport?.json.serializedText())::jsonb"),
            ("mentee_dispute", "\(menteeDispute?.json.serializedText())::jsonb"),
            ("mentor_dispute", "\(mentorDispute?.json.serializedText())::jsonb"), ("in_posts", "\(inPosts)"),
        ]
    }

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), uri: try row.get("uri"), invite: try row.get("invite_uri"),
            mentee: try row.get("mentee_id"), mentor: try row.get("mentor_id"), custody: try row.get("custody"),
            kind: SessionKind(
                name: try row.get("kind_name"), label: try row.get("kind_label"), pricing: try row.get("kind_pricing")),
            topic: try row.get("topic"), message: try row.get("message"), requestedAt: try row.get("requested_at"),
            slot: try Self.slot(row, "starts_at", "minutes", "zone") ?? { throw StoreError.unreadable("slot") }(),
            place: Place(
                medium: try row.get("medium"), detail: try row.get("place_detail"), link: try row.get("place_link"),
                platform: try row.get("place_platform"), passcode: try row.get("place_passcode")),
            rate: try Self.rate(row), revision: try row.get("revision"), revisedAt: try row.get("revised_at"),
            status: try row.get("status"), answerBy: try row.get("answer_by"),
            heldUntil: try row.get("held_until"), agreement: try Self.agreement(row),
            answer: try Self.answer(row), proposal: try row.document("proposal").flatMap(Proposal.init),
            inquiry: try row.document("inquiry").flatMap(Inquiry.init),
            heldSlot: try Self.slot(row, "held_starts_at", "held_minutes", "held_zone"), ending: try Self.ending(row),
            menteeReport: try row.document("mentee_report").flatMap(OutcomeReport.init),
            mentorReport: try row.document("mentor_report").flatMap(OutcomeReport.init),
            menteeDispute: try row.document("mentee_dispute").flatMap(Dispute.init),
            mentorDispute: try row.document("mentor_dispute").flatMap(Dispute.init),
            restatedAt: try row.get("restated_at"), remindedAt: try row.get("reminded_at"),
            updatedAt: try row.get("updated_at"), inPosts: try row.get("in_posts"))
    }

    private static func slot(_ row: Row, _ start: String, _ minutes: String, _ zone: String) throws -> Slot? {
        guard let start = try row.get(start) as Date?, let minutes = try row.get(minutes) as Int? else { return nil }
        let name: String? = try row.get(zone)
        return Slot(start: start, minutes: minutes, zone: name.flatMap { TimeZoneName($0) } ?? .utc)
    }

    private static func rate(_ row: Row) throws -> Rate? {
        guard let amount = try row.get("rate_amount") as String?,
            let currency = try (row.get("rate_currency") as String?).flatMap({ Currency($0) }),
            let per = try row.get("rate_per") as Rate.Unit?
        else { return nil }
        return Rate(amount: amount, currency: currency, per: per)
    }

    private static func agreement(_ row: Row) throws -> Agreement? {
        guard let activity = try row.get("agreement_activity") as URI? else { return nil }
        return Agreement(
            activity: activity, revision: try row.get("agreement_revision"),
            published: try row.get("agreement_published"), confirmedAt: try row.get("agreement_confirmed_at"))
    }

    private static func answer(_ row: Row) throws -> MentorAnswer? {
        guard let activity = try row.get("answer_activity") as URI? else { return nil }
        return MentorAnswer(
            kind: try row.get("answer_kind"), activity: activity, published: try row.get("answer_published"))
    }

    private static func ending(_ row: Row) throws -> Ending? {
        guard let by = try row.get("ended_by") as Role? else { return nil }
        return Ending(
            by: by, reason: Reason(heard: try row.get("ended_reason_text"), code: try row.get("ended_reason_code")),
            at: try row.get("ended_at"), activity: try row.get("ended_activity"), isLate: try row.get("ended_late"),
            suggested: try row.get("ended_suggested", as: [String].self).compactMap { URI($0) })
    }
}
