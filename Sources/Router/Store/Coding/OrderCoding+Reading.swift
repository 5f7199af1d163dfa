extension OrderCoding {
    /// What an engine keeps of a payment in columns.
    package struct Columns {
        package var id: OrderID
        package var parent: OrderID?
        package var app: AppID
        package var environment: PayEnvironment
        package var idempotencyKey: String
        package var requestID: RequestID
        package var createdAt: Moment
        package var reference: String?
        package var movement: MovementID
        package var purpose: MoneyOperation
        package var outcome: OrderOutcome
        package var status: OrderStatus
        package var chosen: Candidate?
        package var eventCount: Int64
        package var version: Int64
        package var due: TimerEntry?
        package var updatedAt: Moment

        package init(
            id: OrderID, parent: OrderID?, app: AppID, environment: PayEnvironment, idempotencyKey: String,
            requestID: RequestID, createdAt: Moment, reference: String?, movement: MovementID,
            purpose: MoneyOperation, outcome: OrderOutcome, status: OrderStatus, chosen: Candidate?, eventCount: Int64,
            version: Int64, due: TimerEntry?, updatedAt: Moment
        ) {
            self.id = id
            self.parent = parent
            self.app = app
            self.environment = environment
            self.idempotencyKey = idempotencyKey
            self.requestID = requestID
            self.createdAt = createdAt
            self.reference = reference
            self.movement = movement
            self.purpose = purpose
            self.outcome = outcome
            self.status = status
            self.chosen = chosen
            self.eventCount = eventCount
            self.version = version
            self.due = due
            self.updatedAt = updatedAt
        }
    }

    /// The opened records of a payment.
    package struct Records {
        package var body: [UInt8]
        package var secretBody: [UInt8]
        package var state: [UInt8]
        package var secretState: [UInt8]?

        package init(body: [UInt8], secretBody: [UInt8], state: [UInt8], secretState: [UInt8]?) {
            self.body = body
            self.secretBody = secretBody
            self.state = state
            self.secretState = secretState
        }
    }

    /// Puts a payment together again.
    package static func order(_ columns: Columns, _ records: Records) throws(RecordFault) -> Order {
        let body = try RecordReader(records.body)
        var order = Order(
            id: columns.id, parent: columns.parent, app: columns.app, environment: columns.environment,
            request: try request(columns, body, RecordReader(records.secretBody)),
            idempotencyKey: columns.idempotencyKey, requestID: columns.requestID, createdAt: columns.createdAt,
            plan: try body.list("plan", candidate), explanation: body.value("explanation") ?? .null,
            movement: columns.movement, purpose: columns.purpose, outcome: columns.outcome,
            pageEnd: try body.optionalMoment("page_end"))
        order.status = columns.status
        order.chosen = columns.chosen
        order.eventCount = columns.eventCount
        order.version = columns.version
        order.due = columns.due
        order.updatedAt = columns.updatedAt
        try apply(RecordReader(records.state), to: &order)
        if let secret = records.secretState {
            let reader = try RecordReader(secret)
            order.nextActions = try reader.list("actions", WireCoding.action)
            order.inputActions = try reader.list("input_actions", WireCoding.action)
            order.choice = try reader.optionalObject("choice") { choice throws(RecordFault) in
                PayerChoice(
                    plan: try choice.list("plan", candidate), phone: try choice.optionalObject("phone", phone) ?? nil)
            }
            order.review?.signatures = try reader.list("signatures", ReviewCoding.signature)
        }
        return order
    }

    /// An amount from its two stored parts.
    package static func money(_ minorUnits: Int64, _ code: String) throws(RecordFault) -> Money {
        guard let currency = Currency(code: code) else { throw RecordFault("a currency \(code) is not known") }
        return Money(minorUnits, currency)
    }

    private static func apply(_ state: RecordReader, to order: inout Order) throws(RecordFault) {
        order.certainty = try state.word("certainty")
        order.failure = try state.optionalObject("failure") { failure throws(RecordFault) in
            OrderFailure(
                code: try failure.text("code"), blame: try failure.word("blame"),
                providerCode: try failure.optionalText("provider_code"),
                retryable: try failure.optionalFlag("retryable") ?? false)
        }
        order.cancelRequestedAt = try state.optionalMoment("cancel_requested_at")
        order.changeRequestedAt = try state.optionalMoment("change_requested_at")
        order.review = try state.optionalObject("review") { review throws(RecordFault) in
            Review(reason: try review.word("reason"), since: try review.moment("since"))
        }
        order.disputes = try state.list("disputes", ReviewCoding.dispute)
        order.awaitsInput = try state.optionalFlag("awaits_input") ?? false
        order.asksChannel = try state.optionalFlag("asks_channel") ?? false
        order.acceptedAt = try state.optionalMoment("accepted_at")
        order.acceptBy = try state.optionalMoment("accept_by")
        order.codeRefusals = Int(try state.optionalInteger("code_refusals") ?? 0)
        order.codeAskedAt = try state.optionalMoment("code_asked_at")
        order.followUps = try state.list("follow_ups", FollowUpCoding.followUp)
        order.heldUntil = try state.optionalMoment("held_until")
        order.lapsedAt = try state.optionalMoment("lapsed_at")
        order.notices = try state.list("notices", FollowUpCoding.notice)
    }

    private static func request(
        _ columns: Columns, _ body: RecordReader, _ secret: RecordReader
    ) throws(RecordFault) -> OrderRequest {
        var metadata: [String: String] = [:]
        for (key, value) in try secret.list("metadata", entry) { metadata[key] = value }
        var request = OrderRequest(
            amount: try money(body.integer("amount"), body.text("currency")),
            channels: try body.texts("channels").map { PaymentChannel($0) },
            customer: Customer(
                phone: try secret.optionalObject("phone", phone) ?? nil, email: try secret.optionalText("email"),
                name: try secret.optionalText("name")),
            sourceToken: try secret.optionalText("token").map { Secret($0) }, reference: columns.reference,
            description: try secret.optionalText("description"),
            returnURLs: ReturnURLs(
                success: try secret.optionalText("success_url"), failure: try secret.optionalText("failure_url"),
                cancel: try secret.optionalText("cancel_url")),
            metadata: metadata, expiresInSeconds: try body.integer("expires_in"))
        request.callersRequestID = try secret.optionalText("request_id")
        request.capturesLater = try body.optionalFlag("captures_later") ?? false
        request.isHosted = try body.optionalFlag("hosted") ?? false
        request.defaultCountry = try body.optionalText("default_country")
        request.repeatOf = try body.optionalText("repeat_of").map { id throws(RecordFault) in try OrderID(stored: id) }
        request.needsAcceptance = try body.optionalFlag("needs_acceptance") ?? false
        request.language = try secret.optionalText("language")
        request.shop = try secret.optionalText("shop")
        let customer = request.customer
        request.followUp = try secret.optionalObject("follow_up") { reader throws(RecordFault) in
            try FollowUpCoding.terms(reader, customer: customer)
        }
        return request
    }

    private static func entry(_ reader: RecordReader) throws(RecordFault) -> (String, String) {
        (try reader.text("key"), try reader.text("value"))
    }

    private static func candidate(_ reader: RecordReader) throws(RecordFault) -> Candidate {
        Candidate(
            provider: ProviderID(try reader.text("provider")), channel: PaymentChannel(try reader.text("channel")))
    }

    /// The number as it was kept.
    ///
    /// Older records have no calling code; one whose country left the numbering plan since is dropped, because the payment
    /// must stay readable.
    private static func phone(_ reader: RecordReader) throws(RecordFault) -> MSISDN? {
        let country = try reader.text("country")
        let code = try reader.optionalText("calling_code") ?? NumberingPlan.builtIn.country(code: country)?.callingCode
        let national = try reader.text("national")
        return code.map { MSISDN(callingCode: $0, countryCode: country, national: national) }
    }
}
