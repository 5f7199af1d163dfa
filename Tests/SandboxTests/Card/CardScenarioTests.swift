import Sandbox
import Testing

/// Every magic card, confirmed on an intent (docs/protocols/card.md, 2.2 and 7).
@Suite struct CardScenarioTests {
    /// What one card does.
    struct Case: Sendable, CustomTestStringConvertible {
        var token: String
        /// HTTP status of the confirm; `nil` for a dropped connection, 0 for a cut body.
        var http: Int?
        /// Status of the intent right after, and in the end.
        var first: String
        var end: String?
        var after: Int64 = 0
        /// Events that tell the result.
        var events = ["payment_intent.succeeded"]
        var testDescription: String { token }
    }

    static let cases: [Case] = [
        Case(token: "tok_visa", http: 200, first: "succeeded"),
        Case(token: "pm_card_mastercard", http: 200, first: "succeeded"),
        Case(
            token: "tok_sandbox_succeedsLater", http: 200, first: "processing", end: "succeeded", after: 5_000,
            events: ["payment_intent.processing", "payment_intent.succeeded"]),
        Case(
            token: "tok_sandbox_lateSuccess", http: 200, first: "processing", end: "succeeded", after: 4_000,
            events: ["payment_intent.processing", "payment_intent.succeeded"]),
        Case(
            token: "tok_sandbox_3dsAutomatic", http: 200, first: "requires_action", end: "succeeded", after: 2_000,
            events: ["payment_intent.requires_action", "payment_intent.succeeded"]),
        Case(token: "tok_sandbox_lostAnswerExecuted", http: nil, first: "succeeded", events: []),
        Case(token: "tok_sandbox_lostAnswerNotExecuted", http: nil, first: "requires_confirmation", events: []),
        Case(token: "tok_sandbox_errorAfterExecuting", http: 500, first: "succeeded", events: []),
        Case(token: "tok_sandbox_errorWithoutExecuting", http: 500, first: "requires_payment_method", events: []),
        Case(
            token: "tok_sandbox_duplicateCallback", http: 200, first: "succeeded",
            events: Array(repeating: "payment_intent.succeeded", count: 3)),
        Case(token: "tok_sandbox_wrongAmount", http: 200, first: "succeeded"),
        Case(token: "tok_sandbox_wrongCurrency", http: 200, first: "succeeded"),
        Case(token: "tok_sandbox_truncated", http: 0, first: "succeeded", events: []),
        Case(token: "tok_sandbox_html", http: 200, first: "requires_confirmation", events: []),
        Case(
            token: "tok_chargeDeclined", http: 402, first: "requires_payment_method",
            events: ["payment_intent.payment_failed"]),
        Case(
            token: "tok_chargeDeclinedInsufficientFunds", http: 402, first: "requires_payment_method",
            events: ["payment_intent.payment_failed"]),
    ]

    @Test(arguments: cases) func `behaves`(_ expected: Case) async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try await sandbox.intent("ref", token: expected.token)
            #expect(await sandbox.intentStatus(id) == "requires_confirmation")
            let ending = await sandbox.confirm(id)
            switch expected.http {
            case nil: #expect(ending.isDropped)
            case 0?: #expect(ending.isCut)
            case let status?: #expect(ending.reply?.status == status)
            }
            #expect(await sandbox.intentStatus(id) == expected.first)
            await sandbox.clock.advance(max(expected.after, 300))
            let end = expected.end ?? expected.first
            #expect(await sandbox.intentStatus(id) == end)
            let movements = sandbox.movements("ref")
            #expect(movements.count == (end == "succeeded" ? 1 : 0))
            if let movement = movements.first {
                #expect(movement.amount == (expected.token == "tok_sandbox_wrongAmount" ? 5001 : 5000))
                #expect(movement.currency == (expected.token == "tok_sandbox_wrongCurrency" ? "EUR" : "USD"))
                #expect(movement.executedAtMilliseconds == ManualClock.start + expected.after)
            }
            let types = sandbox.bin.arrivals.compactMap { $0.json["type"].string }
            #expect(types.filter { $0.hasPrefix("payment_intent.") } == expected.events)
        }
    }

    @Test(
        arguments: [
            ("tok_chargeDeclined", "card_declined", "generic_decline"),
            ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
            ("tok_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
            ("tok_visa_chargeDeclinedLostCard", "card_declined", "lost_card"),
            ("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card"),
            ("tok_chargeDeclinedExpiredCard", "expired_card", nil),
            ("tok_chargeDeclinedIncorrectCvc", "incorrect_cvc", nil),
            ("pm_card_chargeDeclinedProcessingError", "processing_error", nil),
            ("tok_chargeCustomerFail", "card_declined", "generic_decline"),
        ] as [(String, String, String?)])
    func `declines tell why`(_ token: String, _ code: String, _ declineCode: String?) async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: token)
            let reply = try #require(await sandbox.confirm(id).reply)
            #expect(reply.status == 402)
            let error = reply.json["error"]
            #expect(error["type"].string == "card_error")
            #expect(error["code"].string == code)
            #expect(error["decline_code"].string == declineCode)
            #expect(error["payment_intent"]["status"].string == "requires_payment_method")
            #expect(error["payment_intent"]["last_payment_error"]["code"].string == code)
            let charge = try #require(error["charge"].string)
            #expect(await sandbox.card("charges/\(charge)").reply?.json["status"].string == "failed")
            #expect(sandbox.server.movements.isEmpty)
            // Another card on the same intent, under another key, pays.
            let paid = await sandbox.confirm(id, key: "second", more: "&\(TestSandbox.pays("tok_visa"))").reply
            #expect(paid?.json["status"].string == "succeeded")
            #expect(sandbox.movements("ref").count == 1)
        }
    }

    @Test func `confirm may hang for ever`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: "tok_sandbox_noAnswer")
            async let ending = sandbox.confirm(id)
            await sandbox.clock.awaitScheduled(in: 60_000)
            let busy = try #require(await sandbox.confirm(id).reply)
            #expect(busy.status == 409)
            #expect(busy.json["error"]["code"].string == "idempotency_key_in_use")
            #expect(busy.header("stripe-should-retry") == "true")
            #expect(await sandbox.intentStatus(id) == "processing")
            await sandbox.clock.advance(60_000)
            #expect(await ending.isDropped)
            await sandbox.clock.advance(86_000_000)
            #expect(await sandbox.intentStatus(id) == "processing")
            #expect(await sandbox.confirm(id).reply?.header("idempotent-replayed") == "true")
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `first confirm may be lost unread`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: "tok_sandbox_lostAnswerNotExecuted")
            #expect(await sandbox.confirm(id).isDropped)
            let again = try #require(await sandbox.confirm(id).reply)
            #expect(again.status == 200)
            #expect(again.header("idempotent-replayed") == nil)
            #expect(again.json["status"].string == "succeeded")
            #expect(sandbox.movements("ref").count == 1)
            #expect(sandbox.count("confirm_intent", "ref") == 2)
        }
    }

    @Test func `create with confirm may be lost unread once`() async throws {
        try await TestSandbox.run { sandbox in
            let form =
                "amount=5000&currency=usd&confirm=true&metadata[reference]=ref"
                + "&\(TestSandbox.pays("tok_sandbox_lostAnswerNotExecuted"))"
            #expect(await sandbox.card("payment_intents", form, key: "k").isDropped)
            #expect(sandbox.server.movements.isEmpty)
            #expect(await sandbox.card("payment_intents", form, key: "k").reply?.json["status"].string == "succeeded")
            #expect(sandbox.movements("ref").count == 1)
        }
    }
}
