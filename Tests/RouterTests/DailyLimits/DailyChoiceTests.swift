import Router
import RouterTestKit
import Testing

/// Numbers that payers choose, what shops accept, and limits that are configured otherwise later.
@Suite struct DailyChoiceTests {
    private static let hosted: @Sendable (inout Rig.Setup) -> Void = { setup in
        setup.add("alpha") { base in
            var base = base
            base.manifest.requires = [.phone]
            return base
        }
    }

    private func hosted(_ rig: Rig, key: String) async throws -> OrderAggregate {
        var command = rig.command(key: key)
        command.request.isHosted = true
        return try await rig.done(rig.engine.create(command))
    }

    @Test func `a number that the payer types counts in the commit that takes it`() throws {
        try Rig.run({ setup in
            Self.hosted(&setup)
            setup.limit(perNumber: .payment, count: 1)
            setup.limit(perApp: .payment, count: 5)
        }) { rig in
            let first = try await hosted(rig, key: "hosted-1")
            #expect(rig.counted == ["app payment count": 1])
            guard case .begun = await rig.engine.choose(first.order.id, channel: "tmoney", phone: try Sample.phone())
            else { throw Rig.TestFailure() }
            #expect(rig.counted == ["app payment count": 1, "number payment count": 1])
            let second = try await hosted(rig, key: "hosted-2")
            guard
                case .overLimit = await rig.engine.choose(second.order.id, channel: "tmoney", phone: try Sample.phone())
            else { throw Rig.TestFailure() }
            #expect(try await rig.reread(second).order.awaitsChoice && rig.operators.requests.count == 1)
            #expect(rig.observer.alarms == [])
            let other = try Sample.phone("+22890112234")
            guard case .begun = await rig.engine.choose(second.order.id, channel: "tmoney", phone: other) else {
                throw Rig.TestFailure()
            }
            #expect(try await rig.reread(second).order.status == .succeeded)
            #expect(rig.counted == ["app payment count": 2, "number payment count": 2])
        }
    }

    /// Strangers begin payments with a publishable key: they must not use up what the app may do.
    @Test func `what a browser began counts for the app once the shop accepts it`() throws {
        try Rig.run({ setup in
            setup.add("alpha")
            setup.limit(perApp: .payment, count: 1)
        }) { rig in
            let (first, second) = (try await rig.begun(key: "one"), try await rig.begun(key: "two"))
            #expect(rig.counted == [:])
            let right = Money(5_000, .xof)
            #expect(try await rig.done(rig.accept(first, right, key: "accept-1")).order.status == .succeeded)
            #expect(rig.counted == ["app payment count": 1])
            #expect(await rig.accept(second, right, key: "accept-2").dailyLimit == "app payment count")
            #expect(try await rig.reread(second).order.acceptedAt == nil && rig.operators.requests.count == 1)
            await rig.stage.sleep(seconds: 1_000)
            #expect(try await rig.reread(second).order.failure?.code == "not_accepted")
        }
    }

    /// A limit that could be looked at with nobody asked would tell what others use a number for.
    @Test func `a number counts when an operator may be asked, not before`() throws {
        try Rig.run({ setup in
            setup.add("alpha")
            setup.limit(perNumber: .payment, count: 1)
        }) { rig in
            let right = Money(5_000, .xof)
            var payments: [OrderAggregate] = []
            for key in ["one", "two"] {
                var command = rig.command(key: "daily-\(key)")
                command.request.customer = Customer(phone: try Sample.phone())
                (command.request.isHosted, command.request.needsAcceptance) = (true, true)
                let payment = try await rig.done(rig.engine.create(command))
                guard case .begun = await rig.engine.choose(payment.order.id, channel: "tmoney", phone: nil) else {
                    throw Rig.TestFailure()
                }
                payments.append(payment)
            }
            #expect(rig.counted == [:])
            _ = try await rig.done(rig.accept(payments[0], right, key: "accept-1"))
            #expect(rig.counted == ["number payment count": 1])
            #expect(await rig.accept(payments[1], right, key: "accept-2").dailyLimit == "number payment count")
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `who is asked to hold money is counted before the shop accepts`() throws {
        try Rig.run({ setup in
            setup.addWhole("alpha")
            setup.limit(perNumber: .payment, count: 1)
            setup.limit(perApp: .payment, count: 1)
        }) { rig in
            let payment = try await rig.opened()
            guard
                case .begun = await rig.engine.choose(payment.order.id, channel: "tmoney", phone: try Sample.phone())
            else { throw Rig.TestFailure() }
            #expect(rig.counted == ["number payment count": 1])
            let accepted = try await rig.done(rig.accept(payment, Money(5_000, .xof)))
            #expect(accepted.order.status == .succeeded)
            #expect(rig.counted == ["number payment count": 1, "app payment count": 1])
        }
    }

    @Test func `a number that the payer left for another one has its share back`() throws {
        try Rig.run({ setup in
            setup.add("alpha") { PageProvider($0, channel: "card") }
            setup.add("beta")
            setup.limit(perNumber: .payment, count: 1)
        }) { rig in
            let payment = try await hosted(rig, key: "leaving")
            let numbers = [try Sample.phone(), try Sample.phone("+22890112234")]
            _ = await rig.engine.choose(payment.order.id, channel: "card", phone: numbers[0])
            _ = try await rig.engine.changeChannel(payment.order.id)
            #expect(rig.counted == ["number payment count": 1])
            rig.operators.script("beta", .accept)
            _ = await rig.engine.choose(payment.order.id, channel: "tmoney", phone: numbers[1])
            #expect(rig.counted == ["number payment count": 2], "the first one's operator may have been asked")
            let last = try #require(try await rig.reread(payment).attempts.last)
            rig.operators.decide(last.reference, .executed)
            await rig.wait { rig.store.aggregate(payment.order.id)?.order.outcome == .succeeded }
            #expect(rig.counted == ["number payment count": 1])
        }
    }

    @Test func `an order keeps what it counted whatever is configured later`() throws {
        try Rig.run({ setup in
            setup.add("alpha")
            setup.limit(perNumber: .payment, count: 3)
        }) { rig in
            rig.operators.script("alpha", .accept)
            let open = try await rig.done(rig.pay(key: "1"))
            _ = try await rig.done(rig.pay(key: "2"))
            let lower = try await rig.restart { setup in
                setup.add("alpha")
                setup.limit(perNumber: .payment, count: 1)
            }
            #expect(try await lower.pay(key: "3").dailyLimit == "number payment count")
            let free = try await lower.restart { $0.add("alpha") }
            _ = try await free.done(free.pay(key: "3"))
            free.operators.decide(open.attempts[0].reference, .refused(.declined, definitive: true))
            await free.wait(upTo: 4_000) { free.store.aggregate(open.order.id)?.order.outcome == .failed }
            #expect(free.counted == ["number payment count": 1], "given back without being configured")
            free.stop()
        }
    }

    @Test func `the books of every order say what it counted`() throws {
        try Rig.run({ setup in
            setup.add("alpha")
            setup.limit(perNumber: .payment, amount: 9_000, count: 3)
        }) { rig in
            let paid = try await rig.done(rig.pay(key: "1"))
            let holds = try await rig.store.holds(of: paid.order.id)
            #expect(holds.map(\.amount.minorUnits) == [1_000, 1] && holds.allSatisfy { $0.state == .pending })
            #expect(holds.allSatisfy { !$0.account.name.contains("90112233") }, "a number can be read")
            let stored = try await rig.reread(paid)
            #expect(stored.order.dailyUses == paid.order.dailyUses && stored.order.dailyUses.count == 2)
        }
    }
}
