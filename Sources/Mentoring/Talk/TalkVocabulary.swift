/// The words by which sessions are acted on, without case and accents. A word that is said in ordinary sentences, too,
/// counts only together with few others.
enum TalkVocabulary {
    enum Verb {
        /// `strong` words are said to answer, and for nothing else.
        case accept(strong: Bool), decline(strong: Bool), cancel, session, help
        /// With a time behind it.
        case move
        /// With a word for a time behind it.
        case another
    }

    static func verb(_ word: String) -> (verb: Verb, language: TalkLanguage?)? { verbs[word] }

    private static let verbs: [String: (verb: Verb, language: TalkLanguage?)] = [
        "accept": (.accept(strong: true), .english), "accepted": (.accept(strong: true), .english),
        "acepto": (.accept(strong: true), .spanish), "aceptar": (.accept(strong: true), .spanish),
        "aceptado": (.accept(strong: true), .spanish), "aceptada": (.accept(strong: true), .spanish),
        "yes": (.accept(strong: false), .english), "yeah": (.accept(strong: false), .english),
        "yep": (.accept(strong: false), .english), "sure": (.accept(strong: false), .english),
        "ok": (.accept(strong: false), nil), "okay": (.accept(strong: false), nil),
        "si": (.accept(strong: false), .spanish), "vale": (.accept(strong: false), .spanish),
        "claro": (.accept(strong: false), .spanish),
        "decline": (.decline(strong: true), .english), "reject": (.decline(strong: true), .english),
        "rechazo": (.decline(strong: true), .spanish), "rechazar": (.decline(strong: true), .spanish),
        "declino": (.decline(strong: true), .spanish), "declinar": (.decline(strong: true), .spanish),
        "no": (.decline(strong: false), nil), "nope": (.decline(strong: false), .english),
        "cancel": (.cancel, .english), "cancelo": (.cancel, .spanish), "cancelar": (.cancel, .spanish),
        "anulo": (.cancel, .spanish), "anular": (.cancel, .spanish),
        "session": (.session, .english), "sesion": (.session, .spanish),
        "help": (.help, .english), "ayuda": (.help, .spanish),
        "move": (.move, .english), "reschedule": (.move, .english), "propose": (.move, .english),
        "mover": (.move, .spanish), "cambiar": (.move, .spanish), "propongo": (.move, .spanish),
        "proponer": (.move, .spanish),
        "another": (.another, .english), "different": (.another, .english),
        "otra": (.another, .spanish), "otro": (.another, .spanish),
    ]

    /// What `another` is about.
    static let times: Set<String> = [
        "time", "date", "day", "slot", "hora", "momento", "dia", "fecha", "horario",
    ]

    /// Beside a yes they say nothing else.
    static let courtesies: Set<String> = [
        "a", "accept", "accepted", "acepto", "acuerdo", "agreed", "am", "bien", "claro", "course", "de", "fine", "for",
        "genial", "good", "gracias", "great", "i", "it", "let's", "lo", "me", "muchas", "muy", "nice", "of", "ok",
        "okay",
        "perfect", "perfecto", "please", "por", "see", "sesion", "session", "si", "sounds", "sure", "thank", "thanks",
        "that",
        "the", "then", "there", "this", "time", "u", "va", "very", "works", "yes", "you", "favor", "supuesto", "la",
        "hora",
    ]

    /// Beside a yes they take it back.
    static let hedges: Set<String> = [
        "but", "can't", "cannot", "cuando", "don't", "if", "later", "maybe", "never", "no", "not", "nunca", "only",
        "or",
        "pero", "quizas", "salvo", "si", "solo", "unless", "when",
    ]

    /// Begin the words for which somebody leaves.
    static let reasons: Set<String> = [
        "as", "because", "debido", "estoy", "i", "i'm", "i've", "im", "lo", "my", "no", "perdon", "por", "porque",
        "since",
        "sorry", "tengo", "unfortunately", "ya",
    ]

    /// After a no they make it no answer.
    static let friendly: Set<String> = [
        "hay", "idea", "importa", "matter", "ok", "pasa", "problem", "problema", "si", "worries", "yes",
    ]

    /// After a no they make it one.
    static let regrets: Set<String> = ["gracias", "perdon", "puedo", "sorry", "thank", "thanks"]

    /// Stand before a time and say nothing.
    static let before: Set<String> = [
        "a", "al", "at", "el", "en", "favor", "las", "on", "para", "please", "por", "the", "to",
    ]
}
