/// One thing seen of an attempt, whoever told it: an operator's answer, a check, a notification, a person.
package struct Observation: Sendable, Hashable {
    package var source: Evidence.Source
    /// Weak ones are kept and change nothing.
    package var strength: Evidence.Strength
    /// What it says, already compared with the attempt.
    package var claim: Claim
    /// What it states; the claim's own unless something else is said.
    package var statement: ReportedTransaction?
    package var httpStatus: Int?
    /// The raw bytes, as long as ``RawEvidence`` keeps them.
    package var raw: [UInt8]

    package init(
        _ claim: Claim, from source: Evidence.Source, strength: Evidence.Strength = .strong, httpStatus: Int? = nil,
        raw: [UInt8] = []
    ) {
        self.claim = claim
        statement = claim.statement
        self.source = source
        self.strength = strength
        self.httpStatus = httpStatus
        self.raw = raw
    }

    /// The record that is kept of it.
    package func evidence(about attempt: Attempt, at now: Moment) -> Evidence {
        Evidence(
            attempt: attempt.id, source: source, strength: strength, claim: claim.name.rawValue, detail: detail,
            stated: statement?.amount.money(of: attempt.amount.currency),
            operatorReference: statement?.operatorReference, httpStatus: httpStatus,
            raw: RawEvidence.kept(raw, goods: statement?.goods), at: now)
    }

    /// What it says besides its claim: goods that cannot be used leave the money's truth as it is.
    private var detail: String {
        guard claim.detail.isEmpty, let goods = statement?.goods, !Goods.areUsable(goods) else { return claim.detail }
        return "the goods are not usable: 1 to \(Goods.longest) printable characters are expected"
    }
}
