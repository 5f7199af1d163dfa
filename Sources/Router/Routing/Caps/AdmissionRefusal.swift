/// Why a provider takes nothing at this moment though it works.
package enum AdmissionRefusal: Error, Sendable, Hashable {
    /// A cap is used up until the end of its span.
    case capReached(ProviderCap, until: Moment)
    /// It is being maintained.
    case maintenance(until: Moment)
    /// As many requests are under way as may be, of all.
    case allSlotsTaken(Int)
    /// As many requests are under way as one provider, or one app, may have.
    case shareTaken(Bulkhead.Party, most: Int)

    /// When it takes something again, where that is known.
    package var until: Moment? {
        switch self {
        case .capReached(_, let until), .maintenance(let until): until
        case .allSlotsTaken, .shareTaken: nil
        }
    }

    /// In plain English.
    package var text: String {
        switch self {
        case .capReached(let cap, let until): "\(cap.text) are used up until \(until)"
        case .maintenance(let until): "it is being maintained until \(until)"
        case .allSlotsTaken(let most): "all \(most) places for requests under way are taken"
        case .shareTaken(.provider, let most): "its \(most) places for requests under way are taken"
        case .shareTaken(.app, let most): "the app's \(most) places for requests under way are taken"
        }
    }
}

extension ProviderCap {
    /// In plain English.
    fileprivate var text: String {
        let amount: String =
            switch measure {
            case .count: "its \(most) orders"
            case .amount(let code):
                Currency(code: code).map { "its \(Money(most, $0))" } ?? "its \(most) minor units of \(code)"
            }
        return switch span {
        case .minute: "\(amount) of a minute"
        case .day: "\(amount) of a day"
        }
    }
}

extension MaintenanceWindow {
    /// Why a provider with these windows takes nothing at a moment; `nil` if it does.
    ///
    /// Of several the last end is told.
    package static func refusal(
        _ windows: [MaintenanceWindow], at now: Moment, offset: (Moment) -> Int64
    ) -> AdmissionRefusal? {
        windows.compactMap { $0.end(at: now, offset: offset) }.max().map { .maintenance(until: $0) }
    }
}
