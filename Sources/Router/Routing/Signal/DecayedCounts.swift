/// How often what happened, and how long answers took, at one rate of forgetting.
///
/// Plain state; the clock comes in. Nothing is decayed until something is counted: whoever reads gets a decayed copy.
package struct DecayedCounts: Sendable, Hashable {
    /// Up to which tick of its ``Decay`` everything is decayed.
    private(set) var tick: Int64
    private(set) var counts: [Int64]
    private(set) var latency: LatencyHistogram

    /// What is counted; stored in this order, to whose end new ones are added.
    package enum Count: Int, Sendable, Hashable, CaseIterable {
        case success, operatorFailure, platformFailure, unknown, payerRefusal, checkAnswered, checkUnanswered
    }

    /// One of what is counted, in 2^20ths.
    static let one: Int64 = 1 << 20

    package init() {
        tick = .min
        counts = Array(repeating: 0, count: Count.allCases.count)
        latency = LatencyHistogram()
    }

    init(tick: Int64, counts: [Int64], latency: LatencyHistogram) {
        self.tick = tick
        self.counts = counts
        self.latency = latency
    }

    /// One count in 1024ths, rounded down.
    package subscript(_ count: Count) -> Int64 { counts[count.rawValue] / (Self.one / Proportion.one) }

    /// Whether nothing is left of what was counted.
    package var isEmpty: Bool { counts.allSatisfy { $0 == 0 } && latency.total == 0 }

    /// Counts one.
    mutating func add(_ count: Count, milliseconds: Int64?, _ decay: Decay, at now: Moment) {
        bring(to: decay.tick(now))
        counts[count.rawValue] = counts[count.rawValue].clampedSum(Self.one)
        if let milliseconds { latency.add(milliseconds: milliseconds, weight: Self.one) }
    }

    /// Counts as another one, or as none, what was counted at a moment: as much of it as is left now.
    ///
    /// Where less is left than was counted, because it was reset meanwhile, nothing becomes negative.
    mutating func correct(_ before: Count, since moment: Moment, to after: Count?, _ decay: Decay, at now: Moment) {
        bring(to: decay.tick(now))
        let left = Decay.factor(max(0, tick - decay.tick(moment))).of(Self.one)
        counts[before.rawValue] = max(0, counts[before.rawValue] - left)
        if let after { counts[after.rawValue] = counts[after.rawValue].clampedSum(left) }
    }

    /// The counts as they are at a moment.
    func read(_ decay: Decay, at now: Moment) -> DecayedCounts {
        var copy = self
        copy.bring(to: decay.tick(now))
        return copy
    }

    /// Four of the counts as they are at a moment, in 1024ths, without the rest: what a decision needs.
    func proportion(_ settings: SignalSettings, _ decay: Decay, at now: Moment) -> Proportion {
        let factor = Decay.factor(tick == .min ? 0 : decay.tick(now) - tick)
        func left(_ count: Count) -> Int64 { factor.of(counts[count.rawValue]) / (Self.one / Proportion.one) }
        return Self.proportion(
            success: left(.success), failures: left(.operatorFailure).clampedSum(left(.platformFailure)),
            unknown: left(.unknown), settings)
    }

    /// Successes among what says something of the operator, in 1024ths.
    static func proportion(
        success: Int64, failures: Int64, unknown: Int64, _ settings: SignalSettings
    ) -> Proportion {
        let open = Int64(clamping: Int128(unknown) * Int128(settings.unknownWeight) / Int128(Proportion.one))
        return Proportion(good: success, all: success.clampedSum(failures).clampedSum(open))
    }

    private mutating func bring(to present: Int64) {
        guard present > tick else { return }
        defer { tick = present }
        guard tick != .min else { return }
        let factor = Decay.factor(present - tick)
        for place in counts.indices { counts[place] = factor.of(counts[place]) }
        latency.decay(factor)
    }
}
