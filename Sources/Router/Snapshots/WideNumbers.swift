/// Numbers of up to 128 bits as bytes: seven bits each, the lowest first, the sign in the lowest bit; zeros at the end are
/// left out.
enum WideNumbers {
    static func bytes(_ values: [Int128]) -> [UInt8] {
        var bytes: [UInt8] = []
        let count = values.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        for value in values.prefix(count) {
            var rest = UInt128(truncatingIfNeeded: value << 1 ^ value >> 127)
            while rest >= 128 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
                rest >>= 7
            }
            bytes.append(UInt8(truncatingIfNeeded: rest))
        }
        return bytes
    }

    /// - Throws: ``RecordFault`` if the last number is cut short, or one has more than 128 bits.
    static func values(_ bytes: [UInt8]) throws(RecordFault) -> [Int128] {
        var values: [Int128] = []
        var (rest, shift): (UInt128, Int) = (0, 0)
        for byte in bytes {
            guard shift < 126 || (shift == 126 && byte < 4) else { throw RecordFault("a number is too large") }
            rest |= UInt128(byte & 127) << UInt128(shift)
            shift += 7
            guard byte < 128 else { continue }
            values.append(Int128(truncatingIfNeeded: rest >> 1) ^ -Int128(truncatingIfNeeded: rest & 1))
            (rest, shift) = (0, 0)
        }
        guard shift == 0 else { throw RecordFault("a number is cut short") }
        return values
    }
}
