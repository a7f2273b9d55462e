import JSONTree

/// Flat names with brackets as the tree that they describe: `poll[options][]=yes`, `data[alerts][mention]=true`,
/// `fields_attributes[0][name]=Topics`.
///
/// Indices make an object with digits for keys, because they need be neither dense nor ordered; whoever wants a list of
/// it takes the members in their order.
struct FieldTree {
    private indirect enum Node {
        case text(String)
        case list([Node])
        case object([(name: String, node: Node)])
    }

    /// Deeper names are left out.
    static let mostDepth = 6

    private var root: [(name: String, node: Node)] = []

    init(_ fields: [(name: String, value: String)]) {
        for (name, value) in fields {
            guard let path = Self.path(name) else { continue }
            Self.put(value, at: path[...], into: &root)
        }
    }

    var json: JSON.Object { Self.object(root) }

    /// `a[b][]` as a, b, and an empty step; nil where brackets do not fit.
    private static func path(_ name: String) -> [String]? {
        guard let open = name.firstIndex(of: "["), open != name.startIndex else { return name.isEmpty ? nil : [name] }
        var path = [String(name[..<open])]
        var rest = name[open...]
        while !rest.isEmpty {
            guard rest.first == "[", let close = rest.firstIndex(of: "]"), path.count < mostDepth else { return nil }
            path.append(String(rest[rest.index(after: rest.startIndex)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return path
    }

    private static func put(
        _ value: String, at path: ArraySlice<String>, into members: inout [(name: String, node: Node)]
    ) {
        guard let name = path.first else { return }
        let rest = path.dropFirst()
        let index = members.firstIndex { $0.name == name }
        if rest.isEmpty {
            if let index { members[index].node = .text(value) } else { members.append((name, .text(value))) }
            return
        }
        var node = index.map { members[$0].node }
        put(value, at: rest, into: &node)
        guard let node else { return }
        if let index { members[index].node = node } else { members.append((name, node)) }
    }

    private static func put(_ value: String, at path: ArraySlice<String>, into node: inout Node?) {
        guard let step = path.first else { return }
        if step.isEmpty {
            var list: [Node] = []
            if case .list(let before) = node { list = before }
            let rest = path.dropFirst()
            guard let next = rest.first else {
                node = .list(list + [.text(value)])
                return
            }
            // `a[][b]`: the next object begins where a name comes again.
            var members: [(name: String, node: Node)] = []
            if case .object(let last) = list.last, !last.contains(where: { $0.name == next }) {
                members = last
                list.removeLast()
            }
            put(value, at: rest, into: &members)
            node = .list(list + [.object(members)])
            return
        }
        var members: [(name: String, node: Node)] = []
        if case .object(let before) = node { members = before }
        put(value, at: path, into: &members)
        node = .object(members)
    }

    private static func object(_ members: [(name: String, node: Node)]) -> JSON.Object {
        JSON.Object(members.map { ($0.name, json($0.node)) })
    }

    private static func json(_ node: Node) -> JSON {
        switch node {
        case .text(let text): .string(text)
        case .list(let nodes): .array(nodes.map(json))
        case .object(let members): .object(object(members))
        }
    }
}
