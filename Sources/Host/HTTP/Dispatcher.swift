import Router

/// From a request to an answer: route, key, handler, problem documents, request ids.
package struct Dispatcher: Sendable {
    private let routes: RouteTable
    private let keys: KeyRing
    private let publicURL: String
    private let observer: any RequestObserver
    private let clients: ClientAddresses

    package init(
        routes: RouteTable, keys: KeyRing, publicURL: String, observer: any RequestObserver,
        clients: ClientAddresses = ClientAddresses()
    ) {
        self.clients = clients
        self.routes = routes
        self.keys = keys
        self.publicURL = publicURL
        self.observer = observer
    }

    /// Where problem types are documented.
    var problemRoot: String { publicURL }

    /// How many bytes the body of a request may have.
    package func bodyLimit(method: String, path: String) -> Int {
        guard case .found(let entry, _) = routes.match(method: method, path: path) else { return BodyLimit.standard }
        return entry.bodyLimit
    }

    /// Answers one request; never throws.
    package func respond(to request: APIRequest) async -> APIResponse {
        let start = ContinuousClock.now
        var template = "none"
        var caller: Caller?
        var response: APIResponse
        var request = request
        request.client = clients.client(of: request)
        do throws(Problem) {
            response = try await answer(request, &template, &caller)
        } catch {
            response = error.response(request: request.id, publicURL: publicURL)
        }
        if request.method == "HEAD" {
            response.headers.append(("content-length", String(response.body.count)))
            response.body = []
        }
        response.headers.append(("request-id", request.id.text))
        observer.answered(
            request, template: template, caller: caller, status: response.status, elapsed: ContinuousClock.now - start)
        return response
    }

    private func answer(
        _ request: APIRequest, _ template: inout String, _ caller: inout Caller?
    ) async throws(Problem) -> APIResponse {
        switch routes.match(method: request.method, path: request.path) {
        case .unreadable(let segment):
            // What stands there may be a phone number; its place is enough.
            throw Problem(
                .malformedRequest,
                "segment \(segment) of the path is not percent-encoded UTF-8: a % goes before two hexadecimal digits, and a "
                    + "% itself is written %25")
        case .nothing: throw Problem(.notFound, "there is nothing at this path")
        case .otherMethods(let methods):
            let allowed = Set(methods + (methods.contains("GET") ? ["HEAD"] : []) + ["OPTIONS"]).sorted()
            let allow = (name: "allow", value: allowed.joined(separator: ", "))
            if request.method == "OPTIONS" { return APIResponse(status: 204, headers: [allow]) }
            throw Problem(.methodNotAllowed, "this path takes \(allow.value)", headers: [allow])
        case .found(let entry, let parameters):
            template = entry.template
            var request = request
            request.template = entry.template
            request.parameters = parameters
            if entry.access != .open { caller = try await authenticate(request, entry.access) }
            try Self.refuseCompressed(request)
            return try await entry.handler(request, caller)
        }
    }

    /// Bodies are read as they come; what is in a compressed one, nobody here would see.
    private static func refuseCompressed(_ request: APIRequest) throws(Problem) {
        guard !request.body.isEmpty else { return }
        let codings = request.values("content-encoding").flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard let coding = codings.first(where: { !$0.isEmpty && $0 != "identity" }) else { return }
        throw Problem(
            .unsupportedMediaType,
            "the body is compressed (Content-Encoding: \(coding.prefix(20))); send it as it is, without that header",
            headers: [(name: "accept-encoding", value: "identity")])
    }

    private func authenticate(_ request: APIRequest, _ access: RouteTable.Access) async throws(Problem) -> Caller {
        let challenge = [(name: "www-authenticate", value: "Bearer realm=\"payrouter\"")]
        let lines = request.values("authorization")
        guard lines.count == 1, let line = lines.first, line.lowercased().hasPrefix("bearer ") else {
            let what = lines.isEmpty ? "the header Authorization: Bearer <key> is missing" : "one bearer key is needed"
            throw Problem(.unauthorized, what, headers: challenge)
        }
        let caller: Caller?
        do throws(StoreFailure) {
            caller = try await keys.caller(String(line.dropFirst(7)))
        } catch { throw Problem(.unavailable, "keys cannot be looked up now") }
        guard let caller else { throw Problem(.unauthorized, "the key is not valid", headers: challenge) }
        if access == .secretKey, caller.role != .secret {
            throw Problem(.forbidden, "this call needs a secret key")
        }
        return caller
    }
}

/// Hears of every answered request, for logs and metrics.
package protocol RequestObserver: Sendable {
    func answered(_ request: APIRequest, template: String, caller: Caller?, status: Int, elapsed: Duration)
}
