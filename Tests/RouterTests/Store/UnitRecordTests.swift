import Router
import Testing

/// Records must come back as they were written, whatever they hold.
@Suite struct AttemptRecordTests {
    private func roundTrip(_ attempt: Attempt) throws -> Attempt? {
        var unit = UnitOfWork(order: Sample.order(), write: .update(expectedVersion: 1))
        unit.attempts = [Sample.attempt(.rejected), attempt]
        let read = try UnitRecord(UnitCoding.bytes(unit)).attempts(of: unit.order)
        #expect(read.first == unit.attempts.first)
        return read.count == 2 ? read.last : nil
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

    @Test func `a word that nobody knows is a fault`() throws {
        var unit = UnitOfWork(order: Sample.order(), write: .insert)
        unit.attempts = [Sample.attempt(.unknown)]
        let whole = UnitCoding.bytes(unit)
        let broken = whole.replacing(Array("unknown".utf8), with: Array("dreamin".utf8))
        try #require(broken.count == whole.count && broken != whole)
        #expect(throws: RecordFault.self) { try UnitRecord(broken).attempts(of: unit.order) }
    }

    /// Sealing finds every change; a fault of ours must not end the process all the same.
    @Test func `whatever a byte is changed to, reading ends`() throws {
        var unit = UnitOfWork(order: Sample.order(), write: .insert)
        unit.attempts = [Sample.attempt(.unknown)]
        let whole = UnitCoding.bytes(unit)
        for place in whole.indices {
            for value: UInt8 in [0, 1, 31, 127, 128, 160, 191, 255, whole[place] ^ 1] {
                var broken = whole
                broken[place] = value
                guard let record = try? UnitRecord(broken) else { continue }
                _ = try? record.attempts(of: unit.order)
                _ = try? record.evidence()
            }
        }
    }

    @Test func `a record cut short anywhere is a fault, or lacks its last part`() throws {
        var unit = UnitOfWork(order: Sample.order(), write: .insert)
        unit.attempts = [Sample.attempt(.unknown)]
        let whole = UnitCoding.bytes(unit)
        for length in 0..<whole.count {
            guard let record = try? UnitRecord(Array(whole.prefix(length))) else { continue }
            let attempts = try? record.attempts(of: unit.order)
            #expect(attempts != unit.attempts || length == whole.count)
        }
    }

    @Test func `parts that nobody knows are passed over`() throws {
        let order = Sample.order()
        let unit = UnitOfWork(order: order, write: .insert)
        let record = try UnitRecord([200, 0, 0, 0, 2, 1, 2] + UnitCoding.bytes(unit) + [201, 0, 0, 0, 0])
        #expect(try record.attempts(of: order).isEmpty && record.evidence().isEmpty && record.writtenEvents.isEmpty)
    }

    @Test func `evidence and events of older releases come back`() throws {
        var unit = UnitOfWork(order: Sample.order(), write: .update(expectedVersion: 1))
        let attempt = Sample.attempt(.unknown)
        unit.evidence = [
            Evidence(
                attempt: attempt.id, source: .check, strength: .weak, claim: "open", detail: "d",
                stated: Money(5, .xof),
                operatorReference: "o", httpStatus: 200, raw: [1, 0, 255], at: .start),
            Evidence(attempt: attempt.id, source: .transport, strength: .strong, claim: "absent", at: .start + 1),
        ]
        let event = Event(
            id: EventID(at: .start, of: unit.order.id, number: 1), app: unit.order.app, environment: .sandbox,
            order: unit.order.id, sequence: 1, type: "payment.created", at: .start, content: .written([123, 125]))
        unit.events = [event, event]
        let record = try UnitRecord(UnitCoding.bytes(unit))
        #expect(try record.evidence() == unit.evidence)
        #expect(record.writtenEvents == [0: [123, 125], 1: [123, 125]])
    }
}

@Suite struct OrderRecordTests {
    private func roundTrip(_ order: Order) throws -> Order {
        let record = try UnitRecord(UnitCoding.bytes(UnitOfWork(order: order, write: .insert)))
        return try OrderCoding.order(
            OrderCoding.Columns(
                id: order.id, parent: order.parent, app: order.app, environment: order.environment,
                idempotencyKey: order.idempotencyKey, requestID: order.requestID, createdAt: order.createdAt,
                reference: order.request.reference, movement: order.movement, due: order.due), first: record, record)
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
}
