/// Reads the remarks libcurl makes while it works: two facts are to be had nowhere else.
enum Remark {
    /// Bytes came after the end of the answer.
    case surplus
    /// The other side ended TLS in order.
    case farewell

    private static let surplusBody: StaticString = "Excess found"
    private static let surplusChunk: StaticString = "Leftovers after chunking"
    private static let message: StaticString = "TLSv1."
    private static let closing: StaticString = "(IN), TLS alert, close notify"

    /// `nil` for every other remark.
    init?(_ text: UnsafeRawBufferPointer) {
        switch text.first {
        case UInt8(ascii: "E") where Self.begins(text[...], with: Self.surplusBody): self = .surplus
        case UInt8(ascii: "L") where Self.begins(text[...], with: Self.surplusChunk): self = .surplus
        case UInt8(ascii: "T") where Self.begins(text[...], with: Self.message):
            // "TLSv1.3 (IN), TLS alert, close notify (256):"
            guard Self.begins(text.dropFirst(Self.message.utf8CodeUnitCount + 2), with: Self.closing) else {
                return nil
            }
            self = .farewell
        default: return nil
        }
    }

    private static func begins(_ text: Slice<UnsafeRawBufferPointer>, with start: StaticString) -> Bool {
        start.withUTF8Buffer { text.starts(with: $0) }
    }
}
