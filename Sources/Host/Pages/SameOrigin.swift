import WebText

/// Whether a form comes from a page of ours, not from somebody else's (Fetch Metadata; RFC 6454).
struct SameOrigin: Sendable {
    /// Where the router is reached from outside.
    let publicURL: String

    func accepts(_ request: APIRequest) -> Bool {
        if let site = request.header("sec-fetch-site"), site != "same-origin", site != "none" { return false }
        guard let origin = request.header("origin"), origin != "null" else { return true }
        let own = (try? WebURL(publicURL))?.origin
        // The listener of this machine has an address of its own.
        let here = request.host.map { ["http://\($0)", "https://\($0)"] } ?? []
        return origin == own || here.contains(origin)
    }
}
