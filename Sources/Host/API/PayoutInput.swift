import Router

/// The body of `POST /v1/payouts`.
struct PayoutInput: Decodable {
    var amount: Int64
    var currency: String
    var channel: PaymentInput.Channels?
    var party: Party
    /// The wallet that is paid out of, instead of the app's own account.
    var source: WalletEnd?
    var reference: String?
    var description: String?
    var metadata: [String: String]?
    var expiresIn: Int64?
    var repeatOf: String?
    var defaultCountry: String?

    enum CodingKeys: String, CodingKey {
        case amount, currency, channel, party, source, reference, description, metadata
        case expiresIn = "expires_in"
        case repeatOf = "repeat_of"
        case defaultCountry = "default_country"
    }

    /// Who gets the money.
    struct Party: Decodable {
        /// The payee's wallet; without one the money goes to the wallet of an operator under `phone`.
        var wallet: String?
        /// The customer's account number at a biller, which gets the money.
        var billAccount: String?
        var phone: String?
        var email: String?
        var name: String?

        enum CodingKeys: String, CodingKey {
            case wallet, phone, email, name
            case billAccount = "bill_account"
        }
    }

    /// The request, checked as a payment's is: they have the same members.
    func checked(knownChannels: Set<PaymentChannel>, country: String?) throws(Problem) -> OrderRequest {
        var checks = InputChecks()
        checks.wallet(source?.wallet, "/source/wallet")
        checks.wallet(party.wallet, "/party/wallet")
        if party.wallet != nil { checks.walletChannel(channel, beside: "party") }
        checks.billAccount(party.billAccount, "/party/bill_account")
        checks.check(
            party.wallet == nil || party.billAccount == nil, "/party/bill_account",
            "must be left out beside a wallet: one of the two gets the money")
        try checks.done()
        let payee = PaymentInput.CustomerInput(phone: party.phone, email: party.email, name: party.name)
        let alike = PaymentInput(
            amount: amount, currency: currency, channel: channel, customer: payee, source: nil, reference: reference,
            description: description, returnURLs: nil, metadata: metadata, capture: nil, expiresIn: expiresIn,
            repeatOf: repeatOf, defaultCountry: defaultCountry)
        var request = try alike.checked(
            knownChannels: knownChannels, country: country, customerAt: "/party", kind: .payout)
        request.billAccount = party.billAccount
        request.account = source.flatMap { WalletID($0.wallet) }.map { .wallet($0) }
        guard let wallet = party.wallet.flatMap({ WalletID($0) }) else { return request }
        request.wallet = wallet
        request.channels = [PaymentInput.walletChannel]
        return request
    }
}
