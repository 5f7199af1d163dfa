/// Finds card numbers, so that they can be refused and never stored.
///
/// A card number here is 13 to 19 digits, perhaps grouped by single spaces or hyphens, with a valid Luhn sum and the
/// first digits of a known issuer. Phone numbers are checked elsewhere, as phone numbers.
public enum CardNumbers {
    /// Whether a text holds a card number.
    public static func contains(_ text: String) -> Bool { contains(Array(text.utf8)) }

    /// Whether bytes hold a card number.
    public static func contains(_ bytes: [UInt8]) -> Bool {
        var run = Run()
        var previousWasSeparator = false
        for byte in bytes {
            switch byte {
            case 0x30...0x39:
                if previousWasSeparator { run.groupStarts.append(run.digits.count) }
                run.digits.append(byte - 0x30)
                previousWasSeparator = false
            case _ where (byte == 0x20 || byte == 0x2D) && !run.digits.isEmpty && !previousWasSeparator:
                previousWasSeparator = true
            default:
                if run.holdsCard { return true }
                run = Run()
                previousWasSeparator = false
            }
        }
        return run.holdsCard
    }

    /// Digits with nothing but single separators between them.
    private struct Run {
        var digits: [UInt8] = []
        /// Where groups begin, but for the first.
        var groupStarts: [Int] = []

        /// Whether a card number begins and ends where groups do: a code or an amount beside it does not hide it.
        ///
        /// In a group that is itself longer than any card number, every window is looked at.
        var holdsCard: Bool {
            guard digits.count >= 13 else { return false }
            let bounds = [0] + groupStarts + [digits.count]
            for (index, start) in bounds.dropLast().enumerated() {
                for end in bounds.dropFirst(index + 1) {
                    let length = end - start
                    if length > 19 { break }
                    if length >= 13, isCard(digits[start..<end]) { return true }
                }
                let end = bounds[index + 1]
                // Groups much longer than any card number are identifiers.
                if (20...40).contains(end - start), hasCardWindow(digits[start..<end]) { return true }
            }
            return false
        }
    }

    private static func hasCardWindow(_ digits: ArraySlice<UInt8>) -> Bool {
        for length in 13...19 {
            for start in digits.startIndex...(digits.endIndex - length) where isCard(digits[start..<start + length]) {
                return true
            }
        }
        return false
    }

    private static func isCard(_ digits: ArraySlice<UInt8>) -> Bool {
        isKnownIssuer(digits) && luhn(digits)
    }

    private static func isKnownIssuer(_ digits: ArraySlice<UInt8>) -> Bool {
        let prefix = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        let length = digits.count
        switch prefix {
        case 4000...4999: return [13, 16, 19].contains(length)
        case 5100...5599, 2221...2720: return length == 16
        case 3400...3499, 3700...3799: return length == 15
        case 3000...3059, 3600...3699, 3800...3999: return (14...19).contains(length)
        case 3528...3589, 6011, 6440...6599, 6200...6299: return (16...19).contains(length)
        case 5000...5099, 5600...5899, 6000...6010, 6012...6199, 6300...6439, 6600...6999:
            return (13...19).contains(length)
        default: return false
        }
    }

    private static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = index.isMultiple(of: 2) ? Int(digit) : Int(digit) * 2
            sum += value > 9 ? value - 9 : value
        }
        return sum.isMultiple(of: 10)
    }
}
