/// What a provider has taken of its caps.
///
/// Plain state; the clock comes in. What is reserved counts at once, before anything is sent, so that two payments at the same
/// moment cannot both take the last of it; what was not sent gives it back.
package struct CapCounter: Sendable, Hashable {
    private(set) var used: [ProviderCap.Key: Used] = [:]

    struct Used: Sendable, Hashable {
        /// Which span it was used in.
        var span: Int64
        var units: Int64
    }

    /// What was taken, to be given back if it comes to nothing.
    package struct Reservation: Sendable, Hashable {
        fileprivate var parts: [ProviderCap.Key: Used] = [:]

        /// Whether nothing was taken, because no cap is about it.
        package var isEmpty: Bool { parts.isEmpty }
    }

    package init() {}

    init(used: [ProviderCap.Key: Used]) { self.used = used }

    /// Why an amount would be beyond a cap; `nil` if it is within all of them.
    ///
    /// Changes nothing.
    package func refusal(_ amount: Money, _ caps: [ProviderCap], at now: Moment) -> AdmissionRefusal? {
        for cap in caps {
            let wanted = cap.units(of: amount)
            guard wanted > 0 else { continue }
            let (sum, isBeyond) = units(of: cap, at: now).addingReportingOverflow(wanted)
            if isBeyond || sum > cap.most { return .capReached(cap, until: cap.span.end(at: now)) }
        }
        return nil
    }

    /// Takes an amount of all caps, or of none.
    ///
    /// Two caps of one measure and span are counted once; the smaller one holds.
    package mutating func reserve(
        _ amount: Money, _ caps: [ProviderCap], at now: Moment
    ) -> Result<Reservation, AdmissionRefusal> {
        if let refusal = refusal(amount, caps, at: now) { return .failure(refusal) }
        var reservation = Reservation()
        for cap in caps where reservation.parts[cap.key] == nil {
            let wanted = cap.units(of: amount)
            guard wanted > 0 else { continue }
            let span = span(of: cap, at: now)
            used[cap.key] = Used(span: span, units: units(of: cap, at: now) + wanted)
            reservation.parts[cap.key] = Used(span: span, units: wanted)
        }
        return .success(reservation)
    }

    /// Gives back what came to nothing; a span that is over has nothing to give back.
    package mutating func release(_ reservation: Reservation) {
        for (key, part) in reservation.parts {
            guard let present = used[key], present.span == part.span else { continue }
            used[key]?.units = max(0, present.units - part.units)
        }
    }

    /// What is used of a cap in the span that a moment lies in.
    package func units(of cap: ProviderCap, at now: Moment) -> Int64 {
        guard let present = used[cap.key], present.span == span(of: cap, at: now) else { return 0 }
        return present.units
    }

    /// The span that counts: the newest there was, should the clock have gone back over its beginning.
    private func span(of cap: ProviderCap, at now: Moment) -> Int64 {
        max(cap.span.index(at: now), used[cap.key]?.span ?? .min)
    }
}
