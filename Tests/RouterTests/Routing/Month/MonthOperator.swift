import Router

/// An operator of the simulated month: what it usually does, and when it does not.
struct MonthOperator {
    var id: ProviderID
    /// Where the platform has it in its rule, the one it trusts most first.
    var position: Int
    var fee: Fee
    /// In thousandths of what willing payers ask for.
    var success: Int64
    var incidents: [Incident] = []

    /// A span in which it does worse.
    struct Incident {
        enum Kind: String, CaseIterable { case dead, degraded, slow }

        var kind: Kind
        var from: Moment
        var until: Moment
        /// In thousandths.
        var success: Int64
        var unknown: Int64
    }

    /// Of outcomes that are not known, so many thousandths turn out to be successes.
    static let lateSuccess: Int64 = 600

    func incident(at now: Moment) -> Incident? { incidents.first { now >= $0.from && now < $0.until } }

    /// What it does with what willing payers ask for, in thousandths: done at once, and not known at first.
    func chances(at now: Moment) -> (success: Int64, unknown: Int64) {
        incident(at: now).map { ($0.success, $0.unknown) } ?? (success, 5)
    }

    /// What a payment sent now is worth to expect, in millionths: done at once, or late.
    func rate(at now: Moment) -> Int64 {
        let chances = chances(at: now)
        return chances.success * 1_000 + chances.unknown * Self.lateSuccess
    }

    /// What it keeps of an amount, in minor units.
    func fee(_ amount: Int64) -> Int64 { fee.of(Money(amount, .xof))?.minorUnits ?? 0 }
}
