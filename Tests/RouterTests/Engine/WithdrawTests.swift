import Router
import RouterTestKit
import Testing

/// Pages that are taken back: only the operator's word ends them, and a payer who came first wins.
@Suite struct WithdrawTests {
    private static let page: @Sendable (inout Rig.Setup) -> Void = { $0.add("alpha") { PageProvider($0) } }
    private static let lost = Result<WireReply, TransportFailure>.failure(TransportFailure(.timeout))

    @Test func `cancelling ends the page`() throws {
        try Rig.run(Self.page) { rig in
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .awaitingCustomer && rig.states == [.pending])
            let cancelled = try await rig.engine.cancel(aggregate.order.id)
            #expect(cancelled?.order.status == .cancelled)
            #expect(rig.states == [.voided] && rig.operators.asked("withdraw") == 1)
            #expect(rig.store.events.last?.type == "payment.cancelled")
            // What is over is not asked again.
            await rig.stage.sleep(seconds: 7_200)
            #expect(rig.operators.asked("withdraw") == 1)
        }
    }

    @Test func `a payment that came first wins`() throws {
        try Rig.run(Self.page) { rig in
            let aggregate = try await rig.create()
            rig.operators.pay(try #require(rig.attempts.first?.reference))
            let answered = try await rig.engine.cancel(aggregate.order.id)
            #expect(answered?.order.status == .succeeded && rig.states == [.succeeded])
            #expect(rig.observer.discrepancies.isEmpty)
        }
    }

    @Test func `a lost answer leaves it open and is asked again`() throws {
        try Rig.run(Self.page) { rig in
            rig.operators.answer("withdraw", Self.lost, Self.lost)
            let aggregate = try await rig.create()
            let wished = try await rig.engine.cancel(aggregate.order.id)
            #expect(wished?.order.status == .processing && rig.states == [.pending])
            #expect(wished?.order.nextActions == [], "a page that is being taken back is shown to nobody")
            await rig.wait(upTo: 120) { rig.order?.status == .cancelled }
            #expect(rig.operators.asked("withdraw") == 3)
        }
    }

    @Test func `a lost answer of a page that ended is found by looking`() throws {
        try Rig.run(Self.page) { rig in
            let aggregate = try await rig.create()
            let reference = try #require(rig.attempts.first?.reference)
            rig.operators.answer("withdraw", Self.lost)
            rig.operators.decide(reference, .refused(.expired, definitive: true))
            let cancelled = try await rig.engine.cancel(aggregate.order.id)
            #expect(cancelled?.order.status == .cancelled && rig.states == [.rejected])
        }
    }

    @Test func `the payer pays between a lost answer and the next`() throws {
        try Rig.run(Self.page) { rig in
            rig.operators.answer("withdraw", Self.lost)
            let aggregate = try await rig.create()
            _ = try await rig.engine.cancel(aggregate.order.id)
            rig.operators.pay(try #require(rig.attempts.first?.reference))
            await rig.wait(upTo: 120) { rig.order?.status == .succeeded }
        }
    }

    @Test func `the deadline ends the page by the operators word`() throws {
        try Rig.run(Self.page) { rig in
            let aggregate = try await rig.create(expires: 60)
            await rig.stage.sleep(seconds: 59)
            #expect(rig.operators.asked("withdraw") == 0 && rig.states == [.pending])
            await rig.wait(upTo: 10) { rig.order?.status == .failed }
            #expect(rig.order?.failure?.code == "expired" && rig.states == [.voided])
            #expect(rig.operators.asked("withdraw") == 1)
            let end = try await rig.reread(aggregate)
            #expect(end.order.updatedAt.milliseconds(since: end.order.deadline) < 2_000)
        }
    }

    /// However long nothing is known, the payment is never called over; people are asked to look.
    @Test func `a deadline alone ends nothing`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(reviewAfter: 600)) { PageProvider($0) } }) { rig in
            rig.operators.answer("withdraw", Array(repeating: Self.lost, count: 200))
            rig.operators.answer("status", Array(repeating: Self.lost, count: 400))
            _ = try await rig.create(expires: 60)
            for _ in 0..<60 {
                await rig.stage.sleep(seconds: 60)
                #expect(rig.states == [.pending])
                #expect(rig.order?.status.isFinal == false)
            }
            #expect(rig.order?.status == .underReview)
            #expect(rig.operators.asked("withdraw") > 5)
            rig.operators.pay(try #require(rig.attempts.first?.reference))
            await rig.wait(upTo: 40_000) { rig.order?.status == .succeeded }
        }
    }

    @Test func `a killed process leaves a wish that is asked again`() throws {
        try Rig.run(Self.page) { rig in
            rig.operators.answer("withdraw", Self.lost)
            let aggregate = try await rig.create()
            _ = try await rig.engine.cancel(aggregate.order.id)
            #expect(rig.states == [.pending])
            let next = try await rig.restart(Self.page)
            await next.wait(upTo: 120) { next.order?.status == .cancelled }
            #expect(next.operators.asked("withdraw") == 2)
            next.stop()
        }
    }

    /// The deadline passes while nobody runs.
    @Test func `a deadline that passed meanwhile is seen at the start`() throws {
        try Rig.run(Self.page) { rig in
            _ = try await rig.create(expires: 60)
            rig.stop()
            await rig.stage.sleep(seconds: 3_000)
            #expect(rig.states == [.pending])
            let next = try await rig.restart(Self.page)
            await next.wait(upTo: 120) { next.order?.status == .failed }
            next.stop()
        }
    }

    @Test func `success after the operators word is a discrepancy`() throws {
        try Rig.run(Self.page) { rig in
            let aggregate = try await rig.create()
            let reference = try #require(rig.attempts.first?.reference)
            _ = try await rig.engine.cancel(aggregate.order.id)
            _ = await rig.callback(
                #"{"result":"succeeded","reference":"\#(reference)","amount":5000,"currency":"XOF"}"#)
            await rig.wait { rig.order?.review?.reason == .discrepancy }
            #expect(rig.order?.status == .cancelled && rig.observer.discrepancies.count == 1)
        }
    }

    @Test func `what is no page is not asked for`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create(expires: 60)
            _ = try await rig.engine.cancel(aggregate.order.id)
            await rig.stage.sleep(seconds: 600)
            #expect(rig.operators.asked("withdraw") == 0 && rig.states == [.pending])
        }
    }

    /// Of the payer and the cancel one wins, whatever the order, and the payment says which.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `paying races the cancel`(seed: UInt64) throws {
        try Rig.run(seed: seed, Self.page) { rig in
            let aggregate = try await rig.create()
            let reference = try #require(rig.attempts.first?.reference)
            let (stage, operators) = (rig.stage, rig.operators)
            if seed % 3 == 0 { operators.answer("withdraw", Self.lost) }
            stage.spawn {
                await stage.sleep(milliseconds: Int64(seed % 25))
                operators.pay(reference)
            }
            stage.spawn { _ = try? await rig.engine.cancel(aggregate.order.id) }
            await rig.wait(upTo: 600) { rig.order?.outcome.isFinal == true }
            let executed = operators.executions[reference] ?? 0
            switch rig.order?.status {
            case .cancelled: #expect(executed == 0)
            case .succeeded: #expect(executed == 1)
            default: Issue.record("ended \(String(describing: rig.order?.status))")
            }
            #expect(rig.observer.discrepancies.isEmpty)
        }
    }
}

