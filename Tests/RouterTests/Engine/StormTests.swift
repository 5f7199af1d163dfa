import Router
import RouterTestKit
import Synchronization
import Testing

/// Everything at once: random faults of wire, operators and store, callbacks of every kind, restarts, in random order.
///
/// The operators' books judge: nothing executes twice, and what the router calls final is what the books say.
@Suite struct StormTests {
    /// Draws decisions from a seed; asked from many tasks, which run one after the other on a stage.
    private final class Dice: Sendable {
        private let generator: Mutex<Seeded>

        init(_ seed: UInt64) { generator = Mutex(Seeded(seed)) }

        func roll(_ sides: Int) -> Int { generator.withLock { Int.random(in: 0..<sides, using: &$0) } }
    }

    private static func setup(_ setup: inout Rig.Setup, _ seed: UInt64) {
        // With a question first, W1 is a flush of its own.
        let style: TestProvider.Style = seed.isMultiple(of: 2) ? .asksFirst : .request
        // Contracts of three kinds: a strong key, a check only, and both with a quarantine.
        setup.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400, serverLife: 60), style: style)
        setup.add("beta", Sample.contract(serverLife: 60), style: style)
        setup.add("gamma", Sample.contract(key: .rejectsDuplicate, keyWindow: 86_400, serverLife: 60, quarantine: 90))
    }

    private static func act(_ dice: Dice, _ operators: TestOperators, _ stage: Stage) -> Act {
        switch dice.roll(14) {
        case 0: return .lose(executes: true)
        case 1: return .lose(executes: false)
        case 2: return .unsent([.connect, .tls, .nameLookup][dice.roll(3)])
        case 3: return .refuse([.declined, .insufficientFunds, .operatorUnavailable, .throttled][dice.roll(4)])
        case 4: return .refuse(.operatorUnavailable, definitive: false)
        case 5: return .accept
        case 6:
            // Accepted, and decided a while later.
            let wait = Int64(dice.roll(200))
            let paid = dice.roll(2) == 0
            return .first(
                { reference in
                    stage.spawn {
                        await stage.sleep(seconds: wait)
                        operators.decide(reference, paid ? .executed : .refused(.expired, definitive: true))
                    }
                }, .accept)
        case 7: return .reply(502, "<html>bad gateway</html>")
        case 8: return .beforeGate({ await stage.sleep(seconds: Int64(dice.roll(14))) }, .succeed)
        default: return .succeed
        }
    }

    /// Rare states must be reached, otherwise they were not tested.
    @Test func `nothing moves twice and nothing is misreported`() throws {
        let reached = Log<String>()
        for seed in 1...40 as ClosedRange<UInt64> { try storm(seed, reached) }
        let counts = Dictionary(grouping: reached.values, by: \.self).mapValues(\.count)
        for state in AttemptState.allCases where state != .voided && state != .conflict {
            #expect(counts[state.rawValue, default: 0] >= 3, "\(state) was hardly reached: \(counts)")
        }
        for word in ["resend", "failover", "restart"] {
            #expect(counts[word, default: 0] >= 3, "\(word) was hardly reached: \(counts)")
        }
    }

    private func storm(_ seed: UInt64, _ reached: Log<String>) throws {
        let dice = Dice(seed)
        try Rig.run(seed: seed, { Self.setup(&$0, seed) }) { first in
            let (stage, operators, store) = (first.stage, first.operators, first.store)
            operators.improvise { Self.act(dice, operators, stage) }
            store.inject { _, _ in
                switch dice.roll(40) {
                case 0: .failsBefore
                case 1: .failsAfter
                case 2: .failsBetween
                default: nil
                }
            }
            var rig = first
            for number in 0..<6 {
                _ = await rig.engine.create(rig.command(key: "k\(number % 5)", async: true, expires: 1_800))
                await stage.sleep(seconds: Int64(dice.roll(20)))
                await Self.disturb(rig, dice)
                if dice.roll(4) == 0 {
                    // Starting fails when the store does; then it is started again.
                    rig.stop()
                    while true {
                        if let next = try? await rig.restart({ Self.setup(&$0, seed) }) {
                            rig = next
                            reached.append("restart")
                            break
                        }
                    }
                }
            }
            store.inject(nil)
            await stage.sleep(seconds: 2_500)
            // What was left open at an operator ends at last, and everything settles.
            for (reference, _) in operators.openEntries {
                operators.decide(reference, .refused(.expired, definitive: true))
            }
            await stage.sleep(seconds: 2_500)
            Self.judge(store, operators)
            for aggregate in store.payments.compactMap({ store.aggregate($0.id) }) {
                for state in aggregate.attempts.flatMap(\.history).map(\.state.rawValue) { reached.append(state) }
                if aggregate.attempts.contains(where: { $0.transmissions.count > 1 }) { reached.append("resend") }
                if aggregate.attempts.count > 1 { reached.append("failover") }
            }
            rig.stop()
        }
    }

    /// Callbacks true and false, checks and cancels for some payment.
    private static func disturb(_ rig: Rig, _ dice: Dice) async {
        let references = rig.operators.references
        guard !references.isEmpty else { return }
        let reference = references[dice.roll(references.count)]
        let provider = rig.store.payments.compactMap { rig.store.aggregate($0.id) }.flatMap(\.attempts)
            .first { $0.reference == reference }?.provider
        guard let provider else { return }
        switch dice.roll(5) {
        case 0:
            _ = await rig.callback(
                #"{"result":"succeeded","reference":"\#(reference)"}"#, signature: nil, for: provider)
        case 1 where rig.operators.executions[reference] != nil:
            _ = await rig.callback(#"{"result":"succeeded","reference":"\#(reference)","amount":5000}"#, for: provider)
        case 2:
            let ids = rig.store.payments.map(\.id).sorted { $0.text < $1.text }
            _ = try? await rig.engine.cancel(ids[dice.roll(ids.count)])
        case 3:
            if let aggregate = rig.store.aggregate(rig.store.payments[0].id) {
                _ = await rig.engine.checkNow(aggregate)
            }
        default: break
        }
    }

    private static func judge(_ store: TestStore, _ operators: TestOperators) {
        let executions = operators.executions
        #expect(executions.values.allSatisfy { $0 == 1 }, "an operator executed one reference twice")
        for order in store.payments {
            guard let aggregate = store.aggregate(order.id) else { continue }
            let executed = aggregate.attempts.filter { executions[$0.reference] != nil }
            let disputed = store.discrepancies.contains { $0.order == order.id }
            #expect(executed.count <= 1, "I-01 \(order.id)")
            switch order.status {
            case .succeeded: #expect(executed.count == 1, "I-03 \(order.id)")
            case .failed, .cancelled: #expect(executed.isEmpty || disputed, "I-04 \(order.id)")
            default: #expect(order.review != nil || order.due != nil, "I-32 \(order.id)")
            }
            let isEnded = order.status.isFinal || order.status == .underReview
            #expect(isEnded, "I-32 \(order.status) \(aggregate.attempts.map(\.state))")
        }
    }
}
