import Router

/// One thing that happened to an order.
struct TimelineEntry {
    var at: Moment
    var value: JSONValue
}

extension OrderReader {
    /// Everything that happened, in order: states, evidence, discrepancies.
    func timeline(_ aggregate: OrderAggregate) async throws(Problem) -> [TimelineEntry] {
        let evidence: [Evidence]
        let discrepancies: [Discrepancy]
        var hints: [InboxMessage] = []
        do throws(StoreFailure) {
            evidence = try await store.evidence(aggregate.order.id)
            discrepancies = try await store.discrepancies(aggregate.order.id)
            for attempt in aggregate.attempts { hints += try await store.hints(about: attempt.id) }
        } catch { throw Problem(.unavailable, "the payment cannot be read now") }
        var entries: [(Moment, JSONValue)] = [
            (
                aggregate.order.createdAt,
                [
                    "at": .string(aggregate.order.createdAt.description), "what": "accepted",
                    "request_id": .string(aggregate.order.requestID.text),
                    "caller_request_id": JSONValue(aggregate.order.request.callersRequestID),
                    "initiated_by": aggregate.order.begunBy.json(aggregate.order.app),
                ]
            )
        ]
        for attempt in aggregate.attempts {
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
        return Self.ordered(entries.map { TimelineEntry(at: $0.0, value: $0.1) })
    }

    /// The same for a transfer: what happened to each of its orders, which every line names.
    private func timeline(ofTransfer transfer: OrderAggregate) async throws(Problem) -> [TimelineEntry] {
        var entries = try await timeline(transfer)
        for leg in transfer.order.followUps {
            guard let aggregate = try await aggregate(leg.id.text, leg.kind) else { continue }
            entries += try await timeline(aggregate).map { entry in
                var members = entry.value.objectValue ?? JSONObject()
                members["order"] = .string(leg.id.text)
                return TimelineEntry(at: entry.at, value: .object(members))
            }
        }
        return Self.ordered(entries)
    }

    /// A transfer with its timeline; it is routed nowhere itself, and its orders change without it.
    func wholeTransfer(_ transfer: OrderAggregate) async throws(Problem) -> [UInt8] {
        let timeline = try await timeline(ofTransfer: transfer)
        return JSONObjectWriter.object { writer in
            view.write(transfer, to: &writer)
            writer.field("timeline", .array(timeline.map(\.value)))
        }
    }

    private static func ordered(_ entries: [TimelineEntry]) -> [TimelineEntry] {
        entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}
