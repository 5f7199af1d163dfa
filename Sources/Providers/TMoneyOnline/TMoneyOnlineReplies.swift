import Router

/// The operator's words, one function per call.
///
/// What is not listed proves nothing.
///
/// Source: docs/protocols/tmoney.md, A1 (session), A3 (notification).
enum TMoneyOnlineReplies {
    /// The session id, 32 digits, or why there is none.
    ///
    /// Nothing can have moved: no form was posted.
    static func session(_ reply: WireReply) throws(PreparationFailure) -> String {
        guard reply.status == 200 else {
            throw PreparationFailure(
                Refusal(reply.whyNotOpened(isInvalid: false), providerCode: reply.code), "no session: \(reply.code)")
        }
        let text = String(validating: reply.content, as: UTF8.self) ?? ""
        let line = text.hasSuffix("\r\n") ? text.dropLast(1) : text.hasSuffix("\n") ? text.dropLast(1) : text[...]
        if line.hasPrefix("OK:") {
            let id = line.dropFirst(3)
            if id.consists(of: .digits, 32...32) { return String(id) }
        } else if line.hasPrefix("NOK:") {
            let word = line.dropFirst(4)
            let isWord = word.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x5F } && word.utf8.count <= 40
            let code = isWord && !word.isEmpty ? String(word) : "NOK"
            throw PreparationFailure(
                Refusal(code == "UNKNOWN_MERCHANT" ? .credentialsRefused : .operatorUnavailable, providerCode: code),
                "no session: the operator said \(code)")
        }
        throw .notSent("no session: the answer cannot be read")
    }

    /// What a notification states; the amount is what was really paid.
    ///
    /// `paymentref` is the operator's reference; where there is none, `payid` is, which it asks partners to accept
    /// once.
    static func statement(_ fields: [String: String]) -> ReportedTransaction {
        let amount = StatedAmount(fields["amount"].map(JSONValue.string))
        let currency = fields["currency"].flatMap { Currency(numericCode: $0) }
        return ReportedTransaction(
            reference: fields["purchaseref"], amount: .whole(amount, currency),
            operatorReference: name(fields, "paymentref") ?? name(fields, "payid"))
    }

    /// A name that the operator gave; `nil` if it is empty or cannot be one.
    static func name(_ fields: [String: String], _ field: String) -> String? {
        fields[field].flatMap { $0.consists(of: .visible, 1...128) ? $0 : nil }
    }

    /// What a notification claims.
    ///
    /// Only the end of the session is the end: after every other refusal the same page can still be paid.
    static func claim(_ fields: [String: String], _ statement: ReportedTransaction) -> ProviderOutcome {
        switch (fields["status"] ?? "", fields["error"] ?? "") {
        case ("OK", ""): .succeeded(statement)
        case ("NOK", "CANCEL"): .rejected(Refusal(.cancelledByPayer, providerCode: "CANCEL", isDefinitive: false))
        case ("NOK", "AUTHENTICATION"):
            .rejected(Refusal(.wrongCredentials, providerCode: "AUTHENTICATION", isDefinitive: false))
        case ("NOK", "PAYMENT_FAILED"):
            .rejected(Refusal(.declined, providerCode: "PAYMENT_FAILED", isDefinitive: false))
        case ("NOK", "EXPIRED_SESSION"): .rejected(Refusal(.expired, providerCode: "EXPIRED_SESSION"))
        case (let status, let error):
            .unknown(Doubt(.unlisted, providerCode: String("\(status)/\(error)".prefix(64))))
        }
    }
}
