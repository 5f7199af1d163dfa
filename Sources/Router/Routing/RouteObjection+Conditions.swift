/// Why conditions of a rule do not hold, in words.
extension RouteObjection {
    /// The text of what only conditions say.
    var conditionText: String {
        switch self {
        case .operationIs(let operation, let wanted):
            "it is a \(operation.rawValue), not \(Self.either(wanted.map(\.rawValue)))"
        case .metadataIsThere(let name): "metadata has \"\(name)\""
        case .metadataIsNoNumber(let name): "metadata \"\(name)\" is no decimal number"
        case .metadataOutOfRange(let name, let range): "metadata \"\(name)\" is not \(range)"
        case .phonePrefixIsNone(let prefixes): "phone does not begin with \(Self.either(prefixes.map { "+" + $0 }))"
        case .cardUnknown(let fact): "the card's \(fact.rawValue) is not known"
        case .cardIs(.bin, _, let wanted): "card does not begin with \(Self.either(wanted))"
        case .cardIs(let fact, let value, let wanted): "card's \(fact.rawValue) is \(value), not \(Self.either(wanted))"
        case .payerCountryUnknown: "the payer's country is not known"
        case .payerCountryIs(let country, let wanted): "payer is of \(country), not \(Self.either(wanted))"
        case .languageUnknown: "the payer's language is not known"
        case .languageIs(let language, let wanted): "language is \(language), not \(Self.either(wanted))"
        case .customerUnknown: "nothing is known of earlier orders of the customer"
        case .customerAgeIs(let days): "the customer's first order was \(days) days ago"
        case .customerSuccessesAre(let count, let provider): "\(count) orders of the customer succeeded at \(provider)"
        case .weekdayIs(let day, let wanted): "it is \(day.rawValue), not \(Self.either(wanted.map(\.rawValue)))"
        case .dateIs(let day): "it is \(day)"
        case .noHoliday(let list): "it is no holiday of \"\(list)\""
        case .isHoliday(let list): "it is a holiday of \"\(list)\""
        case .attemptIs(let number): "it would be attempt \(number)"
        case .noAttemptBefore: "no attempt came before"
        case .lastFailureIs(let reason, let wanted):
            "the attempt before ended with \(reason.rawValue), not \(Self.either(wanted.map(\.rawValue)))"
        case .bucketIs(let place, let wanted):
            "falls at \(HashBucket.percent(place)) %, not from \(HashBucket.percent(wanted.lowerBound)) to "
                + "\(HashBucket.percent(wanted.upperBound)) %"
        case .noneOf(let alternatives): alternatives.map { $0.text(separator: " and ") }.joined(separator: "; or ")
        case .excluded(let condition): "excluded by not \(condition)"
        default: ""
        }
    }
}

extension DecimalRange: CustomStringConvertible {
    package var description: String {
        switch (minimum, maximum) {
        case (let low?, let high?): "\(low) to \(high)"
        case (let low?, nil): "\(low) or more"
        case (nil, let high?): "\(high) or less"
        case (nil, nil): "a number"
        }
    }
}

extension HashBucket {
    /// Hundredths of a percent as people write percents: `12.5`.
    package static func percent(_ hundredths: Int) -> String {
        let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
        guard part > 0 else { return "\(whole)" }
        return "\(whole)." + (part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)")
    }
}

extension HashBucket {
    /// Percents with at most two decimals as hundredths, from 0 to 10 000; `nil` for every other text.
    package static func hundredths(percent text: String) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? String(parts[1]) : "0"
        guard let whole = parts.first, (1...3).contains(whole.utf8.count), (1...2).contains(fraction.utf8.count),
            (whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }), let units = Int(whole),
            let small = Int(fraction.utf8.count == 1 ? fraction + "0" : fraction)
        else { return nil }
        let result = units * 100 + small
        return result <= 10_000 ? result : nil
    }
}
