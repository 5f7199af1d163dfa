import RouterTestKit
import Testing

@testable import Router

/// That a bill is paid is told once, in the commit that pays it, and by no other payment.
@Suite struct BillPaidTests {
    private static let channels: @Sendable (inout Rig.Setup) -> Void = { $0.addWhole("alpha") }

    private func bill(_ rig: Rig) async throws -> Bill {
        let now = rig.stage.now
        let bill = Bill(
            id: BillID(at: now, from: SystemRandom()), code: BillCode(from: SystemRandom()), app: Sample.app,
            environment: .sandbox, issuer: nil, wallet: nil, amount: Money(5_000, .xof), text: Bill.Text(name: "Rent"),
            recipient: nil, idempotencyKey: "bill", fingerprint: [], requestID: Sample.requestID, createdAt: now)
        try #require(try await rig.store.insert(bill, using: nil) == .done)
        return bill
    }

    /// A payment of a bill that waits for its payer's choice.
    private func waiting(_ rig: Rig, _ bill: Bill, _ key: String = "order-1") async throws -> OrderAggregate {
        var command = rig.command(key: key)
        command.request.isHosted = true
        command.request.bill = bill.id
        return try rig.done(await rig.engine.create(command))
    }

    /// Its operator says late that it has executed it.
    private func succeeds(_ rig: Rig, _ payment: OrderAggregate) async throws {
        _ = try await rig.engine.parts.committer.mutate(payment.order.id) { aggregate in
            aggregate.change { order in _ = order.close(.succeeded) }
            return true
        }
    }

    private func told(_ rig: Rig, _ payment: OrderAggregate) -> [String] {
        rig.store.events.filter { $0.order == payment.order.id }.map(\.type)
    }

    @Test func `a success tells of its bill in the same commit, once`() throws {
        try Rig.run(Self.channels) { rig in
            let bill = try await bill(rig)
            let payment = try await waiting(rig, bill)
            let paid = await rig.engine.choose(payment.order.id, channel: "tmoney", phone: try Sample.phone())
            #expect(paid.begun?.order.status == .succeeded, "\(paid)")
            let events = rig.store.events
            #expect(events.suffix(2).map(\.type) == ["payment.succeeded", "bill.paid"])
            #expect(events.suffix(2).first?.at == events.last?.at)
            #expect(events.map(\.sequence) == (1...Int64(events.count)).map { $0 })
            let event = try await rig.store.withBill(try #require(events.last))
            let body = try StrictJSON.parse(EventBody(rig.engine.view).bytes(event))
            #expect(body["type"] == "bill.paid" && body["data"]?["object"] == "bill")
            #expect(body["data"]?["code"]?.stringValue == bill.code.description && body["data"]?["state"] == "paid")
            #expect(body["data"]?["amount"] == 5_000)
            #expect(body["data"]?["payment"]?.stringValue == payment.order.id.text)
            let refund = await rig.engine.follow(rig.followUp(.refund, try await rig.reread(payment), key: "back"))
            #expect(refund.done != nil, "\(refund)")
            #expect(rig.store.events.count { $0.type == "bill.paid" } == 1)
            #expect(rig.store.violations.isEmpty, "\(rig.store.violations)")
        }
    }

    @Test func `of two payers at once one is told as having paid`() throws {
        try Rig.run(Self.channels) { rig in
            let bill = try await bill(rig)
            let payments = [try await waiting(rig, bill), try await waiting(rig, bill, "order-2")]
            await withTaskGroup { group in
                for payment in payments {
                    group.addTask(executorPreference: rig.stage) {
                        _ = await rig.engine.choose(payment.order.id, channel: "tmoney", phone: try? Sample.phone())
                    }
                }
            }
            let told = rig.store.events.filter { $0.type == "bill.paid" }
            #expect(told.count == 1)
            #expect(try await rig.store.bill(bill.id)?.payment == told.first?.order)
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
        }
    }

    @Test func `a late success pays a bill that nobody has, and tells so`() throws {
        try Rig.run(isMadeUp: true, Self.channels) { rig in
            let bill = try await bill(rig)
            let payment = try await waiting(rig, bill)
            try await succeeds(rig, payment)
            #expect(told(rig, payment).suffix(2) == ["payment.succeeded", "bill.paid"])
            #expect(try await rig.store.bill(bill.id)?.payment == payment.order.id)
        }
    }

    @Test func `a late success of a bill that another one has is booked, and tells nothing of the bill`() throws {
        try Rig.run(isMadeUp: true, Self.channels) { rig in
            let bill = try await bill(rig)
            let (late, other) = (try await waiting(rig, bill), try await waiting(rig, bill, "order-2"))
            _ = await rig.engine.choose(other.order.id, channel: "tmoney", phone: try Sample.phone())
            try await succeeds(rig, late)
            #expect(told(rig, late).last == "payment.succeeded" && told(rig, other).last == "bill.paid")
            #expect(try await rig.store.bill(bill.id)?.payment == other.order.id)
        }
    }

    @Test func `once the other one has failed, the next step of the late one pays and tells`() throws {
        try Rig.run(isMadeUp: true, { $0.add("alpha") }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            let bill = try await bill(rig)
            let (late, other) = (try await waiting(rig, bill), try await waiting(rig, bill, "order-2"))
            _ = await rig.engine.choose(other.order.id, channel: "tmoney", phone: try Sample.phone())
            #expect(try await rig.store.bill(bill.id)?.payment == other.order.id)
            try await succeeds(rig, late)
            #expect(told(rig, late).last == "payment.succeeded")
            _ = try await rig.engine.parts.committer.mutate(other.order.id) { aggregate in
                aggregate.change { order in _ = order.close(.failed) }
                return true
            }
            #expect(try await rig.store.bill(bill.id)?.payment == nil)
            try await succeeds(rig, late)
            #expect(told(rig, late).last == "bill.paid" && !told(rig, other).contains("bill.paid"))
            #expect(try await rig.store.bill(bill.id)?.payment == late.order.id)
        }
    }
}
