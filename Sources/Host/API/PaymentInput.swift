import Router

/// The body of `POST /v1/payments` and of `POST /v1/routes/explain`.
struct PaymentInput: Decodable {
    var amount: Int64
    var currency: String
    var channel: Channels?
    var customer: CustomerInput?
    var source: Source?
    var destination: WalletEnd?
    var reference: String?
    var description: String?
    var returnURLs: URLs?
    var metadata: [String: String]?
    var capture: Bool?
    var expiresIn: Int64?
    var language: String?
    var hosted: Bool?
    var repeatOf: String?
    var defaultCountry: String?
    var lineItems: [LineInput]?

    enum CodingKeys: String, CodingKey {
        case amount, currency, channel, customer, source, destination, reference, description, metadata, capture
        case language, hosted
        case lineItems = "line_items"
        case returnURLs = "return_urls"
        case expiresIn = "expires_in"
        case repeatOf = "repeat_of"
        case defaultCountry = "default_country"
    }

    struct CustomerInput: Decodable {
        /// The caller's own.
        var id: String?
        var phone: String?
        var email: String?
        var name: String?
        /// Where the payer is, for rules; ISO 3166.
        var country: String?

        enum CodingKeys: String, CodingKey { case id, phone, email, name, country }
    }

    struct URLs: Decodable {
        var success: String?
        var failure: String?
        var cancel: String?

        enum CodingKeys: String, CodingKey { case success, failure, cancel }
    }

    /// A channel's name or a list of names.
    struct Channels: Decodable {
        var names: [String]

        init(names: [String]) { self.names = names }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                names = [one]
            } else if let many = try? container.decode([String].self) {
                names = many
            } else {
                throw JSONIssue(
                    pointer: "/channel", code: "wrong_type", detail: "expected a channel's name or a list of names")
            }
        }
    }
}

/// What is said of a currency that is none.
enum CurrencyWords {
    static func fault(_ text: String) -> String {
        "\"\(text.prefix(12))\" is not an ISO 4217 code in upper case; \(remedy(text))"
    }

    /// What would be right: the code in upper case, if that is all.
    static func remedy(_ text: String) -> String {
        let code = text.trimmed.uppercased()
        return Currency(code: code) == nil || code == text
            ? "use a code such as XOF or TND" : "did you mean \"\(code)\"?"
    }
}

extension PaymentInput {
    /// The request, typed and checked as far as it can be without routing and without other orders.
    ///
    /// National phone numbers are read as the request's country writes them, else the app's (`country`).
    func checked(
        knownChannels: Set<PaymentChannel>, country: String?, customerAt place: String = "/customer",
        kind: OrderKind = .payment
    ) throws(Problem) -> OrderRequest {
        try checkShape(place)
        let country = try DefaultCountry.checked(defaultCountry, at: "/default_country") ?? country
        guard let money = Currency(code: currency) else {
            throw Problem(
                .unsupportedCurrency, CurrencyWords.fault(currency),
                errors: [issue("/currency", "unknown_currency", CurrencyWords.remedy(currency))])
        }
        let channels = (channel?.names ?? []).map { PaymentChannel($0) }
        for (index, channel) in channels.enumerated() where !knownChannels.contains(channel) {
            let known = knownChannels.map(\.text).sorted()
            let question = NearestName.question(channel.text, among: known)
            throw Problem(
                .unknownChannel,
                "no provider serves this channel; \(question.map { $0 + " " } ?? "")known channels: "
                    + known.joined(separator: ", "),
                errors: [
                    issue(
                        "/channel" + (channels.count > 1 ? "/\(index)" : ""), "unknown_channel",
                        question ?? "expected one of \(known.joined(separator: ", "))")
                ])
        }
        var request = OrderRequest(
            amount: Money(amount, money), channels: channels,
            customer: Customer(phone: try phone(place, country), email: customer?.email, name: customer?.name),
            sourceToken: source?.token.map { Secret($0) }, reference: reference, description: description,
            returnURLs: ReturnURLs(
                success: returnURLs?.success, failure: returnURLs?.failure, cancel: returnURLs?.cancel),
            metadata: metadata ?? [:], expiresInSeconds: expiresIn ?? OrderRequest.defaultExpirySeconds)
        request.capturesLater = capture == false
        request.language = language
        request.defaultCountry = country
        request.isHosted = hosted == true
        request.repeatOf = try RepeatedOrder.read(repeatOf, kind, reference: reference)
        request.payerCountry = customer?.country
        request.card = source?.card?.facts
        setWallets(of: &request)
        setLines(of: &request)
        return request
    }

    private func issue(_ pointer: String, _ code: String, _ detail: String) -> JSONIssue {
        JSONIssue(pointer: pointer, code: code, detail: detail)
    }

    private func phone(_ place: String, _ country: String?) throws(Problem) -> MSISDN? {
        guard let text = customer?.phone else { return nil }
        return try MSISDN.read(text, country, at: place + "/phone")
    }

    private func checkShape(_ place: String) throws(Problem) {
        var checks = InputChecks()
        checks.amount(amount, "/amount")
        checks.check(
            (channel?.names.count ?? 1) >= 1, "/channel", "an empty list allows nothing; leave it out to allow all")
        checks.text(customer?.email, 254, place + "/email")
        checks.text(customer?.name, 150, place + "/name")
        checks.text(source?.token, 255, "/source/token")
        checks.country(customer?.country, place + "/country")
        source?.card?.check(&checks, "/source/card", besideToken: source?.token != nil)
        checkWallets(&checks)
        checkLines(&checks, place)
        checks.text(reference, 100, "/reference")
        checks.text(description, DescriptionFacts.longest, "/description")
        checks.returnURLs(returnURLs)
        checks.metadata(metadata, "/metadata")
        checks.lifetime(expiresIn)
        checks.language(language)
        try checks.done()
    }
}
