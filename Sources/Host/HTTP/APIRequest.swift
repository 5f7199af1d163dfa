package import Router

/// One HTTP request to the router, whole and bounded, free of any server library.
package struct APIRequest: Sendable {
    package var method: String
    /// The path without the query, percent-encoded as it came.
    package var path: String
    /// The raw query, without the question mark.
    package var query: String
    /// Header fields in order, names in lower case.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// The host that the request names, with its port; `nil` if it is not known.
    package var host: String?
    /// The address of the socket peer.
    package var peer: String
    /// The address the request comes from: the peer's, or through trusted proxies their client's; empty if not known.
    package var client = ""
    /// Our name for this request.
    package var id: RequestID
    /// The holder whose token came with it; only on routes for holders.
    package var holder: Account?
    /// Who looks at the console; only on its routes.
    var visitor: ConsoleVisitor?
    /// The route's template, once it is known, for instance `/v1/payments/{id}`.
    package var template = ""
    /// Values of the route's `{name}` segments.
    package var parameters: [String: String] = [:]

    package init(
        method: String, path: String, query: String = "", headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], peer: String = "", id: RequestID
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
        self.id = id
    }

    /// All values of a header, in order.
    package func values(_ name: String) -> [String] {
        var values: [String] = []
        for header in headers where header.name == name { values.append(header.value) }
        return values
    }

    /// The only value of a header; `nil` if there is none or more than one.
    package func header(_ name: String) -> String? {
        var found: String?
        for header in headers where header.name == name {
            guard found == nil else { return nil }
            found = header.value
        }
        return found
    }

    /// The caller's own name for this request, from `X-Request-Id`: 1 to 128 of `[A-Za-z0-9._-]` (rule AP-1).
    package var callersRequestID: String? {
        guard let text = header("x-request-id"), (1...128).contains(text.utf8.count) else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
        }
        return isPlain && !CardNumbers.contains(text) ? text : nil
    }

    /// Whether the caller prefers not to wait (RFC 7240).
    package var prefersAsync: Bool {
        values("prefer").contains { value in
            value.split(separator: ",").contains { item in
                let name = item.prefix { $0 != ";" && $0 != "=" }
                return name.filter { $0 != " " }.lowercased() == "respond-async"
            }
        }
    }
}
