import Foundation
import Social
import Store
import UseCases
import Wire

/// What `mentord serve --welcome` prints once it listens: who there is, and three commands to try.
struct WelcomeGuide: CustomStringConvertible {
    private let origin: String
    private let mentee: FirstPeople.Guest
    private let mentor: FirstPeople.Guest

    /// nil where other people live already.
    static func prepare(_ settings: Settings, _ storage: Storage) async throws -> WelcomeGuide? {
        let people = [FirstPeople.mentee, FirstPeople.mentor]
        let firstPeople = try await FirstPeople(settings, storage.pool)
        guard try await firstPeople.areWelcome(people) else { return nil }
        let guests = try await firstPeople.invite(people, purpose: "welcome")
        return WelcomeGuide(origin: settings.origin.description, mentee: guests[0], mentor: guests[1])
    }

    var description: String {
        let start = Date(timeIntervalSinceNow: 7 * 86_400).formatted(.iso8601.year().month().day()) + "T16:00:00Z"
        return """

            \(origin) is open. Ctrl-C stops it; everything is kept for the next start.

              a first person   @\(mentee.account.actor.handle)   token \(mentee.token)
              a first mentor   @\(mentor.account.actor.handle)   token \(mentor.token)

            Try, in another terminal:

              1. Find a mentor
                 curl -s \(origin)/api/mentoring/discover -H "Authorization: Bearer \(mentee.token)"

              2. Ask for a session
                 curl -s \(origin)/api/mentoring/sessions -H "Authorization: Bearer \(mentee.token)" \\
                   -H "Content-Type: application/json" -d '{"mentor": "noor", "type": "pana_support",
                   "topic": "My portfolio", "start": "\(start)", "minutes": 30, "zone": "Europe/Berlin"}'

              3. Answer it as the mentor, with the id that step 2 gave
                 curl -s \(origin)/api/mentoring/sessions/ID/respond -H "Authorization: Bearer \(mentor.token)" \\
                   -H "Content-Type: application/json" -d '{"action": "accept"}'

            """
    }
}
