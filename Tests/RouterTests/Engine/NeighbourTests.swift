import RouterTestKit
import Testing

@testable import Router

/// One provider's trouble stays its own.
@Suite("Neighbours of an operator that hangs") struct NeighbourTests {
    /// What hangs at the first of ten operators.
    enum Hang: CaseIterable {
        case send, balance, check, login, prepare
    }

    /// Ten providers, each with a channel of its own; the first has whatever may hang.
    private static func ten(_ setup: inout Rig.Setup) {
        for number in 0..<10 {
            let channel = PaymentChannel("channel-\(number)")
            setup.addWhole("operator-\(number)") { manifest in
                manifest.channels = [channel]
                manifest.payout?.channels = [channel]
            }
        }
    }

    private static func upset(_ hang: Hang, _ rig: Rig) {
        let stage = rig.stage
        switch hang {
        case .send:
            let slow = Act.first({ _ in await stage.sleep(seconds: 60) }, .succeed)
            for _ in 0..<40 { rig.operators.script("operator-0", slow) }
        case .balance: rig.operators.hang("operator-0.example/balance")
        case .check:
            for _ in 0..<40 { rig.operators.script("operator-0", .lose(executes: true)) }
            rig.operators.hang("operator-0.example/status")
        case .login: rig.operators.hang("operator-0.example/login")
        case .prepare: rig.operators.hang("operator-0.example")
        }
    }

    /// When each order was answered, and in which state: five payments and five payouts at each operator, all at once.
    private static func times(_ hang: Hang?) throws -> [String: String] {
        let times = Log<(String, String)>()
        try Rig.run({ ten(&$0) }) { rig in
            if let hang { upset(hang, rig) }
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    for turn in 0..<5 {
                        for kind in [OrderKind.payment, .payout] {
                            let name = "\(number)-\(turn)-\(kind.rawValue)"
                            var command = kind == .payout ? rig.payout(key: name) : rig.command(key: name)
                            command.request.channels = [PaymentChannel("channel-\(number)")]
                            command.request.amount = Money(Int64(1_000 + number * 10 + turn), .xof)
                            let asked = command
                            group.addTask {
                                await rig.stage.sleep(milliseconds: Int64(turn) * 70)
                                let result = await rig.engine.create(asked)
                                guard case .done(let aggregate, _) = result else {
                                    return times.append((name, "\(result)"))
                                }
                                times.append((name, "\(rig.stage.now.milliseconds) \(aggregate.order.status)"))
                            }
                        }
                    }
                }
            }
        }
        return Dictionary(uniqueKeysWithValues: times.values)
    }

    @Test(arguments: Hang.allCases)
    func `the others end at the very same moments`(_ hang: Hang) throws {
        let (quiet, upset) = (try Self.times(nil), try Self.times(hang))
        #expect(quiet.count == 100)
        for (name, moment) in quiet where !name.hasPrefix("0-") {
            #expect(moment.hasSuffix("succeeded"))
            #expect(upset[name] == moment, "\(name)")
        }
    }

    @Test
    func `a balance that does not come keeps the first payout a fifth of a second, and later ones not at all`() throws {
        try Rig.run({ Self.ten(&$0) }) { rig in
            rig.operators.hang("operator-0.example/balance")
            var command = rig.payout(key: "first-payout-one")
            command.request.channels = ["channel-0"]
            let start = rig.stage.now
            let first = try rig.done(await rig.engine.create(command))
            #expect(first.order.status == .succeeded, "what is not known keeps nobody out")
            let firstTook = rig.stage.now.milliseconds(since: start)
            #expect((200...300).contains(firstTook))
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    command.idempotencyKey = "payout-number-\(number)"
                    command.request.amount = Money(Int64(100 + number), .xof)
                    let asked = command
                    group.addTask { _ = await rig.engine.create(asked) }
                }
            }
            let rest = rig.stage.now.milliseconds(since: start) - firstTook
            #expect(rest <= firstTook - 200, "nobody waits for a question that somebody else waited for in vain")
            #expect(rig.operators.asked("operator-0.example/balance") == 1)
            #expect(rig.operators.asked("/balance") == 1, "only those are asked to whom it would go")
            await rig.stage.sleep(seconds: 40)
            command.idempotencyKey = "payout-number-last"
            command.request.amount = Money(700, .xof)
            _ = try rig.done(await rig.engine.create(command))
            #expect(
                rig.operators.asked("operator-0.example/balance") == 1, "left alone for half a minute after it failed")
            await rig.stage.sleep(seconds: 30)
            command.idempotencyKey = "payout-number-after"
            command.request.amount = Money(800, .xof)
            _ = try rig.done(await rig.engine.create(command))
            #expect(rig.operators.asked("operator-0.example/balance") == 2)
        }
    }

    @Test
    func `whoever asks for all balances hears of nine, and that one has not answered`() throws {
        try Rig.run({ Self.ten(&$0) }) { rig in
            rig.operators.hang("operator-0.example/balance")
            for number in 1..<10 {
                rig.operators.answer(
                    "operator-\(number).example/balance", .success(.json(#"{"available":\#(number)}"#)))
            }
            let start = rig.stage.now
            async let other = rig.engine.refreshBalances(.sandbox, app: Sample.app)
            let failures = await rig.engine.refreshBalances(.sandbox, app: Sample.app)
            #expect(await other == failures)
            #expect(failures == ["operator-0": "it has not answered yet"])
            #expect(rig.stage.now.milliseconds(since: start) == 5_000)
            #expect(rig.operators.asked("/balance") == 10, "each once, whoever asks")
            #expect(rig.engine.providers["operator-9"]?.balances.first?.balance.available == Money(9, .xof))
            await rig.stage.sleep(seconds: 15)
            #expect(await rig.engine.refreshBalances(.sandbox, app: Sample.app)["operator-0"] == "no balance")
        }
    }
}
