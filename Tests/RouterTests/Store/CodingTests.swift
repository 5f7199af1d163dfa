import Router
import Testing

/// Records must come back as they were written, whatever they hold.
@Suite struct AttemptCodingTests {
    private func roundTrip(_ attempt: Attempt) throws -> Attempt {
        let columns = AttemptCoding.Columns(
            id: attempt.id, ordinal: attempt.ordinal, provider: attempt.provider, channel: attempt.channel,
            scope: attempt.scope, reference: attempt.reference, createdAt: attempt.createdAt, epoch: attempt.epoch,
            state: attempt.state,
            operatorReference: attempt.operatorReference, openSince: attempt.openSince)
        return try AttemptCoding.attempt(
            columns, of: Sample.order(), state: AttemptCoding.state(attempt), secret: AttemptCoding.secret(attempt))
    }

    @Test(arguments: AttemptState.allCases)
    func `every state comes back`(_ state: AttemptState) throws {
        let attempt = Sample.attempt(state)
        #expect(try roundTrip(attempt) == attempt)
    }

    @Test func `everything an attempt can hold comes back`() throws {
        var attempt = Sample.attempt(.unknown)
        attempt.operatorReference = "op \"1\"\n"
        attempt.request = WireRequest(
            .put, "https://o.example/?a=b", headers: [.init("x", "y"), .init("x", "z")], body: [0, 255, 34, 10])
        attempt.transmissions[0].gateOpened = true
        attempt.transmissions[0].curlCode = -3
        attempt.transmissions[0].httpStatus = 502
        attempt.transmissions.append(Sample.transmission(2))
        attempt.actions = [
            .approveOnPhone(hint: nil), .approveOnPhone(hint: "h"), .redirect(url: "u"), .showQR(content: "q"),
            .submitForm(url: "f", fields: [.init("a", "1"), .init("a", "2")]), .enterCode(length: nil),
            .enterCode(length: 6), .wait,
        ]
        attempt.sessionExpiresAt = .start + 300
        attempt.heldRefusal = HeldRefusal(
            refusal: Refusal(.declined, providerCode: "51", isDefinitive: false), since: .start)
        attempt.refusal = Refusal(.throttled)
        attempt.absence = AbsenceRecord(count: 2, first: .start, last: .start + 5)
        attempt.isConfirmation = true
        attempt.checks = 7
        attempt.quarantineEnd = .start + 9
        attempt.disputes = [.lateSuccess, .lateMismatch]
        #expect(try roundTrip(attempt) == attempt)
    }

    @Test func `broken records are faults`() {
        let attempt = Sample.attempt(.unknown)
        let columns = AttemptCoding.Columns(
            id: attempt.id, ordinal: 1, provider: "alpha", channel: "tmoney", scope: "", reference: "r",
            createdAt: .start, epoch: 1, state: .unknown,
            operatorReference: nil, openSince: nil)
        for text in ["", "[]", "{\"checks\":\"1\"}", "{\"checks\":1,\"history\":[{\"state\":\"dreaming\"}]}"] {
            #expect(throws: RecordFault.self) {
                try AttemptCoding.attempt(columns, of: Sample.order(), state: Array(text.utf8), secret: nil)
            }
        }
    }
}

@Suite struct PaymentCodingTests {
    private func roundTrip(_ order: Order) throws -> Order {
        try OrderCoding.order(
            OrderCoding.Columns(
                id: order.id, parent: order.parent, app: order.app, environment: order.environment,
                idempotencyKey: order.idempotencyKey, requestID: order.requestID, createdAt: order.createdAt,
                reference: order.request.reference, movement: order.movement, purpose: order.purpose,
                outcome: order.outcome, status: order.status, chosen: order.chosen, eventCount: order.eventCount,
                version: order.version, due: order.due,
                updatedAt: order.updatedAt),
            OrderCoding.Records(
                body: OrderCoding.body(order), secretBody: OrderCoding.secretBody(order),
                state: OrderCoding.state(order), secretState: OrderCoding.secretState(order)))
    }

    @Test func `a plain payment comes back`() throws {
        #expect(try roundTrip(Sample.order()) == Sample.order())
    }

    @Test func `everything a payment can hold comes back`() throws {
        let request = OrderRequest(
            amount: Money(1_250, .tnd), channels: ["flouci", "card"],
            customer: Customer(phone: try Sample.phone(), email: "a@b.example", name: "Ama \u{1F600}"),
            sourceToken: Secret("tok"), reference: "R-1", description: "d\n\"q\"",
            returnURLs: ReturnURLs(success: "s", failure: "f", cancel: "c"), metadata: ["a": "1", "": ""],
            expiresInSeconds: 77)
        var order = Sample.order(
            request, plan: [Candidate(provider: "a", channel: "x"), Candidate(provider: "b", channel: "y")])
        order.status = .underReview
        order.certainty = .unknown
        order.chosen = Candidate(provider: "b", channel: "y")
        order.nextActions = [.enterCode(length: 6), .showQR(content: "q")]
        order.inputActions = [.enterCode(length: 6)]
        order.awaitsInput = true
        order.failure = OrderFailure(code: "declined", blame: .payer, providerCode: "51", retryable: false)
        order.cancelRequestedAt = .start + 3
        order.review = Review(reason: .discrepancy, since: .start + 4)
        order.eventCount = 9
        order.version = 12
        order.due = TimerEntry(at: .start + 5, queue: .provider("b"))
        order.updatedAt = .start + 6
        #expect(try roundTrip(order) == order)
    }

    @Test func `open records hold nothing about the payer`() throws {
        let customer = Customer(phone: try Sample.phone(), email: "a@b.example", name: "Ama")
        let order = Sample.order(
            OrderRequest(
                amount: Money(1, .xof), customer: customer, sourceToken: Secret("tok_9"), description: "for Ama",
                metadata: ["note": "Ama"]))
        let open = String(decoding: OrderCoding.body(order) + OrderCoding.state(order), as: UTF8.self)
        for word in ["90112233", "a@b.example", "Ama", "tok_9"] { #expect(!open.contains(word)) }
    }
}
