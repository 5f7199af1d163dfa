/// Fees by amount, as tariffs of mobile money have them: the tier that an amount falls into decides for the whole of it.
package struct FeeSchedule: Sendable, Hashable {
    /// What is taken of amounts up to a bound.
    package struct Tier: Sendable, Hashable {
        /// The largest amount that it is for, in minor units; `nil` for the last one, which has no end.
        package var upTo: Int64?
        package var fee: Fee

        package init(upTo: Int64? = nil, fee: Fee) {
            self.upTo = upTo
            self.fee = fee
        }
    }

    /// By amount, the smallest first; never empty.
    package let tiers: [Tier]

    /// One fee for every amount.
    package init(_ fee: Fee) { tiers = [Tier(fee: fee)] }

    /// Fees by amount.
    ///
    /// - Returns: `nil` if there are none, if a bound is not above zero and above the one before it, or if a tier stands behind
    ///   one without an end. The last tier may have an end: beyond it no fee is known.
    package init?(_ tiers: [Tier]) {
        guard !tiers.isEmpty else { return nil }
        var last: Int64 = 0
        for (index, tier) in tiers.enumerated() {
            guard let bound = tier.upTo else {
                guard index == tiers.count - 1 else { return nil }
                continue
            }
            guard bound > last else { return nil }
            last = bound
        }
        self.tiers = tiers
    }

    /// The fee of an amount, rounded up to a whole minor unit; `nil` beyond the last tier, or beyond 64 bits.
    package func of(_ amount: Money) -> Money? {
        tiers.first { tier in tier.upTo.map { amount.minorUnits <= $0 } ?? true }.flatMap { $0.fee.of(amount) }
    }
}

/// What an operator takes, by currency, and on some channels otherwise than on the rest.
package struct FeeTable: Sendable, Hashable {
    /// By currency code.
    package var standard: [String: FeeSchedule]
    /// Instead of the standard, by channel and currency code.
    package var channels: [PaymentChannel: [String: FeeSchedule]]

    package init(standard: [String: FeeSchedule] = [:], channels: [PaymentChannel: [String: FeeSchedule]] = [:]) {
        self.standard = standard
        self.channels = channels
    }

    /// Whether nothing is known of any fee.
    package var isEmpty: Bool { standard.isEmpty && channels.isEmpty }

    /// The fee of an amount on a channel; `nil` if it is not known.
    package func fee(of amount: Money, on channel: PaymentChannel) -> Money? {
        let code = amount.currency.code
        return (channels[channel]?[code] ?? standard[code])?.of(amount)
    }
}
