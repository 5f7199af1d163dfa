import Router
import RouterTestKit
import Testing

/// What a transfer says of itself on the way, and what tells people about it.
@Suite struct TransferTruthTests {
    private static func shown(_ transfer: OrderAggregate) throws -> JSONValue {
        let view = OrderView(publicURL: "https://pay.example", pages: HostedPages(try Sample.dataKeys()))
        return try StrictJSON.parse(view.bytes(transfer), maximumDepth: 64)
    }

    /// The money is with us: neither that nothing was taken nor that the payment was declined is true.
    @Test func `a transfer that has not ended has no failure`() throws {
        try Rig.wallets { rig in
            rig.operators.script("beta", .refuse(.accountUnavailable))
            rig.operators.script("alpha", .succeed, .refuse(.accountUnavailable))
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.wait(upTo: 600) { rig.store.aggregate(sent.order.id)?.order.review != nil }
            let parked = try Self.shown(try await rig.reread(sent))
            #expect(parked["phase"] == "parked" && parked["failure"] == .null)
            for event in rig.store.events where event.order == sent.order.id {
                #expect(!event.type.hasSuffix("failed"), "\(event.type)")
            }
            _ = try await rig.engine.compensateAgain(sent.order.id)
            await rig.ended(sent)
            #expect(try Self.shown(try await rig.reread(sent))["failure"]?["code"] == "not_delivered")
        }
    }

    @Test func `that people's finding on an order parks the transfer is told`() throws {
        try Rig.wallets { rig in
            rig.operators.script("beta", .refuse(.accountUnavailable))
            rig.operators.script("alpha", .succeed, .lose(executes: false))
            rig.operators.hang("/status/")
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.stage.sleep(seconds: 7_200)
            let refund = try #require(rig.store.aggregates.first { $0.order.kind == .refund })
            #expect(try await rig.reread(sent).order.status == .underReview)
            #expect(!rig.observer.alarms.contains("transfer_parked"))
            await rig.stage.sleep(seconds: 200_000)
            for person in ["ama", "kofi"] {
                _ = await rig.engine.sign(
                    refund.order.id, Review.Finding(verdict: .notExecuted, reason: "not there", document: "mail 7"),
                    person: person, counts: { _ in true })
            }
            await rig.wait(upTo: 600) { rig.store.aggregate(sent.order.id)?.order.review != nil }
            let parked = try await rig.reread(sent)
            #expect(parked.order.review?.reason == .transferParked)
            #expect(rig.observer.alarms.filter { $0 == "transfer_parked" }.count == 1)
            #expect(rig.types(sent).last == "transfer.under_review")
        }
    }

    /// The recipient got another amount than was asked: nobody is to be paid again without looking.
    @Test func `what has reached somebody by a failed order is not given back`() throws {
        try Rig.wallets { rig in
            rig.operators.script("beta", .lose(executes: true))
            rig.operators.hang("/status/")
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.stage.sleep(seconds: 7_200)
            let credit = try #require(rig.store.aggregates.first { $0.order.kind == .payout })
            for person in ["ama", "kofi"] {
                _ = await rig.engine.sign(
                    credit.order.id,
                    Review.Finding(
                        verdict: .split(Money(5_001, .xof)), reason: "another amount", document: "statement 7",
                        operatorReference: "theirs-7"), person: person, counts: { _ in true })
            }
            await rig.wait(upTo: 600) { rig.store.aggregate(sent.order.id)?.order.review != nil }
            #expect(try await rig.reread(sent).order.review?.reason == .transferParked)
            let refused = try await rig.engine.compensateAgain(sent.order.id)
            #expect(refused?.objection == .objection(.moved))
            #expect(rig.operators.requests.count == 2)
            #expect(try await rig.engine.cancelTransfer(sent.order.id).isPossible == false)
            for person in ["ama", "kofi"] {
                _ = await rig.engine.sign(
                    sent.order.id, Review.Finding(verdict: .notExecuted, reason: "by hand", document: "receipt 7"),
                    person: person, counts: { _ in true })
            }
            let told = try Self.shown(try await rig.reread(sent))["failure"]?["message_for_payer"]?.stringValue
            #expect(told?.contains("has the money back") == true, "\(told ?? "nothing")")
        }
    }

    @Test func `into a wallet that was closed meanwhile, the sender has all of it back`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet()
            rig.operators.script("alpha", .first({ _ in _ = try? await rig.store.change(wallet, .close) }, .succeed))
            let sent = try await rig.done(
                rig.engine.transfer(rig.transfer(.channel("tmoney"), .wallet(wallet), 3_000, fee: 30)))
            await rig.ended(sent)
            let ended = try await rig.reread(sent)
            #expect(ended.order.status == .failed && ended.order.failure?.code == "not_delivered")
            #expect(ended.order.followUps.map(\.kind) == [.payment, .refund])
            #expect(rig.store.aggregates.allSatisfy { $0.order.review == nil }, "the transfer gives it back by itself")
            #expect(try await rig.balance(of: .unclaimed(wallet)) == 0)
            #expect(try await rig.balance(of: .provider("alpha")) == 0)
            #expect(try await rig.balance(of: .fees) == 0, "nobody was served")
        }
    }

    @Test func `what cannot go back from a closed wallet is parked, and people end it`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet()
            rig.operators.script(
                "alpha", .first({ _ in _ = try? await rig.store.change(wallet, .close) }, .succeed),
                .refuse(.accountUnavailable))
            let sent = try await rig.done(
                rig.engine.transfer(rig.transfer(.channel("tmoney"), .wallet(wallet), 3_000, fee: 30)))
            await rig.wait(upTo: 600) { rig.store.aggregate(sent.order.id)?.order.review != nil }
            #expect(try await rig.reread(sent).order.transferPhase == .parked)
            for person in ["ama", "kofi"] {
                _ = await rig.engine.sign(
                    sent.order.id, Review.Finding(verdict: .notExecuted, reason: "by hand", document: "receipt 7"),
                    person: person, counts: { _ in true })
            }
            #expect(try await rig.reread(sent).order.status == .failed)
            #expect(try await rig.balance(of: .unclaimed(wallet)) == 0)
            #expect(try await rig.balance(of: .adjustments) == 3_030)
        }
    }
}
