import Foundation
import WebServer

extension Exchange {
    /// What the path names by a UUID; what cannot be one is nothing that there is.
    func id(_ parameter: String = "id") throws(Problem) -> UUID {
        guard let id = UUID(uuidString: self.parameter(parameter)) else { throw .notFound }
        return id
    }
}
