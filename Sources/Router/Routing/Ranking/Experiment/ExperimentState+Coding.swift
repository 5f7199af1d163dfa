extension ExperimentState {
    /// The state as stores keep it.
    package var encoded: [UInt8] {
        JSONObjectWriter.object { writer in
            switch phase {
            case .defined: break
            case .live(let since, let person):
                writer.field("live_since", since)
                writer.field("by", person)
            case .stopped(let moment, .person(let person)):
                writer.field("stopped_at", moment)
                writer.field("by", person)
            case .stopped(let moment, .guardrail(let interval)):
                writer.field("stopped_at", moment)
                writer.field("low", interval.low.millionths)
                writer.field("high", interval.high.millionths)
            }
            for (counts, names) in [(control, Self.controlNames), (variant, Self.variantNames)] {
                writer.field(names.0, counts.success)
                writer.field(names.1, counts.failures)
                writer.field(names.2, counts.unknown)
                writer.field(names.3, counts.payerRefusals)
            }
        }
    }

    /// Reads ``encoded``.
    ///
    /// - Throws: ``RecordFault`` if it is not whole.
    package init(stored bytes: [UInt8]) throws(RecordFault) {
        let reader = try RecordReader(bytes)
        let phase: Phase
        if let moment = try reader.optionalMoment("stopped_at") {
            if let person = try reader.optionalText("by") {
                phase = .stopped(at: moment, .person(person))
            } else {
                phase = .stopped(
                    at: moment,
                    .guardrail(
                        ShareInterval(
                            low: Share(millionths: try reader.integer("low")),
                            high: Share(millionths: try reader.integer("high")))))
            }
        } else if let since = try reader.optionalMoment("live_since") {
            phase = .live(since: since, by: try reader.text("by"))
        } else {
            phase = .defined
        }
        self.init(
            phase: phase, control: try Self.counts(reader, Self.controlNames),
            variant: try Self.counts(reader, Self.variantNames))
    }

    private typealias Names = (StaticString, StaticString, StaticString, StaticString)
    private static let controlNames: Names = (
        "control_success", "control_failures", "control_unknown", "control_payer_refusals"
    )
    private static let variantNames: Names = (
        "variant_success", "variant_failures", "variant_unknown", "variant_payer_refusals"
    )

    private static func counts(_ reader: RecordReader, _ names: Names) throws(RecordFault) -> Counts {
        var counts = Counts()
        counts.success = try reader.integer("\(names.0)")
        counts.failures = try reader.integer("\(names.1)")
        counts.unknown = try reader.integer("\(names.2)")
        counts.payerRefusals = try reader.integer("\(names.3)")
        return counts
    }
}
