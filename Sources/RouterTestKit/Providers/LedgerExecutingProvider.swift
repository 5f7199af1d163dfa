package import Router

/// A provider of wallets for tests: the ledger executes what it is asked for.
package struct LedgerExecutingProvider: LedgerExecuting {
    package let manifest: ProviderManifest

    /// Serves the channel `wallet` in these currencies.
    package init(_ currencies: [Currency] = [.xof], holdSeconds: Int64 = 3_600) {
        let limits = currencies.map { ProviderManifest.CurrencyLimits($0, minimum: 1, maximum: .max / 4) }
        manifest = ProviderManifest(
            kind: "ledger-executed", channels: ["wallet"], currencies: limits, requires: [.wallet], payerActions: [],
            referenceShape: .uuid, contract: Self.contract, mayReuseConnections: false,
            payout: PayoutFacts(
                channels: ["wallet"], currencies: limits, requires: [.wallet], contract: Self.contract),
            refund: RefundFacts(allowsPartial: true, allowsSeveral: true, contract: Self.contract),
            authorization: AuthorizationFacts(
                lifetimeSeconds: holdSeconds, allowsPartialCapture: true, contract: Self.contract),
            account: "ledger", operatorReferencesAreUnique: true)
    }

    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .none, absenceIsAuthoritative: false, visibilityLagSeconds: 0,
        maximumServerLifeSeconds: 0, absenceSpanSeconds: 0, promptLifetimeSeconds: 0, failureQuarantineSeconds: 0,
        authenticationPrecedesExecution: false, throttlingPrecedesExecution: false, resendPromptsPayerAgain: false,
        callback: .none, checksPerSecond: 10, checkLadder: .standard, reviewAfterSeconds: 1_800)

    package func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { request }

    package func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }
}
