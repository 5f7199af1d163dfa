/// Counters as stores keep them: numbers in a row, so that a new one at the end of a part needs no other form.
extension SignalCounters {
    private static let version: Int128 = 1
    /// Places of one part: its moment, the counts, room for more of them, and the classes of the times to answer.
    private static let countPlaces = 16
    private static let places = 1 + countPlaces + LatencyHistogram.bounds.count + 1

    /// The bytes; empty if nothing is left of what was counted.
    package func encoded(_ settings: SignalSettings) -> [UInt8] {
        guard !isEmpty else { return [] }
        return WideNumbers.bytes([Self.version] + Self.row(recent, settings.recent) + Self.row(usual, settings.usual))
    }

    /// Reads ``encoded(_:)``, also with other half-lives than it was written with: what was counted goes on from the moment it
    /// was written for.
    ///
    /// - Throws: ``RecordFault`` if the bytes are cut short, or of a newer form.
    package init(stored bytes: [UInt8], _ settings: SignalSettings) throws(RecordFault) {
        guard !bytes.isEmpty else {
            self.init()
            return
        }
        var values = try WideNumbers.values(bytes)
        guard values.first == Self.version else { throw RecordFault("signals of a form that is not known here") }
        let lacking = 1 + 2 * Self.places - values.count
        guard lacking >= 0 else { throw RecordFault("signals with more numbers than are known here") }
        values += Array(repeating: 0, count: lacking)
        self.init(
            recent: Self.counts(values[1..<(1 + Self.places)], settings.recent),
            usual: Self.counts(values[(1 + Self.places)...], settings.usual))
    }

    private static func row(_ part: DecayedCounts, _ decay: Decay) -> [Int128] {
        let room = [Int128](repeating: 0, count: countPlaces - part.counts.count)
        let moment = part.tick == .min ? 0 : decay.moment(part.tick).milliseconds
        return [Int128(moment)] + part.counts.map { Int128($0) } + room + part.latency.counts.map { Int128($0) }
    }

    private static func counts(_ row: ArraySlice<Int128>, _ decay: Decay) -> DecayedCounts {
        let numbers = row.map(\.clamped)
        let known = numbers[1..<(1 + DecayedCounts.Count.allCases.count)].map { max(0, $0) }
        let times = numbers[(1 + countPlaces)...].map { max(0, $0) }
        return DecayedCounts(
            tick: decay.tick(Moment(milliseconds: numbers[0])), counts: known, latency: LatencyHistogram(counts: times))
    }
}
