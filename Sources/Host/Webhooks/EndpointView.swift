import Router

/// Endpoints and deliveries as callers see them.
enum EndpointView {
    /// An endpoint; its secret only where it is shown once.
    static func json(_ endpoint: WebhookEndpoint, showing secret: Secret? = nil, at now: Moment) -> JSONValue {
        let overlap = endpoint.oldSecretsExpireAt.flatMap { now < $0 && endpoint.secrets.count > 1 ? $0 : nil }
        var object = JSONObject([
            .init("id", .string(endpoint.id.text)), .init("object", "webhook_endpoint"),
            .init("app", .string(endpoint.app.text)), .init("environment", .string(endpoint.environment.rawValue)),
            .init("url", .string(endpoint.url)), .init("types", .array(endpoint.types.map(JSONValue.string))),
            .init("enabled", .bool(endpoint.isEnabled)), .init("disabled_reason", JSONValue(endpoint.disabledReason)),
            .init("failing_since", JSONValue(endpoint.failingSince?.description)),
            .init("old_secret_expires_at", JSONValue(overlap?.description)),
            .init("created_at", .string(endpoint.createdAt.description)),
        ])
        if let secret { object["secret"] = .string(secret.reveal()) }
        return .object(object)
    }

    /// A delivery with all its attempts.
    static func json(_ delivery: Delivery) -> JSONValue {
        [
            "object": "webhook_delivery", "event": .string(delivery.event.id.text),
            "type": .string(delivery.event.type), "order": .string(delivery.event.order.text),
            "sequence": JSONValue(delivery.event.sequence), "state": .string(delivery.state.rawValue),
            "next_attempt_at": delivery.state == .pending ? JSONValue(delivery.dueAt?.description) : .null,
            "attempts": .array(delivery.tries.map(json)),
        ]
    }

    /// One try and its answer.
    static func json(_ attempt: Delivery.Try) -> JSONValue {
        [
            "at": .string(attempt.at.description), "status": attempt.status.map { JSONValue(Int64($0)) } ?? .null,
            "detail": .string(attempt.detail), "milliseconds": JSONValue(attempt.milliseconds),
        ]
    }
}
