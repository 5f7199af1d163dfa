import Crypto
package import Router

/// `/pay/{id}`: the hosted payment page, for payers' browsers.
package struct PayAPI: Sendable {
    let engine: Engine
    let keys: KeyRing
    let reader: PaymentReader
    let limits: RequestLimits

    package init(engine: Engine, keys: KeyRing, limits: RequestLimits? = nil) {
        self.engine = engine
        self.limits = limits ?? RequestLimits(time: engine.time)
        self.keys = keys
        reader = PaymentReader(store: engine.store, view: engine.view)
    }

    package func register(in routes: inout RouteTable) {
        routes.add("GET", "/pay/pay.css", .open, limit: .pages) { _, _ in
            Self.asset(PayAssets.style, "text/css; charset=utf-8")
        }
        routes.add("GET", "/pay/pay.js", .open, limit: .pages) { _, _ in
            Self.asset(PayAssets.script, "text/javascript; charset=utf-8")
        }
        routes.add("GET", "/pay/{id}", .open, limit: .pages) { request, _ throws(Problem) in
            try await visit(request) { file, query, language throws(Problem) in page(file, language) }
        }
        routes.add("GET", "/pay/{id}/events", .open, limit: .pages) { request, _ throws(Problem) in
            try await visit(request) { file, _, _ throws(Problem) in try follow(file, request) }
        }
        for (name, action) in [
            ("choose", choose), ("confirm", confirm), ("check", check), ("cancel", cancel),
            ("change", change),
        ] as [(String, Action)] {
            routes.add("POST", "/pay/{id}/\(name)", .open, limit: .pages) { request, _ throws(Problem) in
                try await visit(request) { file, _, language throws(Problem) in
                    try await action(file, try Self.form(request), language, request)
                }
            }
        }
    }

    private typealias Action =
        @Sendable (OrderFile, QueryParameters, PayLanguage, APIRequest) async throws(Problem) -> APIResponse

    private static func asset(_ text: String, _ type: String) -> APIResponse {
        .bytes(Array(text.utf8), type: type).with("cache-control", "public, max-age=300")
            .with("x-content-type-options", "nosniff")
    }

    /// Lets only a valid link through.
    private func visit(
        _ request: APIRequest,
        _ body: (OrderFile, QueryParameters, PayLanguage) async throws(Problem) -> APIResponse
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
        guard let file = try await reader.file(id.text) else {
            return PayFrame.notice(asked.texts.linkExpired, asked.texts.linkExpiredText, asked, status: 404)
        }
        let language = PayLanguage.chosen(
            query["lang"], file.order.request.language, acceptLanguage: request.header("accept-language"))
        guard try await keys.isOpen(file.order.app) else { return PayFrame.closed(language) }
        return try await body(file, query, language)
    }

    private static func form(_ request: APIRequest) throws(Problem) -> QueryParameters {
        try FormBody.fields(request, allowed: ["channel", "phone", "code"])
    }

    private func page(
        _ file: OrderFile, _ language: PayLanguage, error: String? = nil, status: Int = 422
    ) -> APIResponse {
        let offers = file.order.awaitsChoice ? engine.offers(file.order) : []
        let page = PayPage(
            file: file, offers: offers, language: language, publicURL: engine.settings.publicURL,
            token: engine.pages.token(file.order) ?? "",
            now: engine.time.now, leave: engine.waysToLeave(file), error: error)
        return page.response(status: error == nil ? 200 : status)
    }

    /// After a form the browser reads the page anew, so that a reload sends nothing twice.
    private func back(_ file: OrderFile, _ language: PayLanguage) -> APIResponse {
        let token = engine.pages.token(file.order) ?? ""
        return APIResponse.empty(303).with("location", "/pay/\(file.order.id)?t=\(token)&lang=\(language.rawValue)")
            .with("cache-control", "no-store")
    }

    // MARK: What payers do

    private func choose(
        _ file: OrderFile, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        let texts = language.texts
        guard file.order.awaitsChoice else { return back(file, language) }
        guard let offer = engine.offers(file.order).first(where: { $0.channel.text == form["channel"] }) else {
            return page(file, language, error: texts.chooseOne)
        }
        var phone = file.order.request.customer.phone
        if offer.needsPhone, phone == nil {
            guard let text = form["phone"]?.trimmed, !text.isEmpty else {
                return page(file, language, error: texts.phoneRequired)
            }
            do throws(MSISDNError) {
                phone = try MSISDN(parsing: text, defaultCountry: home(offer, file.order.request))
            } catch {
                guard case .renumbered(let number) = error else {
                    return page(file, language, error: texts.invalidPhone)
                }
                return page(file, language, error: "\(texts.invalidPhone) \(number.e164)")
            }
        }
        // Where the number is typed, every try asks an operator, who may tell whether somebody has it.
        if offer.needsPhone, file.order.request.customer.phone == nil, let phone,
            let problem = limits.type(phone, client: request.client)
        {
            var answer = page(file, language, error: texts.unavailable, status: problem.code.status)
            answer.headers += problem.headers
            return answer
        }
        switch await engine.choose(file.order.id, channel: offer.channel, phone: offer.needsPhone ? phone : nil) {
        case .begun(let file), .tooLate(let file): return back(file, language)
        case .noRoute(let decision):
            return page(file, language, error: decision.isHopeless ? texts.invalidPhone : texts.unavailable)
        case .unavailable: return page(file, language, error: texts.unavailable)
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
        _ file: OrderFile, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        guard let code = form["code"]?.trimmed, !code.isEmpty else { return back(file, language) }
        // The same code sent twice is one confirmation; typed again after a refusal it is another.
        let text = "\(file.order.id)\u{1F}\(code)\u{1F}\(file.attempts.count)"
        let digest = Array(SHA256.hash(data: Array(text.utf8)))
        let result = await engine.confirm(
            .init(
                file: file, confirmation: Confirmation(code: Secret(code), operatorPaymentID: nil),
                idempotencyKey: "page-" + Hex.text(digest), fingerprint: digest,
                requestID: RequestID(at: engine.time.now, from: SystemRandom())))
        switch result {
        case .unusableInput: return page(file, language, error: language.texts.codeRefused)
        case .wrongCode(let file) where !file.order.status.isFinal:
            return page(file, language, error: language.texts.codeRefused)
        case .replayed(let file, let binding)
        where binding.status == Engine.wrongCodeStatus && !file.order.status.isFinal:
            return page(file, language, error: language.texts.codeRefused)
        case .notAccepted(let file, _): return page(file, language, error: language.texts.shopsTurnText)
        case .codeUnchecked, .unavailable, .unknown: return page(file, language, error: language.texts.unavailable)
        default: return back(file, language)
        }
    }

    private func check(
        _ file: OrderFile, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        _ = await engine.checkNow(file, for: .link)
        return back(file, language)
    }

    private func cancel(
        _ file: OrderFile, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        if file.order.awaitsInput || file.order.sendsNothingYet || engine.waysToLeave(file).contains(.cancel) {
            _ = try? await engine.cancel(file.order.id)
        }
        return back(file, language)
    }

    /// Ends the operator's page, so that the payer can choose again; a payment that came first wins.
    private func change(
        _ file: OrderFile, _ form: QueryParameters, _ language: PayLanguage, _ request: APIRequest
    ) async throws(Problem) -> APIResponse {
        if engine.waysToLeave(file).contains(.change) { _ = try? await engine.changeChannel(file.order.id) }
        return back(file, language)
    }

    // MARK: News

    /// Server-sent events: the page's mark whenever it changes, until the payment has ended.
    private func follow(_ file: OrderFile, _ request: APIRequest) throws(Problem) -> APIResponse {
        let (engine, keys) = (engine, keys)
        let permit = try limits.stream(of: file.order.id, client: request.client)
        var response = APIResponse(
            status: 200, headers: [("content-type", "text/event-stream"), ("cache-control", "no-store")])
        response.stream = {
            AsyncStream { continuation in
                let task = Task {
                    await Self.tell(file, engine, keys) { continuation.yield($0) }
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
    private static func tell(_ file: OrderFile, _ engine: Engine, _ keys: KeyRing, _ write: (String) -> Void) async {
        var file = file
        var told = ""
        for second in 0..<600 where !engine.isStopping && !Task.isCancelled {
            guard (try? await keys.isEnabled(file.order.app)) ?? true else {
                return write("event: end\ndata: closed\n\n")
            }
            let mark = PayPage.mark(file)
            if mark != told {
                write("event: mark\ndata: \(mark)\n\n")
            } else if second % 5 == 0 {
                write(": still\n\n")
            }
            told = mark
            if file.order.status.isFinal { break }
            file = await engine.waitForChange(file, milliseconds: 1_000)
        }
        write("event: end\ndata: \(PayPage.mark(file))\n\n")
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