/// A payer who goes back from the operator's page and takes another channel.
@Suite struct ChangeOfChannelTests {
    private static let both: @Sendable (inout Rig.Setup) -> Void = { setup in
        setup.add("alpha") { PageProvider($0, channel: "card") }
        setup.add("beta")
    }

    private func hosted(_ rig: Rig, _ expires: Int64 = 900) async throws -> OrderAggregate {
        var command = rig.command(expires: expires)
        command.request.isHosted = true
        let aggregate = try rig.done(await rig.engine.create(command))
        let begun = try #require(
            await rig.engine.choose(aggregate.order.id, channel: "card", phone: nil).begun, "not begun")
        return begun
    }

    @Test func `the payer chooses again once the page is dead`() throws {
        try Rig.run(Self.both) { rig in
            let aggregate = try await hosted(rig)
            #expect(rig.states == [.pending] && rig.engine.mayChangeChannel(aggregate))
            let changed = try #require(try await rig.engine.changeChannel(aggregate.order.id))
            #expect(changed.order.awaitsChoice && changed.order.status == .awaitingCustomer)
            #expect(rig.states == [.voided] && rig.operators.asked("withdraw") == 1)
            #expect(rig.engine.offers(changed.order).map(\.channel.text) == ["card", "tmoney"])
            let paid = try #require(
                await rig.engine.choose(aggregate.order.id, channel: "tmoney", phone: nil).begun, "not begun")
            #expect(paid.order.status == .succeeded && rig.states == [.voided, .succeeded])
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
        }
    }

    @Test func `the same channel may be taken again`() throws {
        try Rig.run(Self.both) { rig in
            let aggregate = try await hosted(rig)
            _ = try await rig.engine.changeChannel(aggregate.order.id)
            let again = try #require(
                await rig.engine.choose(aggregate.order.id, channel: "card", phone: nil).begun, "not begun")
            #expect(again.order.status == .awaitingCustomer && rig.states == [.voided, .pending])
            #expect(Set(rig.attempts.map(\.reference)).count == 2)
        }
    }

    @Test func `who paid first has paid`() throws {
        try Rig.run(Self.both) { rig in
            let aggregate = try await hosted(rig)
            rig.operators.pay(try #require(rig.attempts.first?.reference))
            let changed = try await rig.engine.changeChannel(aggregate.order.id)
            #expect(changed?.order.status == .succeeded)
            try #require(
                await rig.engine.choose(aggregate.order.id, channel: "tmoney", phone: nil).tooLate != nil,
                "a second payment began")
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test func `until the page is dead nothing else begins`() throws {
        try Rig.run(Self.both) { rig in
            rig.operators.answer(
                "withdraw", Array(repeating: .failure(TransportFailure(.timeout)), count: 3))
            let aggregate = try await hosted(rig)
            let changed = try #require(try await rig.engine.changeChannel(aggregate.order.id))
            #expect(!changed.order.awaitsChoice && changed.order.status == .processing)
            try #require(
                await rig.engine.choose(aggregate.order.id, channel: "tmoney", phone: nil).tooLate != nil,
                "a second payment began beside an open page")
            let next = try await rig.restart(Self.both)
            await next.wait(upTo: 300) { next.order?.awaitsChoice == true }
            #expect(next.operators.requests.isEmpty && next.states == [.voided])
            next.stop()
        }
    }

    @Test func `a cancel during the change cancels`() throws {
        try Rig.run(Self.both) { rig in
            rig.operators.answer("withdraw", .failure(TransportFailure(.timeout)))
            let aggregate = try await hosted(rig)
            _ = try await rig.engine.changeChannel(aggregate.order.id)
            _ = try await rig.engine.cancel(aggregate.order.id)
            await rig.wait(upTo: 300) { rig.order?.status == .cancelled }
        }
    }

    @Test func `a choice that is not made again expires`() throws {
        try Rig.run(Self.both) { rig in
            let aggregate = try await hosted(rig, 120)
            _ = try await rig.engine.changeChannel(aggregate.order.id)
            await rig.wait(upTo: 200) { rig.order?.status == .failed }
            #expect(rig.order?.failure?.code == "expired" && rig.operators.requests.isEmpty)
        }
    }

    @Test func `without another channel there is nothing to change`() throws {
        try Rig.run({ $0.add("alpha") { PageProvider($0, channel: "card") } }) { rig in
            let aggregate = try await hosted(rig)
            #expect(!rig.engine.mayChangeChannel(aggregate))
            let same = try await rig.engine.changeChannel(aggregate.order.id)
            #expect(same?.order.changeRequestedAt == nil && rig.operators.asked("withdraw") == 0)
        }
    }
}
