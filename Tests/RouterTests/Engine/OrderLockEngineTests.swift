import Router
import RouterTestKit
import Testing

/// One order number, one order: payouts, by the books of the operators.
@Suite struct PayoutLockTests {
    private static let setup: @Sendable (inout Rig.Setup) -> Void = { $0.addWhole("alpha") }

    /// An answer in words.
    static func words(_ result: Engine.CommandResult) -> String {
        switch result {
        case .done: "done"
        case .replayed: "replayed"
        case .possibleDuplicate(_, let isRepeatable): isRepeatable ? "duplicate, repeatable" : "duplicate"
        case .wrongRepeat(let holder): holder == nil ? "nothing to repeat" : "wrong repeat"
        case .tooManyAlike: "too many"
        case .keyReused: "key reused"
        case .unavailable: "unavailable"
        case .unknown: "unknown"
        default: "something else"
        }
    }

    @Test(arguments: [
        (Act.accept, "duplicate", "duplicate", 1), (.lose(executes: true), "duplicate, repeatable", "done", 2),
        (.lose(executes: false), "duplicate", "duplicate", 1), (.succeed, "duplicate, repeatable", "done", 2),
        (.state(4_999), "duplicate", "duplicate", 1), (.refuse(.accountUnavailable), "done", "nothing to repeat", 2),
        (.refuse(.accountUnavailable, definitive: false), "done", "nothing to repeat", 2),
    ])
    func `every end of the first`(_ act: Act, _ plain: String, _ named: String, _ sent: Int) throws {
        for isNamed in [false, true] {
            try Rig.run(Self.setup) { rig in
                rig.operators.script("alpha", act)
                let first = try rig.done(await rig.engine.create(rig.payout(number: "salary-17")))
                #expect(Self.words(await rig.engine.create(rig.payout(number: "salary-17"))) == "replayed")
                var again = rig.payout(key: "payout-2", number: " salary-17 ", units: 4_000)
                if isNamed { again.request.repeatOf = first.order.id }
                let answer = await rig.engine.create(again)
                #expect(Self.words(answer) == (isNamed ? named : plain), "\(act) named \(isNamed)")
                if case .possibleDuplicate(let holder, _) = answer { #expect(holder.id == first.order.id) }
                let isIn = (isNamed ? named : plain) == "done"
                #expect(rig.operators.requests.count == (isIn ? sent : 1))
                #expect(rig.store.payments.count == (isIn ? 2 : 1))
                // A repetition of the second request is answered like the first time, whatever happened since.
                if isIn { #expect(Self.words(await rig.engine.create(again)) == "replayed") }
            }
        }
    }

    @Test func `an under review payout holds`() throws {
        try Rig.run({ $0.addWhole("alpha", Sample.contract(check: .none, callback: .none, reviewAfter: 60)) }) { rig in
            rig.operators.script("alpha", .lose(executes: true))
            let first = try rig.done(await rig.engine.create(rig.payout(number: "n")))
            await rig.wait { rig.order?.status == .underReview }
            var again = rig.payout(key: "payout-2", number: "n")
            #expect(Self.words(await rig.engine.create(again)) == "duplicate")
            again.request.repeatOf = first.order.id
            #expect(Self.words(await rig.engine.create(again)) == "duplicate", "its end is not known")
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
        }
    }

    @Test func `a late success holds again`() throws {
        try Rig.run(Self.setup) { rig in
            rig.operators.script("alpha", .refuse(.accountUnavailable))
            let first = try rig.done(await rig.engine.create(rig.payout(number: "n")))
            #expect(first.order.status == .failed)
            let reference = try #require(first.attempts.first?.reference)
            let late =
                #"{"result":"succeeded","reference":"\#(reference)","amount":5000,"currency":"XOF","id":"op-late"}"#
            _ = await rig.callback(late)
            await rig.wait { rig.store.aggregate(first.order.id)?.order.isDisputed == true }
            var again = rig.payout(key: "payout-2", number: "n")
            #expect(Self.words(await rig.engine.create(again)) == "duplicate")
            again.request.repeatOf = first.order.id
            #expect(Self.words(await rig.engine.create(again)) == "duplicate", "nobody has looked at it")
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `what is named must be the newest of the number`() throws {
        try Rig.run(Self.setup) { rig in
            let first = try rig.done(await rig.engine.create(rig.payout(number: "n")))
            let stranger = try rig.done(await rig.engine.create(rig.payout(key: "payout-x", number: "other")))
            func named(_ id: OrderID, _ key: String) async -> String {
                var command = rig.payout(key: key, number: "n")
                command.request.repeatOf = id
                return Self.words(await rig.engine.create(command))
            }
            #expect(await named(stranger.order.id, "payout-2") == "wrong repeat")
            #expect(await named(OrderID(.payout, at: .start, from: SeededRandom(3)), "payout-2") == "wrong repeat")
            var others = rig.payout(key: "payout-2", number: "n")
            others.app = Sample.otherApp
            others.request.repeatOf = first.order.id
            #expect(Self.words(await rig.engine.create(others)) == "nothing to repeat", "of another app")
            others.app = Sample.app
            others.request.reference = nil
            #expect(Self.words(await rig.engine.create(others)) == "nothing to repeat", "without an order number")
            #expect(rig.store.payments.count == 2)
            #expect(await named(first.order.id, "payout-2") == "done")
            #expect(await named(first.order.id, "payout-3") == "wrong repeat", "each is named once")
            let second = try #require(rig.store.payments.first { $0.idempotencyKey == "payout-2" })
            #expect(await named(second.id, "payout-3") == "done")
            #expect(rig.operators.executions.count == 4)
        }
    }

    @Test func `a repetition that dies gives the name back`() throws {
        try Rig.run(Self.setup) { rig in
            let first = try rig.done(await rig.engine.create(rig.payout(number: "n")))
            rig.operators.script("alpha", .refuse(.accountUnavailable))
            for (key, expected) in [("payout-2", OrderStatus.failed), ("payout-3", .succeeded)] {
                var command = rig.payout(key: key, number: "n")
                command.request.repeatOf = first.order.id
                #expect(try rig.done(await rig.engine.create(command)).order.status == expected)
            }
        }
    }

    /// Another payee is another payout, another currency is not.
    @Test func `the number counts with the payee`() throws {
        try Rig.run(Self.setup) { rig in
            _ = try rig.done(await rig.engine.create(rig.payout(number: "n")))
            var other = rig.payout(key: "payout-2", number: "n")
            other.request.customer.phone = try Sample.phone("+22890112234")
            _ = try rig.done(await rig.engine.create(other))
            #expect(rig.operators.executions.count == 2)
            let unnumbered = try rig.done(await rig.engine.create(rig.payout(key: "payout-3")))
            #expect(unnumbered.order.status == .succeeded, "without an order number two wishes are two")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `fifty at once execute once`(_ seed: UInt64) throws {
        for act in [Act.succeed, .accept, .lose(executes: true), .refuse(.accountUnavailable)] {
            try Rig.run(seed: seed, Self.setup) { rig in
                // Whatever is refused lets the next one in, until one is executed.
                rig.operators.script("alpha", act)
                let answers = await withTaskGroup(of: String.self) { group in
                    for number in 0..<50 {
                        group.addTask(executorPreference: rig.stage) {
                            Self.words(await rig.engine.create(rig.payout(key: "payout-\(number)", number: "n")))
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(rig.operators.executions.values.reduce(0, +) <= 1)
                #expect(answers.count { $0 == "done" } >= 1)
                let open = rig.store.aggregates.count { $0.lockStanding == .open || $0.lockStanding == .executed }
                #expect(open <= 1, "\(answers)")
            }
        }
    }

    @Test func `twice the same key at once is one order also behind a dead one`() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            try Rig.run(seed: seed, Self.setup) { rig in
                rig.operators.script("alpha", .refuse(.accountUnavailable), .accept)
                _ = try rig.done(await rig.engine.create(rig.payout(number: "n")))
                let answers = await withTaskGroup(of: String.self) { group in
                    for _ in 0..<4 {
                        group.addTask(executorPreference: rig.stage) {
                            Self.words(await rig.engine.create(rig.payout(key: "payout-2", number: "n")))
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.sorted() == ["done", "replayed", "replayed", "replayed"], "seed \(seed)")
                #expect(rig.store.payments.count == 2)
            }
        }
    }

    /// The process dies right after the commit: the other key finds the first order.
    @Test func `a crash between accepting and answering lets nobody else in`() throws {
        try Rig.run(Self.setup) { rig in
            rig.store.inject { number, units in units.contains { $0.claim != nil } ? .failsAfter : nil }
            #expect(Self.words(await rig.engine.create(rig.payout(number: "n"))) == "unknown")
            rig.store.inject(nil)
            let next = try await rig.restart(Self.setup)
            #expect(Self.words(await next.engine.create(next.payout(key: "payout-2", number: "n"))) == "duplicate")
            #expect(Self.words(await next.engine.create(next.payout(number: "n"))) == "replayed")
            await next.stage.sleep(seconds: 2_000)
            #expect(next.operators.executions.values.reduce(0, +) <= 1)
            next.stop()
        }
    }

    @Test func `a store that cannot be read lets nobody in`() throws {
        try Rig.run(Self.setup) { rig in
            rig.operators.script("alpha", .accept)
            _ = try rig.done(await rig.engine.create(rig.payout(number: "n")))
            rig.store.failReads(true)
            #expect(Self.words(await rig.engine.create(rig.payout(key: "payout-2", number: "n"))) == "unknown")
            rig.store.failReads(false)
            #expect(rig.operators.requests.count == 1)
        }
    }
}

/// One order number, one open payment.
@Suite struct PaymentLockTests {
    private func command(
        _ rig: Rig, key: String, phone: String? = nil, units: Int64 = 5_000
    ) throws -> Engine.CreateCommand {
        var command = rig.command(key: key, amount: Money(units, .xof))
        command.request.reference = "cart-77"
        command.request.customer.phone = try phone.map { try Sample.phone($0) }
        return command
    }

    @Test func `without a phone two are not open at once`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            let first = try rig.done(await rig.engine.create(command(rig, key: "key-1")))
            for phone in [nil, "+22890112233"] {
                let answer = await rig.engine.create(try command(rig, key: "key-2", phone: phone))
                let duplicate = try #require(answer.possibleDuplicate, "\(answer)")
                #expect(duplicate.holder.id == first.order.id && !duplicate.isRepeatable)
            }
            _ = try rig.done(await rig.engine.create(command(rig, key: "key-3", units: 5_001)))
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            await rig.wait { rig.store.aggregate(first.order.id)?.order.status == .succeeded }
            let later = try rig.done(await rig.engine.create(command(rig, key: "key-2")))
            #expect(later.order.status == .succeeded, "a succeeded one excludes nothing")
        }
    }

    @Test func `two payers of one number pay at once`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept, .accept)
            _ = try rig.done(await rig.engine.create(command(rig, key: "key-1", phone: "+22890112233")))
            _ = try rig.done(await rig.engine.create(command(rig, key: "key-2", phone: "+22890112244")))
            let third = await rig.engine.create(try command(rig, key: "key-3", phone: "+22890112244"))
            #expect(PayoutLockTests.words(third) == "duplicate")
        }
    }

    @Test func `an under review payment is asked again by name and gets a wish to cancel`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(check: .none, reviewAfter: 60)) }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            let first = try rig.done(await rig.engine.create(command(rig, key: "key-1")))
            var again = try command(rig, key: "key-2")
            again.request.repeatOf = first.order.id
            #expect(PayoutLockTests.words(await rig.engine.create(again)) == "duplicate", "it is not under review yet")
            await rig.wait { rig.store.aggregate(first.order.id)?.order.status == .underReview }
            let plain = await rig.engine.create(try command(rig, key: "key-2"))
            #expect(PayoutLockTests.words(plain) == "duplicate, repeatable")
            let second = try rig.done(await rig.engine.create(again))
            #expect(second.order.status == .succeeded && second.order.request.repeatOf == first.order.id)
            let held = try await rig.reread(first)
            #expect(held.order.cancelRequestedAt != nil && held.order.status == .underReview)
            var third = try command(rig, key: "key-3")
            third.request.repeatOf = first.order.id
            #expect(PayoutLockTests.words(await rig.engine.create(third)) == "duplicate", "each is named once")
            // It succeeds late: an ordinary success, which can be refunded.
            let reference = try #require(first.attempts.first?.reference)
            _ = await rig.callback(
                #"{"result":"succeeded","reference":"\#(reference)","amount":5000,"currency":"XOF","id":"op-late"}"#)
            await rig.wait { rig.store.aggregate(first.order.id)?.order.status == .succeeded }
            #expect(try await rig.reread(first).order.refundable == Money(5_000, .xof))
        }
    }

