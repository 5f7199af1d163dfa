import Router

extension TrailSummary {
    var json: JSONValue {
        [
            "app": .string(app.text), "app_name": JSONValue(appName), "environment": .string(environment.rawValue),
            "amount": JSONValue(amount.minorUnits), "currency": .string(amount.currency.code),
            "status": .string(status.rawValue), "certainty": .string(certainty.rawValue),
            "failure": JSONValue(failure?.code), "party": party?.json ?? .null, "recipient": recipient?.json ?? .null,
            "channel": JSONValue(channel?.text), "provider": JSONValue(provider?.text),
            "reference": JSONValue(reference), "description": JSONValue(description),
            "metadata": .object(
                JSONObject(metadata.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
            "request_id": .string(names.request.text), "caller_request_id": JSONValue(names.callersRequest),
            "idempotency_key": .string(names.idempotencyKey), "initiated_by": names.initiator.json(app),
            "created_at": .string(createdAt.description), "updated_at": .string(updatedAt.description),
            "expires_at": .string(deadline.description), "due_at": JSONValue(due?.at.description),
        ]
    }
}

extension TrailParty {
    var json: JSONValue {
        JSONValue.object(
            JSONObject([
                .init("phone", JSONValue(phone)), .init("email", JSONValue(email)), .init("name", JSONValue(name)),
                .init("wallet", JSONValue(wallet?.text)), .init("bill_account", JSONValue(billAccount)),
            ])
        ).withoutNulls
    }
}

extension TrailAttempt {
    var json: JSONValue {
        [
            "id": .string(id.text), "ordinal": JSONValue(Int64(ordinal)), "provider": .string(provider.text),
            "channel": .string(channel.text), "state": .string(state.rawValue), "reference": .string(reference),
            "operator_reference": JSONValue(operatorReference), "refusal": refusal.map(Self.json) ?? .null,
            "held_refusal": (heldRefusal?.refusal).map(Self.json) ?? .null, "checks": JSONValue(Int64(checks)),
            "may_turn_until": JSONValue(quarantineEnd?.description),
            "transmissions": .array(
                transmissions.map { transmission in
                    [
                        "ordinal": JSONValue(Int64(transmission.ordinal)),
                        "started_at": .string(transmission.startedAt.description),
                        "ended_at": JSONValue(transmission.endedAt?.description),
                        "left": transmission.gateOpened.map { .bool($0) } ?? .null,
                        "http_status": transmission.httpStatus.map { JSONValue(Int64($0)) } ?? .null,
                        "text": .string(TrailWords.text(transmission)),
                    ]
                }),
        ]
    }

    private static func json(_ refusal: Refusal) -> JSONValue {
        ["reason": .string(refusal.reason.rawValue), "provider_code": JSONValue(refusal.providerCode)]
    }
}

extension TrailRelative {
    var json: JSONValue {
        [
            "role": .string(role.name), "id": .string(id.text), "kind": .string(id.kind.rawValue),
            "amount": amount.map { JSONValue($0.minorUnits) } ?? .null, "currency": JSONValue(amount?.currency.code),
            "status": JSONValue(status?.rawValue), "certainty": JSONValue(certainty?.rawValue),
            "money": JSONValue(whereabouts?.text),
        ]
    }
}

extension TrailRelative.Role {
    var name: String {
        switch self {
        case .parent: "parent"
        case .followUp: "follow_up"
        case .leg(let role): role.rawValue
        }
    }
}

extension TrailWebhook {
    var json: JSONValue {
        [
            "endpoint": .string(endpoint.text), "address": .string(address), "event": .string(event.text),
            "type": .string(type), "state": JSONValue(delivery?.state.rawValue),
            "next_attempt_at": JSONValue(delivery?.dueAt?.description),
            "attempts": .array((delivery?.tries ?? []).map(EndpointView.json)),
        ]
    }
}
