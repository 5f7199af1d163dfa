/// What callers read of an objection; nothing is decided by it.
extension RouteObjection: CustomStringConvertible {
    package var description: String {
        switch self {
        case .amountBelow(let minimum): "amount is below \(minimum)"
        case .amountAbove(let maximum): "amount is above \(maximum)"
        case .currencyIs(let currency, let wanted): "currency is \(currency.code), not \(Self.either(wanted))"
        case .channelIsNone(let channels): "channel is not \(Self.either(channels.map(\.text)))"
        case .noPhone: "no phone number is given"
        case .phoneCountryIs(let country, let wanted): "phone is of \(country), not \(Self.either(wanted))"
        case .phoneOperatorUnknown: "the phone's operator is not known"
        case .phoneOperatorIs(let name, let wanted): "phone is of \(name), not \(Self.either(wanted))"
        case .anotherApp: "another app"
        case .metadataMissing(let name): "metadata has no \"\(name)\""
        case .metadataDiffers(let name): "metadata \"\(name)\" has another value"
        case .outsideTimeOfDay: "outside the time of day"
        case .operationIs, .metadataIsThere, .metadataIsNoNumber, .metadataOutOfRange, .phonePrefixIsNone, .cardUnknown,
            .cardIs,
            .payerCountryUnknown, .payerCountryIs, .languageUnknown, .languageIs, .customerUnknown, .customerAgeIs,
            .customerSuccessesAre, .weekdayIs, .dateIs, .noHoliday, .isHoliday, .attemptIs, .noAttemptBefore,
            .lastFailureIs,
            .bucketIs, .noneOf, .excluded:
            conditionText
        case .earlierRuleDecided: "an earlier rule decided"
        case .noneEligible: "none of its providers is eligible"
        case .notConfigured: "is not configured"
        case .retired: "is retired: it only finishes what it began"
        case .belongs(let environment): "belongs to \(environment.rawValue)"
        case .reservedForOtherApps: "is reserved for other apps"
        case .cannot(let operation): "cannot \(operation.verb)"
        case .servesOnly(let channels, let operation):
            "serves \(Self.all(channels.map(\.text))), which the \(operation == .payout ? "payout" : "payment") does not "
                + "allow"
        case .takesOnly(let currencies, let currency):
            "takes \(Self.all(currencies.map(\.code))), not \(currency.code)"
        case .limitsExcludeOperators(let currency):
            "takes no amount of \(currency.code), because its limits exclude the operator's"
        case .takesAtLeast(let minimum): "takes at least \(minimum)"
        case .takesAtMost(let maximum): "takes at most \(maximum)"
        case .takesMultiples(let step): "takes multiples of \(step) only"
        case .needs(let member): "needs \(member.rawValue)"
        case .takesNoWallet: "is an operator's, and the money is named by a wallet of the platform"
        case .paysNoBills: "is no biller, and the money is for an account at one"
        case .takesAccounts(let name, let pattern): "takes a \(name) of the form \(pattern), and this is none"
        case .servesPhones(let countries, let country):
            "serves phone numbers of \(Self.all(countries)), not of \(country)"
        case .needsMobileNumber(let code): "needs a mobile number, and those of +\(code) are not known here"
        case .descriptionTooLong(let room, let isAfterOrderNumber):
            "takes a description of at most \(room) characters" + (isAfterOrderNumber ? " after the order number" : "")
        case .cannotReturn(let fault): "sends the payer back, and \(fault)"
        case .reachesWallets(let channel, let owner, let prefix):
            "\(channel) reaches wallets of \(owner), but the phone's prefix is \(prefix)'s; name one channel if the number "
                + "was ported"
        case .unhealthy: "its circuit breaker is open, or its credentials were refused"
        case .balanceTooLow(let largest): "its balance of \(largest) does not cover the amount"
        case .draining(let drain): "takes no new orders: draining since \(drain.since) by \(drain.by)"
        case .exposureUsedUp: "too much of its money is in payments whose end is not known"
        case .reachesOtherWallets(let channel, let operation):
            "reaches wallets of another operator than \(channel); "
                + (operation == .payout ? "nothing is paid out to another one" : "the payer is asked first")
        case .namedByNoRule: "is named by no routing rule"
        case .reachedByNoRule(let obstacles):
            "is reached by no rule; "
                + obstacles.map { "\"\($0.rule)\" does not hold: \($0.objections.text())" }.joined(separator: "; ")
        }
    }

    static func either(_ items: [String]) -> String { items.joined(separator: " or ") }
    private static func all(_ items: [String]) -> String { items.joined(separator: ", ") }
}

extension Sequence<RouteObjection> {
    /// Their texts in one line.
    package func text(separator: String = ", ") -> String { map(\.description).joined(separator: separator) }
}
