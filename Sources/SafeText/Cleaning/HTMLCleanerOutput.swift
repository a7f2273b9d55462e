/// Writes text and the tags around it, so that what is written is balanced at every time and never longer than allowed.
///
/// Tags are written only when text needs them: an element without text leaves no trace.
struct HTMLCleanerOutput {
    /// Before the text that comes next.
    var gap = TextGap()
    /// Nothing more will be written.
    private(set) var isFull = false

    private let limit: Int
    private var html: [UInt8] = []
    private var open: [OpenElement] = []
    /// Of the end tags that are still to come.
    private var endLength = 0
    private var link = LinkInProgress()
    /// The last that was written is a link's end.
    private var isAfterLink = false

    /// Since the last start tag of a link.
    private struct LinkInProgress {
        var start = 0
        var contentStart = 0
        var text = ""
    }

    init(limit: Int) {
        self.limit = limit
    }

    /// Writes `text`, which is visible and does not begin or end with white space, inside of exactly these elements.
    mutating func write(_ text: String, inside elements: [OpenElement], isPreformatted: Bool) {
        let shared = zip(open, elements).prefix { $0.id == $1.id }.count
        let added = elements[shared...]
        let isFirst =
            html.isEmpty || open[shared...].contains { $0.role != .inline } || added.contains { $0.role != .inline }
        while open.count > shared { closeLast() }

        var space = gap.html(isFirst: isFirst, isPreformatted: isPreformatted)
        // Two links in a row would read as one word.
        if isAfterLink, !isFirst, space.isEmpty, added.contains(where: { $0.link != nil }) { space = " " }
        gap.clear()

        let overhead = added.reduce(space.utf8.count) { $0 + $1.start.utf8.count + $1.end.utf8.count }
        let room = limit - html.count - endLength - overhead
        let escaped = HTML.escaped(text)
        if escaped.utf8.count <= room {
            append(text, escaped, inside: added, space, isFirst: isFirst)
        } else {
            isFull = true
            let cut = text.cut(toEscapedBytes: room, isPreformatted: isPreformatted)
            if !cut.isEmpty { append(cut, HTML.escaped(cut), inside: added, space, isFirst: isFirst) }
        }
    }

    mutating func finished() -> String {
        isFull = true
        while !open.isEmpty { closeLast() }
        return String(decoding: html, as: UTF8.self)
    }

    /// Space between texts stands outside of what opens, at the start of a block it is the block's.
    private mutating func append(
        _ text: String, _ escaped: String, inside added: ArraySlice<OpenElement>, _ space: String, isFirst: Bool
    ) {
        if !isFirst { append(space) }
        for element in added {
            if element.link != nil {
                link = LinkInProgress(start: html.count, contentStart: html.count + element.start.utf8.count)
            }
            html.append(contentsOf: element.start.utf8)
            endLength += element.end.utf8.count
            open.append(element)
        }
        if isFirst { append(space) }
        html.append(contentsOf: escaped.utf8)
        link.text += text
        isAfterLink = false
    }

    private mutating func append(_ space: String) {
        html.append(contentsOf: space.utf8)
        if !space.isEmpty { link.text += " " }
    }

    private mutating func closeLast() {
        guard let element = open.popLast() else { return }
        endLength -= element.end.utf8.count
        isAfterLink = isAfterLink || element.link != nil
        if let address = element.link, !address.agrees(with: link.text) {
            takeApart(element, address)
        } else {
            html.append(contentsOf: element.end.utf8)
        }
    }

    /// `<a …>b.example</a>` to `b.example (<a …>e.example</a>)`, or to its text alone where that is too long.
    private mutating func takeApart(_ element: OpenElement, _ address: LinkAddress) {
        html.removeSubrange(link.start..<link.contentStart)
        let honest = " (\(element.start)\(HTML.escaped(address.authority))\(element.end))"
        if html.count + honest.utf8.count + endLength <= limit { html.append(contentsOf: honest.utf8) }
    }
}

extension String {
    /// The most of it that fits with "…" behind it; empty if nothing fits.
    fileprivate func cut(toEscapedBytes limit: Int, isPreformatted: Bool) -> String {
        let ellipsis = "…"
        var room = limit - ellipsis.utf8.count
        var end = startIndex
        while end < endIndex {
            let next = index(after: end)
            room -= HTML.escaped(String(self[end..<next])).utf8.count
            if room < 0 { break }
            end = next
        }
        while end > startIndex, self[index(before: end)].isWhitespace { end = index(before: end) }
        if end == startIndex { return "" }
        // Once more, as a joiner at the cut has nothing to join.
        return (self[..<end] + ellipsis).visibleScalars.laidOut(isPreformatted ? .lines : .oneLine)
    }
}
