package import People
import Router

/// From a request to an answer: route, key, handler, problem documents, request ids.
package struct Dispatcher: Sendable {
    /// What it answers.
    let routes: RouteTable
    private let keys: KeyRing
    private let publicURL: String
    private let observer: any RequestObserver
    private let clients: ClientAddresses
    /// Whether no new order is accepted at this moment.
    private let isFull: @Sendable () -> Bool
    /// Who may call how often; `nil` where only people of this machine call.
    private let limits: RequestLimits?
    /// Whose holders' tokens are; `nil` where nobody has any.
    private let people: People?
    /// Who looks at the console; `nil` where there is none.
    private let console: ConsoleGate?

    package init(
        routes: RouteTable, keys: KeyRing, publicURL: String, observer: any RequestObserver,
        clients: ClientAddresses = ClientAddresses(), isFull: @escaping @Sendable () -> Bool = { false },
        limits: RequestLimits? = nil, people: People? = nil, console: ConsoleGate? = nil
    ) {
        self.console = console
        self.people = people
        self.isFull = isFull
        self.limits = limits
        self.clients = clients
        self.routes = routes
        self.keys = keys
        self.publicURL = publicURL
        self.observer = observer
    }

    /// A request that may be answered: its route is known, and its caller may call it.
    package struct Admitted: Sendable {
        /// Without its body.
        fileprivate(set) var request: APIRequest
        let caller: Caller?
        fileprivate let handler: RouteTable.Handler
        /// How many bytes the body may have.
        let bodyLimit: Int
        fileprivate let start: ContinuousClock.Instant
        /// Held until it is answered, or forgotten.
        fileprivate let permit: Permit?
        /// What its answer says of its caller's limits.
        fileprivate let headers: [(name: String, value: String)]
    }

    /// What becomes of a request before its body is read.
    package enum Admission: Sendable {
        case admitted(Admitted)
        case refused(APIResponse)
    }

    /// Answers one request that is there whole; never throws.
    package func respond(to request: APIRequest) async -> APIResponse {
        var head = request
        head.body = []
        switch await admit(head, hasBody: !request.body.isEmpty) {
        case .admitted(let admitted): return await respond(to: admitted, body: request.body)
        case .refused(let answer): return answer
        }
    }

    /// Looks at everything but the body, so that nobody makes us read one whom we would not answer.
    ///
    /// - Parameters:
    ///   - head: The request without its body.
    ///   - hasBody: Whether a body comes with it.
    /// - Returns: The request to go on with, or the answer.
    package func admit(_ head: APIRequest, hasBody: Bool) async -> Admission {
        let start = ContinuousClock.now
        var head = head
        head.client = clients.client(of: head)
        var caller: Caller?
        do throws(Problem) {
            let entry = try route(&head)
            switch entry.access {
            case .open: break
            case .holder: head.holder = try await authenticateHolder(head)
            case .console(let right):
                if let answer = try await console?.refusal(of: &head, right) {
                    return .refused(finish(answer, head, nil, start))
                }
            case .secretKey, .anyKey: caller = try await authenticate(head, entry.access)
            }
            let (permit, headers) = try limited(head, entry, caller)
            if entry.work != .other, isFull() { throw Self.crowded(head.id) }
            if hasBody {
                try Self.refuseCompressed(head)
                try Self.refuseLarge(head, limit: entry.bodyLimit)
            }
            return .admitted(
                Admitted(
                    request: head, caller: caller, handler: entry.handler, bodyLimit: entry.bodyLimit, start: start,
                    permit: permit, headers: headers))
        } catch {
            // A question about what is allowed is answered by saying it.
            let isAnswer = head.method == "OPTIONS" && error.code == .methodNotAllowed
            let answer =
                isAnswer
                ? APIResponse(status: 204, headers: error.headers)
                : problem(error, head)
            return .refused(finish(answer, head, caller, start))
        }
    }

    /// Answers an admitted request; never throws.
    package func respond(to admitted: Admitted, body: [UInt8]) async -> APIResponse {
        var request = admitted.request
        request.body = body
        var response: APIResponse
        defer { admitted.permit?.release() }
        do throws(Problem) {
            response = try await admitted.handler(request, admitted.caller)
        } catch {
            response = self.problem(error, request)
        }
        // What a handler says of a limit of its own is closer to the matter.
        if !response.headers.contains(where: { $0.name == "ratelimit" }) { response.headers += admitted.headers }
        return finish(response, request, admitted.caller, admitted.start)
    }

    /// Refuses an admitted request whose body could not be read.
    func refuse(_ admitted: Admitted, _ problem: Problem) -> APIResponse {
        admitted.permit?.release()
        let response = self.problem(problem, admitted.request)
        return finish(response, admitted.request, admitted.caller, admitted.start)
    }

    /// Refuses a request whose head could not be read.
    func refuse(_ request: APIRequest, _ problem: Problem) -> APIResponse {
        finish(problem.response(request: request.id, publicURL: publicURL), request, nil, ContinuousClock.now)
    }

    /// What is answered instead of what was asked for: a page to whoever looks at the console, else a document.
    private func problem(_ problem: Problem, _ request: APIRequest) -> APIResponse {
        guard let console, request.template == "/console" || request.template.hasPrefix("/console/") else {
            return problem.response(request: request.id, publicURL: publicURL)
        }
        return console.refusals.unanswered(request, problem)
    }

    /// What every answer has, whatever it says.
    private func finish(
        _ response: APIResponse, _ request: APIRequest, _ caller: Caller?, _ start: ContinuousClock.Instant
    ) -> APIResponse {
        var response = response
        if request.method == "HEAD" {
            // What a stream would say has no length; it is not begun (RFC 9110, section 9.3.2).
            if response.stream == nil { response.headers.append(("content-length", String(response.body.count))) }
            response.stream = nil
            response.body = []
        }
        response.headers.append(("request-id", request.id.text))
        observer.answered(
            request, template: request.template.isEmpty ? "none" : request.template, caller: caller,
            status: response.status, elapsed: ContinuousClock.now - start)
        return response
    }

    /// The route of a request; fills its template and parameters in.
    private func route(_ request: inout APIRequest) throws(Problem) -> RouteTable.Entry {
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
            throw Problem(.methodNotAllowed, "this path takes \(allow.value)", headers: [allow])
        case .found(let entry, let parameters):
            request.template = entry.template
            request.parameters = parameters
            return entry
        }
    }

    /// Lets a call in whose caller may make it now.
    private func limited(
        _ head: APIRequest, _ entry: RouteTable.Entry, _ caller: Caller?
    ) throws(Problem) -> (permit: Permit?, headers: [(name: String, value: String)]) {
        switch limits?.admit(route: entry, caller: caller, client: head.client, provider: head.parameters["provider"]) {
        case .refused(let problem): throw problem
        case .granted(let permit, let headers): return (permit, headers)
        case nil: return (nil, [])
        }
    }

    /// Said before anything is stored, so that the very same request may come again.
    ///
    /// Callers come back one to four seconds later, spread by chance: all at once they would be refused again.
    private static func crowded(_ id: RequestID) -> Problem {
        let chance = id.text.utf8.last.map { Int($0) } ?? 0
        return Problem(
            .unavailable,
            "more orders are being made than can be accepted at once; this request was not read: send it again later, "
                + "with the same key",
            headers: [("retry-after", String(1 + chance % 4))])
    }

    /// A length that is too much as announced is not waited for.
    private static func refuseLarge(_ request: APIRequest, limit: Int) throws(Problem) {
        guard let text = request.values("content-length").first, !text.isEmpty,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return }
        // What is no number of this machine's is too much as well.
        guard Int(text).map({ $0 > limit }) ?? true else { return }
        throw Problem(
            .bodyTooLarge, "the body has more than \(limit) bytes", headers: [("connection", "close")])
    }

    /// Bodies are read as they come; what is in a compressed one, nobody here would see.
    private static func refuseCompressed(_ request: APIRequest) throws(Problem) {
        let codings = request.values("content-encoding").flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard let coding = codings.first(where: { !$0.isEmpty && $0 != "identity" }) else { return }
        throw Problem(
            .unsupportedMediaType,
            "the body is compressed (Content-Encoding: \(coding.prefix(20))); send it as it is, without that header",
            headers: [(name: "accept-encoding", value: "identity")])
    }

    private static let challenge = [(name: "www-authenticate", value: "Bearer realm=\"payrouter\"")]

    /// The key or token behind `Bearer`.
    private static func bearer(_ request: APIRequest, _ what: String) throws(Problem) -> String {
        let lines = request.values("authorization")
        guard lines.count == 1, let line = lines.first, line.prefix(7).lowercased() == "bearer " else {
            let fault =
                lines.isEmpty ? "the header Authorization: Bearer <\(what)> is missing" : "one bearer \(what) is needed"
            throw Problem(.unauthorized, fault, headers: challenge)
        }
        return String(line.dropFirst(7))
    }

    /// The holder whose token came.
    private func authenticateHolder(_ request: APIRequest) async throws(Problem) -> Account {
        let token = try Self.bearer(request, "token")
        let account: Account?
        do throws(StoreFailure) { account = try await people?.account(token: token) } catch {
            throw Problem(.unavailable, "tokens cannot be looked up now")
        }
        // A token that holds passes, whoever tries others from the same address.
        if let limited = limits?.mayAuthenticate(client: request.client, unless: { account != nil }) { throw limited }
        guard let account else {
            limits?.failedAuthentication(client: request.client)
            throw Problem(
                .unauthorized, "the token is not valid, or its time is over; sign in", headers: Self.challenge)
        }
        return account
    }

    private func authenticate(_ request: APIRequest, _ access: RouteTable.Access) async throws(Problem) -> Caller {
        let challenge = Self.challenge
        let key = try Self.bearer(request, "key")
        // A key that is known passes, whoever tries others from the same address.
        let limited = limits?.mayAuthenticate(client: request.client) { keys.isFamiliar(key) }
        if let limited { throw limited }
        let caller: Caller?
        do throws(StoreFailure) {
            caller = try await keys.caller(key)
        } catch { throw Problem(.unavailable, "keys cannot be looked up now") }
        guard let caller else {
            limits?.failedAuthentication(client: request.client)
            throw Problem(.unauthorized, "the key is not valid", headers: challenge)
        }
        if access == .secretKey, caller.role != .secret {
            throw Problem(.forbidden, "this call needs a secret key")
        }
        // It hangs on a counter: it opens its page, and no call.
        guard caller.role != .qr else {
            throw Problem(.forbidden, "this is the key of a QR code, which opens its page only")
        }
        return caller
    }
}

/// Hears of every answered request, for logs and metrics.
package protocol RequestObserver: Sendable {
    func answered(_ request: APIRequest, template: String, caller: Caller?, status: Int, elapsed: Duration)
}
