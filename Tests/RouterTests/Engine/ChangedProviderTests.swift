import Router
import RouterTestKit
import Testing

/// An id that means another operator or account while orders are open there: nobody is asked about another one's references,
/// and nothing is sent twice.
@Suite struct ChangedProviderTests {
    /// What becomes of a provider between two starts.
    enum Change: Sendable, CaseIterable {
        case kind, account, payoutAccount

        func callAsFunction(_ manifest: inout ProviderManifest) {
            switch self {
            case .kind: manifest.kind = "another"
            case .account: manifest.account = "another"
            case .payoutAccount: manifest.payoutAccount = "another"
            }
        }
    }

    /// The operator's key is strong, and it says with authority that it knows nothing.
    private static let contract = Sample.contract(key: .replays, keyWindow: 86_400)

    private func run(_ body: @escaping @Sendable (Rig) async throws -> Void) throws {
        try Rig.run({ $0.addWhole("alpha", Self.contract) }, body)
    }

    private func changed(_ rig: Rig, _ change: @escaping (inout ProviderManifest) -> Void) async throws -> Rig {
        try await rig.restart { $0.addWhole("alpha", Self.contract, change) }
    }

    private func asksAndSends(_ rig: Rig) -> [Int] {
        [rig.operators.requests.count, rig.operators.questions.count]
    }

    @Test(arguments: [Change.kind, .account])
    func `nobody else is asked and nothing is sent again`(_ change: Change) throws {
        try run { rig in
            rig.operators.improvise { .lose(executes: true) }
            rig.operators.answer("status", [])
            let payment = try await rig.done(
                rig.engine.create(rig.command(key: "order-1", async: true, expires: 80_000)))
            let before = asksAndSends(rig)
            let other = try await changed(rig) { change(&$0) }
            #expect(other.engine.changedProviders.others["alpha"]?.count == 1)
            #expect(other.engine.missingProviders.isEmpty)
            #expect(other.observer.alarms.contains("provider_changed"))
            await other.stage.sleep(seconds: 5_000)
            let gone = try await other.reread(payment)
            #expect(gone.order.status == .underReview && gone.order.review?.reason == .providerMissing)
            let asked = try #require(await other.engine.checkNow(gone).checked, "a wish to ask has no answer")
            #expect(asked.attempts.map(\.state) == gone.attempts.map(\.state))
            #expect(asksAndSends(other) == [max(1, before[0]), before[1]])
            // Named back, it goes on by itself.
            let back = try await other.restart { $0.addWhole("alpha", Self.contract) }
            #expect(back.engine.changedProviders.others.isEmpty)
            await back.wait { back.order?.status == .succeeded }
            #expect(back.order?.review == nil && rig.operators.executions.values.reduce(0, +) == 1)
            back.stop()
        }
    }

