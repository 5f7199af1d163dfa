import Router
import WebText

/// Versions of the configuration, for the command line and for whoever else may use the control socket.
struct ConfigurationAdmin: Sendable {
    let desk: ConfigurationDesk
    let tokens: PersonTokens

    private var store: any Store { desk.versions.store }
    private static let base = "/v1/admin/config"

    func register(in routes: inout RouteTable) {
        let base = Self.base
        routes.open("POST", base + "/versions", bodyLimit: Self.bodyLimit) { request throws(Problem) in
            try await make(request)
        }
        routes.open("GET", base + "/versions") { request throws(Problem) in try await list(request) }
        routes.open("GET", base + "/versions/{number}") { request throws(Problem) in try await show(request) }
        routes.open("POST", base + "/versions/{number}/activate") { request throws(Problem) in
            let wish = try await Self.wish(request, tokens, store)
            return try answer(
                await desk.activate(
                    .init(
                        number: try Self.number(request), expected: wish.input.expectedActive, wish: wish.wish,
                        isUntried: wish.input.untried ?? false)))
        }
        routes.open("POST", base + "/rollback") { request throws(Problem) in
            let wish = try await Self.wish(request, tokens, store)
            return try answer(
                await desk.rollBack(to: wish.input.number, expected: wish.input.expectedActive, wish.wish))
        }
        routes.open("POST", base + "/reload") { request throws(Problem) in
            try answer(await desk.reload(try await Self.wish(request, tokens, store).wish))
        }
        routes.open("POST", base + "/diff", bodyLimit: Self.bodyLimit) { request throws(Problem) in
            try await compare(request)
        }
    }

    /// A file with many thousands of rules has some megabytes, and as a text in JSON some more.
    private static let bodyLimit = 32 << 20

    private struct Input: Decodable {
        var person: String?
        var token: String?
        var because: String?
        var file: String?
        var source: String?
        var name: String?
        var expectedActive: Int64?
        var untried: Bool?
        var number: Int64?
        var from: Int64?
        var to: Int64?

        enum CodingKeys: String, CodingKey {
            case token, because, file, source, name, untried, number, from, to
            case person = "as"
            case expectedActive = "expected_active"
        }
    }

