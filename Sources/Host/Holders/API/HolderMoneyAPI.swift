import Router

/// `/v1/wallet/...`: codes, and everything that a holder does with money.
struct HolderMoneyAPI: Sendable {
    let desk: HolderDesk
    let view: HolderView

    func register(in routes: inout RouteTable) {
        routes.holder("POST", "/v1/wallet/codes") { request, account throws(Problem) in
            try await begin(request, account)
        }
        routes.holder("POST", "/v1/wallet/codes/{id}/resend") { request, account throws(Problem) in
            let challenge = try await desk.resend(request.parameters["id"] ?? "", account)
            return .json(
                view.json(
                    challenge, sentTo: HolderView.sentTo(challenge, account),
                    isDelivered: await desk.outbox.delivered(challenge.id)))
        }
        for (path, purpose) in [
            ("transfers", .transfer), ("cash_outs", .cashOut), ("payments", .payment), ("bill_payments", .billPayment),
            ("bills", .billCreation),
        ] as [(String, Challenge.Purpose)] {
            // What pays something that is there already is not kept out by a crowd of new orders.
            let work: RouteTable.Work = purpose == .payment ? .other : .create
            routes.holder("POST", "/v1/wallet/\(path)", work: work) { request, account throws(Problem) in
                let (name, body) = try Self.call(request)
                guard let wish = try HolderWish.read(purpose, body) else { throw ChallengeAnswers.required(purpose) }
                return try await perform(wish, code: Self.code(body), account, name)
            }
        }
        routes.holder("POST", "/v1/wallet/top_ups", work: .create) { request, account throws(Problem) in
            let (name, body) = try Self.call(request)
            return try await perform(.topUp(try JSONBody.decode(TopUpWish.self, body)), code: nil, account, name)
        }
        routes.holder("GET", "/v1/wallet/billers") { request, _ throws(Problem) in
            _ = try QueryParameters(request.query, allowed: [])
            return .json(desk.billers.list(desk.settings.environment, desk.app))
        }
        routes.holder("POST", "/v1/wallet/billers/{provider}/look_up") { request, account throws(Problem) in
            try await desk.billers.lookUp(request, desk.settings.environment, desk.app, for: account.id)
        }
        routes.holder("GET", "/v1/wallet/orders/{id}") { request, account throws(Problem) in
            let aggregate = try await desk.order(request.parameters["id"] ?? "", account)
            let reader = OrderReader(store: desk.store, view: desk.engine.view)
            return .json(view.json(try await reader.awaited(aggregate, request, desk.engine)))
        }
        routes.holder("POST", "/v1/wallet/orders/{id}/cancel") { request, account throws(Problem) in
            .json(view.json(try await desk.cancel(request.parameters["id"] ?? "", account)))
        }
        routes.holder("GET", "/v1/wallet/recipients") { request, account throws(Problem) in
            try await recipient(request, account)
        }
        routes.holder("GET", "/v1/wallet/history", work: .list) { request, account throws(Problem) in
            try await history(request, account)
        }
    }

    /// What tells a call from another one, and its body.
    private static func call(_ request: APIRequest) throws(Problem) -> (HolderDesk.CallName, JSONValue) {
        let key = try JSONBody.idempotencyKey(request)
        let body = try JSONBody.object(request)
        var agreed = body.objectValue ?? JSONObject()
        agreed[HolderWish.code] = nil
        return (
            HolderDesk.CallName(
                key: key, fingerprint: JSONBody.fingerprint(request, .object(agreed)), requestID: request.id),
            body
        )
    }

    private static func code(_ body: JSONValue) throws(Problem) -> String? {
        guard let given = body[HolderWish.code], given != .null else { return nil }
        // Numbers have lost the zeros that a code may begin with.
        guard let text = given.stringValue else {
            throw ChallengeAnswers.malformed("wrong_type", "expected text such as \"493027\", not \(given.kindName)")
        }
        return text
    }

