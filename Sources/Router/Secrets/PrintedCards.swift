/// Looks for a card number in the groups in which cards print it, whatever stands between them.
///
/// Four groups of four digits, or 4, 6 and 5, with up to three characters between two groups that are no letters or digits:
/// people type and paste ` - `, two spaces or a comma there. So long a row of such groups with a right check digit is hardly
/// ever anything else.
struct PrintedCards {
    private let bytes: UnsafeBufferPointer<UInt8>
    private static let shapes = [[4, 4, 4, 4], [4, 6, 5]]

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    func findsCard() -> Bool {
        var groups: [Range<Int>] = []
        for run in DigitRuns(bytes) {
            let (start, end) = (run.lowerBound, run.upperBound)
            if let last = groups.last, !separates(last.upperBound..<start) { groups.removeAll(keepingCapacity: true) }
            // A group that is a part of a word is none.
            guard start == 0 || !Self.isLetter(bytes[start - 1]), end == bytes.count || !Self.isLetter(bytes[end])
            else {
                groups.removeAll(keepingCapacity: true)
                continue
            }
            groups.append(run)
            if Self.shapes.contains(where: { isCard(groups, $0) }) { return true }
        }
        return false
    }

    private func separates(_ gap: Range<Int>) -> Bool {
        (1...3).contains(gap.count) && gap.allSatisfy { !Self.isLetter(bytes[$0]) }
    }

    private func isCard(_ groups: [Range<Int>], _ shape: [Int]) -> Bool {
        let last = groups.suffix(shape.count)
        guard last.map(\.count) == shape else { return false }
        let digits = last.joined().map { bytes[$0] - 0x30 }
        let prefix = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        guard CardIssuers.issue(prefix, digits.count), CardNumbers.hasRightSum(digits), let first = last.first,
            let end = last.last?.upperBound
        else { return false }
        let previous = groups.count > shape.count ? groups[groups.count - shape.count - 1] : nil
        return !CardLookalikes(bytes).hold(first.lowerBound..<end, digits: digits.count, after: previous)
    }

    /// Whether it is a letter; what has no place in ASCII counts as one.
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte == 0x7F }
}
