import Router

/// The page of one problem code, where the `type` of problems leads.
enum ProblemPage {
    static func response(_ code: ProblemCode) -> APIResponse {
        let body = """
            <main>
            <p><a href="../docs#errors">Payrouter, errors</a></p>
            <h1>\(HTML.escaped(code.title))</h1>
            <p class="soft"><code>\(code.rawValue)</code>, HTTP status \(code.status)</p>
            <h2>Cause</h2>
            <p>\(HTML.inline(code.page.cause))</p>
            <h2>Did money move?</h2>
            <p>\(HTML.inline(code.money))</p>
            <h2>What to do</h2>
            <p>\(HTML.inline(code.page.remedy))</p>
            <p>\(HTML.inline(code.again))</p>
            </main>
            """
        return PageFrame.response(title: "\(code.rawValue): \(code.title)", body: body)
    }
}

extension ProblemCode {
    /// Whether money moved because of the refused request.
    var money: String {
        switch self {
        case .idempotencyKeyReused:
            "Not because of this request. The payment made with the key earlier, named in `payment_id`, is not affected."
        case .paymentNotConfirmable, .paymentFinal, .paymentStateConflict, .amountTooLarge, .possibleDuplicate,
            .invalidRepeat, .acceptanceRequired, .acceptanceMismatch:
            "Not because of this request. Whether the payment itself moved money, its `status` and `certainty` tell."
        case .wrongCode: "No. The operator was asked about the code, which moves nothing."
        case .invalidConfirmation: "No. The code was not sent to the operator."
        case .unavailable:
            "With `outcome` `not_executed`: no. With `unknown`: perhaps; the same request with the same key finds out, and never moves "
                + "money twice."
        case .tooManyRequests, .rateLimited: "No. The request was refused before anything was done."
        case .malformedRequest, .invalidJSON, .invalidRequest, .invalidParameter, .idempotencyKeyRequired,
            .idempotencyKeyInvalid, .unauthorized, .callbackNotVerified, .forbidden, .notFound, .methodNotAllowed,
            .bodyTooLarge, .headersTooLarge, .requestTimeout, .expectationFailed,
            .unsupportedMediaType, .cardNumberRefused, .unsupportedCurrency, .unknownChannel, .invalidPhone,
            .notSupported, .noEligibleProvider, .noProviderAvailable, .invalidWebhookURL, .limitReached:
            "No. The request was refused before anything was stored or sent."
        }
    }

    /// Whether to send the same request again.
    var again: String {
        isRetryable
            ? "The very same request, with the same idempotency key, may succeed later: wait as long as `Retry-After` says."
            : "The very same request would be refused again."
    }
}
