/// A picture for a QR order: a PNG of one white pixel with the payer's address in its text.
///
/// The real operator draws a code. What matters here is that the partner can show it; the address is under `/pay/`.
enum KsherPicture {
    /// The picture as a data address.
    static func dataURL(_ text: String) -> String {
        var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        png += chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
        png += chunk("tEXt", Array("Description".utf8) + [0] + Array(text.utf8))
        // One row: no filter, one white pixel; stored without compression.
        png += chunk("IDAT", [0x78, 0x01, 0x01, 2, 0, 0xFD, 0xFF, 0, 0xFF] + adler)
        png += chunk("IEND", [])
        return "data:image/png;base64," + Base64Text.encode(png)
    }

    /// Adler-32 of the two bytes of the row: a = 1 + 0 + 255, b = 1 + 256.
    private static let adler: [UInt8] = [0x01, 0x01, 0x01, 0x00]

    private static func chunk(_ name: String, _ content: some Collection<UInt8>) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(crc(body))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * $0)) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = .max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
        }
        return ~value
    }
}

/// Base64 with the standard alphabet and padding.
enum Base64Text {
    static func encode(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(text) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
    }
}