    private func begin(_ request: APIRequest, _ account: Account) async throws(Problem) -> APIResponse {
        let body = try JSONBody.object(request)
        let input = try JSONBody.decode(CodeWish.self, body, beside: [CodeWish.subject])
        guard let purpose = CodeWish.purposes.first(where: { $0.rawValue == input.purpose }) else {
            throw CodeWish.unknown(input.purpose)
        }
        let begun: HolderDesk.BegunCode
        do throws(Problem) {
            begun = try await desk.begin(purpose, body[CodeWish.subject] ?? .object(JSONObject()), account)
        } catch { throw error.within("/" + CodeWish.subject) }
        return .json(
            view.json(
                begun.challenge, sentTo: HolderView.sentTo(begun.challenge, account),
                isDelivered: await desk.outbox.delivered(begun.challenge.id), begun.summary?.json ?? .null),
            status: 201)
    }

    private func perform(
        _ wish: HolderWish, code: String?, _ account: Account, _ name: HolderDesk.CallName
    ) async throws(Problem) -> APIResponse {
        if let known = try await desk.replay(wish, account, name) { return answer(known, name) }
        return answer(try await desk.perform(try await desk.prepare(wish, account), code: code, account, name), name)
    }

    private func answer(_ performed: HolderDesk.Performed, _ name: HolderDesk.CallName) -> APIResponse {
        let (answer, original): (APIResponse, RequestID?)
        switch performed {
        case .order(let aggregate, let replay, let status):
            answer = APIResponse.json(view.json(aggregate), status: status)
                .with("location", "/v1/wallet/orders/\(aggregate.order.id)")
            original = replay?.requestID
        case .bill(let bill, let isReplay):
            answer = APIResponse.json(BillView(publicURL: view.wallets.publicURL).json(bill), status: 201)
                .with("location", "/v1/wallet/bills/\(bill.code)")
            original = isReplay ? bill.requestID : nil
        }
        guard let original else { return answer }
        return answer.with("idempotent-replayed", "true").with("idempotency-key", name.key)
            .with("original-request-id", original.text)
    }

    /// Who would receive money: the name is shown before anything is agreed to.
    private func recipient(_ request: APIRequest, _ account: Account) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["user", "phone", "wallet", "currency"])
        let names = [query["user"], query["phone"], query["wallet"]].compactMap(\.self)
        guard names.count == 1 else {
            throw Problem(.invalidParameter, "expected one of user, phone and wallet")
        }
        let currency = try query.value("currency", "an ISO 4217 code") { Currency(code: $0) }
        let found = try await desk.recipient(
            HolderDesk.Address(user: query["user"], phone: query["phone"], wallet: query["wallet"]),
            currency: currency, at: "", for: account)
        return .json([
            "object": "recipient", "name": .string(found.name), "username": JSONValue(found.account?.username.text),
            "wallet": .string(found.wallet.id.text), "currency": .string(found.wallet.currency.code),
        ])
    }

    private func history(_ request: APIRequest, _ account: Account) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["wallet", "limit", "after"])
        let wallet = try await desk.wallet(of: account, named: query["wallet"])
        let limit = try query.limit()
        let before = try query.value("after", Cursor.expected) { Cursor.number($0) }
        let (lines, hasMore) = try await desk.history(of: wallet.wallet, before: before, limit: limit)
        return .json([
            "object": "list", "data": .array(lines.map(\.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(lines.last.map { Cursor.text($0.line.number) }) : .null,
        ])
    }
}

/// The body of `POST /v1/wallet/codes`, beside what the code is for.
struct CodeWish: Decodable {
    var purpose: String

    enum CodingKeys: String, CodingKey { case purpose }

    /// The member that holds the body of the call that the code is for.
    static let subject = "for"

    /// What a holder asks for codes for.
    static let purposes = Challenge.Purpose.allCases.filter { $0 != .passwordReset && $0 != .walletLink }

    static func unknown(_ text: String) -> Problem {
        Problem(
            .invalidRequest, "there are no codes for \"\(text.prefix(40))\"",
            errors: [
                JSONIssue(
                    pointer: "/purpose", code: "invalid_value",
                    detail: "must be one of \(purposes.map(\.rawValue).joined(separator: ", "))")
            ])
    }
}
