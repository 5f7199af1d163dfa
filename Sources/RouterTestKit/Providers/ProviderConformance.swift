public import Router

/// Attacks a provider's translations with hostile replies and checks what must hold for every kind.
///
/// Hand in a provider and what its operator is like (``ProviderDescription``); ``violations()`` lists every promise of
/// `PaymentProvider` that was broken, and is empty for a provider that keeps them all. Each attack is one file:
/// what is listed is read as listed, what is not listed proves nothing, what was changed does not pass for what was asked,
/// what is prepared is the same every time and holds no secret, what is forged counts for nothing.
public struct ProviderConformance: Sendable {
    let provider: any PaymentProvider
    let description: ProviderDescription

    /// Takes a provider and what its operator is like.
    public init(_ provider: any PaymentProvider, _ description: ProviderDescription) {
        self.provider = provider
        self.description = description
    }

    /// What the attacks found, and how often each was tried.
    public struct Report: Sendable {
        /// Every broken promise, in words; empty if there is none.
        public let violations: [String]
        /// How many replies, notifications or requests each attack tried, by operation and attack.
        public let tried: [String: Int]
    }

    /// Every broken promise, in words; empty if there is none.
    public func violations() async -> [String] { await report().violations }

    /// Tries everything.
    public func report() async -> Report {
        var tally = Tally()
        attackManifest(&tally)
        attackCoverage(&tally)
        attackLedger(&tally)
        for operation in operations {
            await attackPreparation(operation, &tally)
            await attackSigning(operation, &tally)
            await attackMissingReplies(operation, &tally)
        }
        for subject in subjects {
            await attackListed(subject, &tally)
            await attackHostile(subject, &tally)
            await attackCodes(subject, &tally)
            await attackMembers(subject, &tally)
            await attackFacts(subject, &tally)
        }
        for notified in notified { attackForgery(notified, &tally) }
        attackTally(&tally)
        return Report(violations: tally.violations, tried: tally.tried)
    }

    var operations: [Operated] { description.operations.map { Operated(provider, $0) } }

    var notified: [Notified] {
        guard let provider = provider as? any ReceivingCallbacks else { return [] }
        return description.callbacks.map { Notified(provider, $0) }
    }

    /// Everything that can be read.
    var subjects: [Subject] { operations.flatMap(\.subjects) + questions + notified.map(\.subject) }
}
