import Router
import WebText

/// What operators told and nothing here matches; on the control socket only.
struct UnmatchedAdmin: Sendable {
    let store: any Store
    let tokens: PersonTokens
    let time: any TimeSource
    /// `nil` where no router runs on the data: only it can read what operators write.
    let engine: Engine?

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/unmatched") { request throws(Problem) in try await list(request) }
        routes.open("GET", "/unmatched/{id}") { request throws(Problem) in
            .json(UnmatchedView.json(try await one(request)))
        }
        routes.open("POST", "/unmatched/{id}/match") { request throws(Problem) in try await match(request) }
        routes.open("POST", "/unmatched/{id}/close") { request throws(Problem) in try await close(request) }
        routes.open("POST", "/unmatched") { request throws(Problem) in
            try await StatementLines(admin: self).add(request)
        }
    }

    var signatures: TwoSignatures { TwoSignatures(store: store, tokens: tokens, time: time) }

    func running() throws(Problem) -> Engine {
        guard let engine else {
            throw Problem(
                .unavailable, "no router runs on this data folder; start it, because it reads what operators told")
        }
        return engine
    }

    func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "notifications cannot be read or changed now: \(error)", outcome: .unknown)
        }
    }

    // MARK: Looking

    private func list(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let engine = try running()
        let query = try QueryParameters(request.query, allowed: ["limit", "after"])
        let limit = try query.limit()
        let after = try query.value("after", Cursor.expected) { (text: String) -> InboxID? in Cursor.read(text) }
        let found = try await stored { () async throws(StoreFailure) in
            try await engine.unmatched(after: after, limit: limit + 1)
        }
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(found.prefix(limit).map(UnmatchedView.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore
                ? JSONValue(found.prefix(limit).last.map { Cursor.text($0.message.id.text) }) : .null,
        ])
    }

    private func one(_ request: APIRequest) async throws(Problem) -> Engine.Unmatched {
        let engine = try running()
        let text = request.parameters["id"] ?? ""
        let found = try await stored { () async throws(StoreFailure) -> Engine.Unmatched? in
            guard let id = InboxID(text) else { return nil }
            return try await engine.unmatched(id)
        }
        guard let found else {
            throw Problem(.notFound, "nothing unmatched is named \"\(text)\"; `payrouter unmatched list` shows them")
        }
        return found
    }

    // MARK: Ending

    private struct MatchInput: Decodable {
        var bill: String?
        var payment: String?
        var because: String
        var person: String
        var token: String

        enum CodingKeys: String, CodingKey {
            case bill, payment, because, token
            case person = "as"
        }

        /// What the money is said to be for, and the same in one spelling.
        func choice() throws(Problem) -> (Engine.UnmatchedChoice, String) {
            switch (bill, payment) {
            case (let text?, nil):
                guard let code = BillCode(text) else {
                    throw Problem(.invalidParameter, "\"\(text)\" is no bill's code; one looks like ABCD-EFGH-JKMN")
                }
                return (.bill(code), code.description)
            case (nil, let text?):
                guard let id = OrderID(text), id.kind == .payment else {
                    throw Problem(.invalidParameter, "\"\(text)\" is no payment's id; one begins with pay_")
                }
                return (.payment(id), id.text)
            default: throw Problem(.invalidParameter, "say either which bill or which payment the money is for")
            }
        }
    }

    /// Takes a person's word for what money is for; the second person's makes it a payment of that.
    private func match(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let engine = try running()
        let entry = try await one(request)
        let input = try JSONBody.decode(MatchInput.self, try JSONBody.object(request))
        let (choice, target) = try input.choice()
        try Self.check(input.because)
        let id = entry.message.id
        let signer = TwoSignatures.Signer(name: input.person, token: input.token)
        let name = "unmatched:\(id)"
        guard let other = try await signatures.sign(signer, about: name, "match \(target)") else {
            return Self.signed(entry, input.person)
        }
        let finding = "matched with \(target) by \(other) and \(input.person): \(input.because)"
        let result = try await stored { () async throws(StoreFailure) in
            try await engine.match(id, to: choice, finding: finding)
        }
        switch result {
        case .done(let order):
            try await signatures.forget(name)
            return .json([
                "object": "match", "message": .string(id.text), "payment": .string(order.text),
                "people": [.string(other), .string(input.person)],
            ])
        case .missing: throw Problem(.notFound, "\(id) has matched something meanwhile; nothing was changed")
        case .noPayment:
            throw Problem(
                .paymentStateConflict,
                "\(id) tells of no money that came by itself; ask the operator what it was, and close it")
        case .mismatch(let mismatch):
            throw Problem(.paymentStateConflict, "\(target): \(UnmatchedView.words(mismatch)); nothing was changed")
        }
    }

    private struct CloseInput: Decodable {
        var because: String
        var person: String
        var token: String

        enum CodingKeys: String, CodingKey {
            case because, token
            case person = "as"
        }
    }

    /// Takes a person's word that a message needs nothing more; the second person's ends it.
    private func close(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let engine = try running()
        let entry = try await one(request)
        let input = try JSONBody.decode(CloseInput.self, try JSONBody.object(request))
        try Self.check(input.because)
        let id = entry.message.id
        let signer = TwoSignatures.Signer(name: input.person, token: input.token)
        guard let other = try await signatures.sign(signer, about: "unmatched:\(id)", "close") else {
            return Self.signed(entry, input.person)
        }
        let closed = try await stored { () async throws(StoreFailure) in try await engine.closeUnmatched(id) }
        guard closed else { throw Problem(.notFound, "\(id) has matched something meanwhile; nothing was changed") }
        // Who ended it and why is kept where the signatures were.
        try await stored { () async throws(StoreFailure) in
            try await store.setFact("unmatched:\(id)", "closed by \(other) and \(input.person): \(input.because)")
        }
        return .json([
            "object": "closed", "message": .string(id.text), "people": [.string(other), .string(input.person)],
        ])
    }

    private static func check(_ reason: String) throws(Problem) {
        var checks = InputChecks()
        checks.words(reason, 300, "/because")
        try checks.done()
    }

    private static func signed(_ entry: Engine.Unmatched, _ person: String) -> APIResponse {
        .json(["object": "signature", "message": .string(entry.message.id.text), "person": .string(person)])
    }
}