    @Test func `the wish and the repetition are one commit`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(check: .none, reviewAfter: 60)) }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            let first = try rig.done(await rig.engine.create(command(rig, key: "key-1")))
            await rig.wait { rig.store.aggregate(first.order.id)?.order.status == .underReview }
            var again = try command(rig, key: "key-2")
            again.request.repeatOf = first.order.id
            rig.store.inject { _, units in units.contains { $0.claim != nil } ? .failsBefore : nil }
            #expect(PayoutLockTests.words(await rig.engine.create(again)) == "unknown")
            rig.store.inject(nil)
            #expect(try await rig.reread(first).order.cancelRequestedAt == nil)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a failed payment lets the next in`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .refuse(.declined))
            let first = try rig.done(await rig.engine.create(command(rig, key: "key-1")))
            #expect(first.order.status == .failed)
            let second = try rig.done(await rig.engine.create(command(rig, key: "key-2")))
            #expect(second.order.status == .succeeded)
        }
    }

    @Test func `a capture is not made twice under another key`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            var command = rig.command()
            command.request.capturesLater = true
            let held = try rig.done(await rig.engine.create(command))
            rig.operators.script("alpha", .lose(executes: true))
            func capture(_ key: String) -> Engine.FollowUpCommand {
                Engine.FollowUpCommand(
                    .capture, of: held.order.id, idempotencyKey: key, fingerprint: [3], requestID: Sample.requestID)
            }
            _ = try rig.done(await rig.engine.follow(capture("capture-key-1")))
            try #require(await rig.engine.follow(capture("capture-key-2")).refused == .decidedAlready, "captured twice")
            #expect(rig.operators.requests.count == 2)
        }
    }
}

extension Rig {
    func payout(key: String = "payout-1", number: String, units: Int64 = 5_000) -> Engine.CreateCommand {
        var command = payout(key: key)
        command.request.reference = number
        command.request.amount = Money(units, .xof)
        return command
    }
}
