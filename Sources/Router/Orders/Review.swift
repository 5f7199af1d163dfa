/// Why an order needs people.
///
/// Opening a review stops no check and no timer. It ends by evidence, or by two people (docs/money-safety.md, 11).
package struct Review: Sendable, Hashable {
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The evidence contradicts itself or the request.
        case conflict
        /// The end of an attempt has not been known for too long.
        case outcomeUnknown = "outcome_unknown"
        /// The payer has not acted for too long, or the operator does not tell.
        case noAnswerFromCustomer = "no_answer_from_customer"
        /// Evidence contradicts an attempt that is final.
        case discrepancy
        /// The operator knew our reference before we sent it.
        case referenceCollision = "reference_collision"
        /// The operator gave a reference that already proves another attempt.
        case repeatedReference = "repeated_reference"
        /// The attempt's provider is not configured any more: nobody can be asked.
        case providerMissing = "provider_missing"
        /// Money arrived for a wallet that was closed meanwhile; it lies unclaimed.
        case walletClosed = "wallet_closed"
        /// A transfer has the sender's money, and it can neither be paid out nor given back.
        case transferParked = "transfer_parked"
    }

    package var reason: Reason
    package var since: Moment
    /// What people found so far, each person's newest finding, oldest first; two that agree make it evidence.
    package var signatures: [Signature]

    package init(reason: Reason, since: Moment, signatures: [Signature] = []) {
        self.reason = reason
        self.since = since
        self.signatures = signatures
    }

    /// What people found out, outside the router, about an attempt.
    package struct Finding: Sendable, Hashable {
        package enum Verdict: Sendable, Hashable {
            /// Exactly what was asked for was executed.
            case executed
            /// Nothing was executed, and nothing will be.
            case notExecuted
            /// This was executed instead of the asked amount.
            case split(Money)

            package var name: String {
                switch self {
                case .executed: "executed"
                case .notExecuted: "not_executed"
                case .split: "split"
                }
            }

            package var amount: Money? {
                guard case .split(let amount) = self else { return nil }
                return amount
            }
        }

        package var verdict: Verdict
        /// Why, in a person's words.
        package var reason: String
        /// Where it stands: the operator's letter, mail or statement line.
        package var document: String
        /// The operator's transaction id.
        package var operatorReference: String?

        package init(verdict: Verdict, reason: String, document: String, operatorReference: String? = nil) {
            self.verdict = verdict
            self.reason = reason
            self.document = document
            self.operatorReference = operatorReference
        }
    }

    /// A finding with one person's name under it.
    package struct Signature: Sendable, Hashable {
        package var finding: Finding
        package var person: String
        package var at: Moment
        /// SHA-256 over the evidence this person saw, in hexadecimal.
        package var evidenceDigest: String

        package init(finding: Finding, person: String, at: Moment, evidenceDigest: String) {
            self.finding = finding
            self.person = person
            self.at = at
            self.evidenceDigest = evidenceDigest
        }
    }
}
