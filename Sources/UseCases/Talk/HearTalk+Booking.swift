import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import Wire

/// What is said to a mentor to begin with.
extension HearTalk {
    /// How many free times are told at once, and how far ahead they are looked for.
    private static let mostTimes = 6
    private static let reach: TimeInterval = 28 * 86_400

    func begin(
        _ command: TalkCommand, with mentor: Actor, by talker: Talker, in transaction: Transaction
    ) async throws {
        guard mentor.id != talker.actor.id else { return }
        switch command {
        case .times:
            guard let times = try await wanted(of: mentor, nil, nil, talker, in: transaction) else {
                try await answer(talker.words.nothingOffered(mentor), talker, from: mentor, in: transaction)
                return
            }
            try await tellTimes(times, of: mentor, talker, in: transaction)
        case .book(let time, let minutes, let topic):
            guard let times = try await wanted(of: mentor, minutes, topic, talker, in: transaction) else {
                try await answer(talker.words.nothingOffered(mentor), talker, from: mentor, in: transaction)
                return
            }
            switch Self.start(time, times.zone, talker.now) {
            case .success(let (start, zone)):
                try await book(times.with(zone), at: start, with: mentor, by: talker, in: transaction)
            case .failure(let fault):
                try await answer(talker.words.fault(fault), talker, from: mentor, in: transaction)
            }
        case .faulty(let fault): try await answer(talker.words.fault(fault), talker, from: mentor, in: transaction)
        case .help:
            guard try await transaction.isFirstHint(about: "help", to: talker.actor.id) else { return }
            try await answer(talker.words.help(.mentee), talker, from: mentor, in: transaction)
        case .accept, .decline, .cancel, .anotherTime, .choose: return
        }
    }

    private static func start(
        _ time: TalkTime, _ zone: TimeZoneName, _ now: Date
    ) -> Result<(time: Date, zone: TimeZoneName), TalkFault> {
        Result { () throws(TalkFault) in try time.start(in: zone, now: now) }
    }

    /// What is asked for where somebody does not say it all: what the mentor gives free before what costs something,
    /// the shortest, in the zone that is known of the talker or else the mentor's. nil where the mentor gives nothing.
    private func wanted(
        of mentor: Actor, _ minutes: Int?, _ topic: String?, _ talker: Talker, in transaction: Transaction
    ) async throws -> ToldTimes? {
        guard let profile = try await transaction.profile(of: mentor.id) else { return nil }
        let offered = try await transaction.catalogue().offered
        let given = offered.compactMap { type in
            profile.offers.first { $0.type == type.name }.map { (type: type, isFree: $0.rate == nil) }
        }
        let fitting = minutes.map { minutes in given.filter { $0.type.durations.contains(minutes) } } ?? given
        guard let chosen = fitting.first(where: \.isFree) ?? fitting.first ?? given.first,
            let shortest = chosen.type.durations.min()
        else { return nil }
        let zone = try await transaction.profile(of: talker.actor.id)?.zone ?? profile.zone
        return ToldTimes(
            mentor: mentor.id, type: chosen.type.name, minutes: min(max(minutes ?? shortest, 1), Slot.longest),
            zone: zone, topic: String((topic ?? talker.words.topic).prefix(200)), starts: [])
    }

    // MARK: Free times

    /// nil for a mentor who has set no hours.
    func freeStarts(
        of mentor: ActorID, type: String, minutes: Int, except session: UUID? = nil, _ talker: Talker,
        in transaction: Transaction
    ) async throws -> [Date]? {
        let time = talker.now..<talker.now.addingTimeInterval(Self.reach)
        let search = try await transaction.slotSearch(
            of: mentor, type: type, minutes: minutes, in: time, for: talker.actor.id, except: session, now: talker.now)
        return search.map { Array($0.starts(in: time).prefix(Self.mostTimes)) }
    }

    private func tellTimes(
        _ times: ToldTimes, of mentor: Actor, _ talker: Talker, in transaction: Transaction
    ) async throws {
        let terms = try await desk.terms(of: mentor, askedBy: talker.actor, now: talker.now, in: transaction)
        guard terms.admission == .admitted else {
            try await answer(talker.words.notTaking(mentor), talker, from: mentor, in: transaction)
            return
        }
        guard
            let starts = try await freeStarts(
                of: mentor.id, type: times.type, minutes: times.minutes, talker, in: transaction)
        else {
            try await answer(talker.words.anyTime(mentor), talker, from: mentor, in: transaction)
            return
        }
        try await tell(times.with(starts), lead: talker.words.free, talker, from: mentor, in: transaction)
    }

    /// Tells times to choose from by number.
    ///
    /// - Parameter lead: puts the list into words; it can be empty.
    func tell(
        _ times: ToldTimes, lead: (String) -> String, _ talker: Talker, from other: Actor, in transaction: Transaction
    ) async throws {
        let list = talker.words.numbered(times.starts, minutes: times.minutes, in: times.zone)
        if let id = times.session, let session = try await transaction.session(.id(id)) {
            try await answer(lead(list), about: session, talker, from: other, in: transaction)
            guard let post = try await transaction.lastMessage(about: id, to: talker.actor.id), !times.starts.isEmpty
            else { return }
            try await transaction.save(times, toldBy: post, to: talker.actor.id)
        } else if let post = try await answer(lead(list), talker, from: other, in: transaction), !times.starts.isEmpty {
            try await transaction.save(times, toldBy: post.id, to: talker.actor.id)
        }
    }

    // MARK: Asking

    func book(
        _ times: ToldTimes, at start: Date, with mentor: Actor, by talker: Talker, in transaction: Transaction
    ) async throws {
        let words = talker.words
        if try await transaction.hasAsked(talker.actor.id, mentor.id, for: start) {
            try await answer(words.refused(.duplicate, nil), talker, from: mentor, in: transaction)
            return
        }
        let request = SessionRequest(
            type: times.type, topic: times.topic, start: start, minutes: times.minutes, zone: times.zone.name)
        do {
            let session = try await desk.request(
                request, by: talker.actor, of: mentor, now: talker.now, in: transaction)
            let event = SessionEvent(
                .requested, by: .mentee, at: talker.now, revision: session.revision, activity: session.invite)
            try await confirm(event, of: session, talker, from: mentor, in: transaction)
        } catch let errors as InvalidFields {
            try await answer(words.invalid(errors), talker, from: mentor, in: transaction)
        } catch let error as TimeNotFree {
            try await tell(times.with(error.nearest), lead: words.notFree, talker, from: mentor, in: transaction)
        }
    }
}

extension ToldTimes {
    fileprivate func with(_ starts: [Date]) -> ToldTimes {
        ToldTimes(
            mentor: mentor, session: session, type: type, minutes: minutes, zone: zone, topic: topic, starts: starts)
    }

    fileprivate func with(_ zone: TimeZoneName) -> ToldTimes {
        ToldTimes(
            mentor: mentor, session: session, type: type, minutes: minutes, zone: zone, topic: topic, starts: starts)
    }
}
