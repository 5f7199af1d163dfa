package import Router

/// `/v1/bills`: bills that an app makes with its key, paid over any channel.
package struct BillsAPI: Sendable {
    let engine: Engine

    package init(engine: Engine) { self.engine = engine }

    private var view: BillView { BillView(publicURL: engine.settings.publicURL) }

    package func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/bills", work: .create) { request, caller throws(Problem) in
            try await create(request, caller)
        }
        routes.secret("GET", "/v1/bills", work: .list) { request, caller throws(Problem) in
            try await list(request, caller)
        }
        routes.secret("GET", "/v1/bills/{id}") { request, caller throws(Problem) in
            .json(view.json(try await own(request, caller)))
        }
        routes.secret("DELETE", "/v1/bills/{id}") { request, caller throws(Problem) in
            let bill = try await own(request, caller)
            return .json(view.json(try await delete(bill)))
        }
        routes.open("GET", "/v1/bills/{id}/qr.svg", limit: .qr) { request throws(Problem) in
            guard let code = BillCode(request.parameters["id"] ?? ""), let bill = try await bill(code),
                let picture = QRCode(view.payURL(bill))
            else { throw Problem(.notFound, "there is no such bill") }
            return picture.svgAnswer.with("cache-control", "no-store")
        }
    }

    private func bill(_ code: BillCode) async throws(Problem) -> Bill? {
        do throws(StoreFailure) { return try await engine.store.bill(code: code) } catch {
            throw Problem(.unavailable, "bills cannot be read now")
        }
    }

    private func own(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> Bill {
        let text = request.parameters["id"] ?? ""
        let found: Bill?
        do throws(StoreFailure) {
            if let id = BillID(text) {
                found = try await engine.store.bill(id)
            } else if let code = BillCode(text) {
                found = try await engine.store.bill(code: code)
            } else {
                found = nil
            }
        } catch { throw Problem(.unavailable, "bills cannot be read now") }
        guard let found, found.app == caller.app, found.environment == caller.environment else {
            throw Problem(.notFound, "there is no such bill")
        }
        return found
    }

    private func delete(_ bill: Bill) async throws(Problem) -> Bill {
        let (refusal, known): (BillRefusal?, Bill)
        do throws(StoreFailure) {
            refusal = try await engine.store.delete(bill.id, at: engine.time.now)
            known = try await engine.store.bill(bill.id) ?? bill
        } catch { throw Problem(.unavailable, "whether it was deleted is not known; look again", outcome: .unknown) }
        if let refusal { throw BillAnswers.problem(refusal, known) }
        return known
    }

    private func create(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let key = try JSONBody.idempotencyKey(request)
        let body = try JSONBody.object(request)
        let input = try JSONBody.decode(BillInput.self, body)
        let text = Bill.Text(
            name: input.name, payer: input.payer, description: input.description, reference: input.reference,
            dueDate: input.dueDate)
        try BillInput.check(text)
        var checks = InputChecks()
        checks.amount(input.amount, "/amount")
        checks.wallet(input.destination?.wallet, "/destination/wallet")
        try checks.done()
        guard let currency = Currency(code: input.currency) else {
            throw Problem(
                .unsupportedCurrency, CurrencyWords.fault(input.currency),
                errors: [
                    JSONIssue(
                        pointer: "/currency", code: "unknown_currency", detail: CurrencyWords.remedy(input.currency))
                ])
        }
        let amount = Money(input.amount, currency)
        let wallet = input.destination.flatMap { WalletID($0.wallet) }
        if let wallet { try await check(wallet, amount, caller) }
        let now = engine.time.now
        for _ in 0..<10 {
            let bill = Bill(
                id: BillID(at: now, from: SystemRandom()), code: BillCode(from: SystemRandom()), app: caller.app,
                environment: caller.environment, issuer: nil, wallet: wallet, amount: amount, text: text,
                recipient: nil, idempotencyKey: key, fingerprint: JSONBody.fingerprint(request, body),
                requestID: request.id, createdAt: now)
            let made: BillInserted
            do throws(StoreFailure) { made = try await engine.store.insert(bill, using: nil) } catch {
                throw Problem(
                    .unavailable, "whether it was stored is not known; send the same again, with the same key",
                    outcome: .unknown)
            }
            switch made {
            case .done: return .json(view.json(bill), status: 201).with("location", "/v1/bills/\(bill.id)")
            case .known(let known):
                guard known.fingerprint == bill.fingerprint else {
                    throw Problem(.idempotencyKeyReused, "the key was first used for another bill")
                }
                return .json(view.json(known), status: 201).with("location", "/v1/bills/\(known.id)")
                    .with("idempotent-replayed", "true").with("idempotency-key", key)
                    .with("original-request-id", known.requestID.text)
            case .codeTaken, .challenge: continue
            }
        }
        throw Problem(.unavailable, "no free code was found for the bill; send the same again")
    }

    private func check(_ wallet: WalletID, _ amount: Money, _ caller: Caller) async throws(Problem) {
        let standing = try await WalletReader(store: engine.store, time: engine.time).standing(wallet.text)
        let objection = standing.map {
            $0.objection(amount, .app(caller.app), environment: caller.environment, leaves: false)
        }
        if let reason = objection ?? .missing {
            throw LedgerAnswers.problem(WalletRefusal(wallet, reason, isSource: false), .payment)
        }
    }

    private func list(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(request.query, allowed: ["limit", "after", "state"])
        let limit = try parameters.limit()
        var query = BillQuery(app: caller.app, environment: caller.environment, limit: limit + 1)
        query.state = try parameters.choice("state", Bill.State.self)
        query.after = try parameters.value("after", Cursor.expected) { Cursor.read($0) }
        let found: [Bill]
        do throws(StoreFailure) { found = try await engine.store.bills(query) } catch {
            throw Problem(.unavailable, "bills cannot be listed now")
        }
        let page = found.prefix(limit)
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(page.map { view.json($0) }), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(page.last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }
}
