import Router
import RouterTestKit
import Testing

/// Money that payers send from an operator's own menu: it pays what they typed, once, or it waits for people.
@Suite struct UnopenedPaymentTests {
    /// Notifications prove; nobody can be asked.
    private static let signed = Sample.contract(check: .none, callback: .signed)
    /// A listed address is believed, and the operator is asked by the name it gave.
    private static let listed = Sample.contract(check: .byOurReference, callback: .addressOnly)

    private static func came(
        _ typed: String, amount: Int64 = 5_000, name: String = "menu-1", currency: String = "XOF"
    ) -> String {
        #"""
        {"result":"succeeded","reference":"\#(name)","amount":\#(amount),"currency":"\#(currency)",\#
        "event":"e-\#(name)","payer":"22890112233","typed":"\#(typed)"}
        """#
    }

    private static func state(_ bill: Bill, _ rig: Rig) async throws -> Bill? { try await rig.store.bill(bill.id) }

    @Test func `a signed notification with a bills code pays the bill in its own commit`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            #expect(await rig.callback(Self.came(bill.code.description.lowercased())).status == 200)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            let order = try #require(rig.order)
            #expect(order.request.bill == bill.id && order.request.origin == .operatorMenu)
            #expect(order.customer.phone?.international == "22890112233" && order.app == Sample.app)
            let paid = try #require(try await Self.state(bill, rig))
            #expect(paid.state == .paid && paid.payment == order.id)
            #expect(rig.store.postings.count == 1 && rig.operators.requests.isEmpty)
            #expect(rig.history == [.prepared, .pending, .succeeded])
            #expect(try await rig.open() == [:] && rig.observer.alarms.isEmpty)
        }
    }

    @Test func `from a listed address the operator is asked by its own name first`() throws {
        try Rig.run({ $0.add("alpha", Self.listed) }) { rig in
            let bill = try await rig.makeBill()
            rig.operators.answer(
                "/status/menu-1",
                .success(.json(#"{"result":"succeeded","reference":"menu-1","amount":5000,"currency":"XOF"}"#)))
            #expect(await rig.callback(Self.came(bill.code.text), signature: "listed").status == 200)
            await rig.wait(upTo: 30) { rig.order?.status == .succeeded }
            #expect(rig.operators.questions.count == 1)
            #expect(try await Self.state(bill, rig)?.state == .paid)
        }
    }

    @Test func `while the operator does not confirm it the bill is being paid and nothing is called failed`() throws {
        try Rig.run({ $0.add("alpha", Self.listed) }) { rig in
            let bill = try await rig.makeBill()
            #expect(await rig.callback(Self.came(bill.code.text), signature: "listed").status == 200)
            await rig.stage.sleep(seconds: 60)
            #expect(rig.states == [.pending] && rig.store.postings.isEmpty)
            let known = try #require(try await Self.state(bill, rig))
            #expect(known.state == .open && known.payment == rig.order?.id)
        }
    }

    @Test func `the same notification again and another one about it pay nothing twice`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            for _ in 1...3 { #expect(await rig.callback(Self.came(bill.code.text)).status == 200) }
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            let later = Self.came(bill.code.text).replacing("e-menu-1", with: "e-later")
            #expect(await rig.callback(later).status == 200)
            await rig.stage.sleep(seconds: 60)
            #expect(rig.store.payments.count == 1 && rig.store.postings.count == 1)
            #expect(rig.observer.alarms.isEmpty)
        }
    }

    @Test func `a second payer of a bill is left to people and kept beyond its day`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            #expect(await rig.callback(Self.came(bill.code.text, name: "menu-1")).status == 200)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            #expect(await rig.callback(Self.came(bill.code.text, name: "menu-2")).status == 200)
            await rig.stage.sleep(seconds: 90_000)
            #expect(rig.store.payments.count == 1)
            #expect(rig.observer.alarms == ["unopened_payment", "orphan_callback"])
            let left = try await rig.engine.unmatched(after: nil, limit: 10)
            #expect(left.count == 1 && left.first?.message.state == .orphaned)
            #expect(left.first?.mismatch == .billTaken && left.first?.payment?.amount == Money(5_000, .xof))
        }
    }

    @Test(arguments: [(4_999, "XOF"), (5_001, "XOF"), (5_000, "XAF")])
    func `another amount or currency pays nothing`(_ amount: Int64, _ currency: String) throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            #expect(await rig.callback(Self.came(bill.code.text, amount: amount, currency: currency)).status == 200)
            await rig.stage.sleep(seconds: 10)
            #expect(rig.store.payments.isEmpty)
            #expect(try await Self.state(bill, rig)?.isFree == true)
            #expect(try await rig.engine.unmatched(after: nil, limit: 10).map(\.mismatch) == [.otherAmount])
        }
    }

    @Test func `a wrong code and a text that is none wait and are matched once there is a bill`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            let wrong = String(bill.code.text.dropLast()) + (bill.code.text.last == "A" ? "B" : "A")
            #expect(await rig.callback(Self.came(wrong, name: "menu-1")).status == 200)
            #expect(await rig.callback(Self.came("' OR 1=1 --", name: "menu-2")).status == 200)
            let soon = BillCode(from: SeededRandom(7))
            #expect(await rig.callback(Self.came(soon.text, name: "menu-3")).status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.store.payments.isEmpty)
            let late = try await rig.makeBill(code: soon, seed: 9)
            await rig.wait(upTo: 600) { rig.order?.status == .succeeded }
            #expect(rig.order?.request.bill == late.id)
            #expect(
                try await rig.engine.unmatched(after: nil, limit: 10).map(\.mismatch) == [.nothingFound, .nothingFound])
        }
    }

    @Test(arguments: [nil, "listed"] as [String?])
    func `whom nobody vouches for pays nothing`(_ signature: String?) throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            #expect(await rig.callback(Self.came(bill.code.text), signature: signature).status == 200)
            await rig.stage.sleep(seconds: 4_000)
            #expect(rig.store.payments.isEmpty)
            #expect(try await Self.state(bill, rig)?.isFree == true)
            #expect(try await rig.engine.unmatched(after: nil, limit: 10).isEmpty)
        }
    }

    @Test func `a bill that was taken back or is of the other environment is not paid`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let deleted = try await rig.makeBill()
            _ = try await rig.store.delete(deleted.id, at: rig.stage.now)
            let other = try await rig.makeBill(environment: .production, seed: 2)
            #expect(await rig.callback(Self.came(deleted.code.text, name: "menu-1")).status == 200)
            #expect(await rig.callback(Self.came(other.code.text, name: "menu-2")).status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.store.payments.isEmpty)
            let why = try await rig.engine.unmatched(after: nil, limit: 10).compactMap(\.mismatch)
            #expect(Set(why) == [.billDeleted, .otherEnvironment] && why.count == 2)
        }
    }

    @Test func `what a killed process had stored is matched by the next one`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            rig.stop()
            let message = InboxMessage(
                id: InboxID(at: rig.stage.now, from: SeededRandom(4)), provider: "alpha", dedupKey: "e-menu-1",
                trust: .signed,
                callback: InboundCallback(
                    method: "POST", headers: [.init("x-signature", "good")],
                    body: Array(Self.came(bill.code.text).utf8)), receivedAt: rig.stage.now,
                state: .open(retryAt: rig.stage.now))
            #expect(try await rig.store.receive(message, limit: 9) == .taken)
            let next = try await rig.restart { $0.add("alpha", Self.signed) }
            await next.wait(upTo: 10) { next.order?.status == .succeeded }
            #expect(try await Self.state(bill, next)?.state == .paid)
            next.stop()
        }
    }
}
