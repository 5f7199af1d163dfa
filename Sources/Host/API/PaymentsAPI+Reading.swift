import Router

extension PaymentsAPI {
    func read(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["wait"])
        var file = try await own(request, caller)
        if let text = query["wait"] {
            guard let seconds = Int64(text), (0...30).contains(seconds) else {
                throw Problem(.invalidParameter, "wait must be 0 to 30 seconds")
            }
            file = await engine.waitForChange(file, milliseconds: seconds * 1_000)
        }
        guard var object = view.json(file).objectValue else { return .json(.null) }
        object["route"] = file.payment.explanation
        object["timeline"] = .array(try await timeline(file))
        return .json(.object(object))
    }

    /// Everything that happened, in order: states, evidence, discrepancies.
    private func timeline(_ file: PaymentFile) async throws(Problem) -> [JSONValue] {
        let evidence: [Evidence]
        let discrepancies: [Discrepancy]
        do throws(StoreFailure) {
            evidence = try await engine.store.evidence(file.payment.id)
            discrepancies = try await engine.store.discrepancies(file.payment.id)
        } catch { throw Problem(.unavailable, "the payment cannot be read now") }
        var entries: [(Moment, JSONValue)] = [
            (
                file.payment.createdAt,
                [
                    "at": .string(file.payment.createdAt.description), "what": "accepted",
                    "request_id": .string(file.payment.requestID.text),
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

    func list(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(
            request.query,
            allowed: [
                "limit", "after", "before", "status", "channel", "provider", "reference", "phone", "idempotency_key",
                "created_from", "created_to",
            ])
        var query = PaymentQuery(app: caller.app, environment: caller.environment, limit: try parameters.limit() + 1)
        query.status = try parameters.value("status", "a payment status") { PaymentStatus(rawValue: $0) }
        query.channel = parameters["channel"].map { PaymentChannel($0) }
        query.provider = parameters["provider"].map { ProviderID($0) }
        query.reference = parameters["reference"]
        query.idempotencyKey = parameters["idempotency_key"]
        query.phone = try parameters.value("phone", "a phone number such as +22890112233") { try? MSISDN(parsing: $0) }
        query.createdFrom = try parameters.value("created_from", "an RFC 3339 time") { Moment(rfc3339: $0) }
        query.createdBefore = try parameters.value("created_to", "an RFC 3339 time") { Moment(rfc3339: $0) }
        query.after = try parameters.value("after", "a cursor") { Cursor.read($0) }
        query.before = try parameters.value("before", "a cursor") { Cursor.read($0) }
        let found: [Payment]
        do throws(StoreFailure) { found = try await engine.store.list(query) } catch {
            throw Problem(.unavailable, "payments cannot be listed now")
        }
        let page = found.prefix(query.limit - 1)
        let hasMore = found.count == query.limit
        return .json([
            "object": "list",
            "data": .array(page.map { .object(view.summary($0)) }),
            "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(page.last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }
}

/// Opaque list positions.
enum Cursor {
    static func text(_ id: String) -> String { Hex.text(Array(id.utf8)) }

    static func read<Kind: IdentifierKind>(_ text: String) -> Identifier<Kind>? {
        Hex.bytes(text).flatMap { Identifier<Kind>(String(decoding: $0, as: UTF8.self)) }
    }
}