    @Test func `only what the other account is about waits`() throws {
        try run { rig in
            rig.operators.script("alpha", .accept, .accept)
            let payment = try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            let other = try await changed(rig) { Change.payoutAccount(&$0) }
            #expect(other.engine.changedProviders.others["alpha"]?.count == 1)
            #expect(try await other.reread(payout).order.review?.reason == .providerMissing)
            #expect(try await other.reread(payment).order.review == nil)
            rig.operators.decide(
                try #require(payment.attempts.first?.reference ?? rig.operators.references.first), .executed)
            await other.stage.sleep(seconds: 500)
            #expect(try await other.reread(payment).order.status == .succeeded)
            other.stop()
        }
    }

    /// A secret was changed, and nothing but the secret names the account: it is asked on, but neither is anything sent
    /// again, nor does "not found" end anything.
    @Test(arguments: [true, false])
    func `a changed secret is asked on and proves no absence`(_ executes: Bool) throws {
        try Rig.run({ $0.addWhole("alpha", Self.contract) { $0.account = "sha256:aa" } }) { rig in
            rig.operators.improvise { .lose(executes: executes) }
            let payment = try await rig.done(
                rig.engine.create(rig.command(key: "order-1", async: true, expires: 80_000)))
            await rig.stage.sleep(milliseconds: 10)
            let rotated = try await changed(rig) { $0.account = "sha256:bb" }
            #expect(rotated.engine.changedProviders.others.isEmpty)
            let sent = rig.operators.requests.count
            await rotated.stage.sleep(seconds: 200_000)
            let now = try await rotated.reread(payment)
            #expect(now.order.status == (executes ? .succeeded : .underReview))
            #expect(now.order.review?.reason == (executes ? nil : .outcomeUnknown))
            #expect(rig.operators.requests.count == max(1, sent), "sent again under another key")
            #expect(rig.operators.asked("status") > 0)
            rotated.stop()
        }
    }

    @Test func `people can end what a changed provider left`() throws {
        try run { rig in
            rig.operators.script("alpha", .accept)
            let payment = try await rig.create()
            let other = try await changed(rig) { Change.kind(&$0) }
            let finding = Review.Finding(verdict: .executed, reason: "r", document: "d", operatorReference: "OP-7")
            for person in ["anna", "ben"] {
                _ = await other.engine.sign(payment.order.id, finding, person: person) { _ in true }
            }
            #expect(try await other.reread(payment).order.status == .succeeded)
            // The reference is used up for the operator it is of, whatever its id means now.
            let back = try await other.restart { $0.addWhole("alpha", Self.contract) }
            rig.operators.script("alpha", .reply(200, #"{"result":"succeeded","amount":5000,"id":"OP-7"}"#))
            let second = try await back.create(key: "order-2", async: true)
            await back.stage.sleep(seconds: 2)
            #expect(try await back.reread(second).order.review?.reason == .repeatedReference)
            back.stop()
        }
    }

    @Test func `money is not given back captured or released by another account`() throws {
        try run { rig in
            let held = try await rig.hold()
            let paid = try await rig.create(key: "order-2")
            let other = try await changed(rig) { Change.account(&$0) }
            #expect(try await other.reread(held).order.review?.reason == .providerMissing)
            let sent = rig.operators.requests.count
            for (kind, payment) in [(OrderKind.capture, held), (.void, held), (.refund, paid)] {
                let why = try #require(
                    await other.engine.follow(other.followUp(kind, payment, key: "\(kind)")).refused?.notSupported,
                    "\(kind) went to another account")
                #expect(why.contains("another operator or account"))
            }
            // At a second start it is still named, although nothing is due.
            let again = try await changed(other) { Change.account(&$0) }
            #expect(again.engine.changedProviders.others["alpha"]?.count == 1)
            let back = try await again.restart { $0.addWhole("alpha", Self.contract) }
            #expect(try await back.reread(held).order.review == nil)
            #expect(rig.operators.requests.count == sent)
            _ = try await back.done(back.engine.follow(back.followUp(.capture, held, key: "now")))
            #expect(try await back.reread(held).order.status == .succeeded)
            back.stop()
        }
    }

    /// Accepted before the change and not sent yet: there is no attempt that would tell.
    @Test(arguments: [OrderKind.refund, .capture, .void])
    func `what was accepted before the change is not sent to another account`(_ kind: OrderKind) throws {
        try run { rig in
            let payment = kind == .refund ? try await rig.create() : try await rig.hold()
            let busy = try await rig.restart {
                $0.addWhole("alpha", Self.contract)
                $0.maximumInFlight = 0
            }
            let accepted = try await busy.done(busy.engine.follow(busy.followUp(kind, payment, async: true)))
            let other = try await changed(rig) { Change.account(&$0) }
            await other.stage.sleep(seconds: 4_000)
            #expect(rig.operators.requests.count == 1)
            let end = try await other.reread(accepted)
            #expect(end.attempts.isEmpty)
            #expect(end.order.status == .failed && end.order.certainty == .confirmed)
            other.stop()
        }
    }

    @Test func `messages for the former operator are kept until it is back`() throws {
        try run { rig in
            rig.operators.script("alpha", .accept)
            let payment = try await rig.create()
            let reference = try #require(payment.attempts.first?.reference)
            let told =
                #"{"reference":"\#(reference)","result":"succeeded","amount":5000,"currency":"XOF","event":"e1"}"#
            let other = try await changed(rig) { Change.kind(&$0) }
            #expect(await other.callback(told).status == 200)
            #expect(await other.callback("not for us", signature: "bad").status == 200)
            await other.stage.sleep(seconds: 3_000)
            #expect(try await other.open() == [.unread: 2])
            #expect(try await other.reread(payment).attempts.map(\.state) == [.pending])
            // The new bearer's own are read as ever.
            rig.operators.script("alpha", .accept)
            let own = try await other.create(key: "order-2")
            let mine = try #require(try await other.reread(own).attempts.first?.reference)
            let ours = #"{"reference":"\#(mine)","result":"succeeded","amount":5000,"currency":"XOF","event":"e2"}"#
            #expect(await other.callback(ours).status == 200)
            await other.stage.sleep(seconds: 2)
            #expect(try await other.reread(own).order.status == .succeeded)
            let back = try await other.restart { $0.addWhole("alpha", Self.contract) }
            await back.stage.sleep(seconds: 700)
            #expect(try await back.reread(payment).order.status == .succeeded)
            #expect(try await back.open().isEmpty)
            back.stop()
        }
    }

    @Test func `what was never read is dropped after a day`() throws {
        try run { rig in
            rig.operators.script("alpha", .accept)
            _ = try await rig.create()
            let other = try await changed(rig) { Change.kind(&$0) }
            #expect(await other.callback("{}", signature: "bad").status == 200)
            await other.stage.sleep(seconds: 90_000)
            #expect(try await other.open().isEmpty)
            other.stop()
        }
    }
}
