import Router

/// The operator's statuses and codes, one function per call.
///
/// What is not listed proves nothing.
///
/// Source: docs/protocols/flouci.md, 2.4 (accept), 4.1 (generate_payment), 4.2 (verify_payment).
enum FlouciReplies {
    /// Opening a page.
    ///
    /// Nothing can have moved: the link was never shown to anybody.
    static func created(
        _ reply: WireReply, reference: String, links: PayerLinks
    ) throws(PreparationFailure) -> (paymentID: String, link: String) {
        let body = reply.object
        guard reply.isSuccess else {
            let reason = reply.whyNotOpened(isInvalid: reply.isClientError && reply.status != 408)
            let message = reason == .invalidRequest ? body?["result"]?["message"]?.stringValue : nil
            throw PreparationFailure(
                Refusal(reason, providerCode: reply.code),
                "no page was opened: \(reply.code)" + (message.map { " (\(Self.plain($0)))" } ?? ""))
        }
        guard let result = body?["result"], case .object = result else {
            throw .notSent("no page was opened: the answer cannot be read")
        }
        if result["success"] == false {
            throw .invalid("no page was opened: the operator refused")
        }
        guard [nil, true].contains(result["success"]), let paymentID = result["payment_id"]?.stringValue,
            isPaymentID(paymentID), let link = result["link"]?.stringValue, links.allow(link)
        else { throw .notSent("no page was opened: no usable payment id and link") }
        guard JSONValue.names(reference, result["developer_tracking_id"]) else {
            throw .notSent("no page was opened: the answer is about another payment")
        }
        return (paymentID, link)
    }

    /// Whether a text can be a payment id: the operator's samples, with room to spare.
    static func isPaymentID(_ text: String) -> Bool { text.consists(of: .word, 6...100) }

    /// An operator's message fit for a log: short, printable, and nothing that looks like a key.
    private static func plain(_ message: String) -> String {
        let words = message.prefix(200).split(separator: " ").map { word in
            word.utf8.count >= 20 ? "***" : String(word.filter { $0.isASCII && ($0.isLetter || ".,-'".contains($0)) })
        }
        return words.joined(separator: " ")
    }

    /// The verdict on a page.
    ///
    /// `success` must be true before anything else is read. Where the amount was to be held only, `PREAUTH_SUCCESS` is
    /// the success, and money that was taken at once is a matter for a person.
    static func verdict(
        _ reply: WireReply, paymentID: String, reference: String, isHeld: Bool = false
    ) -> StatusCheckResult {
        guard reply.isSuccess else { return .couldNotAnswer(reply.code) }
        guard let body = reply.object, body["success"] == true, let result = body["result"],
            let status = result["status"]?.stringValue
        else { return .couldNotAnswer("no verdict") }
        let tracking = result["developer_tracking_id"]?.present
        let success = isHeld ? "PREAUTH_SUCCESS" : "SUCCESS"
        guard status == success || tracking == nil || tracking?.stringValue == reference else {
            return .couldNotAnswer("the answer is about another payment")
        }
        switch status {
        case success:
            let amount = StatedAmount(result["amount"])
            guard amount != .absent else { return .couldNotAnswer("\(status) without an amount") }
            guard let currency = currency(result["details"]?["currency"]) else {
                return .couldNotAnswer("\(status) in an unknown currency")
            }
            return .found(
                .succeeded(
                    ReportedTransaction(
                        reference: tracking.map { $0.codeText ?? "unreadable" }, of: amount, currency,
                        operatorReference: result["payment_id"]?.stringValue ?? paymentID)))
        case "SUCCESS": return .couldNotAnswer("taken at once instead of held")
        // Nothing new for the payer: the page that is open stays open.
        case "PENDING", "PREAUTH_SUCCESS": return .found(.pending(Progress(actions: [.wait])))
        case "EXPIRED": return .found(.rejected(Refusal(.expired, providerCode: status)))
        // Whether the payer may try again in the same session is not known, so these are not definitive.
        case "FAILURE", "SYSTEM_FAILURE":
            let why = result["details"]?["failure_reason"]?.stringValue?.lowercased() ?? ""
            let reason: RefusalReason = why.contains("insuf") ? .insufficientFunds : .declined
            return .found(.rejected(Refusal(reason, providerCode: status, isDefinitive: false)))
        default: return .couldNotAnswer("unknown status")
        }
    }

    /// The stated currency, dinars if none is stated, `nil` if it cannot be read.
    static func currency(_ stated: JSONValue?) -> Currency? {
        guard let stated = stated?.present else { return .tnd }
        return stated.codeText.flatMap { Currency(numericCode: $0) ?? Currency(code: $0) }
    }

    /// The reply to an accept.
    ///
    /// Paid only if everything says so. Refused only by what the operator's own example counts as a failure, in a
    /// success status: a code other than 0, or in the first form another word than SUCCESS. Which status a refusal has
    /// is not documented, so one with an error status proves nothing, nor does one that contradicts itself.
    static func accept(_ reply: WireReply, style: FlouciKind.BodyStyle) -> ProviderOutcome {
        let body = reply.object
        let code = body?["code"]?.integerValue
        let result = style == .y2021 ? body?["result"] : body
        let status = result?["status"]?.stringValue
        let codeText = (code.map(String.init) ?? status).map { String($0.prefix(64)) } ?? reply.code
        guard reply.isSuccess else {
            switch reply.status {
            case 401 where status != "SUCCESS", 403 where status != "SUCCESS":
                return reply.refusal(.credentialsRefused)
            case 408, 429: return reply.doubt(.unlisted)
            case 400..<500: return .unknown(body == nil ? Doubt(.unreadable) : Doubt(.unlisted, providerCode: codeText))
            default: return reply.doubt(.operatorError)
            }
        }
        guard body != nil else { return reply.arrived(.unknown(Doubt(.unreadable))) }
        // The first form has no code.
        let isBare = style == .y2019 && body?["code"] == nil
        switch (code, status) {
        case (_, "SUCCESS"?) where code == 0 || isBare:
            return .succeeded(ReportedTransaction(of: StatedAmount(result?["amount"])))
        case (let code?, let word) where code != 0 && word != "SUCCESS":
            return .rejected(Refusal(.wrongCode, providerCode: codeText))
        case (nil, let word?) where isBare && word != "SUCCESS":
            return .rejected(Refusal(.wrongCode, providerCode: codeText))
        default: return .unknown(Doubt(.arrived, providerCode: codeText))
        }
    }
}
