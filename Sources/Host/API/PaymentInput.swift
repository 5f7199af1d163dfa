import Router

/// The body of `POST /v1/payments` and of `POST /v1/routes/explain`.
struct PaymentInput: Decodable {
    var amount: Int64
    var currency: String
    var channel: Channels?
    var customer: CustomerInput?
    var source: Source?
    var reference: String?
    var description: String?
    var returnURLs: URLs?
    var metadata: [String: String]?
    var capture: Bool?
    var expiresIn: Int64?

    enum CodingKeys: String, CodingKey {
        case amount, currency, channel, customer, source, reference, description, metadata, capture
        case returnURLs = "return_urls"
        case expiresIn = "expires_in"
    }

    struct CustomerInput: Decodable {
        var phone: String?
        var email: String?
        var name: String?
    }

    struct Source: Decodable { var token: String }

    struct URLs: Decodable {
        var success: String?
        var failure: String?
        var cancel: String?
    }

    /// A channel's name or a list of names.
    struct Channels: Decodable {
        var names: [String]

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

extension PaymentInput {
    /// The request, typed and checked as far as it can be without routing.
    func checked(knownChannels: Set<PaymentChannel>) throws(Problem) -> OrderRequest {
        try checkShape()
        guard let money = Currency(code: currency) else {
            throw Problem(
                .unsupportedCurrency, "\"\(currency.prefix(12))\" is not an ISO 4217 code in upper case",
                errors: [issue("/currency", "unknown_currency", "use a code such as XOF or TND")])
        }
        if capture == false {
            throw Problem(
                .notSupported, "capture: false asks to authorize only, which no provider here offers",
                errors: [issue("/capture", "not_supported", "leave it out, or send true")])
        }
        let channels = (channel?.names ?? []).map { PaymentChannel($0) }
        for (index, channel) in channels.enumerated() where !knownChannels.contains(channel) {
            let known = knownChannels.map(\.text).sorted().joined(separator: ", ")
            throw Problem(
                .unknownChannel, "no provider serves this channel; known channels: \(known)",
                errors: [issue("/channel" + (channels.count > 1 ? "/\(index)" : ""), "unknown_channel", "see detail")])
        }
        return OrderRequest(
            amount: Money(amount, money), channels: channels,
            customer: Customer(phone: try phone(), email: customer?.email, name: customer?.name),
            sourceToken: source.map { Secret($0.token) }, reference: reference, description: description,
            returnURLs: ReturnURLs(
                success: returnURLs?.success, failure: returnURLs?.failure, cancel: returnURLs?.cancel),
            metadata: metadata ?? [:], expiresInSeconds: expiresIn ?? OrderRequest.defaultExpirySeconds)
    }

    private func issue(_ pointer: String, _ code: String, _ detail: String) -> JSONIssue {
        JSONIssue(pointer: pointer, code: code, detail: detail)
    }

    private func phone() throws(Problem) -> MSISDN? {
        guard let text = customer?.phone else { return nil }
        do throws(MSISDNError) {
            return try MSISDN(parsing: text)
        } catch {
            throw Problem(
                .invalidPhone, "\(error)", errors: [issue("/customer/phone", "invalid_phone", "\(error)")])
        }
    }

    private func checkShape() throws(Problem) {
        var issues: [JSONIssue] = []
        func check(_ holds: Bool, _ pointer: String, _ detail: String) {
            if !holds { issues.append(issue(pointer, "invalid_value", detail)) }
        }
        func length(_ text: String?, _ limit: Int, _ pointer: String) {
            guard let text else { return }
            check((1...limit).contains(text.unicodeScalars.count), pointer, "must have 1 to \(limit) characters")
            check(
                !text.unicodeScalars.contains { $0.properties.generalCategory == .control }, pointer,
                "must not hold control characters")
        }
        check(
            (1...9_007_199_254_740_991).contains(amount), "/amount",
            "must be a positive integer of minor units, at most 2^53 - 1")
        check((channel?.names.count ?? 1) >= 1, "/channel", "an empty list allows nothing; leave it out to allow all")
        length(customer?.email, 254, "/customer/email")
        length(customer?.name, 150, "/customer/name")
        length(source?.token, 255, "/source/token")
        length(reference, 100, "/reference")
        length(description, 250, "/description")
        for (name, url) in [
            ("success", returnURLs?.success), ("failure", returnURLs?.failure), ("cancel", returnURLs?.cancel),
        ] {
            length(url, 1_000, "/return_urls/\(name)")
            check(url.map(Self.isWebAddress) ?? true, "/return_urls/\(name)", "must be an absolute http(s) address")
        }
        check((metadata?.count ?? 0) <= 50, "/metadata", "may have at most 50 members")
        for (name, value) in (metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
            let pointer = "/metadata/" + JSONPointer.escaped(name)
            check((1...40).contains(name.unicodeScalars.count), pointer, "a name has 1 to 40 characters")
            check(value.unicodeScalars.count <= 500, pointer, "a value has at most 500 characters")
        }
        check((1...86_400).contains(expiresIn ?? 1), "/expires_in", "must be 1 to 86400 seconds")
        guard issues.isEmpty else {
            throw Problem(.invalidRequest, issues.map(\.description).joined(separator: "; "), errors: issues)
        }
    }

    private static func isWebAddress(_ text: String) -> Bool {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return false }
        return text.utf8.allSatisfy { (0x21...0x7E).contains($0) } && text.utf8.count > 8
    }
}
