import WebText

/// The calls of an operator, each with what it asks for and with what answers it: the one list of its addresses.
///
/// `Input` is what the handlers take: the request itself, or what an operator makes of one whose credentials it has
/// checked.
struct RouteTable<Operator, Input>: Sendable {
    /// What an operator does about one call; the texts are what stands at the variable places of the path.
    typealias Handler = @Sendable (Operator, Input, [String]) async throws -> Answer

    /// One call.
    struct Route: Sendable {
        /// `nil` means every method.
        var method: String?
        var path: PathTemplate
        /// What a fault that is aimed at it names; `nil` for pages and everything else.
        var operation: SandboxOperation?
        var handler: Handler

        init(
            _ method: String?, _ path: PathTemplate, _ operation: SandboxOperation? = nil, _ handler: @escaping Handler
        ) {
            self.method = method
            self.path = path
            self.operation = operation
            self.handler = handler
        }
    }

    private let routes: [Route]
    /// Whether `//` and a slash at the end are overlooked.
    private let overlooksSlashes: Bool

    init(overlookingSlashes: Bool = false, _ routes: [Route]) {
        self.routes = routes
        overlooksSlashes = overlookingSlashes
    }

    /// What a request asks for; `nil` if no call of the table does, or none that a fault can be aimed at.
    func operation(of request: SandboxRequest) -> SandboxOperation? { find(request)?.route.operation }

    /// The operator's answer to a request; `nil` if no call of the table fits it.
    func answer(_ request: SandboxRequest, with input: Input, by one: Operator) async throws -> Answer? {
        guard let (route, values) = find(request) else { return nil }
        return try await route.handler(one, input, values)
    }

    /// The first call that fits.
    private func find(_ request: SandboxRequest) -> (route: Route, values: [String])? {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: overlooksSlashes)
        // Every path begins with a slash, so that the first part is empty.
        let path = overlooksSlashes ? parts[...] : parts.dropFirst()
        for route in routes where route.method == nil || route.method == request.method {
            if let values = route.path.values(in: path) { return (route, values) }
        }
        return nil
    }
}

/// How the path of a call looks, such as `/pay/{id}`.
///
/// `{name}` is any part that is not empty, decoded; `*` is one as it stands; `**` at the end is whatever follows.
struct PathTemplate: Sendable, ExpressibleByStringLiteral {
    private let parts: [Substring]

    init(_ text: String) { parts = text.split(separator: "/") }

    init(stringLiteral text: String) { self.init(text) }

    /// What stands at the variable places of a path; `nil` if the path is another.
    func values(in path: ArraySlice<Substring>) -> [String]? {
        guard path.count == parts.count || (parts.last == "**" && path.count >= parts.count - 1) else { return nil }
        var values: [String] = []
        for (part, text) in zip(parts, path) {
            switch part {
            case "**": return values
            case "*" where !text.isEmpty: values.append(String(text))
            case _ where part.hasPrefix("{"):
                guard !text.isEmpty, let decoded = FormText.decoded(text) else { return nil }
                values.append(decoded)
            default: guard part == text else { return nil }
            }
        }
        return values
    }
}
