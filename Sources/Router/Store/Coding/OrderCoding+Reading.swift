extension OrderCoding {
    /// What an engine keeps of an order in columns and nowhere else.
    package struct Columns {
        package var id: OrderID
        package var parent: OrderID?
        package var app: AppID
        package var environment: PayEnvironment
        package var idempotencyKey: String
        package var requestID: RequestID
        package var createdAt: Moment
        package var reference: String?
        /// Only of orders of older releases, whose movement is not named like them.
        package var movement: MovementID?
        /// What is next for the order; `nil` where an earlier version is read.
        package var due: TimerEntry?

        package init(
            id: OrderID, parent: OrderID?, app: AppID, environment: PayEnvironment, idempotencyKey: String,
            requestID: RequestID, createdAt: Moment, reference: String?, movement: MovementID?, due: TimerEntry?
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
            self.due = due
        }
    }

    /// Puts an order together again.
    ///
    /// - Parameters:
    ///   - columns: What lies in columns.
    ///   - first: The record of the step that made it.
    ///   - record: The record of the step after which it was as it shall be read.
    /// - Returns: The order.
    /// - Throws: If a record lacks something or says what nobody knows.
    package static func order(
        _ columns: Columns, first: UnitRecord, _ record: UnitRecord
    ) throws(RecordFault) -> Order {
        let terms = try first.record(.terms)
        let place = try record.record(.place)
        var order = Order(
            id: columns.id, parent: columns.parent, app: columns.app, environment: columns.environment,
            request: try request(columns, terms, first.record(.payer)),
            idempotencyKey: columns.idempotencyKey, requestID: columns.requestID, createdAt: columns.createdAt,
            plan: try terms.list(.plan, candidate), explanation: try terms.json(.explanation) ?? .null,
            movement: columns.movement, purpose: try place.word(.purpose), outcome: try place.word(.outcome),
            pageEnd: try terms.optionalMoment(.pageEnd), configuration: try terms.optionalInteger(.configuration))
        order.status = try place.word(.status)
        if let provider = try place.optionalText(.provider), let channel = try place.optionalText(.channel) {
            order.chosen = Candidate(provider: ProviderID(provider), channel: PaymentChannel(channel))
        }
        order.eventCount = try place.integer(.events)
        order.version = try place.integer(.version)
        order.due = columns.due
        order.updatedAt = try place.moment(.updatedAt)
        try apply(record.record(.state), to: &order)
        if let reader = try record.optionalRecord(.actions) {
            order.nextActions = try reader.list(.actions, WireCoding.action)
            order.inputActions = try reader.list(.inputActions, WireCoding.action)
            order.choice = try reader.optionalObject(.choice) { choice throws(RecordFault) in
                var made = PayerChoice(
                    plan: try choice.list(.plan, candidate), phone: try choice.optionalObject(.phone, phone) ?? nil,
                    numberMark: try choice.optionalText(.numberMark))
                made.configuration = try choice.optionalInteger(.configuration)
                made.wallet = try choice.optionalText(.wallet).map { id throws(RecordFault) in
                    try WalletID(stored: id)
                }
                made.initiator = try choice.optionalText(.initiator).map { id throws(RecordFault) in
                    try AccountID(stored: id)
                }
                made.linkedWallet = try choice.optionalText(.linkedWallet).map { id throws(RecordFault) in
                    try WalletID(stored: id)
                }
                return made
            }
            order.review?.signatures = try reader.list(.signatures, ReviewCoding.signature)
        }
        return order
    }

    /// An amount from its two stored parts.
    package static func money(_ minorUnits: Int64, _ code: String) throws(RecordFault) -> Money {
        guard let currency = Currency(code: code) else { throw RecordFault("a currency \(code) is not known") }
        return Money(minorUnits, currency)
    }

    private static func apply(_ state: PackedReader, to order: inout Order) throws(RecordFault) {
        order.certainty = try state.word(.certainty)
        order.failure = try state.optionalObject(.failure) { failure throws(RecordFault) in
            OrderFailure(
                code: try failure.text(.code), blame: try failure.word(.blame),
                providerCode: try failure.optionalText(.providerCode),
                retryable: try failure.optionalFlag(.retryable) ?? false)
        }
        order.cancelRequestedAt = try state.optionalMoment(.cancelRequestedAt)
        order.changeRequestedAt = try state.optionalMoment(.changeRequestedAt)
        order.review = try state.optionalObject(.review) { review throws(RecordFault) in
            Review(reason: try review.word(.reason), since: try review.moment(.since))
        }
        order.disputes = try state.list(.disputes, ReviewCoding.dispute)
        order.awaitsInput = try state.optionalFlag(.awaitsInput) ?? false
        order.asksChannel = try state.optionalFlag(.asksChannel) ?? false
        order.acceptedAt = try state.optionalMoment(.acceptedAt)
        order.acceptBy = try state.optionalMoment(.acceptBy)
        order.codeRefusals = Int(try state.optionalInteger(.codeRefusals) ?? 0)
        order.codeAskedAt = try state.optionalMoment(.codeAskedAt)
        order.followUps = try state.list(.followUps, FollowUpCoding.followUp)
        order.heldUntil = try state.optionalMoment(.heldUntil)
        order.lapsedAt = try state.optionalMoment(.lapsedAt)
        order.isUnclaimed = try state.optionalFlag(.unclaimed) ?? false
        order.dailyUses = try state.list(.dailyUses, DailyUseCoding.use)
        order.notices = try state.list(.notices, FollowUpCoding.notice)
    }

    private static func request(
        _ columns: Columns, _ body: PackedReader, _ secret: PackedReader
    ) throws(RecordFault) -> OrderRequest {
        var metadata: [String: String] = [:]
        for (key, value) in try secret.list(.metadata, entry) { metadata[key] = value }
        var request = OrderRequest(
            amount: try money(body.integer(.amount), body.text(.currency)),
            channels: try body.texts(.channels).map { PaymentChannel($0) },
            customer: Customer(
                phone: try secret.optionalObject(.phone, phone) ?? nil, email: try secret.optionalText(.email),
                name: try secret.optionalText(.name)),
            sourceToken: try secret.optionalText(.token).map { Secret($0) }, reference: columns.reference,
            description: try secret.optionalText(.description),
            returnURLs: ReturnURLs(
                success: try secret.optionalText(.successURL), failure: try secret.optionalText(.failureURL),
                cancel: try secret.optionalText(.cancelURL)),
            metadata: metadata, expiresInSeconds: try body.integer(.expiresIn))
        request.callersRequestID = try secret.optionalText(.requestID)
        request.capturesLater = try body.optionalFlag(.capturesLater) ?? false
        request.isHosted = try body.optionalFlag(.hosted) ?? false
        request.defaultCountry = try body.optionalText(.defaultCountry)
        request.repeatOf = try body.optionalText(.repeatOf).map { id throws(RecordFault) in try OrderID(stored: id) }
        request.needsAcceptance = try body.optionalFlag(.needsAcceptance) ?? false
        request.language = try secret.optionalText(.language)
        request.shop = try secret.optionalText(.shop)
        request.billAccount = try secret.optionalText(.billAccount)
        request.customerID = try secret.optionalText(.customer)
        request.lineItems = try secret.list(.lineItems, lineItem)
        request.payerCountry = try secret.optionalText(.payerCountry)
        request.card = try secret.optionalObject(.card, CardCoding.facts)
        request.wallet = try body.optionalText(.wallet).map { id throws(RecordFault) in try WalletID(stored: id) }
        request.account = try body.optionalText(.account).map { LedgerAccount($0) }
        request.linkedWallet = try body.optionalText(.linkedWallet).map { id throws(RecordFault) in
            try WalletID(stored: id)
        }
        request.fee = try body.optionalInteger(.fee) ?? 0
        request.bill = try body.optionalText(.bill).map { id throws(RecordFault) in try BillID(stored: id) }
        request.initiator = try body.optionalText(.initiator).map { id throws(RecordFault) in
            try AccountID(stored: id)
        }
        request.origin = try body.optionalText(.origin).map { word throws(RecordFault) in
            guard let origin = OrderOrigin(rawValue: word) else { throw RecordFault("an order begun in \(word)") }
            return origin
        }
        request.transfer = try secret.optionalObject(.transfer, TransferCoding.terms)
        let customer = request.customer
        request.followUp = try secret.optionalObject(.followUp) { reader throws(RecordFault) in
            try FollowUpCoding.terms(reader, customer: customer)
        }
        return request
    }

    private static func entry(_ reader: PackedReader) throws(RecordFault) -> (String, String) {
        (try reader.text(.key), try reader.text(.value))
    }

    private static func lineItem(_ reader: PackedReader) throws(RecordFault) -> LineItem {
        LineItem(
            item: try reader.text(.item), name: try reader.text(.name), quantity: try reader.integer(.quantity),
            unitAmount: try reader.integer(.unitAmount))
    }

    private static func candidate(_ reader: PackedReader) throws(RecordFault) -> Candidate {
        Candidate(
            provider: ProviderID(try reader.text(.provider)), channel: PaymentChannel(try reader.text(.channel)))
    }

    /// The number as it was kept.
    ///
    /// Older records have no calling code; one whose country left the numbering plan since is dropped, because the payment
    /// must stay readable.
    static func phone(_ reader: PackedReader) throws(RecordFault) -> MSISDN? {
        let country = try reader.text(.country)
        let code = try reader.optionalText(.callingCode) ?? NumberingPlan.builtIn.country(code: country)?.callingCode
        let national = try reader.text(.national)
        return code.map { MSISDN(callingCode: $0, countryCode: country, national: national) }
    }
}
