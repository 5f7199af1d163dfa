import ArgumentParser
import Router

/// An order that nobody makes: what a decision is asked about.
struct RouteQuestionOptions: ParsableArguments {
    @Option(name: .long, help: "Minor units: 5000 is 5000 XOF, or 5.000 TND.")
    var amount: Int64

    @Option(name: .long, help: "ISO 4217 code.")
    var currency: String

    @Option(name: .long, help: "The payer's phone number, international.")
    var phone: String?

    @Option(name: .long, help: "ISO code of the country of a national phone number.")
    var defaultCountry: String?

    @Option(name: .long, help: "A channel the payer may use; repeat for several.")
    var channel: [String] = []

    @Option(name: .long, help: "The app's id, or its name.")
    var app: String?

    @Option(name: .long, help: "name=value; repeat for several.")
    var metadata: [String] = []

    @Flag(name: .long, help: "The payer has a card or wallet token.")
    var token = false

    @Option(
        name: .long,
        help: "What is known of the card: brand=visa, country=FR, funding=credit, bin=457199; repeat for several.")
    var card: [String] = []

    @Option(name: .long, help: "The text for the payer or payee.")
    var description: String?

    @Flag(name: .long, help: "Explain a payout instead of a payment.")
    var payout = false

    @Flag(name: .long, help: "Explain a refund that is paid out, because its provider gives nothing back.")
    var refund = false

    @Flag(name: .long, help: "The amount is only held, for a later capture.")
    var hold = false

    @Option(name: .long, help: "ISO 3166 code of the payer's country; the phone's or the card's if left out.")
    var payerCountry: String?

    @Option(name: .long, help: "The payer's language, such as fr.")
    var language: String?

    @Option(name: .long, help: "When it would be, such as 2026-12-24T18:00:00Z; now if left out.")
    var time: String?

    @Option(name: .long, help: "The order's id, by which shares are drawn; a new one if left out.")
    var id: String?

    /// What routing would know of it.
    ///
    /// - Throws: ``CommandFailure`` that says what is wrong.
    func facts(_ environment: PayEnvironment) throws -> RouteFacts {
        let kind = payout || refund ? OrderKind.payout : .payment
        let now = try moment()
        let order = try id.map { text in
            guard let order = OrderID(text), order.kind == kind else {
                throw CommandFailure.wrongArgument(
                    "--id is the id of a \(kind.rawValue), such as \(OrderID(kind, at: now, from: SystemRandom()))")
            }
            return order
        }
        var facts = RouteFacts(
            try request(), kind, order: order ?? OrderID(kind, at: now, from: SystemRandom()),
            app: app.flatMap { AppID($0) } ?? .none, environment: environment, isRefund: refund, at: now)
        facts.appName = app.flatMap { AppID($0) == nil ? $0 : nil }
        facts.hasSourceToken = token
        return facts
    }

    private func moment() throws -> Moment {
        guard let time else { return HostClock().now }
        guard let moment = Moment(rfc3339: time) else {
            throw CommandFailure.wrongArgument("--time is a moment such as 2026-12-24T18:00:00Z, not \"\(time)\"")
        }
        return moment
    }

    private func request() throws -> OrderRequest {
        guard (1...9_007_199_254_740_991).contains(amount) else {
            throw CommandFailure.wrongArgument("--amount is a positive number of minor units, at most 2^53 - 1")
        }
        guard let money = Currency(code: currency) else {
            throw CommandFailure.wrongArgument(CurrencyWords.fault(currency))
        }
        var request = OrderRequest(
            amount: Money(amount, money), channels: channel.map { PaymentChannel($0) },
            customer: Customer(phone: try phone.map { try MSISDN(parsing: $0, defaultCountry: defaultCountry) }),
            description: description,
            metadata: Dictionary(try Self.pairs(metadata, "--metadata"), uniquingKeysWith: { $1 }))
        request.capturesLater = hold
        request.language = language
        request.payerCountry = payerCountry
        request.card = try cardFacts()
        return request
    }

    private func cardFacts() throws -> CardFacts? {
        var facts = CardFacts()
        for (name, value) in try Self.pairs(card, "--card") {
            guard let fact = CardFact(rawValue: name) else {
                let known = CardFact.allCases.map(\.rawValue)
                throw CommandFailure.wrongArgument(
                    "--card: \"\(name)\" is not known of a card" + NearestName.remedy(name, among: known))
            }
            facts[fact] = value
        }
        return facts.isEmpty ? nil : facts
    }

    private static func pairs(_ texts: [String], _ option: String) throws -> [(String, String)] {
        try texts.map { pair in
            guard let cut = pair.firstIndex(of: "=") else {
                throw CommandFailure.wrongArgument("\(option) needs name=value, not \"\(pair)\"")
            }
            return (String(pair[..<cut]), String(pair[pair.index(after: cut)...]))
        }
    }
}
