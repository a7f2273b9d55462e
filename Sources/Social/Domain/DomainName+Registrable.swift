extension DomainName {
    /// The domain that somebody had to register or be given, as far as it can be told without the list of all public
    /// suffixes: whoever owns `e.test` owns every name below it, so limits count for all of them together.
    ///
    /// Where two-letter countries hand out names below `co`, `ac` and their like, and where providers hand out names
    /// below their own, it is one label more. A provider that is not known here shares one limit among its customers.
    package var registrable: DomainName {
        let labels = description.utf8.split(separator: UInt8(ascii: "."))
        guard labels.count > 2 else { return self }
        let names = withParents
        let twoLabels = names[labels.count - 2]
        let isShared =
            Self.providers.contains(twoLabels.description)
            || labels[labels.count - 1].count == 2
                && Self.secondLevels.contains(String(labels[labels.count - 2]) ?? "")
        if labels[labels.count - 1].elementsEqual("localhost".utf8) { return twoLabels }
        return isShared ? names[labels.count - 3] : twoLabels
    }

    /// What countries name their second level.
    private static let secondLevels: Set<String> = [
        "ac", "asso", "co", "com", "edu", "gob", "gouv", "gov", "gv", "ltd", "mil", "ne", "net", "nom", "or", "org",
        "plc", "sch",
    ]

    /// Below these every name may be another person's.
    private static let providers: Set<String> = [
        "ddns.net", "dedyn.io", "duckdns.org", "dynv6.net", "eu.org", "fly.dev", "github.io", "gitlab.io",
        "herokuapp.com", "masto.host", "netlify.app", "no-ip.org", "noho.st", "nohost.me", "onrender.com", "pages.dev",
        "up.railway.app", "vercel.app", "workers.dev", "ynh.fr",
    ]
}
