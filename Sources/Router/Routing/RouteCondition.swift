/// What a rule may ask about a payment.
package enum RouteCondition: Sendable, Hashable {
    /// Minor units, bounds included.
    case amount(minimum: Int64?, maximum: Int64?)
    case currency([String])
    /// Holds if the caller allows one of these channels, or any.
    case channel([Channel])
    case phoneCountry([String])
    case phoneOperator([String])
    case app([AppID])
    case metadata(name: String, values: [String])
    /// Minutes since midnight UTC, from inclusive, to exclusive; may wrap around midnight.
    case timeOfDay(from: Int, to: Int)

    /// `nil` if the condition holds, else why not.
    package func objection(to facts: RouteFacts) -> String? {
        switch self {
        case .amount(let minimum, let maximum):
            let units = facts.amount.minorUnits
            if let minimum, units < minimum { return "amount is below \(minimum)" }
            if let maximum, units > maximum { return "amount is above \(maximum)" }
            return nil
        case .currency(let codes):
            return codes.contains(facts.amount.currency.code)
                ? nil : "currency is \(facts.amount.currency.code), not \(list(codes))"
        case .channel(let channels):
            let isAllowed = facts.channels.isEmpty || facts.channels.contains(where: channels.contains)
            return isAllowed ? nil : "channel is not \(list(channels.map(\.text)))"
        case .phoneCountry(let codes):
            guard let phone = facts.phone else { return "no phone number is given" }
            return codes.contains(phone.countryCode) ? nil : "phone is of \(phone.countryCode), not \(list(codes))"
        case .phoneOperator(let operators):
            guard let hint = facts.phone?.carrierHint else { return "the phone's operator is not known" }
            return operators.contains(hint.operator) ? nil : "phone is of \(hint.operator), not \(list(operators))"
        case .app(let apps): return apps.contains(facts.app) ? nil : "another app"
        case .metadata(let name, let values):
            guard let value = facts.metadata[name] else { return "metadata has no \"\(name)\"" }
            return values.contains(value) ? nil : "metadata \"\(name)\" has another value"
        case .timeOfDay(let from, let to):
            let minute = Int(facts.now.milliseconds / 60_000 % 1_440)
            let holds = from <= to ? (from..<to).contains(minute) : minute >= from || minute < to
            return holds ? nil : "outside the time of day"
        }
    }

    private func list(_ items: [String]) -> String { items.joined(separator: " or ") }
}

/// What routing knows about a payment.
package struct RouteFacts: Sendable, Hashable {
    package var order: OrderID
    /// What is asked of a provider: to collect, authorize or pay out.
    package var operation: MoneyOperation
    package var app: AppID
    package var environment: Environment
    package var amount: Money
    package var channels: [Channel]
    package var phone: MSISDN?
    /// Whose number the phone seems to be; `nil` if the prefix does not tell.
    package var phoneOperator: PhoneOperator?
    package var hasSourceToken: Bool
    package var metadata: [String: String]
    /// The caller's text for the payer or payee.
    package var description: String?
    /// The shop's order number.
    package var orderNumber: String?
    package var now: Moment

    package init(
        order: OrderID, operation: MoneyOperation = .collect, app: AppID, environment: Environment, amount: Money,
        channels: [Channel] = [],
        phone: MSISDN? = nil, hasSourceToken: Bool = false, metadata: [String: String] = [:],
        description: String? = nil, orderNumber: String? = nil, now: Moment
    ) {
        self.order = order
        self.operation = operation
        self.app = app
        self.environment = environment
        self.amount = amount
        self.channels = channels
        self.phone = phone
        phoneOperator = phone.flatMap { PhoneOperator(of: $0) }
        self.hasSourceToken = hasSourceToken
        self.metadata = metadata
        self.description = description
        self.orderNumber = orderNumber
        self.now = now
    }

    /// Whether the router chooses the channel: the caller named none, or several.
    package var leavesChannelOpen: Bool { Set(channels).count != 1 }
}
