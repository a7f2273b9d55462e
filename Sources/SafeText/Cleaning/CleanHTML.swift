/// Foreign HTML, made fit to store and to show inside a page: the one door for everything that others wrote.
///
/// What stays is a small allow-list, written anew; all else goes:
/// - Blocks: `p`, `pre`, `blockquote`, `ul`, `ol` (with `start`), `li` (with `value`). Headings become `<p><strong>`,
///   every other block a paragraph.
/// - In lines: `a`, `br`, `code`, `em`, `strong`, `b`, `i`, `u`, `del`, `s`, `sub`, `sup`, each once within itself, and
///   `span` where it has one of the classes below. Images become their `alt` text. Ruby is written out, with the
///   brackets that its author gave for that.
/// - Links: only to `http` and `https` (see ``LinkAddress``), with `rel="nofollow noopener noreferrer"`. Others, also
///   to mail addresses, stay as text. What names one host and leads to another (see ``LinkAddress/agrees(with:)``) is
///   taken apart: the text without its link, and behind it in brackets a link that shows its host. Two links in a row
///   get a space between them, so that they can not make up one name.
/// - Classes: `mention`, `hashtag`, `u-url`, `h-card` on links, `h-card` and `mention` on spans. Those that hide or
///   shorten text (`invisible`, `ellipsis`) go, so that addresses show in full.
/// - Text: as ``cleanBlock(_:)`` leaves it, with white space collapsed outside of `pre`.
///
/// The result is balanced and nested as HTML allows it, at most 64 elements deep, and a browser reads it as it is
/// written. It has no empty elements. Cleaning twice gives the same as cleaning once. Takes time in proportion to the
/// size of `html`, of which at most the first mebibyte is read.
/// - Parameter limit: of the result in bytes; a longer one is cut between characters, with "…" before its end tags
///   where that fits.
package func cleanHTML(_ html: String, limit: Int = 102_400) -> String {
    var cleaner = HTMLCleaner(html, limit: limit)
    return cleaner.clean()
}
