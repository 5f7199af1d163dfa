import Router

/// A provider that is paid by its customers' account numbers.
struct Biller: Sendable {
    let runtime: ProviderRuntime
    let payout: PayoutFacts
    let facts: BillerFacts
    /// The channel it is paid on unless a caller names another one.
    let channel: PaymentChannel

    /// - Returns: `nil` for a provider that is no biller.
    init?(_ runtime: ProviderRuntime) {
        guard let payout = runtime.manifest.payout, let facts = payout.biller, let channel = payout.channels.first
        else { return nil }
        (self.runtime, self.payout, self.facts, self.channel) = (runtime, payout, facts, channel)
    }

    /// What people call it.
    var name: String {
        runtime.manifest.channelNames[channel] ?? channel.text.prefix(1).uppercased() + channel.text.dropFirst()
    }

    /// Whether an account number has the form that this biller's have.
    func check(_ account: String, _ pointer: String, _ checks: inout InputChecks) {
        checks.check(
            facts.account.fits(account), pointer,
            "expected a \(facts.accountName) of the form \(facts.account.pattern)")
    }
}
