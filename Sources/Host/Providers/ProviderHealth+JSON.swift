import Router

extension ProviderHealth {
    var json: JSONValue {
        [
            "object": "provider_health", "id": .string(id.text), "kind": .string(kind),
            "environment": .string(environment.rawValue), "state": .string(state.rawValue),
            "drain": drain.map(\.json) ?? .null, "operations": .array(operations.map(\.json)),
            "exposure": .array(
                exposure.map { part in
                    [
                        "currency": .string(part.amount.currency.code), "amount": JSONValue(part.amount.minorUnits),
                        "attempts": JSONValue(Int64(part.attempts)),
                        "limit": part.limit.map { JSONValue($0.minorUnits) } ?? .null,
                    ]
                }),
            "tells_balance": .bool(tellsBalance),
            "balances": .array(
                balances.map { known in
                    [
                        "currency": .string(known.balance.available.currency.code),
                        "amount": JSONValue(known.balance.available.minorUnits),
                        "channels": .array(known.balance.channels.map { .string($0.text) }),
                        "at": .string(known.at.description),
                    ]
                }),
            "unverified": .array(unverified.map(JSONValue.string)),
        ]
    }
}

extension OperationHealth {
    fileprivate var json: JSONValue {
        [
            "operation": .string(operation.rawValue), "channels": .array(channels.map { .string($0.text) }),
            "state": .string(verdict.state.rawValue), "reason": JSONValue(verdict.reason?.text),
            "since": JSONValue(verdict.since?.description), "breaker": .string(standing.breaker.rawValue),
            "in_flight": JSONValue(Int64(standing.inFlight)), "open_orders": JSONValue(Int64(openOrders)),
            "exchanges": JSONValue(Int64(recent.count)), "failures": JSONValue(Int64(recent.failures)),
            "median_milliseconds": recent.count > 0 ? JSONValue(recent.median) : .null,
            "slowest_milliseconds": recent.count > 0 ? JSONValue(recent.slowest) : .null,
            "last_success": JSONValue(recent.lastSuccess?.description),
            "last_failure": JSONValue(recent.lastFailure?.description),
        ]
    }
}

extension ProviderDrain {
    var json: JSONValue {
        ["since": .string(since.description), "by": .string(by), "reason": JSONValue(reason)]
    }
}
