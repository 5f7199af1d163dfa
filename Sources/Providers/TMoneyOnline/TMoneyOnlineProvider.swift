import Router
import WebText

/// One merchant at the operator's page.
///
/// Asking for a session id moves nothing; the form is a session that the payer's browser opens.
struct TMoneyOnlineProvider: Collecting, ReceivingCallbacks, CredentialProbing {
    let url: String
    let merchant: String
    let brand: String?
    let pageText: String?
    let language: String
    let phoneField: String
    let addresses: Set<NetworkAddress>
    let sessionSeconds: Int64
    let manifest: ProviderManifest

    /// After so many seconds a session ends by itself, unless the operator has set another time;
    /// docs/protocols/tmoney.md, A1.
    static let standardSessionSeconds: Int64 = 180

    /// The most bytes of an address to come back to; docs/protocols/tmoney.md, A2.
    static let longestAddress = 150

    /// The facts; the operator's field has ten digits for an amount.
    static func manifest(
        _ limits: ProviderManifest.CurrencyLimits, _ callback: ProviderContract.CallbackTrust, account: String,
        sessionSeconds: Int64
    ) -> ProviderManifest {
        var limits = limits
        limits.maximum = min(limits.maximum, 9_999_999_999)
        var manifest = ProviderManifest(
            kind: TMoneyOnlineKind.name, channels: ["tmoney-online"],
            channelNames: ["tmoney-online": "Mixx by Yas (T-Money)"], currencies: [limits], phoneCountries: ["TG"],
            payerActions: [.submitForm], referenceShape: .uuid, contract: contract(callback, sessionSeconds),
            mayReuseConnections: false, unverified: unverified, account: account, operatorReferencesAreUnique: false)
        // The field takes 255 characters (docs/protocols/tmoney.md, A2), the shop's order number included.
        manifest.description = DescriptionFacts(limit: 255, followsOrderNumber: true)
        return manifest.returningPayers(ReturnURLFacts(limit: longestAddress))
    }

    /// Nobody can be asked: a payment without a notification goes to a person 15 minutes after its session has ended.
    ///
    /// A refused payer can try again on the same page, until its session is over.
    private static func contract(
        _ callback: ProviderContract.CallbackTrust, _ sessionSeconds: Int64
    ) -> ProviderContract {
        var contract = ProviderContract.unproven(
            check: .none, promptLifetimeSeconds: sessionSeconds, checksPerSecond: 1,
            checkLadder: CheckLadder(seconds: [60]), reviewAfterSeconds: sessionSeconds + 900)
        contract.callback = callback
        contract.failureQuarantineSeconds = sessionSeconds
        contract.refusalsEndWithSession = true
        return contract
    }

    private static let unverified = [
        "the address", "the spelling of phonennumber", "whether notifications are repeated", "the operator's addresses",
        "which reason a wrong code is notified with", "amount limits", "whether a session ends after 180 seconds",
    ]

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .asksOperator }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let fields = try form(order)
        let reply = try await wire.askToPrepare(question)
        let form = [.init("sessionid", try TMoneyOnlineReplies.session(reply))] + fields
        return .session(
            Session(actions: [.submitForm(url: url, fields: form)], lifetimeSeconds: sessionSeconds))
    }

    private var question: WireRequest {
        WireRequest(.get, "\(url)?merchantid=\(merchant)", headers: [.init("Accept", "text/plain")])
    }

    /// Every field but the session's, each within the operator's sizes (docs/protocols/tmoney.md, A2).
    private func form(_ order: CollectInstruction) throws(PreparationFailure) -> [WireRequest.Header] {
        var fields: [WireRequest.Header] = [
            .init("merchantid", merchant), .init("amount", String(order.amount.minorUnits)),
            .init("currency", order.amount.currency.numericCode), .init("purchaseref", order.reference),
        ]
        // Without a brand the page shows the name that the operator has on file.
        if let brand = order.shop.shown(brand) { fields.append(.init("brand", brand)) }
        // The payer cannot change what is given, and a number of another country is no wallet here.
        if let phone = order.customer.phone, phone.countryCode == "TG" {
            guard (8...16).contains(phone.international.utf8.count) else {
                throw .invalid("the phone number must have 8 to 16 digits; it has \(phone.international.utf8.count)")
            }
            fields.append(.init(phoneField, phone.international))
        }
        // The payer's own journal shows it, so the order's number goes first.
        let description = [order.orderNumber ?? "", order.text].filter { !$0.isEmpty }.joined(separator: " ")
        guard description.unicodeScalars.count <= 255 else {
            throw .invalid(
                "the description must have at most 255 characters with the order number before it; it has "
                    + "\(description.unicodeScalars.count)")
        }
        if !description.isEmpty { fields.append(.init("description", description)) }
        let back = order.callbackURL + "/return"
        let addresses = [
            ("accepturl", order.returnURLs.success), ("declineurl", order.returnURLs.failure),
            ("cancelurl", order.returnURLs.cancel),
        ]
        for (name, address) in addresses {
            // The router's own page is a courtesy; without it the merchant's configured address serves.
            guard let chosen = address ?? (back.utf8.count <= Self.longestAddress ? back : nil) else { continue }
            guard chosen.utf8.count <= Self.longestAddress, (try? WebURL(chosen)) != nil else {
                throw .invalid(
                    "\(name) must be an absolute address of at most \(Self.longestAddress) bytes; it has "
                        + "\(chosen.utf8.count)")
            }
            fields.append(.init(name, chosen))
        }
        if let text = order.shop.text ?? pageText { fields.append(.init("text", text)) }
        let wanted = order.language ?? ""
        fields.append(.init("language", ["fr", "en"].contains(wanted) ? wanted : language))
        return fields
    }

    /// This flow has no money request of ours, so there is no reply to read.
    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { .unknown(Doubt(.unlisted)) }

    /// There are no credentials: the operator knows us by our address.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { request }

    /// Asks for a session that nobody uses.
    func probe(asking wire: any Asking) async -> ProbeFinding {
        await wire.ask(question) { reply in
            do throws(PreparationFailure) {
                _ = try TMoneyOnlineReplies.session(reply)
                return .accepted("a session was opened; it lapses by itself")
            } catch {
                return error.refusal.reason == .credentialsRefused ? .refused(error.detail) : .unclear(error.detail)
            }
        }
    }

    /// Believed only from one of the operator's addresses; from anywhere else it changes nothing.
    ///
    /// Where the form fixed the payer's phone, a payment from another one is not the one that was asked for.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "GET", let fields = FormText.fields(callback.query),
            let reference = fields["purchaseref"], (1...250).contains(reference.utf8.count)
        else { return .refused(.malformed) }
        let statement = TMoneyOnlineReplies.statement(fields)
        let claim = TMoneyOnlineReplies.claim(fields, statement)
        let payID = TMoneyOnlineReplies.name(fields, "payid")
        // A success without the operator's payment id could not be told from its own repetition.
        let isComplete = payID != nil || !claim.isSucceeded
        return .about(
            CallbackFact(
                about: .reference(reference),
                claim: isComplete ? claim : .unknown(Doubt(.unlisted, providerCode: "no payid")),
                proof: addresses.hold(callback) ? .listedAddress : .nothing, transactionID: payID,
                statement: statement, payer: fields["mobile"].flatMap { $0.isEmpty ? nil : $0 }))
    }
}
