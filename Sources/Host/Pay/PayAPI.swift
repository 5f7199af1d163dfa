import Crypto
package import Router
import WebText

/// `/pay/{id}`: the hosted payment page, for payers' browsers.
package struct PayAPI: Sendable {
    let engine: Engine
    let keys: KeyRing
    let reader: OrderReader
    let limits: RequestLimits

    package init(engine: Engine, keys: KeyRing, limits: RequestLimits? = nil) {
        self.engine = engine
        self.limits = limits ?? RequestLimits(time: engine.time)
        self.keys = keys
        reader = OrderReader(store: engine.store, view: engine.view)
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/pay/pay.css", limit: .pages) { _ in
            Self.asset(Resources.Pay.pageCSS, "text/css; charset=utf-8")
        }
        routes.open("GET", "/pay/pay.js", limit: .pages) { _ in
            Self.asset(Resources.Pay.pageJS, "text/javascript; charset=utf-8")
        }
        routes.open("GET", "/pay/{id}", limit: .pages) { request throws(Problem) in
            try await visit(request) { aggregate, query, language throws(Problem) in page(aggregate, language, request)
            }
        }
        routes.open("GET", "/pay/{id}/wallet.svg", limit: .qr) { request throws(Problem) in
            try await visit(request) { aggregate, _, language throws(Problem) in walletCode(aggregate, language) }
        }
        routes.open("GET", "/pay/{id}/events", limit: .pages) { request throws(Problem) in
            try await visit(request) { aggregate, _, _ throws(Problem) in try follow(aggregate, request) }
        }
        for (name, action) in [
            ("choose", choose), ("confirm", confirm), ("check", check), ("cancel", cancel),
            ("change", change),
        ] as [(String, Action)] {
            routes.open("POST", "/pay/{id}/\(name)", limit: .pages) { request throws(Problem) in
                try await visit(request) { aggregate, _, language throws(Problem) in
                    try await action(aggregate, try Self.form(request), language, request)
                }
            }
        }
    }

    private typealias Action =
        @Sendable (OrderAggregate, QueryParameters, PayLanguage, APIRequest) async throws(Problem) -> APIResponse

    private static func asset(_ text: String, _ type: String) -> APIResponse {
        .bytes(Array(text.utf8), type: type).with("cache-control", "public, max-age=300")
            .with("x-content-type-options", "nosniff")
    }

    /// Lets only a valid link through.
    private func visit(
        _ request: APIRequest,
        _ body: (OrderAggregate, QueryParameters, PayLanguage) async throws(Problem) -> APIResponse
    ) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["t", "lang", "payment_id", "status"])
        let asked = PayLanguage.chosen(query["lang"], nil, acceptLanguage: request.header("accept-language"))
        guard let id = request.parameters["id"].flatMap({ OrderID($0, .payment) }) else {
            return PayFrame.notice(asked.texts.linkExpired, asked.texts.linkExpiredText, asked, status: 404)
        }
        switch engine.pages.verify(query["t"] ?? "", id, at: engine.time.now) {
        case .forged: return PayFrame.notice(asked.texts.linkExpired, asked.texts.linkExpiredText, asked, status: 404)
        case .expired: return PayFrame.notice(asked.texts.linkExpired, asked.texts.linkExpiredText, asked, status: 410)
        case .valid: break
        }
        guard let aggregate = try await reader.aggregate(id.text) else {
            return PayFrame.notice(asked.texts.linkExpired, asked.texts.linkExpiredText, asked, status: 404)
        }
        let language = PayLanguage.chosen(
            query["lang"], aggregate.order.request.language, acceptLanguage: request.header("accept-language"))
        guard try await keys.isOpen(aggregate.order.app) else { return PayFrame.closed(language) }
        return try await body(aggregate, query, language)
    }

    private static func form(_ request: APIRequest) throws(Problem) -> QueryParameters {
        try FormBody.fields(request, allowed: ["channel", "phone", "code"])
    }

    private func page(
        _ aggregate: OrderAggregate, _ language: PayLanguage, _ request: APIRequest, error: String? = nil,
        status: Int = 422
    ) -> APIResponse {
        let offers = aggregate.order.awaitsChoice ? engine.offers(aggregate.order) : []
        let page = PayPage(
            aggregate: aggregate, offers: offers, language: language, publicURL: engine.settings.publicURL,
            token: engine.pages.token(aggregate.order) ?? "",
            now: engine.time.now, leave: engine.waysToLeave(aggregate), error: error,
            isOnPhone: request.header("user-agent")?.contains("Mobi") == true)
        return page.response(status: error == nil ? 200 : status)
    }

    /// The code that a phone scans whose owner pays by wallet: where holders pay this payment, with its own token.
    private func walletCode(_ aggregate: OrderAggregate, _ language: PayLanguage) -> APIResponse {
        let order = aggregate.order
        guard order.awaitsChoice, engine.offers(order).contains(where: \.takesWallets),
            let token = engine.pages.token(order),
            let code = QRCode("\(engine.settings.publicURL)/wallet/pay/\(order.id)?t=\(token)")
        else {
            return PayFrame.notice(language.texts.linkExpired, language.texts.linkExpiredText, language, status: 404)
        }
        return code.svgAnswer.with("cache-control", "no-store")
    }

    /// After a form the browser reads the page anew, so that a reload sends nothing twice.
    private func back(_ aggregate: OrderAggregate, _ language: PayLanguage) -> APIResponse {
        let token = engine.pages.token(aggregate.order) ?? ""
        return APIResponse.empty(303).with(
            "location", "/pay/\(aggregate.order.id)?t=\(token)&lang=\(language.rawValue)"
        )
        .with("cache-control", "no-store")
    }

    // MARK: What payers do

    private func choose(
        _ aggregate: OrderAggregate, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        let texts = language.texts
        guard aggregate.order.awaitsChoice else { return back(aggregate, language) }
        guard let offer = engine.offers(aggregate.order).first(where: { $0.channel.text == form["channel"] }) else {
            return page(aggregate, language, request, error: texts.chooseOne)
        }
        if offer.takesWallets {
            let token = engine.pages.token(aggregate.order) ?? ""
            return APIResponse.empty(303).with(
                "location", "/wallet/pay/\(aggregate.order.id)?t=\(token)&lang=\(language.rawValue)"
            )
            .with("cache-control", "no-store")
        }
        var phone = aggregate.order.request.customer.phone
        if offer.needsPhone, phone == nil {
            guard let text = form["phone"]?.trimmed, !text.isEmpty else {
                return page(aggregate, language, request, error: texts.phoneRequired)
            }
            do throws(MSISDNError) {
                phone = try MSISDN(parsing: text, defaultCountry: home(offer, aggregate.order.request))
            } catch {
                guard case .renumbered(let number) = error else {
                    return page(aggregate, language, request, error: texts.invalidPhone)
                }
                return page(aggregate, language, request, error: "\(texts.invalidPhone) \(number.e164)")
            }
        }
        // Where the number is typed, every try asks an operator, who may tell whether somebody has it.
        if offer.needsPhone, aggregate.order.request.customer.phone == nil, let phone,
            let problem = limits.type(phone, client: request.client)
        {
            var answer = page(aggregate, language, request, error: texts.unavailable, status: problem.code.status)
            answer.headers += problem.headers
            return answer
        }
        switch await engine.choose(aggregate.order.id, channel: offer.channel, phone: offer.needsPhone ? phone : nil) {
        case .begun(let aggregate), .tooLate(let aggregate): return back(aggregate, language)
        case .noRoute(let decision):
            return page(
                aggregate, language, request, error: decision.isHopeless ? texts.invalidPhone : texts.unavailable)
        // Anybody can type any number, and is not told how much it was used.
        case .overLimit: return page(aggregate, language, request, error: texts.invalidPhone)
        case .billTaken: return page(aggregate, language, request, error: texts.billTaken, status: 409)
        case .unavailable: return page(aggregate, language, request, error: texts.unavailable)
        }
    }

    /// The country whose numbers the payer may write without the calling code: the only one that the channel serves, else
    /// the shop's.
    private func home(_ offer: Engine.Offer, _ request: OrderRequest) -> String? {
        if offer.phoneCountries.count == 1 { return offer.phoneCountries[0] }
        guard let country = request.defaultCountry else { return nil }
        return offer.phoneCountries.isEmpty || offer.phoneCountries.contains(country) ? country : nil
    }

    private func confirm(
        _ aggregate: OrderAggregate, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        guard let code = form["code"]?.trimmed, !code.isEmpty else { return back(aggregate, language) }
        // The same code sent twice is one confirmation; typed again after a refusal it is another.
        let text = "\(aggregate.order.id)\u{1F}\(code)\u{1F}\(aggregate.attempts.count)"
        let digest = Array(SHA256.hash(data: Array(text.utf8)))
        let result = await engine.confirm(
            .init(
                aggregate: aggregate, confirmation: Confirmation(code: Secret(code), operatorPaymentID: nil),
                idempotencyKey: "page-" + Hex.text(digest), fingerprint: digest,
                requestID: RequestID(at: engine.time.now, from: SystemRandom())))
        switch result {
        case .unusableInput: return page(aggregate, language, request, error: language.texts.codeRefused)
        case .wrongCode(let aggregate) where !aggregate.order.status.isFinal:
            return page(aggregate, language, request, error: language.texts.codeRefused)
        case .replayed(let aggregate, let idempotencyRecord)
        where idempotencyRecord.status == Engine.wrongCodeStatus && !aggregate.order.status.isFinal:
            return page(aggregate, language, request, error: language.texts.codeRefused)
        case .notAccepted(let aggregate, _):
            return page(aggregate, language, request, error: language.texts.shopsTurnText)
        case .codeUnchecked, .unavailable, .unknown:
            return page(aggregate, language, request, error: language.texts.unavailable)
        default: return back(aggregate, language)
        }
    }

    private func check(
        _ aggregate: OrderAggregate, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        _ = await engine.checkNow(aggregate, for: .link)
        return back(aggregate, language)
    }

    private func cancel(
        _ aggregate: OrderAggregate, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        if aggregate.order.awaitsInput || aggregate.order.sendsNothingYet
            || engine.waysToLeave(aggregate).contains(.cancel)
        {
            _ = try? await engine.cancel(aggregate.order.id)
        }
        return back(aggregate, language)
    }

    /// Ends the operator's page, so that the payer can choose again; a payment that came first wins.
    private func change(
        _ aggregate: OrderAggregate, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        if engine.waysToLeave(aggregate).contains(.change) { _ = try? await engine.changeChannel(aggregate.order.id) }
        return back(aggregate, language)
    }

    // MARK: News

    /// Server-sent events: the page's mark whenever it changes, until the payment has ended.
    private func follow(_ aggregate: OrderAggregate, _ request: APIRequest) throws(Problem) -> APIResponse {
        let (engine, keys) = (engine, keys)
        let permit = try limits.stream(of: aggregate.order.id, client: request.client)
        var response = APIResponse(
            status: 200, headers: [("content-type", "text/event-stream"), ("cache-control", "no-store")])
        response.stream = {
            AsyncThrowingStream { continuation in
                let task = Task {
                    await Self.tell(aggregate, engine, keys) { continuation.yield($0) }
                    continuation.finish()
                    permit.release()
                }
                continuation.onTermination = { _ in
                    task.cancel()
                    permit.release()
                }
            }
        }
        return response
    }

    /// Browsers come back by themselves; a stream without end would keep a stopping router.
    ///
    /// It ends within a second once the app is disabled; the browser then reads the page anew.
    private static func tell(
        _ aggregate: OrderAggregate, _ engine: Engine, _ keys: KeyRing, _ write: (String) -> Void
    ) async {
        var aggregate = aggregate
        var told = ""
        for second in 0..<600 where !engine.isStopping && !Task.isCancelled {
            guard (try? await keys.isEnabled(aggregate.order.app)) ?? true else {
                return write("event: end\ndata: closed\n\n")
            }
            let mark = PayPage.mark(aggregate)
            if mark != told {
                write("event: mark\ndata: \(mark)\n\n")
            } else if second % 5 == 0 {
                write(": still\n\n")
            }
            told = mark
            if aggregate.order.status.isFinal { break }
            aggregate = await engine.waitForChange(aggregate, milliseconds: 1_000)
        }
        write("event: end\ndata: \(PayPage.mark(aggregate))\n\n")
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
