/// Who acts in a session.
enum Party: String, Sendable {
    case mentee, mentor, clock

    static let people: [Party] = [.mentee, .mentor]
}

/// What somebody does with a session: one call of the API, or what time brings.
enum Action: String, CaseIterable, Sendable {
    case request, cancel, move, accept, decline, propose, ask, tell, met, missed, dispute, begin, expire
    case pickAgain = "pick_again"
}

/// The states of a session as its two people see them, and what leads from one to another. Whatever is not named is
/// refused and changes nothing.
struct SessionGraph: Sendable {
    /// `mentee move` and where it leads.
    struct Edge: Hashable, Sendable, CustomStringConvertible {
        let by: Party
        let action: Action
        let target: String

        var description: String { "\(by) \(action.rawValue)" }
    }

    struct State: Sendable {
        /// Who has to act.
        let turn: Party?
        let edges: [Edge]
    }

    static let first = Edge(by: .mentee, action: .request, target: "pending")

    /// The names of the states in the order of the table.
    let names: [String]
    private let states: [String: State]

    /// - Parameter table: at the margin a state and whose turn it is, or `-`; indented below it, by whom, what leads
    ///   where.
    init(_ table: String) throws {
        var (names, states): ([String], [String: State]) = ([], [:])
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix(" ") {
                guard let name = names.last, let state = states[name], let by = Party(rawValue: words[0]) else {
                    throw Unreadable(line: String(line))
                }
                let edges = try words.dropFirst().map { word in
                    let parts = word.split(separator: ">").map(String.init)
                    guard parts.count == 2, let action = Action(rawValue: parts[0]) else {
                        throw Unreadable(line: String(line))
                    }
                    return Edge(by: by, action: action, target: parts[1])
                }
                states[name] = State(turn: state.turn, edges: state.edges + edges)
            } else {
                guard words.count == 2 else { throw Unreadable(line: String(line)) }
                names.append(words[0])
                states[words[0]] = State(turn: Party(rawValue: words[1]), edges: [])
            }
        }
        (self.names, self.states) = (names, states)
    }

    struct Unreadable: Error { let line: String }

    subscript(name: String) -> State { states[name] ?? State(turn: nil, edges: []) }

    func allows(_ action: Action, by party: Party, in name: String) -> Bool {
        self[name].edges.contains { ($0.by, $0.action) == (party, action) }
    }

    /// Ways from the request on that together take every edge.
    ///
    /// - Parameter longest: how many steps a way has at most, but for one that leads to an edge that is further away.
    func courses(longest: Int) -> [[Edge]] {
        var left = Set(names.flatMap { name in self[name].edges.map { Place(name, $0) } })
        var courses: [[Edge]] = []
        while !left.isEmpty {
            var course = [Self.first]
            func isTooLong(_ way: [Place]) -> Bool { course.count > 1 && course.count + way.count > longest }
            while let here = course.last?.target {
                var way = nearest(from: here, of: left.filter { !self[$0.edge.target].edges.isEmpty })
                if way.map(isTooLong) ?? true { way = nearest(from: here, of: left) }
                guard let way, !isTooLong(way) else { break }
                course += way.map(\.edge)
                left.subtract(way)
            }
            guard course.count > 1 else { break }
            courses.append(course)
        }
        return courses
    }

    /// The shortest way to a state.
    func way(to name: String) -> [Edge]? {
        if name == Self.first.target { return [Self.first] }
        let entries = names.flatMap { name in self[name].edges.map { Place(name, $0) } }
            .filter { $0.edge.target == name }
        return nearest(from: Self.first.target, of: Set(entries)).map { [Self.first] + $0.map(\.edge) }
    }

    /// An edge with where it begins.
    private struct Place: Hashable {
        let state: String
        let edge: Edge

        init(_ state: String, _ edge: Edge) { (self.state, self.edge) = (state, edge) }
    }

    /// The shortest way that ends with one of some edges.
    private func nearest(from start: String, of goals: Set<Place>) -> [Place]? {
        var (queue, seen): ([(String, [Place])], Set) = ([(start, [])], [start])
        while !queue.isEmpty {
            let (name, way) = queue.removeFirst()
            let places = self[name].edges.map { Place(name, $0) }
            if let goal = places.first(where: goals.contains) { return way + [goal] }
            for place in places where seen.insert(place.edge.target).inserted {
                queue.append((place.edge.target, way + [place]))
            }
        }
        return nil
    }
}
