/// Looks for a card number in ASCII text.
struct CardSearch {
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    func findsCard() -> Bool {
        var groups: [Range<Int>] = []
        for run in DigitRuns(bytes) {
            let start = run.lowerBound
            let isNext = groups.last.map { $0.upperBound + 1 == start && Self.separates(bytes[start - 1]) } ?? false
            if !isNext { groups.removeAll(keepingCapacity: true) }
            groups.append(run)
            if endsCard(groups) { return true }
        }
        return false
    }

    /// Space, dash, dot, slash.
    private static func separates(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x2D...0x2F).contains(byte)
    }

    /// Whether the last groups are a card number: a code or an amount before them does not hide it.
    private func endsCard(_ groups: [Range<Int>]) -> Bool {
        let end = groups[groups.count - 1].upperBound
        var sum = LuhnSum()
        for place in groups.indices.reversed() {
            let group = groups[place]
            guard sum.count + group.count <= 19 else { return place == groups.count - 1 && beginsCard(group) }
            for index in group.reversed() { sum.add(bytes[index] - 0x30) }
            let isAlone = place == groups.count - 1
            guard isAlone || !isTiedUp(group, place, groups) else { return false }
            if sum.count >= 13, sum.isRight, CardIssuers.issue(prefix(at: group.lowerBound), sum.count),
                !CardLookalikes(bytes).hold(
                    group.lowerBound..<end, digits: sum.count, after: place > 0 ? groups[place - 1] : nil)
            {
                return true
            }
            if isAlone, isTiedUp(group, place, groups) { return false }
        }
        return false
    }

    /// Whether a group is longer than those of cards, and a dash, dot or slash ties it to another one.
    private func isTiedUp(_ group: Range<Int>, _ place: Int, _ groups: [Range<Int>]) -> Bool {
        guard group.count > 7 else { return false }
        return (place > 0 && bytes[group.lowerBound - 1] != 0x20)
            || (place < groups.count - 1 && bytes[group.upperBound] != 0x20)
    }

    /// Whether digits in a row are a card number with its end of life and its code behind it.
    ///
    /// Longer than a card, they are an identifier unless all three fit: issuer and sum, a month and a year, and nothing left.
    private func beginsCard(_ group: Range<Int>) -> Bool {
        guard (21...23).contains(group.count) else { return false }
        return [3, 4].contains { code in
            let length = group.count - 4 - code
            let end = group.lowerBound + length
            // Only one issuer prints codes of four digits.
            guard code == 3 || length == 15, CardIssuers.commonlyIssue(prefix(at: group.lowerBound), length) else {
                return false
            }
            let month = number(end..<end + 2)
            let year = number(end + 2..<end + 4)
            guard (1...12).contains(month), (24...40).contains(year) else { return false }
            return CardNumbers.hasRightSum(bytes[group.lowerBound..<end].lazy.map { $0 - 0x30 })
                && !CardLookalikes(bytes).hold(group, digits: group.count, after: nil)
        }
    }

    private func number(_ range: Range<Int>) -> Int {
        range.reduce(0) { $0 * 10 + Int(bytes[$1] - 0x30) }
    }

    /// The first four digits from a place on, whatever stands between them.
    private func prefix(at start: Int) -> Int {
        var (value, count, index) = (0, 0, start)
        while count < 4, index < bytes.count {
            if bytes[index].isDigit {
                value = value * 10 + Int(bytes[index] - 0x30)
                count += 1
            }
            index += 1
        }
        return value
    }
}

extension UInt8 {
    /// Whether it is an ASCII digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }
}