    /// A file may hold numbers as long as a card's; nobody pays here, so nothing is searched for them.
    private static func input(_ request: APIRequest) throws(Problem) -> Input {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = request.body.isEmpty ? .object(JSONObject()) : try StrictJSON.parse(request.body, maximumDepth: 8)
        } catch { throw Problem(.invalidJSON, "\(error)") }
        return try JSONBody.decode(Input.self, value)
    }

    /// Who wishes it: somebody who may sign, where anybody does; else whoever may use the control socket.
    private static func wish(
        _ request: APIRequest, _ tokens: PersonTokens, _ store: any Store, mustBeSomebody: Bool = true
    ) async throws(Problem) -> (input: Input, wish: ConfigurationVersions.Wish) {
        let input = try input(request)
        let reason = input.because?.trimmed
        guard reason.map({ (1...500).contains($0.unicodeScalars.count) }) ?? true else {
            throw Problem(.invalidRequest, "/because: expected 1 to 500 characters")
        }
        guard let person = input.person else {
            let people = try await stored { () async throws(StoreFailure) in try await store.people() }
            guard !mustBeSomebody || !people.contains(where: { $0.revokedAt == nil }) else {
                throw Problem(
                    .invalidRequest,
                    "/as: people are recorded here, so say who wishes it: --as NAME, of `payrouter people list`")
            }
            return (input, .init(by: .commandLine, reason: reason))
        }
        _ = try await tokens.person(person, input.token ?? "", in: store)
        return (input, .init(by: .person(person), reason: reason))
    }

    private static func number(_ request: APIRequest) throws(Problem) -> Int64 {
        guard let number = Int64(request.parameters["number"] ?? ""), number > 0 else {
            throw Problem(.notFound, "versions of the configuration have numbers from 1 on")
        }
        return number
    }

    private func make(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let (input, wish) = try await Self.wish(request, tokens, store, mustBeSomebody: false)
        guard let file = input.file else {
            throw Problem(.invalidRequest, "/file: required, the text of a providers.json")
        }
        guard let source = ConfigurationVersion.Source(rawValue: input.source ?? "api"), source != .file else {
            throw Problem(.invalidRequest, "/source: expected api or cli")
        }
        switch await desk.make(Array(file.utf8), wish, from: source, named: input.name ?? "the file") {
        case .invalid(let failure):
            throw Problem(
                .invalidRequest, "\(failure)",
                errors: failure.issues.map {
                    JSONIssue(pointer: "/file", code: "invalid_configuration", detail: "\($0)")
                })
        case .failed(let failure): throw Problem(.unavailable, "the store cannot do this now: \(failure)")
        case .made(let version, let isNew, let trial):
            let active = try await stored { () async throws(StoreFailure) in try await desk.versions.active()?.number }
            return .json(
                [
                    "object": "configuration_trial", "is_new": .bool(isNew),
                    "active": active.map { JSONValue($0) } ?? .null,
                    "version": Self.json(version, []), "warnings": .array(trial.warnings.map(JSONValue.string)),
                    "difference": trial.difference.json,
                ], status: isNew ? 201 : 200)
        }
    }

    private func list(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["limit", "after"])
        let limit = try query.limit()
        let before = try query.value("after", "the number of a version") { Int64($0) }
        let (found, activations) = try await stored { () async throws(StoreFailure) in
            (
                try await store.configurations(before: before, limit: limit + 1),
                try await store.activations(limit: ConfigurationVersions.history)
            )
        }
        let hasMore = found.count > limit
        let shown = found.prefix(limit)
        return .json([
            "object": "list", "data": .array(shown.map { Self.json($0, activations) }), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(shown.last.map { "\($0.number)" }) : .null,
        ])
    }

    private func show(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let number = try Self.number(request)
        let (found, activations) = try await stored { () async throws(StoreFailure) in
            (try await store.configuration(number), try await store.activations(limit: ConfigurationVersions.history))
        }
        guard let found else { throw Self.unknown(number) }
        guard case .object(var object) = Self.json(found.version, activations) else { throw Self.unknown(number) }
        let placed = activations.enumerated().filter { $0.element.number == number }
        object["activations"] = .array(
            placed.map { place, activation in
                guard case .object(var shown) = Self.json(activation) else { return .null }
                shown["place"] = JSONValue(Int64(activations.count - place))
                return .object(shown)
            })
        object["file"] = .string(String(decoding: found.file, as: UTF8.self))
        return .json(.object(object))
    }

    private func compare(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let input = try Self.input(request)
        func tree(_ number: Int64?) async throws(Problem) -> JSONValue {
            guard let number else {
                return try await stored { () async throws(StoreFailure) in try await desk.activeTree() }
            }
            let found = try await stored { () async throws(StoreFailure) in try await store.configuration(number) }
            guard let found else { throw Self.unknown(number) }
            return ConfigurationLoader.tree(found.file)
        }
        let to: JSONValue
        if let file = input.file {
            do throws(JSONSyntaxError) { to = try StrictJSON.parse(Array(file.utf8), maximumDepth: 32) } catch {
                throw Problem(.invalidRequest, "\(input.name ?? "the file"): \(error)")
            }
        } else {
            to = try await tree(input.to)
        }
        return .json(ConfigurationDifference(from: try await tree(input.from), to: to).json)
    }

    private func answer(_ result: ConfigurationDesk.Activation) throws(Problem) -> APIResponse {
        let why = result.refusal ?? ""
        switch result {
        case .done(let activation, let removed, let waiting, let warnings):
            guard case .object(var object) = Self.json(activation) else { return .json(Self.json(activation)) }
            object["running"] = .bool(desk.engine != nil)
            object["removed_providers"] = .array(removed.map { .string($0.text) })
            object["at_next_start"] = .array(waiting.map(JSONValue.string))
            object["warnings"] = .array(warnings.map(JSONValue.string))
            return .json(.object(object))
        case .unknown: throw Problem(.notFound, why)
        case .invalid: throw Problem(.invalidRequest, why)
        case .untried, .overtaken, .refused: throw Problem(.limitReached, why)
        case .failed: throw Problem(.unavailable, why)
        }
    }

    private static func unknown(_ number: Int64) -> Problem {
        Problem(.notFound, "there is no version \(number); `payrouter config list` shows those there are")
    }

    private static func json(_ version: ConfigurationVersion, _ activations: [ConfigurationActivation]) -> JSONValue {
        let last = activations.first { $0.number == version.number }
        return [
            "object": "configuration_version", "number": JSONValue(version.number),
            "hash": .string(Hex.text(version.hash)), "bytes": JSONValue(Int64(version.size)),
            "made_at": .string(version.madeAt.description), "by": .string(version.by.name),
            "because": JSONValue(version.reason), "source": .string(version.source.rawValue),
            "warnings": .array(version.warnings.map(JSONValue.string)), "tried_on": JSONValue(version.triedOn),
            "active": .bool(activations.first?.number == version.number),
            "activated_at": JSONValue(last?.at.description), "activated_by": JSONValue(last?.by.name),
        ]
    }

    private static func json(_ activation: ConfigurationActivation) -> JSONValue {
        [
            "object": "configuration_activation", "number": JSONValue(activation.number),
            "previous": activation.previous.map { JSONValue($0) } ?? .null, "at": .string(activation.at.description),
            "by": .string(activation.by.name), "because": JSONValue(activation.reason),
            "rollback": .bool(activation.isRollback),
        ]
    }

    private func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        try await Self.stored(body)
    }

    private static func stored<Value>(
        _ body: () async throws(StoreFailure) -> Value
    ) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "versions of the configuration cannot be read now: \(error)")
        }
    }
}
