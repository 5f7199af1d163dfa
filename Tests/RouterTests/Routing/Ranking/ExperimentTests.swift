import Router
import RouterTestKit
import Testing

@Suite struct ExperimentTests {
    private func experiment(
        _ percent: Int64 = 10, _ stickiness: Stickiness = .payment, name: String = "faster"
    ) throws -> Experiment {
        try #require(Experiment(name: name, variantShare: Share(percent: percent), stickiness: stickiness))
    }

    private func subject(_ number: Int, customer: String? = nil) -> RankingSubject {
        RankingSubject(amount: 1, payment: "pay_\(number)", customer: customer)
    }

    /// Outcomes by rate until the guardrail stops it; how many it took, or `nil`.
    private func run(
        _ control: Int, _ variant: Int, _ payments: Int, seed: UInt64 = 1
    ) throws -> (state: ExperimentState, stoppedAfter: Int?) {
        let experiment = try experiment(30)
        var (state, random) = (ExperimentState(), Seeded(seed))
        _ = state.start(by: "Ama", at: .start)
        for number in 0..<payments {
            let arm = state.arm(of: subject(number), in: experiment)
            let isGood = Int.random(in: 0..<100, using: &random) < (arm == .variant ? variant : control)
            let change = SignalChange(isGood ? .success : .failure(.operator))
            if state.record(change, in: arm, of: experiment, at: .start + Int64(number)) { return (state, number) }
        }
        return (state, nil)
    }

    @Test(arguments: [(4, false), (5, true), (30, true), (31, false), (0, false), (100, false)] as [(Int64, Bool)])
    func `a variant takes five to thirty of a hundred`(percent: Int64, isPossible: Bool) {
        #expect((Experiment(name: "x", variantShare: Share(percent: percent)) != nil) == isPossible)
    }

    @Test func `no payment takes the variant before the second switch`() throws {
        let experiment = try experiment(30)
        var state = ExperimentState()
        #expect(!state.isLive)
        for number in 0..<2_000 { #expect(state.arm(of: subject(number), in: experiment) == .control) }
        let isCounted = state.record(SignalChange(.success), in: .control, of: experiment, at: .start)
        #expect(!isCounted)
        #expect(state.control.success == 0)
        let isStarted = state.start(by: "Ama", at: .start)
        #expect(isStarted)
        #expect((0..<2_000).contains { state.arm(of: subject($0), in: experiment) == .variant })
        let again = state.start(by: "Ama", at: .start)
        #expect(!again)
        state.stop(by: "Kofi", at: .start + 9)
        #expect(state.phase == .stopped(at: .start + 9, .person("Kofi")))
        for number in 0..<2_000 { #expect(state.arm(of: subject(number), in: experiment) == .control) }
        let restarted = state.start(by: "Ama", at: .start + 10)
        #expect(!restarted)
    }

    @Test(arguments: [5, 10, 30] as [Int64])
    func `the share is what was asked for`(percent: Int64) throws {
        let experiment = try experiment(percent)
        let taken = (0..<100_000).count { experiment.arm(of: subject($0)) == .variant }
        // Four standard deviations of the largest share.
        #expect(abs(taken - Int(percent) * 1_000) < 600)
    }

    @Test func `a customer stays in one arm, and experiments draw apart`() throws {
        let (one, other) = (try experiment(30, .customer), try experiment(30, .customer, name: "cheaper"))
        var both = 0
        for customer in 0..<10_000 {
            let arms = Set((0..<3).map { one.arm(of: subject($0, customer: "c\(customer)")) })
            #expect(arms.count == 1)
            if arms == [.variant], other.arm(of: subject(0, customer: "c\(customer)")) == .variant { both += 1 }
        }
        #expect((800...1_000).contains(both))
    }

    @Test func `a larger share keeps whoever took the variant`() throws {
        let (small, large) = (try experiment(5), try experiment(20))
        for number in 0..<5_000 where small.arm(of: subject(number)) == .variant {
            #expect(large.arm(of: subject(number)) == .variant)
        }
    }

    @Test func `the guardrail stops what is worse, soon`() throws {
        let (state, stoppedAfter) = try run(95, 70, 20_000)
        #expect(try #require(stoppedAfter) < 2_000)
        let interval = try #require(state.phase.guardrail)
        #expect(interval.high < Share(percent: -2))
        #expect(!state.isLive)
        let experiment = try experiment(30)
        #expect((0..<2_000).allSatisfy { state.arm(of: subject($0), in: experiment) == .control })
    }

    @Test func `the guardrail lets be what is as good, or hardly worse`() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            for variant in [95, 94] {
                let stoppedAfter = try run(95, variant, 4_000, seed: seed).stoppedAfter
                #expect(stoppedAfter == nil)
            }
        }
    }

    @Test func `payers' refusals stop nothing`() throws {
        let experiment = try experiment(30)
        var state = ExperimentState()
        _ = state.start(by: "Ama", at: .start)
        for _ in 0..<1_000 {
            _ = state.record(SignalChange(.success), in: .control, of: experiment, at: .start)
            let isStopped = state.record(SignalChange(.payerRefusal), in: .variant, of: experiment, at: .start)
            #expect(!isStopped)
        }
        #expect(state.result(of: experiment) == nil)
        #expect(state.variant.payerRefusals == 1_000)
    }

    @Test func `a late outcome is counted once`() throws {
        let experiment = try experiment()
        var state = ExperimentState()
        _ = state.start(by: "Ama", at: .start)
        _ = state.record(SignalChange(.unknown), in: .variant, of: experiment, at: .start)
        #expect(state.variant.proportion == Proportion(0, of: 1))
        let late = try #require(SignalChange(from: .unknown, since: .start, to: .success))
        _ = state.record(late, in: .variant, of: experiment, at: .start + 60)
        #expect(state.variant.proportion == Proportion(1, of: 1))
    }

    @Test func `the result comes with its interval, once there is enough`() throws {
        let experiment = try experiment()
        #expect(ExperimentState().result(of: experiment) == nil)
        let same = try #require(try run(90, 90, 3_000).state.result(of: try self.experiment(30)))
        #expect(same.verdict == .noDifference)
        #expect(same.interval.low < Share.none && same.interval.high > Share.none)
        let better = try #require(try run(80, 95, 3_000).state.result(of: try self.experiment(30)))
        #expect(better.verdict == .better)
        #expect(better.json["verdict"] == "better")
    }

    @Test func `is stored whole`() throws {
        var live = ExperimentState()
        _ = live.start(by: "Ama", at: .start)
        var stopped = live
        stopped.stop(by: "Kofi", at: .start + 5)
        for state in [ExperimentState(), live, stopped, try run(95, 60, 9_000).state] {
            #expect(try ExperimentState(stored: state.encoded) == state)
        }
        #expect(throws: RecordFault.self) { try ExperimentState(stored: Array("{}".utf8)) }
    }
}

extension ExperimentState.Phase {
    /// What the guardrail stopped it for.
    fileprivate var guardrail: ShareInterval? {
        if case .stopped(_, .guardrail(let interval)) = self { interval } else { nil }
    }
}
