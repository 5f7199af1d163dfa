package import WebText

/// What a rule may ask about an order.
///
/// Whatever is not known holds for nothing: a condition about the phone does not hold for an order without one, and so its
/// ``not(_:)`` does.
package indirect enum RouteCondition: Sendable, Hashable {
    case all([RouteCondition])
    case any([RouteCondition])
    case not(RouteCondition)

    // The order.

    case operation([RouteOperation])
    /// Minor units, bounds included; with a currency only amounts of it.
    case amount(minimum: Int64?, maximum: Int64?, currency: String? = nil)
    case currency([String])
    /// Holds if the caller allows one of these channels, or any.
    case channel([PaymentChannel])
    /// Apps by id, or by the name they had when the order was made.
    case app([AppID], names: [String] = [])
    case metadata(name: String, values: [String])
    case metadataExists(name: String, Bool)
    /// Holds for values that are decimal numbers within a range.
    case metadataNumber(name: String, DecimalRange)

    // Who pays, or is paid.

    case phoneCountry([String])
    case phoneOperator([String])
    /// Digits that the international number begins with, calling code included, without plus.
    case phonePrefix([String])
    case card(CardFact, [String])
    case payerCountry([String])
    case language([String])
    /// Whole days since the first order of the same phone number.
    case customerAge(minimum: Int64?, maximum: Int64?)
    /// How many orders of the same phone number succeeded at a provider.
    case customerSuccesses(ProviderID, minimum: Int64?, maximum: Int64?)

    // When.

    /// Minutes since midnight, from inclusive, to exclusive; may wrap around midnight.
    case timeOfDay(from: Int, to: Int, zone: TimeZoneRules = .utc)
    case weekday([Weekday], zone: TimeZoneRules = .utc)
    /// Days, both included; `nil` for no bound.
    case date(from: CivilDate?, to: CivilDate?, zone: TimeZoneRules = .utc)
    case holiday(HolidayList, Bool, zone: TimeZoneRules = .utc)

    // How far it is.

    /// Which attempt it would be, beginning with 1.
    case attempt(minimum: Int64?, maximum: Int64?)
    /// Why the attempt before ended.
    case lastFailure([RefusalReason])
    case bucket(HashBucket)

    /// Whether the condition holds, doubt left aside.
    package func holds(for facts: RouteFacts) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(for: facts) }
        case .any(let parts): parts.contains { $0.holds(for: facts) }
        case .not(let part): !part.holds(for: facts)
        default: objection(to: facts) == nil
        }
    }

    /// Why the condition does not hold; empty if it does.
    package func objections(to facts: RouteFacts) -> [RouteObjection] {
        switch self {
        case .all(let parts): return parts.flatMap { $0.objections(to: facts) }
        case .any(let parts):
            let all = parts.map { $0.objections(to: facts) }
            return all.contains { $0.isEmpty } ? [] : [.noneOf(all)]
        case .not(let part): return part.holds(for: facts) ? [.excluded(part)] : []
        default: return [objection(to: facts)].compactMap(\.self)
        }
    }

    /// The conditions that are no groups, in their order.
    package var leaves: [RouteCondition] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
        case .not(let part): part.leaves
        default: [self]
        }
    }
}
