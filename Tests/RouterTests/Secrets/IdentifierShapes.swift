import RouterTestKit

/// Shapes of identifiers that platforms put into payments, filled by chance.
enum IdentifierShape: String, CaseIterable, Sendable {
    case uuid, ulid, hex32, manyDigits, weChat, dated, nanoid, base62, prefixed, phone, milliseconds, iban

    /// One identifier.
    func make(_ random: inout Seeded) -> [UInt8] {
        switch self {
        case .uuid:
            var text = Self.some(32, of: Self.hex, &random)
            (text[12], text[16]) = (0x34, Self.some(1, of: "89ab", &random)[0])
            for place in [20, 16, 12, 8] { text.insert(0x2D, at: place) }
            return text
        case .ulid:
            return Array("01K".utf8) + Self.some(23, of: "0123456789ABCDEFGHJKMNPQRSTVWXYZ", &random)
        case .hex32: return Self.some(32, of: Self.hex, &random)
        case .manyDigits: return Self.digits(Int.random(in: 20...40, using: &random), &random)
        case .weChat:
            return Array("42000".utf8) + Self.digits(5, &random) + Array("20261128".utf8) + Self.digits(10, &random)
        case .dated:
            let day = Int.random(in: 1...28, using: &random) + 100 * Int.random(in: 1...12, using: &random)
            let date = Int.random(in: 2015...2035, using: &random) * 10_000 + day
            return Array("\(date)".utf8) + Self.digits(Int.random(in: 9...12, using: &random), &random)
        case .nanoid: return Self.some(21, of: "_-" + Self.letters, &random)
        case .base62: return Self.some(22, of: Self.letters, &random)
        case .prefixed:
            return Self.some(3, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", &random) + [0x2D]
                + Self.digits(Int.random(in: 6...12, using: &random), &random)
        case .phone:
            let code = Self.callingCodes[Int.random(in: 0..<Self.callingCodes.count, using: &random)]
            return Array(code.utf8) + Self.digits(Int.random(in: 8...11, using: &random), &random)
        case .milliseconds:
            return Array("\(Int.random(in: 1_400_000_000_000...1_999_999_999_999, using: &random))".utf8)
        case .iban: return Self.account(&random)
        }
    }

    private static let hex = "0123456789abcdef"
    private static let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    private static let callingCodes = [
        "+228", "00229", "+225", "237", "+49", "+43", "+33", "+44", "+62", "+66", "+60", "+63",
    ]

    static func digits(_ count: Int, _ random: inout Seeded) -> [UInt8] { some(count, of: "0123456789", &random) }

    private static func some(_ count: Int, of alphabet: String, _ random: inout Seeded) -> [UInt8] {
        let alphabet = Array(alphabet.utf8)
        return (0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
    }

    /// An account with right check digits, half of them in groups of four.
    private static func account(_ random: inout Seeded) -> [UInt8] {
        let kinds = [
            ("NO", "", 11), ("BE", "", 12), ("DK", "", 14), ("AT", "", 16), ("CH", "", 17), ("DE", "", 18),
            ("GB", "NWBK", 14), ("FR", "", 23), ("TG", "TG", 22), ("SN", "SN", 22),
        ]
        let (country, bank, count) = kinds[Int.random(in: 0..<kinds.count, using: &random)]
        let rest = Array(bank.utf8) + digits(count, &random)
        let sum = (rest + Array((country + "00").utf8)).reduce(0) { sum, byte in
            byte < 0x40 ? (sum * 10 + Int(byte - 0x30)) % 97 : (sum * 100 + Int(byte - 0x41) + 10) % 97
        }
        let check = 98 - sum
        let whole = Array("\(country)\(check < 10 ? "0" : "")\(check)".utf8) + rest
        guard Bool.random(using: &random) else { return whole }
        return whole.enumerated().flatMap {
            $0.offset > 0 && $0.offset.isMultiple(of: 4) ? [0x20, $0.element] : [$0.element]
        }
    }
}
