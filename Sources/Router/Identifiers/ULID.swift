/// 48 bits of time in milliseconds and 80 random bits; 26 characters of Crockford's base 32 as text, which sort by time.
struct ULID: Sendable, Hashable, Comparable {
    /// The time, then the first 16 random bits.
    let high: UInt64
    /// The other random bits.
    let low: UInt64

    /// How long its text is.
    static let textLength = 26
    /// The last millisecond that 48 bits can say.
    static let lastMillisecond: UInt64 = (1 << 48) - 1

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// The same without the checks of an array: identifiers are written thirty times for a payment.
    private static var letters: StaticString { "0123456789ABCDEFGHJKMNPQRSTVWXYZ" }
    /// The value of each character; 32 and more for those that are none.
    private static let values: [UInt8] = (0...255).map { character in
        alphabet.firstIndex(of: UInt8(character)).map(UInt8.init) ?? .max
    }

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new one; moments that 48 bits cannot say count as the first or the last.
    init(at moment: Moment, from random: some RandomSource) {
        let milliseconds = Self.milliseconds(moment)
        let (first, second) = (Self.reversed(random.next()), Self.reversed(random.next()))
        high = milliseconds << 16 | first >> 24
        low = first << 40 | second
    }

    /// Reads the 26 characters; `nil` for anything else.
    init?(_ text: some Collection<UInt8>) {
        guard text.count == Self.textLength else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for (place, character) in text.enumerated() {
            let value = UInt64(Self.values[Int(character)])
            // 26 characters hold 130 bits: the first one says three.
            guard value < (place == 0 ? 8 : 32) else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | value
        }
        self.init(high: high, low: low)
    }

    /// One of another moment, `number` places behind this one's random bits: of one moment they sort by number.
    func numbered(_ number: UInt64, at moment: Moment) -> ULID {
        let (sum, hasCarry) = low.addingReportingOverflow(number)
        let middle = (high & 0xFFFF) &+ (hasCarry ? 1 : 0)
        return ULID(high: Self.milliseconds(moment) << 16 | middle & 0xFFFF, low: sum)
    }

    /// The one that is `number` places behind it.
    func advanced(by number: UInt64) -> ULID { numbered(number, at: moment) }

    /// The smallest one of a millisecond.
    static func first(at moment: Moment) -> ULID { ULID(high: milliseconds(moment) << 16, low: 0) }

    /// One that is `number` places before it, or as many as its last bits allow.
    func before(_ number: UInt64) -> ULID { ULID(high: high, low: low - min(low, number)) }

    /// How many places it is behind another one; `nil` for one before it, and for more than a few thousand.
    func distance(from other: ULID) -> Int? {
        let (difference, hasBorrow) = low.subtractingReportingOverflow(other.low)
        let carry: UInt64 = hasBorrow ? 1 : 0
        guard high >> 16 == other.high >> 16, (high & 0xFFFF) == (other.high &+ carry) & 0xFFFF, difference < 4_096
        else { return nil }
        return Int(difference)
    }

    /// Its sixteen bytes, which sort like it.
    var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            for place in 0..<8 {
                buffer[place] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * place))
                buffer[8 + place] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * place))
            }
            count = 16
        }
    }

    /// Reads ``bytes``; `nil` for another number of them.
    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.init(
            high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }, low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// When it was made.
    var moment: Moment { Moment(milliseconds: Int64(high >> 16)) }

    /// Its text behind a prefix and an underscore.
    func text(_ prefix: StaticString) -> String {
        let length = prefix.utf8CodeUnitCount + 1 + Self.textLength
        return String(unsafeUninitializedCapacity: length) { buffer in
            for place in 0..<prefix.utf8CodeUnitCount { buffer[place] = prefix.utf8Start[place] }
            buffer[prefix.utf8CodeUnitCount] = UInt8(ascii: "_")
            var (high, low) = (high, low)
            let letters = Self.letters.utf8Start
            for place in 1...Self.textLength {
                // Five bits are less than the 32 letters.
                buffer[length - place] = letters[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
            return length
        }
    }

    /// The ten characters with which everything made in a millisecond begins.
    static func time(_ moment: Moment) -> String {
        let milliseconds = Self.milliseconds(moment)
        let characters = (0..<10).reversed().map { alphabet[Int(milliseconds >> (5 * $0) & 31)] }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The lowest 40 bits, the first five of them last: as characters they stand in the order in which they came.
    private static func reversed(_ random: UInt64) -> UInt64 {
        (0..<8).reduce(UInt64(0)) { $0 << 5 | random >> UInt64(5 * $1) & 31 }
    }

    private static func milliseconds(_ moment: Moment) -> UInt64 {
        min(UInt64(max(0, moment.milliseconds)), lastMillisecond)
    }

    static func < (left: ULID, right: ULID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}
