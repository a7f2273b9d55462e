/// Something for the server to do, and the text that an error report quotes.
struct Message {
    enum Content {
        /// Text of one statement or several.
        case script
        /// One statement for a single use.
        case statement(SQLParameters)
        /// The server is to keep the statement under this name.
        case preparation(String, SQLParameters)
        /// A statement that the server keeps.
        case prepared(String, SQLParameters)
    }

    let text: [UInt8]
    let content: Content

    init(text: [UInt8], _ content: Content) {
        self.text = text
        self.content = content
    }

    /// Text of the program's own, possibly several statements. It cannot travel with others.
    init(script: String) {
        self.init(text: Array(script.utf8), .script)
    }

    /// One statement of the program's own, without parameters.
    init(statement: String) {
        self.init(text: Array(statement.utf8), .statement(SQLParameters()))
    }

    var isPrepared: Bool { if case .prepared = content { true } else { false } }
}
