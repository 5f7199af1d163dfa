import Router

extension OrderReader {
    /// One page of orders of a kind; without an app those of all apps.
    func list(
        _ text: String, _ kind: OrderKind = .payment, parent: OrderID? = nil, app: AppID?, environment: PayEnvironment?,
        country: String? = nil
    ) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(text, allowed: Self.filters(kind), maps: ["metadata"])
        return try await list(
            parameters, kind, parent: parent, app: app, environment: environment, country: country)
    }

    /// The same for the command line, which may name an app and an environment, and have everything added up.
    func listOfAll(_ text: String, _ kind: OrderKind) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(
            text, allowed: Self.filters(kind).union(["app", "environment", "sums"]), maps: ["metadata"])
        var app: AppID?
        if let name = parameters["app"] { app = try await AppNames(store: store).app(name).id }
        return try await list(
            parameters, kind, app: app, environment: try parameters.choice("environment", PayEnvironment.self),
            addsUp: parameters["sums"] == "true")
    }

    /// What narrows a list of orders of a kind.
    ///
    /// A transfer goes over no channel and to no provider itself: its legs do.
    private static func filters(_ kind: OrderKind) -> Set<String> {
        let all: Set<String> = [
            "limit", "after", "before", "status", "reference", "phone", "idempotency_key", "created_from",
            "created_to", "review",
        ]
        return kind == .transfer ? all : all.union(["channel", "provider"])
    }

    private func list(
        _ parameters: QueryParameters, _ kind: OrderKind, parent: OrderID? = nil, app: AppID?,
        environment: PayEnvironment?,
        country: String? = nil, addsUp: Bool = false
    ) async throws(Problem) -> APIResponse {
        var query = OrderQuery(app: app, environment: environment, limit: try parameters.limit() + 1)
        query.kind = kind
        query.parent = parent
        try read(parameters, country: country, into: &query)
        let filter = try await MetadataFilter(parameters.members(of: "metadata"), kind, app: app, store: store)
        query.metadata = filter.terms
        let found: [Order]
        var sums: [OrderSum] = []
        do throws(StoreFailure) {
            found = try await store.list(query)
            if addsUp { sums = try await store.sums(query) }
        } catch {
            throw Problem(.unavailable, "the list cannot be read now")
        }
        let page = found.prefix(query.limit - 1)
        let hasMore = found.count == query.limit
        return .json(
            bytes: JSONObjectWriter.object { writer in
                writer.field("object", "list")
                writer.array("data", objects: page.map(summary))
                writer.field("has_more", hasMore)
                writer.nullable("next_cursor", hasMore ? page.last.map { Cursor.text($0.id.text) } : nil)
                if !filter.terms.isEmpty { writer.nullable("complete_from", filter.completeFrom?.description) }
                if addsUp { writer.field("sums", .array(sums.map(Self.json))) }
            })
    }

    private static func json(_ sum: OrderSum) -> JSONValue {
        [
            "currency": .string(sum.currency), "status": .string(sum.status.rawValue), "count": JSONValue(sum.count),
            "amount": sum.minorUnits.map { JSONValue($0) } ?? .null,
        ]
    }

    private func read(
        _ parameters: QueryParameters, country: String?, into query: inout OrderQuery
    ) throws(Problem) {
        query.status = try parameters.choice("status", OrderStatus.self)
        let reason = try parameters.choice("review", Review.Reason.self, or: ["open"])
        query.review = reason.map { .reason($0) } ?? (parameters["review"] == nil ? nil : .any)
        // Where every kind is listed, the capture or release stands there itself.
        query.findsByDecision = query.kind != nil
        query.channel = parameters["channel"].map { PaymentChannel($0) }
        query.provider = parameters["provider"].map { ProviderID($0) }
        query.reference = parameters["reference"]
        query.idempotencyKey = parameters["idempotency_key"]
        query.phone = try parameters.value("phone", "a phone number such as +22890112233") {
            try? MSISDN(parsing: $0, defaultCountry: country)
        }
        query.createdFrom = try parameters.value("created_from", Self.time) { Moment(rfc3339: $0) }
        query.createdBefore = try parameters.value("created_to", Self.time) { Moment(rfc3339: $0) }
        let kind = query.kind ?? .payment
        query.after = try parameters.value("after", Cursor.expected) { Cursor.read($0, kind) }
        query.before = try parameters.value("before", Cursor.expected) { Cursor.read($0, kind) }
    }

    private static let time = "an RFC 3339 time such as 2026-11-21T09:30:00Z"
}
