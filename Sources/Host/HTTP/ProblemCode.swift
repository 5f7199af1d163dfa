/// Every reason for which a request can be refused.
///
/// Each has a page under `/problems/`; codes never change.
package enum ProblemCode: String, Sendable, CaseIterable {
    case malformedRequest = "malformed_request"
    case invalidJSON = "invalid_json"
    case invalidRequest = "invalid_request"
    case invalidParameter = "invalid_parameter"
    case idempotencyKeyRequired = "idempotency_key_required"
    case idempotencyKeyInvalid = "idempotency_key_invalid"
    case idempotencyKeyReused = "idempotency_key_reused"
    case unauthorized
    case callbackNotVerified = "callback_not_verified"
    case forbidden
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case bodyTooLarge = "body_too_large"
    case headersTooLarge = "headers_too_large"
    case requestTimeout = "request_timeout"
    case expectationFailed = "expectation_failed"
    case unsupportedMediaType = "unsupported_media_type"
    case cardNumberRefused = "card_number_refused"
    case unsupportedCurrency = "unsupported_currency"
    case unknownChannel = "unknown_channel"
    case invalidPhone = "invalid_phone"
    case notSupported = "not_supported"
    case noEligibleProvider = "no_eligible_provider"
    case noProviderAvailable = "no_provider_available"
    case paymentNotConfirmable = "payment_not_confirmable"
    case paymentFinal = "payment_final"
    case paymentStateConflict = "payment_state_conflict"
    case amountTooLarge = "amount_too_large"
    case possibleDuplicate = "possible_duplicate"
    case invalidRepeat = "invalid_repeat"
    case invalidConfirmation = "invalid_confirmation"
    case wrongCode = "wrong_code"
    case acceptanceRequired = "acceptance_required"
    case acceptanceMismatch = "acceptance_mismatch"
    case invalidWebhookURL = "invalid_webhook_url"
    case walletUnusable = "wallet_unusable"
    case walletNotEmpty = "wallet_not_empty"
    case walletLimitReached = "wallet_limit_reached"
    case dailyLimitReached = "daily_limit_reached"
    case holderRequired = "holder_required"
    case codeRequired = "code_required"
    case codeRefused = "code_refused"
    case contactUnconfirmed = "contact_unconfirmed"
    case contactTaken = "contact_taken"
    case wrongCredentials = "wrong_credentials"
    case unknownUser = "unknown_user"
    case usernameTaken = "username_taken"
    case passwordRefused = "password_refused"
    case billUnpayable = "bill_unpayable"
    case insufficientFunds = "insufficient_funds"
    case unknownRecipient = "unknown_recipient"
    case recipientUnverified = "recipient_unverified"
    case invalidQuote = "invalid_quote"
    case feeExceedsAmount = "fee_exceeds_amount"
    case limitReached = "limit_reached"
    case tooManyRequests = "too_many_requests"
    case rateLimited = "rate_limited"
    case unavailable

    /// The HTTP status that it is answered with; never changes.
    package var status: Int {
        switch self {
        case .malformedRequest, .invalidJSON, .invalidRequest, .invalidParameter, .idempotencyKeyRequired,
            .idempotencyKeyInvalid:
            400
        case .unauthorized, .callbackNotVerified, .wrongCredentials: 401
        case .forbidden, .holderRequired, .codeRequired, .contactUnconfirmed: 403
        case .notFound, .unknownUser: 404
        case .methodNotAllowed: 405
        case .paymentNotConfirmable, .paymentFinal, .limitReached, .paymentStateConflict, .possibleDuplicate,
            .acceptanceRequired, .acceptanceMismatch, .walletNotEmpty, .usernameTaken, .contactTaken, .billUnpayable:
            409
        case .requestTimeout: 408
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .expectationFailed: 417
        case .idempotencyKeyReused, .cardNumberRefused, .unsupportedCurrency, .unknownChannel, .invalidPhone,
            .notSupported, .noEligibleProvider, .invalidConfirmation, .wrongCode, .invalidWebhookURL, .amountTooLarge,
            .invalidRepeat, .walletUnusable, .walletLimitReached, .dailyLimitReached, .insufficientFunds,
            .unknownRecipient, .invalidQuote, .feeExceedsAmount, .codeRefused, .passwordRefused:
            422
        case .tooManyRequests, .rateLimited: 429
        case .headersTooLarge: 431
        case .noProviderAvailable, .recipientUnverified, .unavailable: 503
        }
    }

    /// Whether the very same request may succeed later.
    package var isRetryable: Bool { [408, 429, 503].contains(status) }

    /// The same for every occurrence.
    package var title: String { page.title }
}
