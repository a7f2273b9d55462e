import PostgreSQL
import Social
import UseCases
import Wire

extension Problem {
    /// The one place where an error becomes an answer. What is not known here is our fault and tells nothing.
    package init(explaining error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let invalid as InvalidFields: self = .invalid(invalid.errors)
        case let field as FieldError: self = .invalid([field])
        case let refusal as NotPermitted: self = .forbidden(refusal.permission.sentence)
        case let error as PostgresError where error.isTransient: self = .unavailable
        case is CancellationError: self = .unavailable
        default: self = .unexpected
        }
    }
}

extension Permission {
    /// For whom it is.
    fileprivate var sentence: String {
        switch self {
        case .answerApplications, .moderateReviews, .judgeNoShows, .readFigures:
            "That is for moderators and administrators of this community."
        }
    }
}
