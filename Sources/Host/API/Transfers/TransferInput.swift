import Router

/// The body of `POST /v1/transfers` and of `POST /v1/quotes`.
struct TransferInput: Decodable {
    var from: End
    var to: End
    var amount: Int64
    var currency: String
    var fee: String?
    var reference: String?
    var description: String?
    var returnURLs: PaymentInput.URLs?
    var metadata: [String: String]?
    var expiresIn: Int64?
    var repeatOf: String?
    var language: String?
    var defaultCountry: String?

    enum CodingKeys: String, CodingKey {
        case from, to, amount, currency, fee, reference, description, metadata, language
        case returnURLs = "return_urls"
        case expiresIn = "expires_in"
        case repeatOf = "repeat_of"
        case defaultCountry = "default_country"
    }

    /// A wallet of the platform's own, or an operator's under a phone number.
    struct End: Decodable {
        var wallet: String?
        var channel: String?
        var phone: String?
        var name: String?
        var email: String?

        enum CodingKeys: String, CodingKey { case wallet, channel, phone, name, email }
    }

    /// The channels that money can come from, and those that it can go to.
    struct Channels: Sendable {
        var paying: Set<PaymentChannel>
        var paid: Set<PaymentChannel>
    }
}

extension TransferInput {
    /// The request without its fee, typed and checked as far as it can be without the engine.
    ///
    /// - Parameters:
    ///   - channels: Those that are served.
    ///   - country: Whose national phone numbers are read.
    /// - Returns: The request, with its terms.
    /// - Throws: Everything that is wrong with its form, or the first thing that cannot be.
    func checked(_ channels: Channels, country: String?) throws(Problem) -> OrderRequest {
        try checkShape()
        let country = try DefaultCountry.checked(defaultCountry, at: "/default_country") ?? country
        guard let money = Currency(code: currency) else {
            throw Problem(
                .unsupportedCurrency, CurrencyWords.fault(currency),
                errors: [
                    JSONIssue(pointer: "/currency", code: "unknown_currency", detail: CurrencyWords.remedy(currency))
                ])
        }
        let sender = try from.checked("/from", channels.paying, country: country)
        let recipient = try to.checked("/to", channels.paid, country: country)
        try checkDiffer(sender, recipient)
        var request = OrderRequest(
            amount: Money(amount, money), customer: sender.customer, reference: reference, description: description,
            returnURLs: ReturnURLs(
                success: returnURLs?.success, failure: returnURLs?.failure, cancel: returnURLs?.cancel),
            metadata: metadata ?? [:], expiresInSeconds: expiresIn ?? OrderRequest.defaultExpirySeconds)
        request.repeatOf = try RepeatedOrder.read(repeatOf, .transfer, reference: reference)
        request.language = language
        request.defaultCountry = country
        request.transfer = TransferTerms(
            from: sender.end, to: recipient.end, recipient: recipient.customer,
            feePayer: fee.flatMap { TransferTerms.FeePayer(rawValue: $0) } ?? .sender)
        return request
    }

    private func checkShape() throws(Problem) {
        var checks = InputChecks()
        from.check("/from", &checks)
        to.check("/to", &checks)
        checks.amount(amount, "/amount")
        checks.check(
            fee.map { TransferTerms.FeePayer(rawValue: $0) != nil } ?? true, "/fee",
            "must be one of \(TransferTerms.FeePayer.allCases.map(\.rawValue).joined(separator: ", "))")
        checks.text(reference, 100, "/reference")
        checks.text(description, DescriptionFacts.longest, "/description")
        checks.returnURLs(returnURLs)
        checks.metadata(metadata, "/metadata")
        checks.lifetime(expiresIn)
        checks.language(language)
        try checks.done()
    }

    /// Money moves from one place to another.
    private func checkDiffer(_ sender: CheckedEnd, _ recipient: CheckedEnd) throws(Problem) {
        guard sender.end == recipient.end else { return }
        if let wallet = sender.end.wallet {
            throw LedgerAnswers.problem(WalletRefusal(wallet, .itself, isSource: true), .transfer)
        }
        guard let phone = sender.customer.phone, phone == recipient.customer.phone else { return }
        throw Problem(
            .invalidPhone, "the money would go from \(phone.masked) to itself",
            errors: [
                JSONIssue(
                    pointer: "/to/phone", code: "invalid_phone",
                    detail: "is the sender's on this channel; name another number, or another channel")
            ])
    }

    /// One side of a transfer, typed.
    struct CheckedEnd {
        var end: TransferTerms.End
        var customer: Customer
    }
}

extension TransferInput.End {
    /// What is wrong with its form.
    fileprivate func check(_ place: String, _ checks: inout InputChecks) {
        checks.check(
            wallet != nil || channel != nil, place, "expected wallet, or channel with what it needs, such as phone")
        checks.check(wallet == nil || channel == nil, place, "takes wallet or channel, not both")
        checks.wallet(wallet, place + "/wallet")
        for (name, text) in [("phone", phone), ("name", name), ("email", email)] {
            checks.check(
                text == nil || wallet == nil, place + "/" + name, "goes with channel; a wallet has its own holder")
        }
        checks.text(name, 150, place + "/name")
        checks.text(email, 254, place + "/email")
    }

    fileprivate func checked(
        _ place: String, _ known: Set<PaymentChannel>, country: String?
    ) throws(Problem) -> TransferInput.CheckedEnd {
        if let wallet = wallet.flatMap({ WalletID($0) }) {
            return TransferInput.CheckedEnd(end: .wallet(wallet), customer: Customer())
        }
        let channel = PaymentChannel(channel ?? "")
        let served = known.subtracting([PaymentInput.walletChannel])
        guard served.contains(channel) else {
            let names = served.map(\.text).sorted()
            let question =
                channel == PaymentInput.walletChannel
                ? "name the wallet itself: {\"wallet\": \"wal_...\"};"
                : NearestName.question(channel.text, among: names)
            throw Problem(
                .unknownChannel,
                "money of no operator's goes over this channel; \(question.map { $0 + " " } ?? "")known channels: "
                    + names.joined(separator: ", "),
                errors: [
                    JSONIssue(
                        pointer: place + "/channel", code: "unknown_channel",
                        detail: question ?? "expected one of \(names.joined(separator: ", "))")
                ])
        }
        return TransferInput.CheckedEnd(
            end: .channel(channel), customer: Customer(phone: try number(place, country), email: email, name: name))
    }

    private func number(_ place: String, _ country: String?) throws(Problem) -> MSISDN? {
        guard let phone else { return nil }
        return try MSISDN.read(phone, country, at: place + "/phone")
    }
}
