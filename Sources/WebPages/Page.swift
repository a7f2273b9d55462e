import Mustache
import WebServer

/// A page in the frame that all pages share. Templates are HTML: what is put into them is escaped by the library.
struct Page {
    private static let frame = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{{title}} · {{community}}</title>
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <header><a href="/">{{community}}</a></header>
        <main>
        {{{content}}}
        </main>
        </body>
        </html>
        """

    let title: String
    let community: String
    let content: String

    /// - Parameters:
    ///   - template: the part inside the frame.
    ///   - values: what the template names; every name must be there, or its place stays empty.
    static func answer(
        _ title: String, community: String, template: String, values: [String: Any], status: Int = 200
    ) throws -> Answer {
        let content = try MustacheTemplate(string: template).render(values)
        let page = Page(title: title, community: community, content: content)
        return .page(try MustacheTemplate(string: frame).render(page), status: status)
    }
}
