import Router

extension ProviderConformance {
    /// A provider whose operator is our own ledger says what it serves, and has nothing that could reach a wire.
    ///
    /// The core executes its attempts without asking it: whatever else it had would never be called, or would be a second
    /// way for the same money.
    func attackLedger(_ tally: inout Tally) {
        guard provider is any LedgerExecuting else { return }
        tally.count("ledger")
        let wired: [(String, Bool)] = [
            ("collect", provider is any Collecting), ("confirm", provider is any Confirming),
            ("payout", provider is any PayingOut), ("refund", provider is any Refunding),
            ("capture", provider is any Capturing), ("void", provider is any Voiding),
            ("check", provider is any Checking), ("withdraw", provider is any Withdrawing),
            ("callback", provider is any ReceivingCallbacks), ("login", provider is any AccessTokenIssuing),
            ("balance", provider is any BalanceReporting), ("party", provider is any PartyLookup),
            ("probe", provider is any CredentialProbing),
        ]
        for (name, has) in wired where has { tally.add("ledger: \(name) would go to a wire, and there is none") }
        let manifest = provider.manifest
        if !manifest.requires.contains(.wallet) {
            tally.add("ledger: a payment needs no wallet, so nobody would pay it")
        }
        if let payout = manifest.payout, !payout.requires.contains(.wallet) {
            tally.add("ledger: a payout needs no wallet, so nobody would get it")
        }
        if !manifest.payerActions.isEmpty {
            tally.add("ledger: the payer is asked for something that nobody waits for")
        }
        if manifest.onePromptPerWallet { tally.add("ledger: it prompts nobody") }
        let contracts = MoneyOperation.allCases.filter { provider.can($0) }.map { ($0, manifest.contract(for: $0)) }
        for (operation, contract) in contracts {
            if contract.check != .none {
                tally.add("ledger: \(operation.rawValue) can be asked about, and never is open")
            }
            if contract.callback != .none { tally.add("ledger: nobody notifies of a \(operation.rawValue)") }
            if contract.key != .none { tally.add("ledger: a \(operation.rawValue) is sent to nobody, let alone again") }
        }
        let request = WireRequest(.post, "https://operator.example/x", body: [1, 2, 3])
        if provider.sign(request, SigningContext(token: nil, now: Moment(milliseconds: 0), sequence: 1, random: 1))
            != request
        {
            tally.add("ledger: it signs requests that do not exist")
        }
    }
}
