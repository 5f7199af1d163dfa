import Pages
import Router

/// `/bill/{code}`: the page behind a bill's link and code, for anybody who shall pay it.
struct BillPage: Sendable {
    let engine: Engine
    let keys: KeyRing
    /// Where holders pay with their wallets; `nil` where nobody has one.
    let desk: HolderDesk?

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/bill/{code}", limit: .pages) { request throws(Problem) in try await show(request) }
        routes.open("POST", "/bill/{code}", limit: .checkout, work: .create) { request throws(Problem) in
            try await pay(request)
        }
    }

    private struct Visit {
        var bill: Bill
        var app: App
        var name: String?
        var language: PayLanguage
    }

    private func visit(_ request: APIRequest, _ language: PayLanguage) async throws(Problem) -> Visit? {
        guard let code = request.parameters["code"].flatMap({ BillCode($0) }) else { return nil }
        do throws(StoreFailure) {
            guard let bill = try await engine.store.bill(code: code), let app = try await engine.store.app(bill.app)
            else { return nil }
            var name: String? = app.name
            if let issuer = bill.issuer { name = try await engine.store.account(issuer)?.name }
            return Visit(bill: bill, app: app, name: name, language: language)
        } catch { throw Problem(.unavailable, "the bill cannot be read now") }
    }

    private func language(_ request: APIRequest, _ asked: String?) -> PayLanguage {
        PayLanguage.chosen(asked, nil, acceptLanguage: request.header("accept-language"))
    }

    private func show(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["lang"])
        let language = language(request, query["lang"])
        guard let visit = try await visit(request, language) else { return missing(language) }
        guard visit.app.isEnabled else { return PayFrame.closed(language) }
        return PayFrame.response(.bill, model(visit), language: language)
    }

    private func missing(_ language: PayLanguage) -> APIResponse {
        let texts = HolderTexts.of(language)
        return PayFrame.notice(texts["bill"], texts["errorBillMissing"], language, status: 404)
    }

    /// What `pay/bill.mustache` is filled with.
    private func model(_ visit: Visit) -> PageModel {
        let (bill, texts) = (visit.bill, HolderTexts.of(visit.language))
        let state =
            switch bill.state {
            case .open: texts[bill.payment == nil ? "billOpen" : "billBeingPaid"]
            case .paid: texts["billPaid"]
            case .deleted: texts["billDeleted"]
            }
        let rows = [
            (texts["billFrom"], visit.name), (texts["billRecipient"], bill.text.payer),
            (texts["description"], bill.text.description), (texts["billDue"], bill.text.dueDate),
            (texts["billCode"], bill.code.description), (texts["status"], state),
        ]
        let holders = bill.isFree && desk != nil && bill.environment == desk?.settings.environment
        return Self.model(
            heading: bill.text.name, amount: visit.language.texts.amount(bill.amount),
            details: rows.compactMap { label, value in value.map { (label, $0) } },
            code: bill.code.description, isFree: bill.isFree, hasHolders: holders, visit.language)
    }

    static func model(
        heading: String, amount: String, details: [(String, String)], code: String, isFree: Bool, hasHolders: Bool,
        _ language: PayLanguage
    ) -> PageModel {
        let texts = HolderTexts.of(language)
        return [
            "title": .text(heading), "heading": .text(heading), "amount": .text(amount),
            "details": .list(details.map { ["label": .text($0.0), "value": .text($0.1)] }),
            "pay": .model(
                isFree
                    ? [
                        "action": .text("/bill/\(code)?lang=\(language.rawValue)"), "nonce": .text(PageNonce.fresh()),
                        "label": .text(texts[hasHolders ? "billPayOther" : "payBill"]),
                        "isQuiet": .flag(hasHolders),
                    ] : nil),
            "wallet": .model(
                hasHolders
                    ? [
                        "address": .text("/wallet/bill/\(code)/pay?lang=\(language.rawValue)"),
                        "label": .text(texts["billPayWallet"]),
                    ] : nil),
            "languages": .list(
                PayLanguage.allCases.map { other in
                    [
                        "address": .text("/bill/\(code)?lang=\(other.rawValue)"), "language": .text(other.rawValue),
                        "name": .text(other.name), "isCurrent": .flag(other == language),
                    ]
                }),
        ]
    }

    /// Begins a payment of the bill over whatever channel its payer chooses next; until then others can pay it, too.
    private func pay(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["lang"])
        let language = language(request, query["lang"])
        let form = try FormBody.fields(request, allowed: ["nonce"])
        guard let visit = try await visit(request, language) else { return missing(language) }
        guard visit.app.isEnabled else { return PayFrame.closed(language) }
        let texts = HolderTexts.of(language)
        guard visit.bill.isFree else {
            let fault = HolderFault.text(BillAnswers.problem(visit.bill.taken, visit.bill), texts, isAboutBill: true)
            return PayFrame.notice(visit.bill.text.name, fault, language, status: 409)
        }
        guard let nonce = PageNonce.sent(form) else {
            throw Problem(.invalidParameter, "nonce must be the one of the bill's page")
        }
        var order = OrderRequest(
            amount: visit.bill.amount, description: visit.bill.text.name, expiresInSeconds: 3_600)
        order.bill = visit.bill.id
        order.account = visit.bill.wallet.map { .wallet($0) }
        order.isHosted = true
        order.language = language.rawValue
        order.shop = visit.name
        order.defaultCountry = visit.app.defaultCountry
        let result = await engine.create(
            .init(
                app: visit.app.id, environment: visit.bill.environment, request: order,
                idempotencyKey: "\(visit.bill.id)\u{1F}\(nonce)", fingerprint: Array(visit.bill.id.text.utf8),
                requestID: request.id,
                respondsAsync: false))
        let aggregate: OrderAggregate
        do throws(Problem) { (aggregate, _, _) = try CommandAnswers(view: engine.view).outcome(result) } catch {
            return PayFrame.notice(
                visit.bill.text.name, HolderFault.text(error, texts, isAboutBill: true), language,
                status: error.code.isRetryable ? error.code.status : 409)
        }
        let path = "/pay/\(aggregate.order.id)?t=\(engine.pages.token(aggregate.order) ?? "")&lang=\(language.rawValue)"
        return APIResponse.empty(303).with("location", path).with("cache-control", "no-store")
    }
}
