import Router

/// More wallets than the first one: opened by the holder, or by an app for the holder's phone number or address.
extension HolderDesk {
    /// More than this nobody has.
    static let mostWallets = 20

    /// Opens another wallet.
    ///
    /// A business wallet is for a holder whose phone and e-mail address are both confirmed. In production nothing leaves it
    /// before a person of the platform has unfrozen it.
    func open(
        _ input: NewWalletInput, _ account: Account, _ name: CallName
    ) async throws(Problem) -> (WalletStanding, isReplay: Bool) {
        let purpose = input.purpose.flatMap { Wallet.Purpose(rawValue: $0) }
        var checks = InputChecks()
        checks.check(
            input.purpose == nil || purpose != nil, "/purpose",
            "must be one of \(Wallet.Purpose.allCases.map(\.rawValue).joined(separator: ", "))")
        if let name = input.name { checks.words(name, 100, "/name") }
        try checks.done()
        let currency = try openable(input.currency)
        if purpose == .business, account.confirmedPhone == nil || account.confirmedEmail == nil {
            throw Problem(
                .contactUnconfirmed,
                "a business wallet needs a confirmed phone number and a confirmed e-mail address; confirm both first")
        }
        let wallet = Wallet(
            id: WalletID(at: now, from: SystemRandom()), app: app, environment: settings.environment, owner: .holder,
            purpose: purpose ?? .personal, currency: currency, reference: account.username.text,
            holder: Customer(
                phone: account.phone?.value, email: account.email?.value, name: input.name ?? account.name),
            idempotencyKey: name.named(by: account), fingerprint: name.fingerprint, requestID: name.requestID,
            createdAt: now)
        let owned = try await wallets(of: account).count
        guard owned < Self.mostWallets else {
            throw Problem(.walletUnusable, "you have \(owned) wallets, and more are not opened")
        }
        switch try await changed({ () async throws(StoreFailure) in try await store.insert(wallet) }) {
        case .known(let known) where known.wallet.fingerprint != name.fingerprint:
            throw Problem(.idempotencyKeyReused, "the key was first used for another wallet")
        case .known(let known): return (try await given(known, account), true)
        case .done(let standing): return (try await given(standing, account), false)
        }
    }

    /// A new wallet, given to its holder.
    ///
    /// Until then nobody can use it, so that it is frozen in time.
    private func given(_ standing: WalletStanding, _ account: Account) async throws(Problem) -> WalletStanding {
        let id = standing.wallet.id
        let isHeld = try await stored { () async throws(StoreFailure) in try await store.holder(of: id) } != nil
        guard !isHeld else { return standing }
        var given = standing
        if standing.wallet.purpose == .business, settings.environment == .production {
            given = try await WalletReader(store: store, time: engine.time).change(id, .freeze)
        }
        try await changed { () async throws(StoreFailure) in try await store.hold([id], by: account.id) }
        return given
    }

    /// Makes a wallet that an app opened for the holder's confirmed phone number or address the holder's.
    ///
    /// Whoever has not confirmed the wallet's own contact is told the same as where there is no such wallet.
    func link(_ text: String, _ account: Account) async throws(Problem) -> WalletStanding {
        let missing = Problem(
            .walletUnusable, "there is no wallet of this id that was opened for a contact which you have confirmed",
            errors: [JSONIssue(pointer: "/wallet", code: "wallet", detail: "expected wal_...")])
        guard let id = WalletID(text) else { throw missing }
        let found = try await stored { () async throws(StoreFailure) -> (WalletStanding, AccountID?)? in
            guard let standing = try await store.wallet(id, at: now) else { return nil }
            return (standing, try await store.holder(of: id))
        }
        guard let (standing, holder) = found, standing.wallet.owner == .holder,
            standing.wallet.environment == settings.environment
        else { throw missing }
        if holder == account.id { return standing }
        let contacts = standing.wallet.holder
        let isTheirs =
            (contacts.phone != nil && contacts.phone == account.confirmedPhone)
            || (contacts.email != nil && contacts.email == account.confirmedEmail)
        guard holder == nil, isTheirs else { throw missing }
        try await changed { () async throws(StoreFailure) in try await store.hold([id], by: account.id) }
        // Somebody else who confirmed the same may have been quicker.
        let owner = try await stored { () async throws(StoreFailure) in try await store.holder(of: id) }
        guard owner == account.id else { throw missing }
        return standing
    }

    /// One of the currencies in which wallets are opened.
    func openable(_ code: String?) throws(Problem) -> Currency {
        let code = code ?? settings.currencies.first?.code ?? ""
        guard let currency = settings.currencies.first(where: { $0.code == code }) else {
            throw Problem(
                .unsupportedCurrency, "no wallets are opened in \"\(code.prefix(10))\" here",
                errors: [
                    JSONIssue(
                        pointer: "/currency", code: "unknown_currency",
                        detail: "expected one of \(settings.currencies.map(\.code).joined(separator: ", "))")
                ])
        }
        return currency
    }
}
