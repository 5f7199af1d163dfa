import Router

/// The body of `POST /v1/wallets`.
struct WalletInput: Decodable {
    var owner: String
    var purpose: String?
    var currency: String
    var reference: String?
    var name: String?
    var phone: String?
    var email: String?
    var defaultCountry: String?

    enum CodingKeys: String, CodingKey {
        case owner, purpose, currency, reference, name, phone, email
        case defaultCountry = "default_country"
    }

    /// What was asked for, typed.
    struct Checked {
        var owner: Wallet.Owner
        var purpose: Wallet.Purpose
        var currency: Currency
        var holder: Customer
    }

    /// The body, checked.
    ///
    /// - Parameters:
    ///   - currencies: Those in which wallets are kept here.
    ///   - country: Whose national phone numbers are read.
    /// - Returns: What was asked for.
    /// - Throws: Everything that is wrong with it.
    func checked(currencies: [Currency], country: String?) throws(Problem) -> Checked {
        let owner = Wallet.Owner(rawValue: owner)
        let purpose = purpose.map { Wallet.Purpose(rawValue: $0) } ?? .personal
        var checks = InputChecks()
        checks.check(owner != nil, "/owner", "must be one of \(Self.words(Wallet.Owner.self))")
        checks.check(purpose != nil, "/purpose", "must be one of \(Self.words(Wallet.Purpose.self))")
        checks.text(reference, 100, "/reference")
        checks.text(name, 150, "/name")
        checks.text(email, 254, "/email")
        try checks.done()
        let country = try DefaultCountry.checked(defaultCountry, at: "/default_country") ?? country
        guard let currency = Currency(code: currency) else {
            throw Problem(
                .unsupportedCurrency, CurrencyWords.fault(currency),
                errors: [
                    JSONIssue(
                        pointer: "/currency", code: "unknown_currency", detail: CurrencyWords.remedy(currency))
                ])
        }
        guard currencies.contains(currency) else { throw Self.noWallets(in: currency, currencies) }
        return Checked(
            owner: owner ?? .app, purpose: purpose ?? .personal, currency: currency,
            holder: Customer(phone: try phoneNumber(country), email: email, name: name))
    }

    private static func words<T: CaseIterable & RawRepresentable<String>>(_ type: T.Type) -> String {
        T.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private static func noWallets(in currency: Currency, _ currencies: [Currency]) -> Problem {
        let known = currencies.map(\.code).joined(separator: ", ")
        let detail =
            known.isEmpty
            ? "no wallets are kept here: providers.json has no provider of the kind wallet"
            : "wallets are kept in \(known) here"
        return Problem(
            .notSupported, "there are no wallets in \(currency.code): " + detail,
            errors: [JSONIssue(pointer: "/currency", code: "not_supported", detail: detail)])
    }

    private func phoneNumber(_ country: String?) throws(Problem) -> MSISDN? {
        guard let phone else { return nil }
        return try MSISDN.read(phone, country, at: "/phone")
    }
}

/// The body of `PUT /v1/wallets/{id}/limits`: all limits of a wallet, and no others.
struct WalletLimitsInput: Decodable {
    var payment: PerDay?
    var transfer: PerDay?
    var cashOut: PerDay?
    var topUp: PerDay?

    enum CodingKeys: String, CodingKey {
        case payment, transfer
        case cashOut = "cash_out"
        case topUp = "top_up"
    }

    /// The most of one operation within a day.
    struct PerDay: Decodable {
        /// Minor units.
        var amount: Int64?
        /// How often.
        var count: Int64?
    }

    static func limits(_ body: JSONValue) throws(Problem) -> [WalletLimit] {
        let input = try JSONBody.decode(WalletLimitsInput.self, body)
        var checks = InputChecks()
        var limits: [WalletLimit] = []
        for operation in WalletOperation.allCases {
            let day =
                switch operation {
                case .payment: input.payment
                case .transfer: input.transfer
                case .cashOut: input.cashOut
                case .topUp: input.topUp
                }
            for (measure, most) in [(.amount, day?.amount), (.count, day?.count)] as [(WalletLimit.Measure, Int64?)] {
                guard let most else { continue }
                checks.check(
                    (0...9_007_199_254_740_991).contains(most), "/\(operation.rawValue)/\(measure.rawValue)",
                    "must be 0 to 2^53 - 1; leave it out for no limit")
                limits.append(WalletLimit(operation, measure, most: most))
            }
        }
        try checks.done()
        return limits
    }
}
