import CurlTransport
import Foundation
import Logging
import Providers
import Router
import Synchronization

@testable import Host
@testable import SandboxHosting

/// A whole router with its sandbox operators, in this process: real sockets, real SQLite file, real wire formats.
final class RunningRouter: Sendable {
    let host: RouterHost
    let folder: String
    let logs: LogLines
    private let running: Task<Void, any Error>

    struct Answer: Sendable {
        var status: Int
        var headers: [(name: String, value: String)]
        var json: JSONValue

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    }

    /// Collects what the router logs, at the lowest level.
    final class LogLines: Sendable {
        private let lines = Mutex<[String]>([])

        func add(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
        var text: String { lines.withLock { $0.joined() } }
    }

    /// Starts a router.
    ///
    /// A port that somebody took in the meantime costs another try.
    ///
    /// - Parameters:
    ///   - configuration: The text of `providers.json`; `nil` means the one that ships with the project.
    ///   - folder: The data folder; `nil` means a new one.
    ///   - callbackInterceptor: What carries the sandbox operators' callbacks.
    ///   - keepsLimits: Whether the limits of addresses and links are those of the configuration. Otherwise they are too high
    ///     to be met: here everybody has one address.
    /// - Throws: If the router does not start.
    init(
        configuration: String? = nil, folder: String? = nil,
        callbackInterceptor: SandboxSupport.CallbackInterceptor? = nil,
        keepsLimits: Bool = false
    ) async throws {
        let folder = folder ?? NSTemporaryDirectory() + "payrouter-test-" + UUID().uuidString
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let path = folder + "/providers.json"
        let text = try configuration ?? String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        let whole = try Self.hurried(keepsLimits ? text : Self.roomy(text))
        try whole.write(toFile: path, atomically: true, encoding: .utf8)
        let lines = LogLines()
        logs = lines
        var options = HostOptions(
            configurationPath: path, port: 0, dataPath: folder, sandbox: .inProcess(port: 0), logLevel: .trace,
            drainSeconds: 2, webhooksToLoopback: true, environment: [:])
        options.logSink = { lines.add($0) }
        options.sandboxSupport = .builtIn(interceptor: callbackInterceptor)
        // Everything at once, and several routers on two cores: that is no overload here.
        options.acceptance = AcceptanceLimits(places: .max)
        options.port = try FreePort.pick()
        if let started = try? await Self.start(options) {
            (host, running) = started
        } else {
            options.port = try FreePort.pick()
            (host, running) = try await Self.start(options)
        }
    }

    /// A configuration without the sandbox's patience for people who answer sandbox prompts by hand.
    static func hurried(_ configuration: String) throws -> String {
        guard var tree = try StrictJSON.parse(Array(configuration.utf8)).objectValue else { return configuration }
        let providers = (tree["providers"]?.arrayValue ?? []).map { given -> JSONValue in
            let provider = SandboxAccounts.builtIn.filled(given)
            guard var members = provider.objectValue, var contract = provider["contract"]?.objectValue,
                contract["prompt_lifetime_seconds"] == 120
            else { return given }
            contract["prompt_lifetime_seconds"] = 6
            members["contract"] = .object(contract)
            return .object(members)
        }
        tree["providers"] = .array(providers)
        return JSONValue.object(tree).jsonText
    }

