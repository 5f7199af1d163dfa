/// An order as the parts of a ``UnitRecord``: what never changes and what does.
///
/// What engines search by and what never changes (ids, app, environment, ...) are columns and in none of these.
package enum OrderCoding {
    /// The route and the terms.
    static func writeTerms(_ order: Order, _ writer: inout PackedWriter) {
        let request = order.request
        writer.field(.amount, request.amount.minorUnits)
        writer.field(.currency, request.amount.currency.code)
        writer.list(.channels, request.channels.map(\.text))
        writer.field(.expiresIn, request.expiresInSeconds)
        writer.field(.capturesLater, request.capturesLater ? true : nil)
        writer.field(.hosted, request.isHosted ? true : nil)
        writer.field(.defaultCountry, request.defaultCountry)
        writer.field(.repeatOf, request.repeatOf?.text)
        writer.field(.needsAcceptance, request.needsAcceptance ? true : nil)
        writer.field(.pageEnd, order.pageEnd)
        writer.field(.wallet, request.wallet?.text)
        writer.field(.account, request.account?.name)
        writer.field(.linkedWallet, request.linkedWallet?.text)
        writer.field(.fee, request.fee == 0 ? nil : request.fee)
        writer.field(.bill, request.bill?.text)
        writer.field(.initiator, request.initiator?.text)
        writer.field(.origin, request.origin?.rawValue)
        writer.list(.plan, order.firstPlan, write)
        writer.field(.explanation, order.explanation)
        writer.field(.configuration, order.firstConfiguration)
    }

    /// The payer and the caller's free texts.
    static func writePayer(_ order: Order, _ writer: inout PackedWriter) {
        let request = order.request
        writer.object(.phone, request.customer.phone, write)
        writer.field(.email, request.customer.email)
        writer.field(.name, request.customer.name)
        writer.field(.token, request.sourceToken?.reveal())
        writer.field(.description, request.description)
        writer.field(.successURL, request.returnURLs.success)
        writer.field(.failureURL, request.returnURLs.failure)
        writer.field(.cancelURL, request.returnURLs.cancel)
        writer.field(.requestID, request.callersRequestID)
        writer.field(.language, request.language)
        writer.field(.shop, request.shop)
        writer.field(.billAccount, request.billAccount)
        writer.field(.customer, request.customerID)
        writer.list(.lineItems, request.lineItems, write)
        writer.field(.payerCountry, request.payerCountry)
        writer.object(.card, request.card, CardCoding.write)
        writer.object(.followUp, request.followUp, FollowUpCoding.write)
        writer.object(.transfer, request.transfer, TransferCoding.write)
        writer.list(.metadata, request.metadata.sorted { $0.key < $1.key }) { writer, entry in
            writer.field(.key, entry.key)
            writer.field(.value, entry.value)
        }
    }

    static func write(_ writer: inout PackedWriter, _ phone: MSISDN) {
        writer.field(.callingCode, phone.callingCode)
        writer.field(.country, phone.countryCode)
        writer.field(.national, phone.national)
    }

    private static func write(_ writer: inout PackedWriter, _ line: LineItem) {
        writer.field(.item, line.item)
        writer.field(.name, line.name)
        writer.field(.quantity, line.quantity)
        writer.field(.unitAmount, line.unitAmount)
    }

    private static func write(_ writer: inout PackedWriter, _ candidate: Candidate) {
        writer.field(.provider, candidate.provider.text)
        writer.field(.channel, candidate.channel.text)
    }

    /// What engines keep in columns as well, as it is at this version.
    static func writePlace(_ order: Order, _ writer: inout PackedWriter) {
        writer.field(.version, order.version)
        writer.field(.status, order.status.rawValue)
        writer.field(.outcome, order.outcome.rawValue)
        writer.field(.purpose, order.purpose.rawValue)
        writer.field(.provider, order.chosen?.provider.text)
        writer.field(.channel, order.chosen?.channel.text)
        writer.field(.events, order.eventCount)
        writer.field(.updatedAt, order.updatedAt)
    }

    /// What changes besides.
    static func writeState(_ order: Order, _ writer: inout PackedWriter) {
        writer.field(.certainty, order.certainty.rawValue)
        writer.object(.failure, order.failure) { writer, failure in
            writer.field(.code, failure.code)
            writer.field(.blame, failure.blame.rawValue)
            writer.field(.providerCode, failure.providerCode)
            writer.field(.retryable, failure.retryable)
        }
        writer.field(.cancelRequestedAt, order.cancelRequestedAt)
        writer.field(.changeRequestedAt, order.changeRequestedAt)
        writer.object(.review, order.review) { writer, review in
            writer.field(.reason, review.reason.rawValue)
            writer.field(.since, review.since)
        }
        if !order.disputes.isEmpty { writer.list(.disputes, order.disputes, ReviewCoding.write) }
        writer.field(.awaitsInput, order.awaitsInput ? true : nil)
        writer.field(.asksChannel, order.asksChannel ? true : nil)
        writer.field(.acceptedAt, order.acceptedAt)
        writer.field(.acceptBy, order.acceptBy)
        writer.field(.codeRefusals, order.codeRefusals > 0 ? Int64(order.codeRefusals) : nil)
        writer.field(.codeAskedAt, order.codeAskedAt)
        if !order.followUps.isEmpty { writer.list(.followUps, order.followUps, FollowUpCoding.write) }
        writer.field(.heldUntil, order.heldUntil)
        writer.field(.lapsedAt, order.lapsedAt)
        writer.field(.unclaimed, order.isUnclaimed ? true : nil)
        writer.list(.dailyUses, order.dailyUses, DailyUseCoding.write)
        if !order.notices.isEmpty { writer.list(.notices, order.notices, FollowUpCoding.write) }
    }

    /// Whether there is anything that ``writeActions(_:_:)`` would write.
    static func hasActions(_ order: Order) -> Bool {
        !order.nextActions.isEmpty || !order.inputActions.isEmpty || order.choice != nil
            || order.review?.signatures.isEmpty == false
    }

    /// What the payer is asked to do, links included, and people's words.
    static func writeActions(_ order: Order, _ writer: inout PackedWriter) {
        writer.list(.actions, order.nextActions, WireCoding.write)
        writer.list(.inputActions, order.inputActions, WireCoding.write)
        writer.object(.choice, order.choice) { writer, choice in
            writer.list(.plan, choice.plan, write)
            writer.object(.phone, choice.phone, write)
            writer.field(.numberMark, choice.numberMark)
            writer.field(.wallet, choice.wallet?.text)
            writer.field(.initiator, choice.initiator?.text)
            writer.field(.linkedWallet, choice.linkedWallet?.text)
            writer.field(.configuration, choice.configuration)
        }
        if let signatures = order.review?.signatures, !signatures.isEmpty {
            writer.list(.signatures, signatures, ReviewCoding.write)
        }
    }
}
