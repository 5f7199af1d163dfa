import Router

/// Finding people whom money is sent to.
extension HolderDesk {
    /// Somebody who can receive money, as whoever sends it is shown them.
    struct Recipient: Sendable {
        var account: Account?
        var wallet: Wallet
        var name: String
    }

    /// How a recipient is named: by user name, confirmed phone, or wallet.
    struct Address: Sendable, Hashable {
        var user: String?
        var phone: String?
        var wallet: String?

        /// What somebody typed into one field: a wallet's id, a user name, or else a phone number.
        init(typed: String) {
            let text = typed.trimmed
            if WalletID(text) != nil {
                wallet = text
            } else if Username(text) != nil {
                user = text
            } else {
                phone = text
            }
        }

        init(user: String?, phone: String?, wallet: String?) {
            (self.user, self.phone, self.wallet) = (user, phone, wallet)
        }
    }

    /// The wallet that an address leads to, in a currency.
    ///
    /// - Parameters:
    ///   - address: How the recipient is named.
    ///   - currency: What the wallet shall hold; `nil` for any.
    ///   - pointer: Where the address stands.
    ///   - holder: Who asks: numbers cannot be gone through.
    /// - Returns: The recipient.
    /// - Throws: `unknown_recipient` unless there is one that can take money; the same for everybody who cannot.
    func recipient(
        _ address: Address, currency: Currency?, at pointer: String, for holder: Account
    ) async throws(Problem) -> Recipient {
        if let text = address.wallet {
            guard let id = WalletID(text) else { throw Self.unknown(pointer + "/wallet") }
            return try await recipient(id, pointer + "/wallet")
        }
        if let text = address.phone {
            let phone = try number(text, pointer + "/phone")
            if let problem = limits?.lookUp(phone, by: holder.id) { throw problem }
            let account = try await stored { () async throws(StoreFailure) in try await store.account(phone: phone) }
            return try await recipient(account, currency, pointer + "/phone")
        }
        guard let name = address.user.flatMap({ Username($0) }) else { throw Self.unknown(pointer + "/user") }
        let account = try await stored { () async throws(StoreFailure) in try await store.account(named: name) }
        return try await recipient(account, currency, pointer + "/user")
    }

    /// A phone number as holders write it.
    func number(_ text: String, _ pointer: String) throws(Problem) -> MSISDN {
        try MSISDN.read(text, settings.defaultCountry, at: pointer)
    }

    private func recipient(
        _ account: Account?, _ currency: Currency?, _ pointer: String
    ) async throws(Problem) -> Recipient {
        guard let account, account.state == .active else { throw Self.unknown(pointer) }
        let open = try await wallets(of: account).filter {
            $0.balance.state != .closed && $0.wallet.environment == settings.environment
        }
        let fitting = currency.map { code in open.filter { $0.wallet.currency == code } } ?? open
        guard let standing = fitting.first else { throw Self.unknown(pointer) }
        return Recipient(account: account, wallet: standing.wallet, name: account.name)
    }

    private func recipient(_ id: WalletID, _ pointer: String) async throws(Problem) -> Recipient {
        let found = try await stored { () async throws(StoreFailure) -> (WalletStanding, Account?, App?)? in
            guard let standing = try await store.wallet(id), standing.wallet.environment == settings.environment,
                standing.balance.state != .closed
            else { return nil }
            var account: Account?
            if let holder = try await store.holder(of: id) { account = try await store.account(holder) }
            return (standing, account, try await store.app(standing.wallet.app))
        }
        guard let (standing, account, app) = found, app?.isEnabled != false, account?.state != .disabled else {
            throw Self.unknown(pointer)
        }
        let name = account?.name ?? standing.wallet.holder.name ?? app?.name ?? standing.wallet.id.text
        return Recipient(account: account, wallet: standing.wallet, name: name)
    }

    static func unknown(_ pointer: String) -> Problem {
        Problem(
            .unknownRecipient, "there is nobody here who can receive this; nothing was taken",
            errors: [
                JSONIssue(
                    pointer: pointer, code: "unknown_recipient",
                    detail: "expected a holder's user name, confirmed phone number or wallet, in this currency")
            ])
    }
}
