import Foundation
import Mentoring
import Synchronization
import Wire

/// Times of mentors elsewhere, for as long as somebody turns the pages of a calendar: so that this does not ask their
/// communities again and again.
final class TimesMemory: Sendable {
    struct Key: Hashable {
        let mentor: ActorID
        let question: SlotQuestion
        let signer: ActorID?
    }

    private struct Entry {
        let starts: [Date]
        let end: ContinuousClock.Instant
    }

    private static let lifetime = Duration.seconds(60)
    /// Answers that are held, and starts of each: together some megabytes.
    private static let held = 100
    private static let longest = 5000

    private let entries = Mutex<[Key: Entry]>([:])

    func starts(for key: Key) -> [Date]? {
        entries.withLock { entries in
            guard let entry = entries[key], .now < entry.end else { return nil }
            return entry.starts
        }
    }

    /// Starts of sessions of a type, at least so long, in a time, as far as an answer that holds still tells all of it.
    func starts(
        of mentor: ActorID, type: String, minutes: Int, in time: Range<Date>, for asker: ActorID
    ) -> [Date]? {
        entries.withLock { entries in
            entries.first { key, entry in
                key.mentor == mentor && key.question.type == type && key.question.minutes >= minutes
                    && key.signer.map { $0 == asker } ?? true && .now < entry.end
                    && key.question.time.lowerBound <= time.lowerBound
                    && key.question.time.upperBound >= time.upperBound
            }?.value.starts.filter(time.contains).sorted()
        }
    }

    func keep(_ starts: [Date], for key: Key) {
        guard starts.count <= Self.longest else { return }
        entries.withLock { entries in
            if entries.count >= Self.held { entries = entries.filter { .now < $0.value.end } }
            if entries.count >= Self.held { entries.removeAll() }
            entries[key] = Entry(starts: starts, end: .now + Self.lifetime)
        }
    }
}
