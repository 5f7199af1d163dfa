/// The places where digits stand in a row, in order.
struct DigitRuns: Sequence, IteratorProtocol {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> Range<Int>? {
        while index < bytes.count, !bytes[index].isDigit { index += 1 }
        guard index < bytes.count else { return nil }
        let start = index
        while index < bytes.count, bytes[index].isDigit { index += 1 }
        return start..<index
    }
}
