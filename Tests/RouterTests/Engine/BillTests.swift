import Router
import RouterTestKit
import Testing

/// Paying a biller: a payout like any other, with the goods that come for it.
@Suite struct BillTests {
    static let token = "12345678901234567890"

    private static func paid(_ token: String?) -> String {
        let goods = token.map { #","token":\#(JSONValue.string($0).jsonText)"# } ?? ""
        return #"{"result":"succeeded","amount":5000,"currency":"XOF","id":"op-1"\#(goods)}"#
    }

    /// Everything that is kept or told of an order besides the goods themselves.
    private static func told(_ rig: Rig, _ bill: OrderAggregate) async throws -> String {
        let events = rig.store.events.map { event in
            String(decoding: EventBody(rig.engine.view).bytes(event), as: UTF8.self)
        }
        let evidence = try await rig.store.evidence(bill.order.id)
        return events.joined() + evidence.map { $0.detail + String(decoding: $0.raw, as: UTF8.self) }.joined()
            + String(decoding: rig.engine.view.bytes(bill), as: UTF8.self) + "\(bill)"
    }

    @Test func `a token comes with the answer, and only the app that paid reads it`() throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            rig.operators.script("alpha", .reply(200, Self.paid(Self.token)))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            #expect(bill.order.status == .succeeded && bill.goods == Secret(Self.token) && bill.order.due == nil)
            #expect(rig.operators.requests.first?.body.contains(Array("1234".utf8)) == true)
            let shown = String(decoding: rig.engine.view.bytes(bill, withGoods: true), as: UTF8.self)
            #expect(shown.contains(#""goods":{"kind":"token","value":"\#(Self.token)"}"#))
            let told = try await Self.told(rig, bill)
            #expect(!told.contains(Self.token) && told.contains("***"))
            #expect(shown.contains(#""party":{"bill_account":"****","#))
            #expect(try await rig.reread(bill).goods == Secret(Self.token))
        }
    }

    @Test func `a lost answer is looked up, and its token with it`() throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            rig.operators.script("alpha", .lose(executes: true))
            rig.operators.answer("/status", .success(.json(Self.paid(Self.token))))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            await rig.wait { rig.order?.status == .succeeded }
            #expect(try await rig.reread(bill).goods == Secret(Self.token))
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a token that comes later is asked for, also after a restart, and nothing is paid twice`() throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            rig.operators.script("alpha", .reply(200, Self.paid(nil)))
            rig.operators.answer("/status", .success(.json(Self.paid(nil))), .success(.json(Self.paid(" "))))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            #expect(bill.order.status == .succeeded && bill.goods == nil && bill.order.due != nil)
            await rig.wait { rig.operators.questions.count == 2 }
            rig.operators.answer("/status", .success(.json(Self.paid(Self.token))))
            let next = try await rig.restart { $0.addBiller("alpha") }
            await next.stage.sleep(seconds: 300)
            let now = try await next.reread(bill)
            #expect(now.goods == Secret(Self.token) && now.order.due == nil)
            #expect(next.operators.questions.count == 3 && next.operators.requests.count == 1)
            #expect(next.observer.alarms.isEmpty && next.store.events.map(\.type).count == 2)
            next.stop()
        }
    }

    @Test func `a token that never comes is asked for as long as agreed, then people are called`() throws {
        try Rig.run({ $0.addBiller("alpha", goodsWithinSeconds: 600) }) { rig in
            rig.operators.script("alpha", .reply(200, Self.paid(nil)))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            await rig.stage.sleep(seconds: 700)
            let asked = rig.operators.questions.count
            #expect((8...14).contains(asked), "asked \(asked) times")
            #expect(rig.observer.alarms == ["goods_missing"])
            await rig.stage.sleep(seconds: 86_400)
            #expect(rig.operators.questions.count == asked)
            let now = try await rig.reread(bill)
            #expect(now.order.status == .succeeded && now.order.certainty == .confirmed && now.order.due == nil)
        }
    }

    static let hostile = [
        "", "   ", String(repeating: "1", count: 201), "1234\u{7}", "12\n34", "\u{202E}4321", "a\u{200B}b", "\u{E000}",
    ]

    @Test(arguments: hostile)
    func `goods that cannot be shown are a doubt about the goods, not about the money`(text: String) throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            rig.operators.script("alpha", .reply(200, Self.paid(text)))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            #expect(bill.order.status == .succeeded && bill.goods == nil && bill.order.review == nil)
            let evidence = try await rig.store.evidence(bill.order.id)
            #expect(evidence.first?.detail.hasPrefix("the goods are not usable") == true)
        }
    }

    @Test func `what a customer was shown does not change, whatever is told later`() throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            rig.operators.script("alpha", .reply(200, Self.paid(Self.token)))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            let reference = try #require(bill.attempts.first?.reference)
            let other = Self.paid("99999").dropLast() + #","reference":"\#(reference)"}"#
            _ = await rig.callback(String(other))
            await rig.stage.sleep(seconds: 5)
            #expect(try await rig.reread(bill).goods == Secret(Self.token))
        }
    }

    @Test(arguments: ["good", nil])
    func `a notification brings goods only if it proves the execution`(signature: String?) throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            rig.operators.script("alpha", .reply(200, #"{"result":"pending"}"#))
            rig.operators.answer("/status", .success(.json(#"{"result":"pending"}"#)))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            let reference = try #require(bill.attempts.first?.reference)
            let text = Self.paid(Self.token).dropLast() + #","reference":"\#(reference)"}"#
            _ = await rig.callback(String(text), signature: signature)
            await rig.stage.sleep(seconds: 1)
            let now = try await rig.reread(bill)
            #expect((now.goods != nil) == (signature != nil) && (now.order.status == .succeeded) == (signature != nil))
        }
    }

    @Test func `an attempt that a wrong amount leaves to people hands nothing over`() throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            let wrong = Self.paid(Self.token).replacing("5000", with: "4000")
            rig.operators.script("alpha", .reply(200, wrong))
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            #expect(bill.order.status == .underReview && bill.goods == nil)
            #expect(try await !Self.told(rig, bill).contains(Self.token))
        }
    }

    @Test func `only billers are paid for an account, and only for one`() throws {
        try Rig.run({ setup in
            setup.addWhole("whole")
            setup.addBiller("alpha")
        }) { rig in
            let bill = try await rig.done(rig.engine.create(rig.bill()))
            #expect(bill.order.chosen == Candidate(provider: "alpha", channel: "electricity"))
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            #expect(payout.order.chosen?.provider == "whole")
            var both = rig.bill(key: "bill-2")
            both.request.customer.phone = try Sample.phone()
            #expect(try await rig.done(rig.engine.create(both)).order.chosen?.provider == "alpha")
            let none = try #require(await rig.engine.create(rig.bill(key: "bill-3", account: "12345")).noRoute)
            #expect(none.summary.contains("takes a meter number of the form ^[0-9]{4}$"), "\(none.summary)")
            #expect(!none.summary.contains("12345"))
        }
    }

    @Test func `one order number and account is one bill, whatever the channel`() throws {
        try Rig.run({ $0.addBiller("alpha") }) { rig in
            let first = try await rig.done(rig.engine.create(rig.bill(reference: "may")))
            var second = rig.bill(key: "bill-2", reference: "may")
            second.request.channels = ["electricity"]
            #expect(await rig.engine.create(second).possibleDuplicate?.holder.id == first.order.id)
            let other = rig.bill(key: "bill-3", account: "4321", reference: "may")
            #expect(try await rig.done(rig.engine.create(other)).order.status == .succeeded)
        }
    }

    @Test func `a biller is asked what is owed, and never waited for long`() throws {
        try Rig.run({ setup in
            setup.addWhole("whole")
            setup.addBiller("alpha")
        }) { rig in
            let billers = rig.engine.billers(.sandbox, app: Sample.app)
            #expect(billers.map(\.id) == ["alpha"] && rig.engine.billers(.production, app: Sample.app).isEmpty)
            let alpha = try #require(billers.first)
            func ask() async -> BillFinding? { await rig.engine.bill("1234", at: alpha, on: "electricity") }
            rig.operators.answer("/1234", .success(WireReply(status: 404)), .success(WireReply(status: 204)))
            #expect(await ask() == .unknownAccount)
            #expect(await ask() == .nothingOwed("Ama Kossi"))
            #expect(await ask() == .bill(OwedBill(customerName: "Ama Kossi", amount: Money(4_500, .xof))))
            rig.operators.hang("/owed/")
            #expect(await ask() == .couldNotAnswer("it has not answered in time"))
            let whole = try #require(rig.engine.providers["whole"])
            #expect(await rig.engine.bill("1234", at: whole, on: "tmoney") == nil)
        }
    }
}
