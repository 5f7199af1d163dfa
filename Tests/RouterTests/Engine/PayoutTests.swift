import Router
import RouterTestKit
import Testing

/// Money out.
@Suite struct PayoutTests {
    @Test func `a payout is sent once and booked`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            #expect(payout.order.id.text.hasPrefix("po_") && payout.order.status == .succeeded)
            #expect(rig.operators.requests.map(\.url) == ["https://alpha.example/payout"])
            let lines = try await rig.store.postings(payout.order.movement)
            #expect(lines.flatMap(\.accounts) == ["app:\(Sample.app)", "operator:alpha"])
            #expect(rig.store.events.map(\.type) == ["payout.created", "payout.succeeded"])
        }
    }

    @Test func `an unknown payout is never tried elsewhere`() throws {
        try Rig.run({ setup in
            setup.addWhole("alpha")
            setup.addWhole("beta")
        }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            #expect(payout.order.status == .processing && payout.order.certainty == .unknown)
            await rig.stage.sleep(seconds: 300)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `what certainly did not happen fails over`() throws {
        try Rig.run({ setup in
            setup.addWhole("alpha")
            setup.addWhole("beta")
        }) { rig in
            rig.operators.script("alpha", .refuse(.floatExhausted))
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            #expect(payout.order.status == .succeeded && payout.order.chosen?.provider == "beta")
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
        }
    }

    @Test func `a known balance that does not cover it is passed over`() throws {
        try Rig.run({ setup in
            setup.addWhole("alpha")
            setup.addWhole("beta")
        }) { rig in
            rig.operators.answer("alpha.example/balance", .success(.json(#"{"available":4999}"#)))
            rig.operators.answer("beta.example/balance", .success(.json(#"{"available":5000}"#)))
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            #expect(payout.order.chosen?.provider == "beta")
            let why = payout.order.explanation["candidates"]?.arrayValue?.first?["why_not"]
            #expect(why == ["its balance of 4999 XOF does not cover the amount"])
        }
    }

    @Test func `no balance covers it`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            rig.operators.answer("alpha.example/balance", .success(.json(#"{"available":10}"#)))
            try #require(await rig.engine.create(rig.payout()).noProviderNow != nil, "accepted")
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test func `a payment key does not stand for a payout`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create(key: "one-key")
            let payout = try await rig.done(rig.engine.create(rig.payout(key: "one-key")))
            #expect(payment.attempts.first?.reference != payout.attempts.first?.reference)
            #expect(rig.operators.executions.count == 2)
        }
    }
}

/// Wallets that must not be asked twice at the same time.
@Suite struct WalletLockTests {
    @Test func `the same order under another key is not asked twice`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            var first = rig.command(key: "key-1")
            first.request.reference = "cart-77"
            first.request.customer.phone = try Sample.phone()
            var second = first
            second.idempotencyKey = "key-2"
            let accepted = try rig.done(await rig.engine.create(first))
            let duplicate = try #require(await rig.engine.create(second).possibleDuplicate, "asked twice")
            #expect(duplicate.holder.id == accepted.order.id && !duplicate.isRepeatable)
            #expect(rig.operators.requests.count == 1)
            rig.operators.decide(try #require(rig.operators.references.first), .refused(.declined, definitive: true))
            await rig.wait { rig.order?.status == .failed }
            let later = try rig.done(await rig.engine.create(second))
            #expect(later.order.status == .succeeded)
        }
    }

    @Test func `a wallet with one prompt is asked one after the other`() throws {
        try Rig.run({ setup in
            setup.add("alpha") { base in
                var base = base
                base.manifest.onePromptPerWallet = true
                return base
            }
        }) { rig in
            rig.operators.script("alpha", .accept)
            var first = rig.command(key: "key-1", async: true)
            first.request.customer.phone = try Sample.phone()
            var second = first
            second.idempotencyKey = "key-2"
            let one = try rig.done(await rig.engine.create(first))
            await rig.stage.sleep(seconds: 1)
            let two = try rig.done(await rig.engine.create(second))
            await rig.stage.sleep(seconds: 20)
            #expect(rig.operators.requests.count == 1, "the prompt of the first is open")
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            await rig.wait { rig.operators.requests.count == 2 }
            await rig.stage.sleep(seconds: 5)
            #expect(try await rig.reread(one).order.status == .succeeded)
            #expect(try await rig.reread(two).order.status == .succeeded)
        }
    }
}

extension Rig {
    func payout(key: String = "payout-1") -> Engine.CreateCommand {
        var request = Sample.request(Money(5_000, .xof))
        request.customer = Customer(phone: try? Sample.phone())
        return Engine.CreateCommand(
            kind: .payout, app: Sample.app, environment: .sandbox, request: request, idempotencyKey: key,
            fingerprint: [2], requestID: Sample.requestID, respondsAsync: false)
    }
}
