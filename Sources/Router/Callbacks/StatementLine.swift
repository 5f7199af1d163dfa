import WebText

/// A line of an operator's statement of our account that names no payment here, as two people wrote it down.
///
/// It is stored as a message of its operator, so that it is matched, retried and shown like a notification.
package struct StatementLine: Sendable, Hashable {
    package var payment: UnopenedPayment
    /// The two people, and where it stands.
    package var finding: String

    /// What stands for the method of a notification.
    private static let method = "STATEMENT"

    /// White space that was typed around the operator's id is none of it.
    package init(_ payment: UnopenedPayment, finding: String) {
        self.payment = payment
        self.payment.subject = .operatorReference(OrderNumber.normalised(payment.subject.text))
        self.finding = finding
    }

    /// Its name among the messages of its provider: one line counts once, in capitals or small letters.
    package var dedupKey: String { "statement:\(payment.subject.text.uppercased())" }

    /// What the transaction can be called here: people write one name, whether it is the operator's id or what stood in the
    /// request, and not always in its own letters.
    var names: Set<CallbackSubject> {
        let text = payment.subject.text
        return Set([text, text.uppercased(), text.lowercased()].flatMap { [.operatorReference($0), .reference($0)] })
    }

    /// As it is stored.
    package var callback: InboundCallback {
        let body: JSONValue = [
            "channel": .string(payment.channel.text), "operator_reference": .string(payment.subject.text),
            "amount": JSONValue(payment.amount.minorUnits), "currency": .string(payment.amount.currency.code),
            "payer": JSONValue(payment.payer?.e164), "typed": .string(payment.typed), "finding": .string(finding),
        ]
        return InboundCallback(method: Self.method, body: body.serialized())
    }

    /// Reads ``callback``.
    package init?(_ callback: InboundCallback, at provider: ProviderID) {
        guard callback.method == Self.method, let body = try? StrictJSON.parse(callback.body),
            let channel = body["channel"]?.stringValue, let reference = body["operator_reference"]?.stringValue,
            let units = body["amount"]?.integerValue,
            let currency = body["currency"]?.stringValue.flatMap({ Currency(code: $0) }),
            let typed = body["typed"]?.stringValue, let finding = body["finding"]?.stringValue
        else { return nil }
        self.init(
            UnopenedPayment(
                provider: provider, channel: PaymentChannel(channel), subject: .operatorReference(reference),
                amount: Money(units, currency),
                payer: body["payer"]?.stringValue.flatMap { try? MSISDN(parsing: $0) }, typed: typed),
            finding: finding)
    }
}
