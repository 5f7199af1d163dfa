import Crypto
import Pages
import Router
import WebText

/// The form behind a static QR code: an amount and, if wished, a note become a payment, which goes on on its hosted page.
///
/// No acceptance is needed: whoever hangs the code up agrees to every amount that is typed.
struct CounterForm: Sendable {
    let engine: Engine
    /// How many payments strangers may begin for an app.
    let limits: RequestLimits?

    /// What somebody typed.
    struct Typed: Sendable {
        var amount = ""
        var note = ""
        /// The form's own name: it stays where something is wrong, so that the same form never begins two payments.
        var nonce = PageNonce.fresh()
        var error: String?
    }

    // MARK: The page

    /// The form with what was typed so far, and what is wrong with it.
    func show(
        _ counter: Counter, _ typed: Typed, _ language: PayLanguage, status: Int = 200
    ) -> APIResponse {
        PayFrame.response(.counter, Self.model(counter, typed, language), language: language, status: status)
    }

    /// What `pay/counter.mustache` is filled with.
    static func model(_ counter: Counter, _ typed: Typed, _ language: PayLanguage) -> PageModel {
        let texts = language.texts
        let rows = [(texts.shopLabel, counter.shop), (texts.walletOwner, counter.owner)]
        return [
            "heading": .text(texts.counterTitle), "error": .text(typed.error), "amount": .text(typed.amount),
            "note": .text(typed.note),
            "details": .list(
                rows.compactMap { label, value in value.map { ["label": .text(label), "value": .text($0)] } }),
            "currency": .text(HolderTexts.of(language).filled("amountHint", ["currency": counter.currency.code])),
            "longest": "\(DescriptionFacts.longest)", "nonce": .text(typed.nonce),
            "action": .text("\(counter.path)?lang=\(language.rawValue)"),
            "languages": .list(
                PayLanguage.allCases.map { other in
                    [
                        "address": .text("\(counter.path)?lang=\(other.rawValue)"), "language": .text(other.rawValue),
                        "name": .text(other.name), "isCurrent": .flag(other == language),
                    ]
                }),
        ]
    }

    // MARK: What it begins

    /// Begins the payment that was typed and leads to its page; whatever is wrong is said on the form, and nothing was begun.
    func begin(
        _ request: APIRequest, _ counter: Counter, _ language: PayLanguage
    ) async throws(Problem) -> APIResponse {
        var typed = Typed()
        do throws(Problem) {
            let form = try FormBody.fields(request, allowed: ["amount", "note", "nonce"])
            (typed.amount, typed.note) = (form["amount"] ?? "", form["note"] ?? "")
            guard let nonce = PageNonce.sent(form) else {
                throw Problem(.invalidParameter, "nonce must be the one of the code's page")
            }
            typed.nonce = nonce
            guard let amount = language.texts.typed(typed.amount, counter.currency) else {
                throw Problem(.unsupportedCurrency, "the amount cannot be read")
            }
            let wish = try wish(counter, amount, typed.note.trimmed, language)
            if let problem = limits?.checkOut(counter.app) { throw problem }
            let aggregate = try await create(wish, nonce, request, counter)
            let token = engine.pages.token(aggregate.order) ?? ""
            return APIResponse.empty(303)
                .with("location", "/pay/\(aggregate.order.id)?t=\(token)&lang=\(language.rawValue)")
                .with("cache-control", "no-store")
        } catch {
            // No browser that was shown the form sends anything else.
            guard error.code != .unsupportedMediaType else { throw error }
            typed.error =
                error.code == .noEligibleProvider
                ? language.texts.amountRefused : HolderFault.text(error, HolderTexts.of(language))
            var answer = show(counter, typed, language, status: error.code.isRetryable ? error.code.status : 422)
            answer.headers += error.headers
            return answer
        }
    }

    private func wish(
        _ counter: Counter, _ amount: Money, _ note: String, _ language: PayLanguage
    ) throws(Problem) -> OrderRequest {
        let input = PaymentInput(
            amount: amount.minorUnits, currency: amount.currency.code, description: note.isEmpty ? nil : note,
            metadata: counter.metadata, language: language.rawValue, hosted: true)
        var wish = try input.checked(knownChannels: [], country: counter.defaultCountry)
        wish.account = counter.wallet.map { .wallet($0) }
        wish.shop = counter.shop
        wish.origin = .staticQR
        return wish
    }

    /// One payment for a form, however often it is sent; what was typed belongs to its name, so that whoever goes back and
    /// types another amount begins another one.
    private func create(
        _ wish: OrderRequest, _ nonce: String, _ request: APIRequest, _ counter: Counter
    ) async throws(Problem) -> OrderAggregate {
        let typed = "\(wish.amount.minorUnits)\u{1F}\(wish.description ?? "")"
        let digest = Hex.text(Array(SHA256.hash(data: Array(typed.utf8)).prefix(16)))
        let caller = Caller(
            app: counter.app, environment: counter.environment, role: .qr, defaultCountry: counter.defaultCountry,
            shop: counter.shop)
        let body: JSONValue = [
            "amount": JSONValue(wish.amount.minorUnits), "currency": .string(wish.amount.currency.code),
            "description": JSONValue(wish.description),
        ]
        let call = IdempotentCall(key: "counter-\(nonce)-\(digest)", body.withoutNulls, request, caller, engine)
        let result = try await call.run(.create(.payment)) {
            await engine.create(
                .init(
                    app: counter.app, environment: counter.environment, request: wish, idempotencyKey: call.key,
                    fingerprint: call.fingerprint, requestID: request.id, respondsAsync: false))
        }
        return try CommandAnswers(view: engine.view).outcome(result).0
    }
}
