/// Every setting there is, in one place: its name, what it means, and what it is when nobody sets it.
///
/// A setting is read, the first that has it wins, from: the command line (`--set name=value`), the environment
/// (`MENTORD_` and the name in capitals with `_` for `.`), the file `mentord.json` in the data folder or the one named
/// by `--settings` (`{"name": {"sub": value}}`), and the default.
enum SettingKey: String, CaseIterable {
    case origin
    case listen
    case data
    case databaseURL = "database.url"
    case databaseURLFile = "database.url.file"
    case databaseConnections = "database.connections"
    case communityName = "community.name"
    case meetingTemplate = "meeting.template"
    case reachable = "outbound.reachable"
    case deliveryWorkers = "delivery.workers"
    case deliveryPace = "delivery.pace"
    case logLevel = "log.level"
    case logFormat = "log.format"

    /// The name in the environment.
    var environmentName: String {
        "MENTORD_" + rawValue.uppercased().replacing(".", with: "_")
    }

    var fallback: String {
        switch self {
        case .origin: "http://localhost:8420"
        case .listen: "127.0.0.1:8420"
        case .data: "data"
        case .databaseURL, .databaseURLFile: ""
        case .databaseConnections: "8"
        case .communityName: "A mentoring community"
        case .meetingTemplate: "https://meet.jit.si/{room}"
        case .reachable: ""
        case .deliveryWorkers: "16"
        case .deliveryPace: "1"
        case .logLevel: "info"
        case .logFormat: "text"
        }
    }

    /// What it means and what is allowed.
    var help: String {
        switch self {
        case .origin:
            "Where the world reaches this community: https://name[:port], nothing behind it. Plain http is for names that end in localhost. Never change it once you have federated."
        case .listen: "Address and port to listen on, as address:port."
        case .data: "The folder for everything that is kept, the private database cluster among it."
        case .databaseURL:
            "postgresql://… of a database of yours. Without it mentord runs a private cluster of its own in the data folder."
        case .databaseURLFile: "A file that holds the database URL, so that the secret is in no environment."
        case .databaseConnections: "Connections to the database, 2 to 200."
        case .communityName: "The name of the community, as people read it; 1 to 100 characters."
        case .meetingTemplate:
            "Where online sessions meet: an https address with {room}, which becomes a random name per session. Set it to 'none' to let mentors bring their own links."
        case .reachable:
            "Private address ranges that this server may talk to, such as 192.168.7.0/24, separated by commas. Only for test networks. A community on a localhost name reaches 127.0.0.0/8 without it."
        case .deliveryWorkers: "Deliveries in flight at once, 1 to 256."
        case .deliveryPace:
            "A factor on all waits between delivery attempts, 0.001 to 10. Below 1 only for tests and demonstrations."
        case .logLevel: "trace, debug, info, notice, warning, error or critical."
        case .logFormat: "text or json."
        }
    }
}
