/// One observation about an attempt.
///
/// Append-only.
package struct Evidence: Sendable, Hashable {
    package enum Source: String, Sendable, Hashable, CaseIterable {
        case response, check, callback, statement, person, transport
        /// Our own books, where the ledger itself settles an attempt.
        case ledger
    }

    package enum Strength: String, Sendable, Hashable, CaseIterable {
        /// An authenticated call we made, or a notification that the contract lets prove something.
        case strong
        /// Anything else: it schedules a check and changes nothing.
        case weak
    }

    package var attempt: AttemptID
    package var source: Source
    package var strength: Strength
    /// What is claimed, in one word of ``Claim/name``.
    package var claim: String
    package var detail: String
    /// The amount that is stated; in the attempt's currency where the operator names none.
    package var stated: Money?
    package var operatorReference: String?
    package var httpStatus: Int?
    /// The raw bytes, capped; sealed at rest.
    ///
    /// Never holds card numbers.
    package var raw: [UInt8]
    package var at: Moment

    package init(
        attempt: AttemptID, source: Source, strength: Strength, claim: String, detail: String = "",
        stated: Money? = nil, operatorReference: String? = nil, httpStatus: Int? = nil, raw: [UInt8] = [], at: Moment
    ) {
        self.attempt = attempt
        self.source = source
        self.strength = strength
        self.claim = claim
        self.detail = detail
        self.stated = stated
        self.operatorReference = operatorReference
        self.httpStatus = httpStatus
        self.raw = raw
        self.at = at
    }

    /// Raw bytes kept per observation.
    package static let rawLimit = 4_096
}
