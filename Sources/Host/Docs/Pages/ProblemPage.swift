import Pages
import Router

/// The page of one problem code, where the `type` of problems leads.
enum ProblemPage {
    static func response(_ code: ProblemCode) -> APIResponse { PageFrame.response(.problem, model(code)) }

    /// What `docs/problem.mustache` is filled with.
    static func model(_ code: ProblemCode) -> PageModel {
        [
            "title": "\(code.rawValue): \(code.title)", "name": .text(code.title), "problem": .text(code.rawValue),
            "status": "\(code.status)", "cause": MarkedText.words(code.page.cause),
            "money": MarkedText.words(code.money), "remedy": MarkedText.words(code.page.remedy),
            "again": MarkedText.words(code.again),
        ]
    }
}

extension ProblemCode {
    /// Whether money moved because of the refused request.
    var money: String {
        switch self {
        case .idempotencyKeyReused:
            "Not because of this request. The payment made with the key earlier, named in `payment_id`, is not affected."
        case .paymentNotConfirmable, .paymentFinal, .paymentStateConflict, .amountTooLarge, .possibleDuplicate,
            .invalidRepeat, .acceptanceRequired, .acceptanceMismatch, .billUnpayable:
            "Not because of this request. Whether the payment itself moved money, its `status` and `certainty` tell."
        case .wrongCode: "No. The operator was asked about the code, which moves nothing."
        case .invalidConfirmation: "No. The code was not sent to the operator."
        case .unavailable:
            "With `outcome` `not_executed`: no. With `unknown`: perhaps; the same request with the same key finds out, and "
                + "never moves money twice."
        case .tooManyRequests, .rateLimited: "No. The request was refused before anything was done."
        case .malformedRequest, .invalidJSON, .invalidRequest, .invalidParameter, .idempotencyKeyRequired,
            .idempotencyKeyInvalid, .unauthorized, .callbackNotVerified, .forbidden, .notFound, .methodNotAllowed,
            .bodyTooLarge, .headersTooLarge, .requestTimeout, .expectationFailed,
            .unsupportedMediaType, .cardNumberRefused, .unsupportedCurrency, .unknownChannel, .invalidPhone,
            .notSupported, .noEligibleProvider, .noProviderAvailable, .invalidWebhookURL, .limitReached,
            .walletUnusable, .invalidQuote, .feeExceedsAmount, .walletNotEmpty, .walletLimitReached,
            .dailyLimitReached, .holderRequired, .insufficientFunds, .unknownRecipient, .recipientUnverified,
            .codeRequired, .codeRefused, .contactUnconfirmed, .contactTaken, .wrongCredentials, .unknownUser,
            .usernameTaken, .passwordRefused:
            "No. The request was refused before anything was stored or sent."
        }
    }

    /// Whether to send the same request again.
    var again: String {
        if self == .walletLimitReached || self == .dailyLimitReached {
            return
                "The very same request, with the same idempotency key, may succeed once earlier uses of the limit have ended."
        }
        return isRetryable
            ? "The very same request, with the same idempotency key, may succeed later: wait as long as `Retry-After` says."
            : "The very same request would be refused again."
    }
}
