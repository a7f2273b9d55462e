import CCmark
import SafeText

/// Markdown that people type (CommonMark 0.30) as HTML that is fit to store and to show.
///
/// A line end is a line break. HTML in it is no mark-up but text, and is shown as it was typed, so that nothing that
/// somebody wrote disappears. The result went through ``SafeText/cleanHTML(_:limit:)``: what it allows can be in it,
/// and nothing else. Takes time in proportion to the size of the text, of which at most the first 200,000 bytes are read.
/// - Parameter limit: of the result in bytes.
package func html(fromMarkdown text: String, limit: Int = 262_144) -> String {
    var bytes = Array(text.utf8.prefix(200_000))
    // Without a NUL inside, which ends the text for C; CommonMark 2.3 has it replaced anyway.
    bytes.removeAll { $0 == 0 }
    let parsed = bytes.withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: CChar.self) {
            cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8)
        }
    }
    guard let document = parsed else { return "" }
    defer { cmark_node_free(document) }
    showHTML(in: document)
    guard let rendered = cmark_render_html(document, CMARK_OPT_DEFAULT | CMARK_OPT_HARDBREAKS) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
    return cleanHTML(String(cString: rendered), limit: limit)
}

/// Puts plain text in the place of raw HTML.
private func showHTML(in document: OpaquePointer) {
    // Nodes are replaced once the walk is over, which knows the next one only while all stand where they stood.
    var raw: [OpaquePointer] = []
    guard let walk = cmark_iter_new(document) else { return }
    while true {
        let event = cmark_iter_next(walk)
        if event == CMARK_EVENT_DONE { break }
        guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk) else { continue }
        let type = cmark_node_get_type(node)
        if type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE { raw.append(node) }
    }
    cmark_iter_free(walk)
    for node in raw {
        guard let text = cmark_node_new(CMARK_NODE_TEXT) else { continue }
        cmark_node_set_literal(text, cmark_node_get_literal(node))
        var replacement = text
        if cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK, let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) {
            cmark_node_append_child(paragraph, text)
            replacement = paragraph
        }
        // Frees nothing: the old node is ours then.
        if cmark_node_replace(node, replacement) == 1 { cmark_node_free(node) } else { cmark_node_free(replacement) }
    }
}
