/// What was known of all operations at one moment.
///
/// A decision that is made with a snapshot is made again by the same configuration, the same request and the same snapshot,
/// on any machine.
package struct SignalSnapshot: Sendable, Hashable {
    package var at: Moment
    package var figures: [SignalKey: SignalFigures]

    package init(at moment: Moment, figures: [SignalKey: SignalFigures] = [:]) {
        at = moment
        self.figures = figures
    }

    package subscript(_ key: SignalKey) -> SignalFigures? { figures[key] }

    /// Only what is known of some operations: what one decision has used.
    package func restricted(to keys: some Sequence<SignalKey>) -> SignalSnapshot {
        let wanted = Set(keys)
        return SignalSnapshot(at: at, figures: figures.filter { wanted.contains($0.key) })
    }

    /// Compact JSON, the same bytes for the same snapshot.
    package var encoded: [UInt8] {
        JSONObjectWriter.object { writer in
            writer.field("at", at)
            writer.list("signals", figures.sorted { $0.key < $1.key }) { writer, entry in
                writer.field("key", entry.key.text)
                writer.write(entry.value)
            }
        }
    }

    /// Reads ``encoded``.
    ///
    /// - Throws: ``RecordFault`` if it is not whole.
    package init(encoded bytes: [UInt8]) throws(RecordFault) {
        let reader = try RecordReader(bytes)
        at = try reader.moment("at")
        figures = [:]
        for (key, value) in try reader.list("signals", Self.read) { figures[key] = value }
    }

    private static func read(_ reader: RecordReader) throws(RecordFault) -> (SignalKey, SignalFigures) {
        let text = try reader.text("key")
        guard let key = SignalKey(text: text) else { throw RecordFault("\"\(text)\" names no operation of a provider") }
        return (key, try SignalFigures(reader))
    }
}

extension JSONObjectWriter {
    /// The members of figures; zeros are left out.
    fileprivate mutating func write(_ figures: SignalFigures) {
        func some(_ count: Int64) -> Int64? { count == 0 ? nil : count }
        field("success", some(figures.success))
        field("operator_failures", some(figures.operatorFailures))
        field("platform_failures", some(figures.platformFailures))
        field("unknown", some(figures.unknown))
        field("payer_refusals", some(figures.payerRefusals))
        field("checks_answered", some(figures.checksAnswered))
        field("checks_unanswered", some(figures.checksUnanswered))
        field("median_ms", figures.median)
        field("slowest_ms", figures.slowest)
        field("usual_slowest_ms", figures.usualSlowest)
        field("usual_good", some(figures.usual.good))
        field("usual_all", some(figures.usual.all))
        field("rate_good", figures.rate?.proportion.good)
        field("rate_all", figures.rate?.proportion.all)
        field("recent", figures.rate?.basis == .recent ? true : nil)
    }
}

extension SignalFigures {
    fileprivate init(_ reader: RecordReader) throws(RecordFault) {
        success = try reader.optionalInteger("success") ?? 0
        operatorFailures = try reader.optionalInteger("operator_failures") ?? 0
        platformFailures = try reader.optionalInteger("platform_failures") ?? 0
        unknown = try reader.optionalInteger("unknown") ?? 0
        payerRefusals = try reader.optionalInteger("payer_refusals") ?? 0
        checksAnswered = try reader.optionalInteger("checks_answered") ?? 0
        checksUnanswered = try reader.optionalInteger("checks_unanswered") ?? 0
        median = try reader.optionalInteger("median_ms")
        slowest = try reader.optionalInteger("slowest_ms")
        usualSlowest = try reader.optionalInteger("usual_slowest_ms")
        usual = Proportion(
            good: try reader.optionalInteger("usual_good") ?? 0, all: try reader.optionalInteger("usual_all") ?? 0)
        if let all = try reader.optionalInteger("rate_all") {
            rate = SignalRate(
                Proportion(good: try reader.integer("rate_good"), all: all),
                basis: try reader.optionalFlag("recent") == true ? .recent : .usual)
        }
    }
}
