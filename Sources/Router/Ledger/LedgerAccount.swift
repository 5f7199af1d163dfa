/// An account of the ledger, by name; together with a currency it is one line of balances.
package struct LedgerAccount: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// For instance `operator:tmoney-tg`, `app:app_...`, `wallet:wal_...`.
    package let name: String
    /// `nil` for a name that no release has given.
    package let kind: Kind?

    /// Takes a name as it is stored.
    package init(_ name: String) {
        self.name = name
        kind = Kind(beginning: name)
    }

    package init(stringLiteral value: String) { self.init(value) }

    private init(_ kind: Kind, _ rest: String) {
        name = "\(kind.rawValue):\(rest)"
        self.kind = kind
    }

    /// Our money at a provider: its float.
    package static func provider(_ id: ProviderID) -> LedgerAccount { LedgerAccount(.provider, id.text) }
    /// What the platform owes an app.
    package static func app(_ id: AppID) -> LedgerAccount { LedgerAccount(.app, id.text) }
    /// What the platform owes the owner of a wallet.
    package static func wallet(_ id: WalletID) -> LedgerAccount { LedgerAccount(.wallet, id.text) }
    /// What arrived for a wallet after it was closed.
    package static func unclaimed(_ id: WalletID) -> LedgerAccount { LedgerAccount(.unclaimed, id.text) }
    /// What a transfer has collected and neither paid out nor given back.
    package static func suspense(_ transfer: OrderID) -> LedgerAccount { LedgerAccount(.suspense, transfer.text) }
    /// What the platform keeps of transfers.
    package static let fees = LedgerAccount("fees:transfers")
    /// What people ended outside the router: the other side of every adjustment.
    package static let adjustments = LedgerAccount("adjustments:by_hand")
    /// How much of an operation a wallet may still do in a day; see ``WalletLimit``.
    package static func limit(
        _ wallet: WalletID, _ operation: WalletOperation, _ measure: WalletLimit.Measure
    ) -> LedgerAccount {
        LedgerAccount(.limit, "\(wallet.text):\(operation.rawValue):\(measure.rawValue)")
    }
    /// How much of an operation an app may still do in a day; see ``DailyUse``.
    package static func limit(
        of app: AppID, _ environment: PayEnvironment, _ operation: OrderKind, _ measure: WalletLimit.Measure
    ) -> LedgerAccount {
        LedgerAccount(.limit, "app:\(app.text):\(environment.rawValue):\(operation.rawValue):\(measure.rawValue)")
    }
    /// How much of an operation a phone number may still do in a day; the number is named by a keyed fingerprint.
    package static func limit(
        ofNumber mark: String, _ environment: PayEnvironment, _ operation: OrderKind, _ measure: WalletLimit.Measure
    ) -> LedgerAccount {
        LedgerAccount(.limit, "number:\(mark):\(environment.rawValue):\(operation.rawValue):\(measure.rawValue)")
    }

    /// What an account stands for, as its name begins.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case provider = "operator"
        case app, wallet, unclaimed, suspense, fees, adjustments, discrepancy, limit

        fileprivate init?(beginning name: String) {
            self.init(rawValue: String(Substring(name.utf8.prefix { $0 != UInt8(ascii: ":") })))
        }
    }

    /// On which side of a posting its balance grows: our money at operators on the debit side, what we owe on the credit
    /// side.
    package var growsBy: PostingSide { kind == .provider ? .debit : .credit }

    /// The least that its balance, less what is held of it, may be, in minor units; `nil` if it may be anything.
    ///
    /// Stores keep it as a constraint.
    package var floor: Int64? {
        switch kind {
        case .wallet, .unclaimed, .suspense: 0
        // A wallet's limit is its balance; what is configured comes as a ceiling with each hold.
        case .limit: isDailyLimit ? nil : 0
        case .provider, .app, .fees, .adjustments, .discrepancy, nil: nil
        }
    }

    /// Whether what is taken from it in several steps is held first.
    package var isHeldFirst: Bool { floor != nil && kind != .limit }

    /// Whether the holds on it end by themselves.
    package var healsItself: Bool { kind == .limit }

    /// Whether it is a daily limit's, of an app or a number.
    package var isDailyLimit: Bool {
        kind == .limit && DailyLimitName.beginnings.contains { name.utf8.starts(with: $0) }
    }

    /// What a daily limit is about, as the name of its account says; `nil` for any other account.
    package var dailyLimit: DailyLimitName? {
        guard isDailyLimit else { return nil }
        let parts = name.split(separator: ":")
        guard parts.count == 6, let owner = DailyLimitName.Owner(rawValue: String(parts[1])),
            let operation = OrderKind(rawValue: String(parts[4])),
            let measure = WalletLimit.Measure(rawValue: String(parts[5]))
        else { return nil }
        return DailyLimitName(owner: owner, operation: operation, measure: measure)
    }

    /// The wallet it belongs to.
    package var wallet: WalletID? {
        guard [.wallet, .unclaimed, .limit].contains(kind) else { return nil }
        let parts = name.split(separator: ":", maxSplits: 2)
        return parts.count > 1 ? WalletID(String(parts[1])) : nil
    }

    package static func == (left: LedgerAccount, right: LedgerAccount) -> Bool { left.name == right.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    package var description: String { name }
    package static func < (left: LedgerAccount, right: LedgerAccount) -> Bool { left.name < right.name }
}

/// What the name of a daily limit's account says.
package struct DailyLimitName: Sendable, Hashable {
    /// Whose limit it is.
    package enum Owner: String, Sendable, Hashable, CaseIterable { case app, number }

    /// How the names of accounts begin.
    fileprivate static let beginnings = Owner.allCases.map {
        Array("\(LedgerAccount.Kind.limit.rawValue):\($0.rawValue):".utf8)
    }

    package var owner: Owner
    package var operation: OrderKind
    package var measure: WalletLimit.Measure
}

/// The two sides of every posting.
package enum PostingSide: String, Sendable, Hashable { case debit, credit }
