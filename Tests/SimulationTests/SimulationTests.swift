import Foundation
import Router
import Testing

/// The promise, tried on thousands of simulated lives.
///
/// A failure names its seed; `SEED=n ./test --filter Simulation` runs that one alone.
@Suite("Simulation")
struct SimulationTests {
    /// At least this many lives in every run of the suite.
    static let seeds = 2_000

    @Test
    func `money never moves twice, nothing is lost, nothing unknown is called failed`() async {
        let environment = ProcessInfo.processInfo.environment
        if let only = environment["SEED"].flatMap({ UInt64($0) }) {
            let outcome = Simulation(seed: only).run()
            #expect(outcome.violations == [], "seed \(only)")
            return
        }
        let first = environment["FIRST_SEED"].flatMap { UInt64($0) } ?? 1
        let count = UInt64(environment["SEEDS"].flatMap { Int($0) } ?? Self.seeds)
        let lanes = UInt64(max(1, ProcessInfo.processInfo.activeProcessorCount))
        let outcomes = await withTaskGroup(of: [(UInt64, Outcome)].self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    await onThread {
                        stride(from: first + lane, to: first + count, by: Int(lanes))
                            .map { ($0, Simulation(seed: $0).run()) }
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        for (seed, outcome) in outcomes where !outcome.violations.isEmpty {
            Issue.record("seed \(seed): \(outcome.violations.prefix(5).joined(separator: "; "))")
        }
        var reached: [String: Int] = [:]
        for (_, outcome) in outcomes { reached.merge(outcome.reached, uniquingKeysWith: +) }
        reached["crash"] = outcomes.reduce(0) { $0 + $1.1.crashes }
        // A run in which rare things never happened has proven nothing about them.
        let wanted = [
            "crash", "a send found no room", "an end for want of room", "takeover of SENDING", "resend",
            "state unknown", "state not_executed", "state not_sent",
            "state rejected", "state withdrawn", "state succeeded", "end succeeded", "end failed",
            "payout succeeded", "payout failed", "refund succeeded", "refund failed", "refund beyond what is left",
            "several refunds", "review resolved as executed", "review resolved as not_executed",
            "one person signs twice", "a provider is missing", "late success known", "a send under an exposure limit",
            "alarm provider_missing", "an id means another account", "alarm provider_changed",
            "accepted", "not accepted", "another amount is not accepted", "accepted too late",
            "state voided", "a page is paid", "a page is paid too late", "a page's payment is cancelled",
            "transfer between succeeded", "transfer between failed", "transfer between cancelled",
            "transfer inside succeeded", "transfer into succeeded", "transfer into failed", "transfer out succeeded",
            "transfer out failed", "a transfer is given back", "a transfer is given back once more",
            "a parked transfer is ended by hand", "a transfer's operator broke its word", "a transfer is cancelled",
            "a transfer is cancelled too late", "alarm transfer_parked", "more than a wallet has",
            "a code is used", "a wrong code", "a code is used twice at once", "a bill is paid",
            "a bill is another one's",
            "a bill is deleted", "a menu pays a bill", "a menu's money waits for people", "alarm unopened_payment",
            "a holder is told", "an app collects into its wallet", "an app gives back what it collected", "a link ends",
            "kept out", "payout repeated by name", "payment repeated by name", "payout after a dead one",
        ]
        for name in wanted where count >= 1_000 {
            #expect(reached[name, default: 0] >= 20, "\(name) happened \(reached[name, default: 0]) times only")
        }
    }

    @Test(arguments: Simulation.Mistake.allCases)
    func `a forgotten rule is found out`(_ mistake: Simulation.Mistake) async {
        let violations = await onThread {
            (1...300 as ClosedRange<UInt64>).lazy.map { Simulation(seed: $0, mistake: mistake).run().violations }
                .first { !$0.isEmpty }
        }
        #expect(violations?.isEmpty == false, "nobody noticed \(mistake)")
    }

    /// The wrong rules of transfers do no harm where the ledger looks at funds: two exits cannot take the same money.
    @Test(arguments: [Simulation.Mistake.compensatesOnUnknown, .creditsBeforeDebit, .twoExitsAtOnce])
    func `the ledger alone stops what wrong rules would do`(_ mistake: Simulation.Mistake) async {
        let violations = await onThread {
            (1...100 as ClosedRange<UInt64>).flatMap {
                Simulation(seed: $0, mistake: mistake, ledgerIsWatchful: true).run().violations
            }
        }
        #expect(violations.filter { $0.hasPrefix("I-14") || $0.hasPrefix("I-16") } == [])
    }

    @Test(arguments: [OrderKind.payout, .payment])
    func `a lock that is removed is missed`(kind: OrderKind) async {
        let found = await onThread {
            (1...60).flatMap { Simulation(seed: $0, ignoringLocksOf: [kind]).run().violations }
        }
        #expect(found.contains { $0.hasPrefix("one \(kind.rawValue)") }, "\(found.prefix(3))")
    }

    @Test(arguments: [3, 17, 91, 404, 1_231] as [UInt64])
    func `one seed lives the same life twice`(seed: UInt64) async {
        let (first, second) = await onThread { (Simulation(seed: seed).run(), Simulation(seed: seed).run()) }
        #expect(first.trace == second.trace)
        #expect(first.violations == second.violations)
    }
}

/// Runs long synchronous work on a thread of its own, so that other tests' tasks go on meanwhile.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        let thread = Thread { continuation.resume(returning: body()) }
        thread.stackSize = 8 << 20
        thread.start()
    }
}
