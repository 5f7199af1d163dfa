import Router

/// The operator's statuses and codes, one function per call.
///
/// What is not listed proves nothing.
///
/// Source: protocol notes 2.4 (accept), 4.1 (generate_payment), 4.2 (verify_payment).
enum FlouciReplies {
    /// What a successful `generate_payment` gives.
    struct Created: Sendable, Hashable {
        let paymentID: String
        let link: String
    }

    /// Opening a page.
    ///
    /// Nothing can have moved: the link was never shown to anybody.
    static func created(
        _ reply: WireReply, reference: String, mayShow: (String) -> Bool
    ) throws(PreparationFailure) -> Created {
        let refusal: RefusalReason? =
            switch reply.status {
            case 200..<300: nil
            case 401, 403: .credentialsRefused
            case 429: .throttled
            case 408: .notSent
            case 400..<500: .invalidRequest
            default: .notSent
            }
        let body = reply.object
        if let refusal {
            let message = refusal == .invalidRequest ? body?["result"]?["message"]?.stringValue : nil
            throw PreparationFailure(
                Refusal(refusal, providerCode: "HTTP \(reply.status)"),
                "no page was opened: HTTP \(reply.status)" + (message.map { " (\(Self.plain($0)))" } ?? ""))
        }
        guard let result = body?["result"], case .object = result else {
            throw PreparationFailure(Refusal(.notSent), "no page was opened: the answer cannot be read")
        }
        if result["success"] == false {
            throw PreparationFailure(Refusal(.invalidRequest), "no page was opened: the operator refused")
        }
        guard [nil, true].contains(result["success"]), let paymentID = result["payment_id"]?.stringValue,
            isPaymentID(paymentID), let link = result["link"]?.stringValue, mayShow(link)
        else { throw PreparationFailure(Refusal(.notSent), "no page was opened: no usable payment id and link") }
        if let tracking = result["developer_tracking_id"], tracking != .null, tracking.stringValue != reference {
            throw PreparationFailure(Refusal(.notSent), "no page was opened: the answer is about another payment")
        }
        return Created(paymentID: paymentID, link: link)
    }

    /// Whether a text can be a payment id: the operator's samples, with room to spare.
    static func isPaymentID(_ text: String) -> Bool {
        (6...100).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }

    /// An operator's message fit for a log: short, printable, and nothing that looks like a key.
    private static func plain(_ message: String) -> String {
        let words = message.prefix(200).split(separator: " ").map { word in
            word.utf8.count >= 20 ? "***" : String(word.filter { $0.isASCII && ($0.isLetter || ".,-'".contains($0)) })
        }
        return words.joined(separator: " ")
    }

    /// The verdict on a page.
    ///
    /// `success` must be true before anything else is read. Where the amount was to be held only, `PREAUTH_SUCCESS` is the
    /// success, and money that was taken at once is a matter for a person.
    static func verdict(_ reply: WireReply, paymentID: String, reference: String, isHeld: Bool = false) -> Finding {
        guard reply.isSuccess else { return .couldNotAnswer("HTTP \(reply.status)") }
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
                .settled(
                    Statement(
                        reference: tracking.map { $0.codeText ?? "unreadable" }, minorUnits: amount.units,
                        currency: currency, operatorReference: result["payment_id"]?.stringValue ?? paymentID,
                        amountIsUnreadable: amount == .unreadable)))
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
        guard let stated, stated != .null else { return .tnd }
        return stated.codeText.flatMap { Currency(numericCode: $0) ?? Currency(code: $0) }
    }

    /// The reply to an accept.
    ///
    /// Paid only if everything says so; refused only by a complete JSON answer.
    static func accept(_ reply: WireReply, style: FlouciKind.BodyStyle) -> Answer {
        let body = reply.object
        let code = body?["code"]?.integerValue
        let result = style == .y2021 ? body?["result"] : body
        let status = result?["status"]?.stringValue
        let saysPaid = status == "SUCCESS" && (code == 0 || (style == .y2019 && body?["code"] == nil))
        let codeText = (code.map(String.init) ?? status).map { String($0.prefix(64)) } ?? "HTTP \(reply.status)"
        switch reply.status {
        case 200..<300 where saysPaid:
            let amount = StatedAmount(result?["amount"])
            return .settled(Statement(minorUnits: amount.units, amountIsUnreadable: amount == .unreadable))
        case 401 where !saysPaid, 403 where !saysPaid:
            return .rejected(Refusal(.credentialsRefused, providerCode: "HTTP \(reply.status)"))
        case 408, 429:
            return .unknown(Doubt(.unlisted, providerCode: "HTTP \(reply.status)"))
        case 200..<300, 400..<500:
            guard body != nil else { return .unknown(Doubt(.unreadable)) }
            let isRefused = (code ?? 0) != 0 || (status != nil && status != "SUCCESS")
            return isRefused
                ? .rejected(Refusal(.wrongCode, providerCode: codeText))
                : .unknown(Doubt(.unlisted, providerCode: codeText))
        default:
            return .unknown(Doubt(.operatorError, providerCode: "HTTP \(reply.status)"))
        }
    }
}
