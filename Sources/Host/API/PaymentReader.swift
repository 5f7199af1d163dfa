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
                "strength": .string(Evidence.Strength.weak.rawValue), "claim": .string(Claim.Name.unclear.rawValue),
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
}
