/// What an operator says of a transaction's amount, in a reply or a notification: one value, as far as it goes.
///
/// What it leaves out must be bound otherwise: by the call itself, or because the operator has one currency only.
public enum ReportedAmount: Sendable, Hashable {
    /// Nothing: the call itself was bound to amount and currency.
    case notStated
    /// Amount and currency.
    case money(Money)
    /// An amount in minor units of the one currency that the operator has; it names none.
    case units(Int64)
    /// A currency, and no amount.
    case currency(Currency)
    /// An amount in minor units whose currency cannot be read; it counts as another amount.
    case unnamed(Int64)
    /// Something that cannot be an amount of this currency at all (`12.5` francs, text); it counts as another amount.
    case unreadable

    /// What was read, with the currency as stated; `nil` if the operator names none.
    public init(_ amount: StatedAmount, _ currency: Currency? = nil) {
        switch (amount, currency) {
        case (.unreadable, _): self = .unreadable
        case (.absent, nil): self = .notStated
        case (.absent, let currency?): self = .currency(currency)
        case (.units(let units), nil): self = .units(units)
        case (.units(let units), let currency?): self = .money(Money(units, currency))
        }
    }

    /// What was read where the operator always states amount and currency: without either it counts as another amount.
    public static func whole(_ amount: StatedAmount, _ currency: Currency?) -> ReportedAmount {
        guard let units = amount.units else { return .unreadable }
        return currency.map { .money(Money(units, $0)) } ?? .unnamed(units)
    }

    /// The stated amount, or `nil` if none is stated, or none that can be read.
    ///
    /// Units whose currency is not named, or cannot be read, are taken for those of the currency given.
    public func money(of currency: Currency) -> Money? {
        switch self {
        case .money(let money): money
        case .units(let units), .unnamed(let units): Money(units, currency)
        case .notStated, .currency, .unreadable: nil
        }
    }

    /// What an execution is claimed to be: what is stated, and what was asked where nothing is.
    package func claimed(of asked: Money) -> Money {
        if case .currency(let currency) = self { return Money(asked.minorUnits, currency) }
        return money(of: asked.currency) ?? asked
    }

    /// Whether amount and currency are stated and are these.
    public func states(_ money: Money) -> Bool { self == .money(money) }

    /// What differs from what was asked, in words; empty if nothing that is stated does.
    package func differences(from asked: Money) -> [String] {
        switch self {
        case .notStated: []
        case .unreadable: ["amount is unreadable"]
        case .unnamed(let units): ["currency is unreadable"] + Self.difference(units, asked)
        case .units(let units): Self.difference(units, asked)
        case .money(let money): Self.difference(money.minorUnits, asked) + Self.difference(money.currency, asked)
        case .currency(let currency): Self.difference(currency, asked)
        }
    }

    private static func difference(_ units: Int64, _ asked: Money) -> [String] {
        units == asked.minorUnits ? [] : ["amount \(units) instead of \(asked.minorUnits)"]
    }

    private static func difference(_ currency: Currency, _ asked: Money) -> [String] {
        currency == asked.currency ? [] : ["currency \(currency.code) instead of \(asked.currency.code)"]
    }
}
