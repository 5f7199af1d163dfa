/// How fast what was counted is forgotten: half of it after every half-life.
///
/// Time goes in ticks of a 256th of a half-life, and factors are integers of 32 binary digits, so that the same counts decay
/// to the same counts on every machine.
package struct Decay: Sendable, Hashable {
    /// Milliseconds, at least 256.
    package let halfLife: Int64

    package init(halfLifeMilliseconds: Int64) { halfLife = min(max(256, halfLifeMilliseconds), 1 << 42) }

    /// Ten minutes.
    package static let standard = Decay(halfLifeMilliseconds: 600_000)

    /// In which tick a moment lies.
    func tick(_ moment: Moment) -> Int64 {
        Int64(clamping: (Int128(moment.milliseconds) * 256).flooredQuotient(Int128(halfLife)))
    }

    /// The first moment of a tick.
    func moment(_ tick: Int64) -> Moment {
        Moment(milliseconds: Int64(clamping: (Int128(tick) * Int128(halfLife) + 255).flooredQuotient(256)))
    }

    /// What is left of a count after so many ticks, in 2^32ths; all of it if the clock went back.
    static func factor(_ ticks: Int64) -> Factor {
        guard ticks > 0 else { return Factor(fraction: 1 << 32, halvings: 0) }
        return Factor(fraction: fractions[Int(ticks & 255)], halvings: min(ticks >> 8, 64))
    }

    /// A power of one half.
    struct Factor: Sendable, Hashable {
        /// In 2^32ths.
        let fraction: UInt64
        let halvings: Int64

        func of(_ count: Int64) -> Int64 {
            guard count > 0, halvings < 63 else { return 0 }
            let product = UInt64(count).multipliedFullWidth(by: fraction)
            return Int64(product.high << 32 | product.low >> 32) >> halvings
        }
    }

    /// The powers 0/256 to 255/256 of one half, in 2^32ths, each from the one before it in 63 binary digits.
    private static let fractions: [UInt64] = {
        var fractions: [UInt64] = []
        var power: UInt64 = 1 << 63
        for _ in 0..<256 {
            fractions.append(power >> 31)
            power = power.multipliedFullWidth(by: root).high << 1
        }
        return fractions
    }()

    /// The 256th root of one half, in 2^63ths.
    private static let root: UInt64 = 9_198_432_556_164_277_330
}
