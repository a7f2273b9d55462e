import Social
package import WebServer

extension Pages {
    /// What is wrong, for people.
    package func refusal(_ problem: Problem) throws -> Answer {
        let (title, sentence) = Self.words(problem)
        return try Page.answer(
            title, community: community.name,
            template: """
                <div class="sheet narrow">
                <h1>{{title}}</h1>
                <p>{{sentence}}</p>
                <p><a href="/">Go to the first page</a></p>
                </div>
                """,
            values: ["title": title, "sentence": sentence], status: problem.status)
    }

    /// Where a message has the words that programs look for, people get others.
    private static func words(_ problem: Problem) -> (title: String, sentence: String) {
        switch problem.status {
        case 401: ("Who are you?", "This is only for those who can show who they are.")
        case 403: ("Not for you", problem.message)
        case 404: ("Nothing is here", "Perhaps there never was anything, or it is not for everybody.")
        case 410: ("Gone", problem.message)
        case 429: ("Too much at once", "Try again a little later.")
        case 500...: ("Out of order", problem.message)
        default: ("That did not work", problem.message)
        }
    }
}
