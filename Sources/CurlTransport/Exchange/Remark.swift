/// Reads the remarks libcurl makes while it works.
enum Remark {
    private static let surplus: [StaticString] = ["Excess found", "Leftovers after chunking"]

    /// Whether the remark says that bytes came after the end of the answer.
    static func tellsOfSurplus(_ remark: UnsafeRawBufferPointer) -> Bool {
        guard let first = remark.first, first == UInt8(ascii: "E") || first == UInt8(ascii: "L") else { return false }
        return surplus.contains { sentence in
            sentence.withUTF8Buffer { remark.starts(with: $0) }
        }
    }
}
