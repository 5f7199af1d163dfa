import Router

/// What a call asks of the orders of all apps: a text, conditions, a page.
struct SearchRequest {
    /// What somebody typed; `nil` for a list by conditions alone.
    let text: String?
    private(set) var query: OrderQuery

    static let names: Set<String> = [
        "text", "kind", "app", "environment", "status", "review", "channel", "provider", "reference", "phone", "amount",
        "currency", "idempotency_key", "created_from", "created_to", "limit", "after", "before",
    ]

    /// Reads a call's query.
    init(_ text: String, store: any Store) async throws(Problem) {
        let parameters = try QueryParameters(text, allowed: Self.names, maps: ["metadata"])
        self.text = parameters["text"]
        var app: AppID?
        if let name = parameters["app"] { app = try await AppNames(store: store).app(name).id }
        query = OrderQuery(
            app: app, environment: try parameters.choice("environment", PayEnvironment.self),
            limit: try parameters.limit())
        query.kind = try parameters.choice("kind", OrderKind.self)
        query.status = try parameters.choice("status", OrderStatus.self)
        let reason = try parameters.choice("review", Review.Reason.self, or: ["open"])
        query.review = reason.map { .reason($0) } ?? (parameters["review"] == nil ? nil : .any)
        query.channel = parameters["channel"].map { PaymentChannel($0) }
        query.provider = parameters["provider"].map { ProviderID($0) }
        query.reference = parameters["reference"]
        query.idempotencyKey = parameters["idempotency_key"]
        query.phone = try parameters.value("phone", "a phone number such as +22890112233") {
            try? MSISDN(parsing: $0)
        }
        query.metadata = parameters.members(of: "metadata").map { MetadataTerm($0.name, $0.value) }
        query.createdFrom = try parameters.value("created_from", Self.time) { Moment(rfc3339: $0) }
        query.createdBefore = try parameters.value("created_to", Self.time) { Moment(rfc3339: $0) }
        if let from = query.createdFrom, let end = query.createdBefore, end < from {
            throw Problem(
                .invalidParameter,
                "created_from, \(from), is after created_to, \(end): "
                    + "give the earlier one as created_from")
        }
        query.after = try parameters.value("after", Cursor.expected) { Cursor.order($0) }
        query.before = try parameters.value("before", Cursor.expected) { Cursor.order($0) }
        try readAmount(parameters)
    }

    private static let time = "an RFC 3339 time such as 2026-11-21T09:30:00Z"

    /// Nothing leads to amounts: whoever looks for one says where.
    private mutating func readAmount(_ parameters: QueryParameters) throws(Problem) {
        guard parameters["amount"] != nil || parameters["currency"] != nil else { return }
        let currency = try parameters.value("currency", "an ISO 4217 code such as XOF") {
            Currency(code: $0.uppercased())
        }
        guard let currency, let text = parameters["amount"] else {
            throw Problem(.invalidParameter, "amount and currency go together, such as amount=12.50&currency=EUR")
        }
        query.amount = try parameters.value("amount", "a decimal number such as 12.50") {
            TypedMoney.all(in: $0, [currency]).first
        }
        guard let from = query.createdFrom, let end = query.createdBefore,
            (0...OrderSearch.longestAmountSpan * 1_000).contains(end.milliseconds(since: from))
        else {
            throw Problem(
                .invalidParameter,
                "\(text) \(currency.code) is looked for in a time of at most 31 days: give created_from and created_to")
        }
    }
}
