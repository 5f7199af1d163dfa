import Router

extension CardProvider: Withdrawing {
    /// Opens the operator's own page, on which the payer types a card.
    ///
    /// Opening it moves nothing. The intent of the tries on it carries our reference too, and a mark by which its
    /// events are told from those of an intent of ours.
    ///
    /// Source: the operator's reference, "Create a Checkout Session" (docs.stripe.com/api/checkout/sessions/create):
    /// `expires_at` is 30 minutes to 24 hours after the creation.
    func openPage(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        let amount = try Self.units(of: order.amount)
        let links = try order.checkedReturnURLs(in: environment)
        let lifetime = CardPages.lifetime(order.sessionSeconds)
        let item: FormValue = .map([
            ("quantity", .integer(1)),
            (
                "price_data",
                .map([
                    ("currency", .text(order.amount.currency.code.lowercased())), ("unit_amount", .integer(amount)),
                    ("product_data", .map([("name", .text(order.text.isEmpty ? "Payment" : order.text))])),
                ])
            ),
        ])
        let ours = Self.metadata(order)
        let email = order.customer.email.flatMap { EmailShape.isUsable($0) ? FormValue.text($0) : nil }
        let intent: [(String, FormValue)?] = [
            ("metadata", .map(ours + [(CardPages.mark, .text("checkout"))])),
            order.capturesLater ? ("capture_method", .text("manual")) : nil,
            order.text.isEmpty ? nil : ("description", .text(order.text)),
            suffix.map { ("statement_descriptor_suffix", .text($0)) },
            email.map { ("receipt_email", $0) },
        ]
        let fields: [(String, FormValue)?] = [
            ("mode", .text("payment")), ("success_url", .text(links.success)), ("cancel_url", .text(links.cancel)),
            ("client_reference_id", .text(order.reference)), ("payment_method_types", .list([.text("card")])),
            ("expires_at", .integer(order.createdAt.milliseconds / 1_000 + lifetime)), ("line_items", .list([item])),
            ("metadata", .map(ours)), ("payment_intent_data", .map(intent.compactMap(\.self))),
            email.map { ("customer_email", $0) },
            CardPages.locale(order.language).map { ("locale", .text($0)) },
        ]
        let create = post("/v1/checkout/sessions", "\(order.reference)-session", fields.compactMap(\.self))
        let page = try CardPages.opened(try await wire.askToPrepare(create), for: order, links: self.links)
        return .session(
            Session(operatorReference: page.id, actions: [.redirect(url: page.url)], lifetimeSeconds: lifetime))
    }

    /// Expires the page.
    ///
    /// Without an idempotency key: a second call must ask again, and never be answered from memory
    /// (docs/protocols/card.md, 5.3).
    ///
    /// Source: the operator's reference, "Expire a Checkout Session": only one that is open can be expired, and after
    /// that a customer cannot complete it.
    func withdraw(_ order: CollectInstruction, asking wire: any Asking) async -> Withdrawal {
        guard let id = order.operatorReference, CardPages.isPage(id), CardToken.isUsable(id) else {
            return .couldNotAnswer("no page is known")
        }
        let expire = post(
            "/v1/checkout/sessions/\(id)/expire", nil, [("expand", .list([.text("payment_intent")]))])
        return await wire.ask(expire) { reply in
            guard reply.status == 200, let body = reply.object, CardPages.isOurs(body, order) else {
                return .couldNotAnswer(reply.code)
            }
            return CardPages.isDead(body)
                ? .withdrawn(providerCode: "expired")
                : .couldNotAnswer("status \(body["status"]?.stringValue ?? "")")
        }
    }
}

/// What Checkout Sessions say.
///
/// A page proves what its intent proves, once there is one that money went through; until then it is open, or expired
/// and dead. A declined card leaves the page open for another one, so a refusal of the intent ends nothing.
///
/// Source: the operator's reference, "The Checkout Session object" (docs.stripe.com/api/checkout/sessions/object).
enum CardPages {
    /// The name in an intent's metadata that marks it as a page's.
    static let mark = "page"

    /// Whether an operator's reference names a page.
    static func isPage(_ id: String) -> Bool { id.hasPrefix("cs_") }

    /// Whether an intent is a page's: what it says alone is not what became of the payment.
    static func isOfPage(_ intent: JSONValue) -> Bool { intent["metadata"]?[mark]?.nonEmptyText != nil }

