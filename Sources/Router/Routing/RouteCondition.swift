/// What a rule may ask about a payment.
package enum RouteCondition: Sendable, Hashable {
    /// Minor units, bounds included.
    case amount(minimum: Int64?, maximum: Int64?)
    case currency([String])
    /// Holds if the caller allows one of these channels, or any.
    case channel([PaymentChannel])
    case phoneCountry([String])
    case phoneOperator([String])
    case app([AppID])
    case metadata(name: String, values: [String])
    /// Minutes since midnight UTC, from inclusive, to exclusive; may wrap around midnight.
    case timeOfDay(from: Int, to: Int)

    /// `nil` if the condition holds, else why not.
    package func objection(to facts: RouteFacts) -> RouteObjection? {
        switch self {
        case .amount(let minimum, let maximum):
            let units = facts.amount.minorUnits
            if let minimum, units < minimum { return .amountBelow(minimum) }
            if let maximum, units > maximum { return .amountAbove(maximum) }
            return nil
        case .currency(let codes):
            let currency = facts.amount.currency
            return codes.contains(currency.code) ? nil : .currencyIs(currency, wanted: codes)
        case .channel(let channels):
            let isAllowed = facts.channels.isEmpty || facts.channels.contains(where: channels.contains)
            return isAllowed ? nil : .channelIsNone(of: channels)
        case .phoneCountry(let codes):
            guard let phone = facts.phone else { return .noPhone }
            return codes.contains(phone.countryCode) ? nil : .phoneCountryIs(phone.countryCode, wanted: codes)
        case .phoneOperator(let operators):
            guard let hint = facts.phone?.carrierHint else { return .phoneOperatorUnknown }
            return operators.contains(hint.operator) ? nil : .phoneOperatorIs(hint.operator, wanted: operators)
        case .app(let apps): return apps.contains(facts.app) ? nil : .anotherApp
        case .metadata(let name, let values):
            guard let value = facts.metadata[name] else { return .metadataMissing(name: name) }
            return values.contains(value) ? nil : .metadataDiffers(name: name)
        case .timeOfDay(let from, let to):
            let minute = Int(facts.now.milliseconds / 60_000 % 1_440)
            let holds = from <= to ? (from..<to).contains(minute) : minute >= from || minute < to
            return holds ? nil : .outsideTimeOfDay
        }
    }
}
