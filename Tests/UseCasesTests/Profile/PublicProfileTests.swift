import Foundation
import Mentoring
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct PublicProfileTests {
    /// The rows that a mentor with this profile shows, with two of their own.
    private func rows(_ change: (inout ProfileDraft) -> Void) async throws -> [String] {
        var draft = ProfileDraft.open
        change(&draft)
        return try await withCommunity { home in
            let noor = try await home.person("noor", profile: draft).actor
            let profile = try await home.database.profile(of: noor.id)
            let shown = PublicProfile(
                noor, ActorProfile(), mentor: profile, catalogue: try await home.database.catalogue())
            return shown.fields.map { "\($0.name): \($0.value)" }
        }
    }

    @Test("Other software is shown at most four rows, with everything that decides whether to ask")
    func rowsOfAFullProfile() async throws {
        let rows = try await rows {
            $0.goals = ["a first job", "R&D"]
            $0.languages = ["de", "en"]
            $0.styles = ["scheduled", "async"]
            $0.video = "https://video.example/noor"
            $0.isAccepting = false
            $0.returnsOn = ReturnDay.sample.text
        }
        #expect(rows.count == 4)
        #expect(rows[0] == "Mentor for: sql; a first job, R&amp;D")
        #expect(rows[1].hasSuffix("Knowledge transfer: 20.00 EUR per hour; at agreed times, in writing"))
        #expect(
            rows[2]
                == "Requests: not at present, again from \(ReturnDay.sample); German, English; time zone Europe/Berlin")
        #expect(rows[3].hasPrefix("Video: <a href=\"https://video.example/noor\""))
    }

    @Test("What is not filled in is not shown")
    func rowsOfABareProfile() async throws {
        let rows = try await rows {
            $0.expertise = []
            $0.languages = []
            $0.offers = []
        }
        #expect(rows == ["Requests: welcome; time zone Europe/Berlin"])
    }
}

extension ReturnDay {
    /// A day to come.
    fileprivate static let sample: ReturnDay = {
        let text = String(DateTime.format(.hence(days: 30)).prefix(10))
        guard let day = ReturnDay(text) else { fatalError("no day: \(text)") }
        return day
    }()
}
