import Synchronization

extension CardOperator {
    /// The calls of a merchant, whose secret key is right.
    ///
    /// Money moves at confirm and at the older charge.
    static let calls = RouteTable<CardOperator, CardCall>(
        overlookingSlashes: true,
        [
            .init("POST", "/v1/payment_intents", .open) { one, call, _ in
                try one.note("create_intent", call.parameters.map("metadata")["reference"])
                return try await one.run(call) { try one.spending($1, &$0) { try one.createIntent(&$0, $1) } }
            },
            .init("GET", "/v1/payment_intents", .check) { one, call, _ in
                try one.note("list_intents", nil)
                return try one.shown(one.listIntents(call), call)
            },
            .init("GET", "/v1/payment_intents/*", .check) { one, call, values in
                try one.note("get_intent", one.intentReference(values[0]))
                return try one.shown(one.getIntent(values[0], call), call)
            },
            .init("POST", "/v1/payment_intents/*") { one, call, values in
                try one.note("modify_intent", one.intentReference(values[0]))
                return try await one.run(call) { try one.modifyIntent(values[0], &$0, $1) }
            },
            .init("POST", "/v1/payment_intents/*/confirm", .collect) { one, call, values in
                try one.note("confirm_intent", one.intentReference(values[0]))
                return try await one.run(call) {
                    try one.spending($1, &$0) { try one.confirmIntent(values[0], &$0, $1) }
                }
            },
            .init("POST", "/v1/payment_intents/*/cancel", .void) { one, call, values in
                try one.note("cancel_intent", one.intentReference(values[0]))
                return try await one.run(call) { try one.cancelIntent(values[0], &$0, $1) }
            },
            .init("POST", "/v1/payment_intents/*/capture", .capture) { one, call, values in
                try one.note("capture_intent", one.intentReference(values[0]))
                return try await one.run(call) { try one.captureIntent(values[0], &$0, $1) }
            },
            .init("POST", "/v1/charges", .collect) { one, call, _ in
                try one.note("create_charge", call.parameters.map("metadata")["reference"])
                return try await one.run(call) { try one.spending($1, &$0) { try one.createCharge(&$0, $1) } }
            },
            .init("GET", "/v1/charges", .check) { one, call, _ in
                try one.note("list_charges", call.parameters["transfer_group"])
                return try one.shown(one.listCharges(call), call)
            },
            .init("GET", "/v1/charges/*", .check) { one, call, values in
                try one.note("get_charge", one.chargeReference(values[0]))
                return try one.shown(one.getCharge(values[0], call), call)
            },
            .init("POST", "/v1/charges/*") { one, call, values in
                try one.note("modify_charge", one.chargeReference(values[0]))
                return try await one.run(call) { try one.modifyCharge(values[0], &$0, $1) }
            },
            .init("POST", "/v1/charges/*/capture", .capture) { one, call, values in
                try one.note("capture_charge", one.chargeReference(values[0]))
                return try await one.run(call) { try one.captureCharge(values[0], &$0, $1) }
            },
            .init("POST", "/v1/refunds", .refund) { one, call, _ in
                try one.note("create_refund", call.parameters.map("metadata")["reference"])
                return try await one.run(call) { try one.createRefund(&$0, $1) }
            },
            .init("GET", "/v1/refunds", .check) { one, call, _ in
                try one.note("list_refunds", call.parameters["payment_intent"] ?? call.parameters["charge"])
                return try one.shown(one.listRefunds(call), call)
            },
            .init("GET", "/v1/refunds/*", .check) { one, call, values in
                try one.note("get_refund", values[0])
                return try one.shown(one.getRefund(values[0], call), call)
            },
            .init("GET", "/v1/balance", .balance) { one, call, _ in
                try one.note("get_balance", nil)
                return one.shown(one.balance, call)
            },
            .init("POST", "/v1/checkout/sessions", .open) { one, call, _ in
                try one.note("create_session", call.parameters.map("metadata")["reference"])
                return try await one.run(call) { try one.createSession(&$0, $1) }
            },
            .init("GET", "/v1/checkout/sessions", .check) { one, call, _ in
                try one.note("list_sessions", nil)
                return try one.shown(one.listSessions(call), call)
            },
            .init("GET", "/v1/checkout/sessions/*", .check) { one, call, values in
                try one.note("get_session", one.sessionReference(values[0]))
                return try one.shown(one.getSession(values[0], call), call)
            },
            .init("POST", "/v1/checkout/sessions/*/expire", .void) { one, call, values in
                try one.note("expire_session", one.sessionReference(values[0]))
                return try await one.run(call) { try one.expireSession(values[0], &$0, $1) }
            },
        ])

    /// Counts a call.
    private func note(_ operation: String, _ reference: String?) throws {
        try tools.recorder.requests.log(.card, operation, reference ?? "")
    }

    private func intentReference(_ id: String) -> String { state.withLock { $0.intents[id]?.reference } ?? id }
    private func chargeReference(_ id: String) -> String { state.withLock { $0.charges[id]?.reference } ?? id }
    private func sessionReference(_ id: String) -> String { state.withLock { $0.sessions[id]?.reference } ?? id }

    /// The answer to a question.
    private func shown(_ body: JSONValue, _ call: CardCall) -> Answer {
        dressed(.json(body), call.request, call.requestID)
    }
}
