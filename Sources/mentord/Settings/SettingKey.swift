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
    case mentorAdmission = "mentors.admission"
    case mentorPatience = "mentors.patience"
    case mentorNotice = "mentors.notice"
    case menteeAsks = "mentees.asks"
    case menteeNotice = "mentees.notice"
    case noShowLadder = "noshows.ladder"
    case noShowMemory = "noshows.memory"
    case noShowPause = "noshows.pause"
    case synonyms = "matching.synonyms"
    case federationMode = "federation.mode"
    case federationSecure = "federation.secure"
    case communityAdmission = "communities.admission"
    case federationLimits = "limits.federation"
    case requestLimits = "limits.requests"
    case trustedProxies = "proxy.trusted"
    case tlsCertificate = "tls.certificate"
    case tlsKey = "tls.key"
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
        case .mentorAdmission: "everybody"
        case .mentorPatience: "3"
        case .mentorNotice: "2"
        case .menteeAsks: "5"
        case .menteeNotice: "24"
        case .noShowLadder: "1,2,3"
        case .noShowMemory: "180"
        case .noShowPause: "14"
        case .synonyms: ""
        case .federationMode: "open"
        case .federationSecure: "off"
        case .communityAdmission: "everybody"
        case .federationLimits, .requestLimits: "1"
        case .trustedProxies, .tlsCertificate, .tlsKey: ""
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
            "Where online sessions meet: an https address; {room} in it becomes a random name per session, and without it all meet in one room. Set it to 'none' to let mentors bring their own links."
        case .mentorAdmission:
            "Who may be a mentor: everybody, or approval (who applied and was approved, by 'mentord mentor' or the API; until then their profile is not shown and nobody can ask them). Who is a mentor already stays one."
        case .mentorPatience:
            "How many requests in a row a mentor may let expire before they are paused, until they say that they are back; 0 to 100, 0 pauses nobody."
        case .mentorNotice:
            "Hours before an agreed session until which mentors cancel without its being noted as late; 0 to 336, 0 notes nothing. Illness is never late."
        case .menteeNotice:
            "The same for mentees, who also move sessions; 0 to 336."
        case .menteeAsks:
            "How many requests of one person, here or elsewhere, may wait for an answer at a time; 1 to 1000."
        case .noShowLadder:
            "From how many sessions on to which somebody did not come they are warned, can have one request waiting at a time, and are paused (a mentee asks nobody, a mentor is asked by nobody): three numbers from 0 to 100, 0 for never. What is disputed counts only if a moderator says so."
        case .noShowMemory: "For how many days a session counts to which somebody did not come; 1 to 3650."
        case .noShowPause: "How many days a pause lasts, from the last such session on; 1 to 3650."
        case .synonyms:
            "A file with other names of subjects, beside those that every community knows, so that suggestions find them: one subject a line, its names separated by commas, such as 'js, javascript'. Lines that begin with # are for people."
        case .federationMode:
            "With whom this community federates: open (everybody who is not blocked), allowlist (domains let in by 'mentord domain allow' alone; others are refused, never fetched, and wait for review in 'mentord domain list') or closed (nobody)."
        case .federationSecure:
            "on or off: whether other servers must sign what they read, so that those you block read nothing. Servers that do not sign then see only the instance actor."
        case .communityAdmission:
            "Which other communities, if they ask, are told at once of every change in the directory of this community's mentors: everybody, or approval (whom 'mentord community accept' let in). The directory itself is open to all who are not blocked."
        case .federationLimits:
            "A factor on what one domain may bring and read: 300 activities in five minutes; from a host known for less than a week 60, and five follows a day times the days it has been known; 300 documents read with its signature in five minutes; 0 to 1000. Above 1 for test networks, 0 for no limits."
        case .requestLimits:
            "A factor on how often programs of people may ask: 300 times in five minutes with one token or from one address, and 30 times in half an hour to register an app or, for one account, to upload a picture; 0 to 1000, 0 for no limits."
        case .trustedProxies:
            "The addresses of your own reverse proxies, as ranges such as 127.0.0.1/32 or 10.1.0.0/24, separated by commas: from them alone X-Forwarded-For is believed. Without it all requests that come through a proxy count as one client's."
        case .tlsCertificate:
            "A PEM file with the server's certificate and those that lead to its authority, to speak TLS without a proxy. Together with tls.key, and only with an https origin. Read again on SIGHUP."
        case .tlsKey: "A PEM file with the key of tls.certificate, without a passphrase."
        case .reachable:
            "Private address ranges that this server may talk to, such as 192.168.7.0/24, separated by commas. Only for test networks. A community on a localhost name reaches 127.0.0.1 without it."
        case .deliveryWorkers: "Deliveries in flight at once, 1 to 256."
        case .deliveryPace:
            "A factor on all waits between delivery attempts, 0.001 to 10. Below 1 only for tests and demonstrations."
        case .logLevel: "trace, debug, info, notice, warning, error or critical."
        case .logFormat: "text or json."
        }
    }
}
