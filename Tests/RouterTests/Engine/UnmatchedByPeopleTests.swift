import Router
import RouterTestKit
import Testing

/// What people do with money that matched nothing, and lines of statements.
@Suite struct UnmatchedByPeopleTests {
    private static let signed = Sample.contract(check: .none, callback: .signed)

    /// One unmatched message of 5 000 francs.
    private static func left(_ rig: Rig) async throws -> InboxID {
        let text =
            #"{"result":"succeeded","reference":"menu-1","amount":5000,"currency":"XOF","event":"e1","typed":"mistyped"}"#
        #expect(await rig.callback(text).status == 200)
        await rig.stage.sleep(seconds: 5)
        return try #require(try await rig.engine.unmatched(after: nil, limit: 10).first?.message.id)
    }

    private static func line(_ typed: String, reference: String = "op-7") -> StatementLine {
        StatementLine(
            UnopenedPayment(
                provider: "alpha", channel: "alpha", subject: .operatorReference(reference),
                amount: Money(5_000, .xof), payer: nil, typed: typed), finding: "ama and kofi, statement of May, page 2"
        )
    }

    @Test func `two people say which bill it is`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let id = try await Self.left(rig)
            let (small, bill) = (try await rig.makeBill(amount: 4_000), try await rig.makeBill(seed: 2))
            let other = try await rig.engine.match(id, to: .bill(small.code), finding: "ama and kofi")
            #expect(other == .mismatch(.otherAmount) && rig.store.payments.isEmpty)
            let unknown = try await rig.engine.match(id, to: .bill(BillCode(from: SeededRandom(5))), finding: "x")
            #expect(unknown == .mismatch(.nothingFound))
            let result = try await rig.engine.match(id, to: .bill(bill.code), finding: "ama and kofi: one letter wrong")
            let order = try #require(rig.order)
            #expect(result == .done(order.id) && order.status == .succeeded)
            #expect(try await rig.store.bill(bill.id)?.state == .paid)
            let evidence = try #require(try await rig.store.evidence(order.id).last)
            #expect(evidence.source == .statement)
            #expect(String(decoding: evidence.raw, as: UTF8.self) == "ama and kofi: one letter wrong")
            #expect(try await rig.engine.match(id, to: .bill(bill.code), finding: "again") == .missing)
            #expect(try await rig.engine.unmatched(after: nil, limit: 10).isEmpty && rig.store.postings.count == 1)
        }
    }

    @Test func `what is closed is listed and matched no more`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let id = try await Self.left(rig)
            #expect(try await rig.engine.closeUnmatched(id))
            #expect(try await rig.engine.closeUnmatched(id) == false)
            let bill = try await rig.makeBill()
            #expect(try await rig.engine.match(id, to: .bill(bill.code), finding: "x") == .missing)
            await rig.stage.sleep(seconds: 90_000)
            #expect(rig.store.payments.isEmpty && rig.observer.alarms == ["unopened_payment"])
        }
    }

    @Test func `a line of a statement pays the bill once`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            let stated = try await rig.engine.state(Self.line(bill.code.text))
            let order = try #require(rig.order)
            #expect(stated == .paid(order.id) && order.status == .succeeded)
            #expect(rig.attempts.first?.operatorReference == "op-7")
            #expect(try await rig.engine.state(Self.line(bill.code.text)) == .known(order.id))
            #expect(try await rig.engine.state(Self.line("x", reference: "op-8")) != .known(order.id))
            #expect(try await rig.engine.state(Self.line("x", reference: "op-8")) == .repeated)
            #expect(rig.store.payments.count == 1 && rig.store.postings.count == 1)
        }
    }

    @Test func `a notification about what a statement said already pays nothing more`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let bill = try await rig.makeBill()
            _ = try await rig.engine.state(Self.line(bill.code.text))
            let other = try await rig.makeBill(seed: 2)
            let text =
                #"{"result":"succeeded","session":"op-7","amount":5000,"currency":"XOF","event":"e1","typed":"\#(other.code)"}"#
            #expect(await rig.callback(text).status == 200)
            let same =
                #"{"result":"succeeded","reference":"menu-1","id":"op-7","amount":5000,"currency":"XOF","event":"e2","typed":"\#(other.code)"}"#
            #expect(await rig.callback(same).status == 200)
            await rig.stage.sleep(seconds: 10)
            #expect(rig.store.payments.count == 1 && rig.store.postings.count == 1)
            #expect(try await rig.store.bill(other.id)?.isFree == true)
        }
    }

    private static func numbered(_ typed: String, _ name: String, amount: Int64 = 5_000) -> String {
        #"""
        {"result":"succeeded","reference":"\#(name)","amount":\#(amount),"currency":"XOF","event":"\#(name)","typed":"\#(typed)"}
        """#
    }

    /// A payment of an app that waits on its hosted page.
    private static func waiting(
        _ rig: Rig, _ app: AppID, key: String = "order-1", _ change: (inout OrderRequest) -> Void = { _ in }
    ) async throws -> OrderAggregate {
        try await rig.store.insert(App(id: app, name: "Shop \(app)", isEnabled: true, createdAt: rig.stage.now))
        var command = rig.command(key: key, app: app)
        command.request.reference = "A-17"
        command.request.isHosted = true
        change(&command.request)
        return try #require(await rig.engine.create(command).done).aggregate
    }

    @Test func `an order number pays the payment that waits for its payer`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let waiting = try await Self.waiting(rig, Sample.app)
            #expect(waiting.order.awaitsChoice)
            #expect(await rig.callback(Self.numbered("A-17", "menu-1", amount: 4_999)).status == 200)
            #expect(await rig.callback(Self.numbered("A-18", "menu-2")).status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.order?.awaitsChoice == true)
            #expect(await rig.callback(Self.numbered("A-17", "menu-3")).status == 200)
            await rig.wait(upTo: 5) { rig.order?.status == .succeeded }
            #expect(rig.order?.id == waiting.order.id && rig.store.postings.count == 1)
            #expect(rig.order?.request.origin == nil && rig.order?.plan.first?.provider == "alpha")
            #expect(await rig.callback(Self.numbered("A-17", "menu-4")).status == 200)
            await rig.stage.sleep(seconds: 60)
            #expect(rig.store.payments.count == 1 && rig.store.postings.count == 1)
            #expect(try await rig.engine.unmatched(after: nil, limit: 10).count == 3)
        }
    }

    @Test func `an order number of two apps, or of a payment that the shop has to accept, is left to people`() throws {
        try Rig.run({ $0.add("alpha", Self.signed) }) { rig in
            let browsers = try await Self.waiting(rig, Sample.app) { $0.needsAcceptance = true }
            #expect(await rig.callback(Self.numbered("A-17", "menu-1")).status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.order?.awaitsChoice == true && rig.order?.id == browsers.order.id)
            for number in 1...2 {
                let random = SeededRandom(UInt64(number + 40))
                _ = try await Self.waiting(rig, AppID(at: rig.stage.now, from: random), key: "shop-\(number)")
            }
            #expect(await rig.callback(Self.numbered("A-17", "menu-2")).status == 200)
            await rig.stage.sleep(seconds: 30)
            #expect(rig.store.payments.allSatisfy(\.awaitsChoice) && rig.store.postings.isEmpty)
            let why = try await rig.engine.unmatched(after: nil, limit: 10).compactMap(\.mismatch)
            #expect(why == [.severalFound, .severalFound])
        }
    }

    // MARK: One transaction, two names

    /// An operator that does not promise that its ids are unique, as TMoney.
    private static func unpromised(_ setup: inout Rig.Setup) {
        setup.add("alpha", signed) { provider in
            var provider = provider
            provider.manifest.operatorReferencesAreUnique = false
            return provider
        }
    }

    /// A mistyped notification that states the operator's id beside its name.
    private static func mistyped(_ rig: Rig, id: String = "TM7") async throws -> InboxID {
        let text = #"""
            {"result":"succeeded","reference":"menu-1","id":"\#(id)","amount":5000,"currency":"XOF","event":"e1","typed":"wrong"}
            """#
        #expect(await rig.callback(text).status == 200)
        await rig.stage.sleep(seconds: 5)
        return try #require(try await rig.engine.unmatched(after: nil, limit: 10).first?.message.id)
    }

    @Test(arguments: ["TM7", " TM7", "TM7 ", "tm7", "menu-1", "MENU-1"])
    func `what was matched is not taken from a statement again`(_ name: String) throws {
        try Rig.run(Self.unpromised) { rig in
            let id = try await Self.mistyped(rig)
            let (first, second) = (try await rig.makeBill(), try await rig.makeBill(seed: 2))
            let matched = try await rig.engine.match(id, to: .bill(first.code), finding: "two")
            let order = try #require(rig.order?.id)
            #expect(matched == .done(order))
            #expect(try await rig.engine.state(Self.line(second.code.text, reference: name)) == .known(order))
            #expect(rig.store.payments.count == 1 && rig.store.postings.count == 1)
            #expect(try await rig.store.bill(second.id)?.isFree == true)
        }
    }

    @Test(arguments: ["TM7", " tm7 ", "menu-1"])
    func `what waits in the list is not taken from a statement`(_ name: String) throws {
        try Rig.run(Self.unpromised) { rig in
            let id = try await Self.mistyped(rig)
            let bill = try await rig.makeBill()
            #expect(try await rig.engine.state(Self.line(bill.code.text, reference: name)) == .listed(id))
            #expect(rig.store.payments.isEmpty)
        }
    }

    @Test func `what a statement brought is not matched again under the notification's name`() throws {
        try Rig.run(Self.unpromised) { rig in
            let (first, second) = (try await rig.makeBill(), try await rig.makeBill(seed: 2))
            #expect(try await rig.engine.state(Self.line(first.code.text, reference: "TM7")) != .repeated)
            let id = try await Self.mistyped(rig)
            #expect(try await rig.engine.match(id, to: .bill(second.code), finding: "x") == .mismatch(.repeated))
            #expect(try await rig.engine.unmatched(after: nil, limit: 10).first?.mismatch == .repeated)
            let typed = #"""
                {"result":"succeeded","reference":"menu-2","id":"TM7","amount":5000,"currency":"XOF","event":"e2","typed":"\#(second.code)"}
                """#
            #expect(await rig.callback(typed).status == 200)
            await rig.stage.sleep(seconds: 10)
            #expect(rig.store.payments.count == 1 && rig.store.postings.count == 1)
        }
    }

    @Test func `a line about a payment that the router began is refused, by whichever name`() throws {
        try Rig.run(Self.unpromised) { rig in
            rig.operators.script(
                "alpha", .reply(200, #"{"result":"succeeded","amount":5000,"currency":"XOF","id":"TM7"}"#))
            let own = try await rig.create()
            let bill = try await rig.makeBill()
            for name in ["TM7", try #require(rig.operators.references.first)] {
                #expect(try await rig.engine.state(Self.line(bill.code.text, reference: name)) == .known(own.order.id))
            }
            #expect(rig.store.payments.count == 1)
        }
    }

    @Test func `two ways to one transaction at once lead to one payment`() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            try Rig.run(seed: seed, Self.unpromised) { rig in
                let (first, second) = (try await rig.makeBill(), try await rig.makeBill(seed: 2))
                let text = #"""
                    {"result":"succeeded","reference":"menu-1","id":"TM7","amount":5000,"currency":"XOF","event":"e1","typed":"\#(first.code)"}
                    """#
                async let told = rig.callback(text)
                async let stated = rig.engine.state(Self.line(second.code.text, reference: "TM7"))
                _ = (await told, try await stated)
                await rig.stage.sleep(seconds: 10)
                #expect(rig.store.payments.count == 1 && rig.store.postings.count == 1, "seed \(seed)")
            }
        }
    }
}