    /// A configuration with limits that nobody meets, unless it has limits of its own.
    private static func roomy(_ configuration: String) -> String {
        guard !configuration.contains("failed_callbacks") else { return configuration }
        let much = #"{"burst": 1000000, "requests": 1000000, "seconds": 1}"#
        let names = [
            "pages", "sign_ups", "checkout", "checkout_key", "qr", "documentation", "operations", "failed_keys",
            "failed_callbacks",
            "parties", "parties_per_prefix", "phones", "phones_per_prefix",
        ]
        let limits = names.map { "\"\($0)\": \(much)" }.joined(separator: ", ")
        return configuration.replacing(
            #""routing": {"#, with: #""limits": {\#(limits)}, "routing": {"#, maxReplacements: 1)
    }

    /// Starts one host; what ends it before it listens is thrown, never waited for.
    private static func start(_ options: HostOptions) async throws -> (RouterHost, Task<Void, any Error>) {
        let host = try await RouterHost.make(options, kinds: BuiltInKinds.all)
        let (ready, signal) = AsyncStream.makeStream(of: Void.self)
        let running = Task {
            defer { signal.finish() }
            try await host.run { _ in signal.yield() }
        }
        for await _ in ready { return (host, running) }
        try await running.value
        throw StartFailure("the router stopped before it listened")
    }

    /// Stops in order.
    func stop() async {
        await host.stop()
        _ = await running.result
    }

    /// Calls the API through the dispatcher, as the server does after reading a request.
    func call(
        _ method: String, _ target: String, _ body: JSONValue? = nil, key: String? = KeyRing.demoKey,
        idempotencyKey: String? = nil, headers: [(name: String, value: String)] = []
    ) async -> Answer {
        await call(
            method, target, bytes: body?.serialized() ?? [], key: key, idempotencyKey: idempotencyKey, headers: headers)
    }

    func call(
        _ method: String, _ target: String, bytes: [UInt8], key: String? = KeyRing.demoKey,
        idempotencyKey: String? = nil, type: String? = "application/json",
        headers: [(name: String, value: String)] = [], peer: String = "127.0.0.1"
    ) async -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1)
        var all = headers
        if let key { all.append(("authorization", "Bearer \(key)")) }
        if let idempotencyKey { all.append(("idempotency-key", idempotencyKey)) }
        if let type { all.append(("content-type", type)) }
        let request = APIRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "", headers: all,
            body: bytes, peer: peer, id: RequestID(at: host.time.now, from: SystemRandom()))
        let response = await host.dispatcher.respond(to: request)
        return Answer(
            status: response.status, headers: response.headers,
            json: (try? StrictJSON.parse(response.body, maximumDepth: 64)) ?? .null)
    }

    /// Calls what the command line calls, over the control socket's own routes.
    func admin(_ method: String, _ path: String, _ body: JSONValue? = nil) async -> Answer {
        let parts = path.split(separator: "?", maxSplits: 1)
        let request = APIRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
            headers: [("content-type", "application/json")], body: body?.serialized() ?? [],
            id: RequestID(at: host.time.now, from: SystemRandom()))
        let response = await host.control.respond(to: request)
        return Answer(
            status: response.status, headers: response.headers,
            json: (try? StrictJSON.parse(response.body, maximumDepth: 64)) ?? .null)
    }

    /// The text of `/metrics`.
    var metrics: String {
        get async {
            let request = APIRequest(
                method: "GET", path: "/metrics", id: RequestID(at: host.time.now, from: SystemRandom()))
            return String(decoding: await host.dispatcher.respond(to: request).body, as: UTF8.self)
        }
    }

    /// Adds somebody who may sign.
    func addPerson(_ name: String) async -> String {
        await admin("POST", "/people", ["name": .string(name)]).json["token"]?.stringValue ?? ""
    }

    /// Signs a finding.
    func sign(
        _ id: String, _ finding: String, as person: String, token: String, amount: Int64? = nil,
        reference: String? = nil
    ) async -> Answer {
        let body: JSONValue = [
            "finding": .string(finding), "amount": amount.map { JSONValue($0) } ?? .null, "because": "we asked",
            "document": "mail 17", "operator_reference": JSONValue(reference), "as": .string(person),
            "token": .string(token),
        ]
        return await admin("POST", "/reviews/\(id)/resolve", body.withoutNulls)
    }

    /// Creates a payment under a fresh key.
    func create(_ body: JSONValue) async -> Answer {
        await call("POST", "/v1/payments", body, idempotencyKey: UUID().uuidString)
    }

    /// Follows a payment by long polling until something holds, or a number of polls is used up.
    func follow(_ id: String, polls: Int = 12, until isEnough: (JSONValue) -> Bool) async -> JSONValue {
        await follow(path: "/v1/payments/\(id)", polls: polls, until: isEnough)
    }

    /// Follows an order by long polling, for a second per poll.
    ///
    /// An order that has ended is answered at once, also when something about it is still to come.
    func follow(path: String, polls: Int, until isEnough: (JSONValue) -> Bool) async -> JSONValue {
        let end = host.time.now.adding(seconds: Int64(polls))
        while true {
            let order = await call("GET", path + "?wait=1").json
            if isEnough(order) || host.time.now >= end { return order }
            await host.time.sleep(until: host.time.now.adding(milliseconds: 50))
        }
    }

    /// Asks what the command line asks.
    func control(_ path: String) async -> JSONValue {
        let request = APIRequest(
            method: "GET", path: path, query: "", headers: [], body: [], peer: "",
            id: RequestID(at: host.time.now, from: SystemRandom()))
        return (try? StrictJSON.parse(await host.control.respond(to: request).body)) ?? .null
    }

    /// What the sandbox operators really executed: references and how often.
    func books() async throws -> [String: Int] {
        try await entries().reduce(into: [:]) { counts, entry in counts[entry.key.reference, default: 0] += entry.value
        }
    }

    /// Calls the sandbox's control service.
    ///
    /// - Returns: The status; `nil` if there was no answer.
    func sandbox(_ method: WireRequest.Method.RawValue, _ path: String, _ body: JSONValue) async -> Int? {
        guard let url = host.sandboxURL else { return nil }
        let request = WireRequest(
            WireRequest.Method(rawValue: method) ?? .post, url + path,
            headers: [.init("Content-Type", "application/json")], body: body.serialized())
        let terms = AskTerms(scope: ConnectionScope(owner: "test"))
        guard case .success(let reply) = await host.transport.ask(request, terms: terms) else { return nil }
        return reply.status
    }

    /// One thing an operator can have executed.
    struct Entry: Sendable, Hashable {
        var reference: String
        var kind: String
    }

    /// What the sandbox operators really executed, and how often.
    func entries() async throws -> [Entry: Int] {
        let url = try existing(host.sandboxURL) + "/_books"
        let reply = try await host.transport.ask(
            WireRequest(.get, url),
            terms: AskTerms(
                limits: WireLimits(maximumReplyBytes: 64 << 20), scope: ConnectionScope(owner: "test"))
        ).get()
        let movements = try StrictJSON.parse(reply.body)["movements"]?.arrayValue ?? []
        return movements.reduce(into: [:]) { counts, movement in
            let entry = Entry(
                reference: movement["reference"]?.stringValue ?? "", kind: movement["kind"]?.stringValue ?? "")
            counts[entry, default: 0] += 1
        }
    }

    private func existing(_ text: String?) throws -> String {
        guard let text else { throw StartFailure("no sandbox runs") }
        return text
    }
}
