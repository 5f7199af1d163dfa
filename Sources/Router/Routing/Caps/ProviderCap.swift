/// The most that may be sent to a provider within a span of time, as it is configured.
package struct ProviderCap: Sendable, Hashable {
    package enum Measure: Sendable, Hashable {
        /// How many orders.
        case count
        /// Minor units of the currency with this code; other currencies are not counted.
        case amount(String)
    }

    package enum Span: Sendable, Hashable {
        /// A minute of the clock.
        case minute
        /// A day of the calendar where clocks are so many seconds ahead of UTC.
        case day(offsetSeconds: Int64)
    }

    package var measure: Measure
    /// Orders, or minor units; at least zero.
    package var most: Int64
    package var span: Span

    package init(_ measure: Measure, most: Int64, per span: Span) {
        self.measure = measure
        self.most = max(0, most)
        self.span = span
    }

    /// What is counted, and over what: a cap that is raised at noon has counted the morning.
    package struct Key: Sendable, Hashable {
        package var measure: Measure
        package var span: Span
    }

    package var key: Key { Key(measure: measure, span: span) }

    /// What an amount takes of it; zero if it is not about that currency.
    func units(of amount: Money) -> Int64 {
        switch measure {
        case .count: 1
        case .amount(let code): amount.currency.code == code ? max(0, amount.minorUnits) : 0
        }
    }
}

extension ProviderCap.Span {
    /// Which span a moment lies in.
    func index(at now: Moment) -> Int64 {
        let (length, offset) = bounds
        return Int64(clamping: (Int128(now.milliseconds) + Int128(offset)).flooredQuotient(Int128(length)))
    }

    /// When the span that a moment lies in is over.
    func end(at now: Moment) -> Moment {
        let (length, offset) = bounds
        return Moment(milliseconds: Int64(clamping: (Int128(index(at: now)) + 1) * Int128(length) - Int128(offset)))
    }

    /// Its length, and how far its beginnings lie before those in UTC, in milliseconds.
    private var bounds: (length: Int64, offset: Int64) {
        switch self {
        case .minute: (60_000, 0)
        case .day(let seconds): (86_400_000, seconds.clampedProduct(1_000))
        }
    }
}
