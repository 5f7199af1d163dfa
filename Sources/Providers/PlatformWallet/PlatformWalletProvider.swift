import Router

/// The platform's own wallets as one channel among others.
///
/// There is no operator and no wire: the core executes its attempts by postings, in the commit that makes them.
struct PlatformWalletProvider: LedgerExecuting {
    let manifest: ProviderManifest

    static func manifest(_ currencies: [Currency], holdSeconds: Int64) -> ProviderManifest {
        let limits = currencies.map { ProviderManifest.CurrencyLimits($0, minimum: 1, maximum: .max / 4) }
        return ProviderManifest(
            kind: PlatformWalletKind.name, channels: [PlatformWalletKind.channel], currencies: limits,
            requires: [.wallet],
            payerActions: [], referenceShape: .uuid, contract: contract, mayReuseConnections: false,
            payout: PayoutFacts(
                channels: [PlatformWalletKind.channel], currencies: limits, requires: [.wallet], contract: contract),
            refund: RefundFacts(allowsPartial: true, allowsSeveral: true, contract: contract),
            authorization: AuthorizationFacts(
                lifetimeSeconds: holdSeconds, allowsPartialCapture: true, contract: contract),
            account: "ledger", operatorReferencesAreUnique: true)
    }

    /// An attempt of it is never open, so that nothing of this is ever asked; the values are the careful ones.
    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .none, absenceIsAuthoritative: false, visibilityLagSeconds: 0,
        maximumServerLifeSeconds: 0, absenceSpanSeconds: 0, promptLifetimeSeconds: 0, failureQuarantineSeconds: 0,
        authenticationPrecedesExecution: true, throttlingPrecedesExecution: true, resendPromptsPayerAgain: false,
        callback: .none, checksPerSecond: 10, checkLadder: .standard, reviewAfterSeconds: 1_800)

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { request }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }
}
