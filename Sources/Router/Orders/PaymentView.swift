/// A payment as callers see it: in API answers and in events.
///
/// Phone numbers are masked, secrets are absent.
package struct PaymentView: Sendable {
    private let publicURL: String

    package init(publicURL: String) { self.publicURL = publicURL }

    /// The payment object.
    package func json(_ file: PaymentFile) -> JSONValue {
        var object = summary(file.payment)
        object["attempts"] = .array(file.attempts.map(attempt))
        return .object(object)
    }

    /// The payment object without its attempts, as in lists.
    package func summary(_ payment: Payment) -> JSONObject {
        let request = payment.request
        return JSONObject([
            .init("id", .string(payment.id.text)),
            .init("object", "payment"),
            .init("environment", .string(payment.environment.rawValue)),
            .init("amount", JSONValue(request.amount.minorUnits)),
            .init("currency", .string(request.amount.currency.code)),
            .init("amount_refunded", 0),
            .init("status", .string(payment.status.rawValue)),
            .init("certainty", .string(payment.certainty.rawValue)),
            .init("channel", JSONValue(payment.chosen?.channel.text)),
            .init("provider", JSONValue(payment.chosen?.provider.text)),
            .init("next_action", nextAction(payment)),
            .init("failure", payment.failure.map(failure) ?? .null),
            .init("review", payment.review.map(review) ?? .null),
            .init("cancel_requested", .bool(payment.cancelRequestedAt != nil)),
            .init("customer", customer(request.customer)),
            .init("reference", JSONValue(request.reference)),
            .init("description", JSONValue(request.description)),
            .init("metadata", metadata(request.metadata)),
            .init("created_at", .string(payment.createdAt.description)),
            .init("updated_at", .string(payment.updatedAt.description)),
            .init("expires_at", .string(payment.deadline.description)),
        ])
    }

    private func metadata(_ metadata: [String: String]) -> JSONValue {
        .object(JSONObject(metadata.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }))
    }

    private func customer(_ customer: Customer) -> JSONValue {
        guard customer != Customer() else { return .null }
        return [
            "phone": JSONValue(customer.phone?.masked), "email": JSONValue(customer.email),
            "name": JSONValue(customer.name),
        ]
    }

    private func failure(_ failure: PaymentFailure) -> JSONValue {
        // Some reasons must not be told to a payer who may be a thief.
        let isDelicate = failure.code == RefusalReason.suspectedFraud.rawValue
        return [
            "code": .string(failure.code), "category": .string(failure.blame.rawValue),
            "retryable": .bool(failure.retryable), "provider_code": JSONValue(failure.providerCode),
            "message_for_payer": .string(PayerMessages.text(isDelicate ? "declined" : failure.code)),
        ]
    }

    private func review(_ review: Review) -> JSONValue {
        ["reason": .string(review.reason.rawValue), "since": .string(review.since.description)]
    }

    private func attempt(_ attempt: Attempt) -> JSONValue {
        [
            "id": .string(attempt.id.text), "provider": .string(attempt.provider.text),
            "channel": .string(attempt.channel.text), "state": .string(attempt.state.rawValue),
            "reference": .string(attempt.reference), "operator_reference": JSONValue(attempt.operatorReference),
            "transmissions": JSONValue(Int64(attempt.transmissions.count)), "checks": JSONValue(Int64(attempt.checks)),
            "refusal": attempt.refusal.map { refusal in
                ["reason": .string(refusal.reason.rawValue), "provider_code": JSONValue(refusal.providerCode)]
            } ?? .null,
            "history": .array(
                attempt.history.map { step in
                    [
                        "state": .string(step.state.rawValue), "at": .string(step.at.description),
                        "cause": .string(step.cause),
                    ]
                }),
        ]
    }

    private func nextAction(_ payment: Payment) -> JSONValue {
        guard !payment.status.isFinal, let first = payment.nextActions.first else { return .null }
        var object = action(first, payment)
        if payment.nextActions.count > 1 {
            object["also"] = .array(payment.nextActions.dropFirst().map { .object(action($0, payment)) })
        }
        return .object(object)
    }

    private func action(_ action: CustomerAction, _ payment: Payment) -> JSONObject {
        switch action {
        case .approveOnPhone(let hint):
            JSONObject([.init("type", "approve_on_phone"), .init("hint", JSONValue(hint))])
        case .redirect(let url): JSONObject([.init("type", "redirect"), .init("url", .string(url))])
        case .showQR(let content):
            JSONObject([
                .init("type", "show_qr"), .init("content", .string(content)),
                .init("svg_url", .string("\(publicURL)/v1/payments/\(payment.id)/qr.svg")),
                .init("png_url", .string("\(publicURL)/v1/payments/\(payment.id)/qr.png")),
            ])
        case .submitForm(let url, let fields):
            JSONObject([
                .init("type", "submit_form"), .init("url", .string(url)),
                .init("fields", .object(JSONObject(fields.map { .init($0.name, .string($0.value)) }))),
            ])
        case .enterCode(let length):
            JSONObject([
                .init("type", "enter_code"),
                .init("length", length.map { JSONValue(Int64($0)) } ?? .null),
                .init("confirm_url", .string("\(publicURL)/v1/payments/\(payment.id)/confirm")),
            ])
        case .wait: JSONObject([.init("type", "wait")])
        }
    }
}

/// Short English sentences for payers, by failure code.
enum PayerMessages {
    static func text(_ code: String) -> String {
        switch code {
        case "insufficient_funds": "The balance is not sufficient."
        case "wrong_credentials": "The PIN or the details were not correct."
        case "wrong_code": "The code was not correct."
        case "cancelled_by_payer": "The payment was cancelled."
        case "expired", "expired_before_sending": "The time to pay has passed."
        case "account_unavailable": "This account cannot be used."
        case "limit_reached": "A limit of the account was reached."
        case "authentication_required": "The payment could not be authenticated."
        case "token_unusable": "The payment details must be entered again."
        case "declined", "unspecified": "The payment was declined."
        default: "The payment could not be made. No money was taken."
        }
    }
}
