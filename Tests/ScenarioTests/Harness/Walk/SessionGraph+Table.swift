extension SessionGraph {
    /// All that two people can do with a session, of one community or of two.
    static func ofSessions() throws -> SessionGraph { try SessionGraph(table) }

    private static let table = """
        pending mentor
          mentee cancel>cancelled move>pending
          mentor accept>scheduled decline>declined propose>pending/times pick_again>pending/again ask>pending/question
          clock expire>expired
        pending/question mentee
          mentee cancel>cancelled move>pending tell>pending
          mentor accept>scheduled decline>declined ask>pending/question
          mentor propose>pending/question/times pick_again>pending/question/again
        pending/times mentee
          mentee cancel>cancelled move>pending accept>scheduled decline>pending
          mentor accept>scheduled decline>declined ask>pending/question/times
          mentor propose>pending/times pick_again>pending/again
        pending/again mentee
          mentee cancel>cancelled move>pending decline>pending
          mentor accept>scheduled decline>declined ask>pending/question/again
          mentor propose>pending/times pick_again>pending/again
        pending/question/times mentee
          mentee cancel>cancelled move>pending accept>scheduled decline>pending/question tell>pending/times
          mentor accept>scheduled decline>declined ask>pending/question/times
          mentor propose>pending/question/times pick_again>pending/question/again
        pending/question/again mentee
          mentee cancel>cancelled move>pending decline>pending/question tell>pending/again
          mentor accept>scheduled decline>declined ask>pending/question/again
          mentor propose>pending/question/times pick_again>pending/question/again
        scheduled -
          mentee cancel>cancelled move>pending
          mentor cancel>cancelled propose>scheduled/times pick_again>scheduled/again
          clock begin>begun
        scheduled/times mentee
          mentee cancel>cancelled move>pending accept>scheduled decline>scheduled
          mentor cancel>cancelled propose>scheduled/times pick_again>scheduled/again
        scheduled/again mentee
          mentee cancel>cancelled move>pending decline>scheduled
          mentor cancel>cancelled propose>scheduled/times pick_again>scheduled/again
        declined -
          mentor accept>scheduled
        cancelled -
        expired -
        begun -
          mentee met>completed missed>no_show
          mentor met>begun/told missed>begun/told
        begun/told mentee
          mentee met>completed/told missed>no_show/told dispute>begun/told/contested
        begun/told/contested mentee
          mentee met>completed/told/contested missed>no_show/told/contested
        completed -
          mentor met>completed/told missed>completed/told dispute>completed/objected
        completed/told -
          mentor dispute>completed/told/objected
        completed/objected -
          mentor met>completed/told/objected missed>completed/told/objected
        completed/told/contested -
          mentor dispute>completed/told/contested/objected
        completed/told/objected -
        completed/told/contested/objected -
        no_show -
          mentor met>no_show/told missed>no_show/told dispute>no_show/objected
        no_show/told -
          mentor dispute>no_show/told/objected
        no_show/objected -
          mentor met>no_show/told/objected missed>no_show/told/objected
        no_show/told/contested -
          mentor dispute>no_show/told/contested/objected
        no_show/told/objected -
        no_show/told/contested/objected -
        """
}
