import Router

/// The operator's codes, one function per phase: 0, 2, 4 and 6 mean something else in each.
///
/// What is not listed proves nothing. Source: sections 1, 2 and 5 of the protocol notes.
enum PayGateCodes {
    /// The reply to a payment by prompt: whether it was registered.
    ///
    /// A refusal may come with an error status; acceptance with one contradicts itself.
    static func registered(_ code: String, accepted: Bool, operatorReference: String?) -> Answer {
        switch code {
        case "0" where accepted:
            .pending(Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: operatorReference))
        case "2": .rejected(Refusal(.credentialsRefused, providerCode: code))
        case "4": .rejected(Refusal(.invalidRequest, providerCode: code))
        case "6": .unknown(Doubt(.duplicateReference, providerCode: code))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }

    /// The state of a payment.
    static func payment(_ code: String, _ statement: Statement) -> Answer {
        switch code {
        case "0": .settled(statement)
        case "2":
            .pending(
                Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: statement.operatorReference))
        case "4": .rejected(Refusal(.expired, providerCode: code))
        case "6": .rejected(Refusal(.cancelledByPayer, providerCode: code))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }

    /// The reply to a payout: 200 is done, and a readable code of 400 to 499 means that it was not.
    ///
    /// The status of the reply must not contradict the code.
    static func payout(_ code: String, status: Int, _ statement: Statement) -> Answer {
        switch (code, Int64(code) ?? 0) {
        case ("200", _) where (200..<300).contains(status): .settled(statement)
        case ("401", _) where status < 500, ("403", _) where status < 500:
            .rejected(Refusal(.credentialsRefused, providerCode: code))
        case ("402", _) where status < 500: .rejected(Refusal(.floatExhausted, providerCode: code))
        case (_, 400...499) where status < 500 && !["408", "409", "429"].contains(code):
            .rejected(Refusal(.unspecified, providerCode: code))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }
}
