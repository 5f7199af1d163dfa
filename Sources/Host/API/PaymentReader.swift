import Router

/// Reading payments, for callers (their own) and for the command line (all).
struct PaymentReader: Sendable {
    let store: any Store
    let view: OrderView

    /// A payment with its route decision and its timeline.
    func whole(_ file: OrderFile) async throws(Problem) -> [UInt8] {
        let timeline = try await timeline(file)
        return JSONObjectWriter.object { writer in
            view.write(file, to: &writer)
            writer.field("route", file.order.explanation)
            writer.field("timeline", .array(timeline))
        }
    }

    func file(_ text: String?, _ kind: OrderKind = .payment) async throws(Problem) -> OrderFile? {
        guard let id = text.flatMap({ OrderID($0, kind) }) else { return nil }
        do throws(StoreFailure) {
            return try await store.orderFile(id)
        } catch { throw Problem(.unavailable, "the payment cannot be read now") }
    }

    /// An order after a change, if the caller wishes to wait for one.
    func awaited(_ file: OrderFile, _ request: APIRequest, _ engine: Engine) async throws(Problem) -> OrderFile {
        let query = try QueryParameters(request.query, allowed: ["wait"])
        guard let text = query["wait"] else { return file }
        guard let seconds = Int64(text), (0...30).contains(seconds) else {
            throw Problem(.invalidParameter, "wait must be 0 to 30 seconds, digits only")
        }
        return await engine.waitForChange(file, milliseconds: seconds * 1_000)
    }

    /// The order of a path, if it is the caller's; otherwise it does not exist for them.
    func own(
        _ request: APIRequest, _ caller: Caller, _ kind: OrderKind = .payment
    ) async throws(Problem) -> OrderFile {
        guard let file = try await file(request.parameters["id"], kind), file.order.app == caller.app,
            file.order.environment == caller.environment
        else { throw Problem(.notFound, "there is no such \(kind.rawValue)") }
        return file
    }

    /// Everything that happened, in order: states, evidence, discrepancies.
    private func timeline(_ file: OrderFile) async throws(Problem) -> [JSONValue] {
        let evidence: [Evidence]
        let discrepancies: [Discrepancy]
        var hints: [InboxMessage] = []
        do throws(StoreFailure) {
            evidence = try await store.evidence(file.order.id)
            discrepancies = try await store.discrepancies(file.order.id)
            for attempt in file.attempts { hints += try await store.hints(about: attempt.id) }
        } catch { throw Problem(.unavailable, "the payment cannot be read now") }
        var entries: [(Moment, JSONValue)] = [
            (
                file.order.createdAt,
                [
                    "at": .string(file.order.createdAt.description), "what": "accepted",
                    "request_id": .string(file.order.requestID.text),
                    "caller_request_id": JSONValue(file.order.request.callersRequestID),
                ]
            )
        ]
        for attempt in file.attempts {
            entries += attempt.history.map { step in
                let value: JSONValue = [
                    "at": .string(step.at.description), "what": "attempt_state",
                    "attempt": .string(attempt.id.text), "provider": .string(attempt.provider.text),
                    "state": .string(step.state.rawValue), "cause": .string(step.cause),
                ]
                return (step.at, value)
            }
        }
        entries += evidence.map { item in
            let value: JSONValue = [
                "at": .string(item.at.description), "what": "evidence", "attempt": .string(item.attempt.text),
                "source": .string(item.source.rawValue), "strength": .string(item.strength.rawValue),
                "claim": .string(item.claim), "detail": .string(item.detail),
                "http_status": item.httpStatus.map { JSONValue(Int64($0)) } ?? .null,
            ]
            return (item.at, value)
        }
        entries += hints.map { item in
            let value: JSONValue = [
                "at": .string(item.receivedAt.description), "what": "evidence",
                "attempt": .string(item.attempt?.text ?? ""), "source": .string(Evidence.Source.callback.rawValue),
                "strength": .string(Evidence.Strength.weak.rawValue), "claim": "unclear",
                "detail": "anybody can have sent it", "http_status": .null,
            ]
            return (item.receivedAt, value)
        }
        entries += discrepancies.map { item in
            let value: JSONValue = [
                "at": .string(item.at.description), "what": "discrepancy", "attempt": .string(item.attempt.text),
                "kind": .string(item.kind.rawValue), "recorded_state": .string(item.recordedState.rawValue),
            ]
            return (item.at, value)
        }
        let ordered = entries.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
        return ordered.map(\.element.1)
    }

    /// One page of orders of a kind; without an app those of all apps.
    func list(
        _ text: String, _ kind: OrderKind = .payment, parent: OrderID? = nil, app: AppID?, environment: Mode?,
        country: String? = nil
    ) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(
            text,
            allowed: [
                "limit", "after", "before", "status", "channel", "provider", "reference", "phone", "idempotency_key",
                "created_from", "created_to", "review",
            ])
        var query = OrderQuery(app: app, environment: environment, limit: try parameters.limit() + 1)
        query.kind = kind
        query.parent = parent
        query.status = try parameters.choice("status", OrderStatus.self)
        let reason = try parameters.choice("review", Review.Reason.self, or: ["open"])
        query.review = reason.map { .reason($0) } ?? (parameters["review"] == nil ? nil : .any)
        query.findsByDecision = true
        query.channel = parameters["channel"].map { PaymentChannel($0) }
        query.provider = parameters["provider"].map { ProviderID($0) }
        query.reference = parameters["reference"]
        query.idempotencyKey = parameters["idempotency_key"]
        query.phone = try parameters.value("phone", "a phone number such as +22890112233") {
            try? MSISDN(parsing: $0, defaultCountry: country)
        }
        query.createdFrom = try parameters.value("created_from", "an RFC 3339 time such as 2026-11-21T09:30:00Z") {
            Moment(rfc3339: $0)
        }
        query.createdBefore = try parameters.value("created_to", "an RFC 3339 time such as 2026-11-21T09:30:00Z") {
            Moment(rfc3339: $0)
        }
        query.after = try parameters.value("after", Cursor.expected) { Cursor.read($0, kind) }
        query.before = try parameters.value("before", Cursor.expected) { Cursor.read($0, kind) }
        let found: [Order]
        do throws(StoreFailure) { found = try await store.list(query) } catch {
            throw Problem(.unavailable, "the list cannot be read now")
        }
        let page = found.prefix(query.limit - 1)
        let hasMore = found.count == query.limit
        return .json(
            bytes: JSONObjectWriter.object { writer in
                writer.field("object", "list")
                writer.array("data", Array(page)) { view.writeSummary($1, to: &$0) }
                writer.field("has_more", hasMore)
                writer.nullable("next_cursor", hasMore ? page.last.map { Cursor.text($0.id.text) } : nil)
            })
    }
}