    /// How long a page lives, in seconds: within what the operator takes, with room for clocks that differ.
    static func lifetime(_ wished: Int64) -> Int64 { min(max(wished, 2_100), 82_800) }

    /// Languages of the router that the page has as well; for others it goes by the browser.
    static func locale(_ language: String?) -> String? {
        language.flatMap { ["en", "fr", "id", "th"].contains($0) ? $0 : nil }
    }

    /// A page just opened.
    static func opened(
        _ reply: WireReply, for order: CollectInstruction, links: PayerLinks
    ) throws(PreparationFailure) -> (id: String, url: String) {
        let body = reply.object
        guard reply.status == 200 else {
            let error = body?["error"]
            let isInvalid = [400, 402, 404].contains(reply.status) && error?["type"] != "idempotency_error"
            throw PreparationFailure(
                Refusal(
                    reply.whyNotOpened(isInvalid: isInvalid), providerCode: error?["code"]?.nonEmptyText ?? reply.code),
                "no page was opened: \(reply.code)")
        }
        guard let body, body["object"] == "checkout.session", body["status"] == "open",
            let id = body["id"]?.stringValue, isPage(id), CardToken.isUsable(id),
            let stated = CardReplies.statement(body, amount: body["amount_total"], operatorReference: id),
            stated.amount.states(order.amount),
            stated.reference == nil || stated.reference == order.reference,
            let url = body["url"]?.stringValue, links.allow(url)
        else { throw .notSent("no page was opened: the answer is not ours") }
        return (id, url)
    }

    /// Whether an object is the page of this order.
    static func isOurs(_ body: JSONValue, _ order: CollectInstruction) -> Bool {
        body["object"] == "checkout.session" && body["id"]?.stringValue == order.operatorReference
            && JSONValue.names(order.reference, body["metadata"]?["reference"])
    }

    /// Whether a page has expired and nothing was paid on it.
    ///
    /// An intent that is not stated whole, or that may still become something, is no proof.
    static func isDead(_ body: JSONValue) -> Bool {
        guard body["status"] == "expired", body["payment_status"] == "unpaid", let intent = body["payment_intent"]
        else { return false }
        let isOver = intent["status"] == "canceled" || intent["status"] == "requires_payment_method"
        return intent == .null || (intent["object"] == "payment_intent" && isOver)
    }

    /// What a question about a page found; its intent is stated whole.
    static func found(_ body: JSONValue, order: CollectInstruction, links: PayerLinks) -> StatusCheckResult {
        guard isOurs(body, order), let page = body["id"]?.stringValue else {
            return .couldNotAnswer("the answer is about another page")
        }
        let status = body["status"]?.stringValue ?? ""
        let intent = body["payment_intent"]
        let moves = ["succeeded", "requires_capture", "processing"].contains(intent?["status"]?.stringValue)
        if let intent, case .object = intent, moves || status == "complete" {
            return StatusCheckResult(named(intent, page, order, links))
        }
        switch status {
        case "open": return .found(.pending(Progress(operatorReference: page)))
        case "expired" where isDead(body):
            return .found(.rejected(Refusal(.expired, providerCode: "expired")))
        default: return .couldNotAnswer("status \(status)")
        }
    }

    /// What the intent of a page says, under the page's name.
    private static func named(
        _ intent: JSONValue, _ page: String, _ order: CollectInstruction, _ links: PayerLinks
    ) -> ProviderOutcome {
        var asIntent = order
        asIntent.operatorReference = nil
        switch CardReplies.intent(intent, order: asIntent, links: links) {
        case .succeeded(var statement):
            statement.acceptedAs = page
            return .succeeded(statement)
        case .pending: return .pending(Progress(operatorReference: page))
        case let answer: return answer
        }
    }

    /// What an event about a page says: that it was paid is told with the amount, everything else is a reason to look.
    static func event(_ type: String, _ object: JSONValue) -> (CallbackSubject, ProviderOutcome)? {
        guard object["object"] == "checkout.session", let page = object["id"]?.nonEmptyText,
            let reference = object["metadata"]?["reference"]?.nonEmptyText
        else { return nil }
        let isPaid = object["status"] == "complete" && object["payment_status"] == "paid"
        guard isPaid, let intent = object["payment_intent"]?.nonEmptyText,
            var statement = CardReplies.statement(object, amount: object["amount_total"], operatorReference: intent)
        else { return (.reference(reference), .unknown(Doubt(.unlisted, providerCode: type))) }
        statement.acceptedAs = page
        return (.reference(reference), .succeeded(statement))
    }
}
