import Router

extension PayTexts {
    /// A text with `{name}` replaced.
    static func filled(_ text: String, _ name: String, _ value: String) -> String {
        guard let range = text.firstRange(of: "{\(name)}") else { return text }
        return text.replacingCharacters(in: range, with: value)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}

extension PayTexts {
    /// Every text by its name.
    var words: [String: String] {
        Mirror(reflecting: self).children.reduce(into: [:]) { words, member in
            if let name = member.label { words[name] = member.value as? String }
        }
    }

    /// An amount as people write it: `5 000 F CFA`, `7,000 DT`, `US$12.50`.
    func amount(_ money: Money) -> String {
        let parts = money.decimalText.split(separator: ".", maxSplits: 1)
        let whole = parts.first.map(Array.init) ?? []
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += groupMark }
            grouped.append(digit)
        }
        let digits = parts.count > 1 ? grouped + decimalMark + parts[1] : grouped
        let code = money.currency.code
        // An amount is never broken over two lines.
        return Self.filled(currencies[code] ?? "{amount} \(code)", "amount", digits)
            .split(separator: " ", omittingEmptySubsequences: false).joined(separator: "\u{A0}")
    }

    /// What tells a channel from another one of the same name: what the payer has to do.
    func way(_ action: CustomerAction.Kind?) -> String? {
        switch action {
        case .approveOnPhone: wayPhone
        case .redirect, .submitForm: wayPage
        case .showQR: wayQR
        case .enterCode: wayCode
        case .wait, nil: nil
        }
    }

    /// Why a payment failed and what the payer can do, for a reason of the list.
    func why(_ reason: RefusalReason) -> String {
        switch reason {
        case .insufficientFunds: whyInsufficientFunds
        case .wrongCredentials: whyWrongCredentials
        case .wrongCode: whyWrongCode
        // Payers are not told of a suspicion; nor whether a number has an account, because anybody can type any number.
        case .declined, .suspectedFraud, .accountUnavailable: whyDeclined
        case .cancelledByPayer: whyCancelled
        case .expired: whyExpired
        case .limitReached: whyLimit
        case .authenticationRequired: whyAuthentication
        case .tokenUnusable: whyCard
        case .invalidRequest, .credentialsRefused, .throttled, .operatorUnavailable, .floatExhausted, .notSent,
            .capacityExhausted, .notExecuted:
            whyTechnical
        case .unspecified: whyUnknown
        }
    }

    /// The same for the code of a failed payment; `nil` if it has no words of its own.
    func why(code: String) -> String? {
        if let reason = RefusalReason(rawValue: code) { return why(reason) }
        return ["expired_before_sending", "no_provider"].contains(code) ? whyTechnical : nil
    }

    /// What payers call the channels on offer, with what tells two of one name apart.
    func names(
        _ offers: [(channel: String, name: String?, action: CustomerAction.Kind?)]
    ) -> [(name: String, way: String?)] {
        let names = offers.map { $0.name ?? $0.channel.prefix(1).uppercased() + $0.channel.dropFirst() }
        return zip(names, offers).map { name, offer in
            let isAlone = names.count { $0 == name } == 1
            return (name, isAlone ? nil : way(offer.action) ?? offer.channel)
        }
    }
}
