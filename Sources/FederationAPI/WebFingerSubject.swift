import Wire

/// What a `resource` parameter can name: a handle with or without `acct:`, an address, or a host alone.
enum WebFingerSubject: Equatable {
    case handle(Handle)
    case address(URI)
    case host(String)

    init?(_ resource: String) {
        if let uri = URI(resource) {
            self = .address(uri)
        } else if let handle = Handle(resource) {
            self = .handle(handle)
        } else if !resource.utf8.contains(UInt8(ascii: "@")), let uri = URI("https://\(resource)"), uri.path.isEmpty,
            uri.query == nil, uri.fragment == nil
        {
            self = .host(uri.authority)
        } else {
            return nil
        }
    }
}
