import Router

extension ProviderConformance {
    /// The declared facts must not contradict each other.
    func attackManifest(_ tally: inout Tally) {
        let manifest = provider.manifest
        if manifest.channels.isEmpty, manifest.payout?.channels.isEmpty ?? true {
            tally.add("the manifest names no channel")
        }
        if (manifest.payout?.biller != nil) != (manifest.payout?.requires.contains(.billAccount) ?? false) {
            tally.add("a biller is paid by an account number, and nobody else is")
        }
        if let page = manifest.choosingChannel, !manifest.channels.contains(page) {
            tally.add("the channel on which the payer chooses is not among the manifest's channels")
        }
        if manifest.currencies.isEmpty { tally.add("the manifest names no currency") }
        if manifest.account.isEmpty || manifest.payoutAccount?.isEmpty == true {
            tally.add("the manifest names no account: references of two accounts would be taken for one another's")
        }
        for secret in description.secrets where !secret.isEmpty {
            if [manifest.account, manifest.payoutAccount ?? ""].contains(where: { $0.contains(secret) }) {
                tally.add("a secret stands in the account's name")
            }
        }
        if manifest.mayReuseConnections, !manifest.contract.keyIsStrong {
            tally.add("warm connections without a strong key could execute twice")
        }
        for operation in MoneyOperation.allCases {
            let contract = manifest.contract(for: operation)
            if contract.check == .none, contract.absenceIsAuthoritative {
                tally.add("absence cannot be authoritative where nothing can be asked")
            }
            if contract.keyIsStrong, contract.keyWindowSeconds <= 0 { tally.add("a strong key needs a window") }
        }
        tally.count("manifest")
    }
}
