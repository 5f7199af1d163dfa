/// Everything that a step leaves behind about an order as one run of bytes, which stores seal as a whole.
///
/// It holds the order and all its attempts as they are then, so that what the step told of can be shown later, and the
/// evidence that came with it. What never changes stands in an order's first record alone.
package enum UnitCoding {
    /// The bytes of a unit; ``UnitRecord`` reads them.
    package static func bytes(_ unit: UnitOfWork) -> [UInt8] {
        let order = unit.order
        return packed { writer in
            if case .insert = unit.write {
                writer.part(.terms) { OrderCoding.writeTerms(order, &$0) }
                writer.part(.payer) { OrderCoding.writePayer(order, &$0) }
            }
            writer.part(.place) { OrderCoding.writePlace(order, &$0) }
            writer.part(.state) { OrderCoding.writeState(order, &$0) }
            if OrderCoding.hasActions(order) {
                writer.part(.actions) { OrderCoding.writeActions(order, &$0) }
            }
            for attempt in unit.attempts {
                writer.part(.attempt) { AttemptCoding.writeOrigin(attempt, &$0) }
                writer.part(.attemptState) { AttemptCoding.writeState(attempt, &$0) }
                if AttemptCoding.hasRequest(attempt) {
                    writer.part(.attemptRequest) { AttemptCoding.writeRequest(attempt, &$0) }
                }
            }
            for item in unit.evidence { write(item, &writer) }
            write(unit.events.map { if case .written(let bytes) = $0.content { bytes } else { nil } }, &writer)
        }
    }

    /// Makes a run of parts that `body` fills.
    static func packed(_ body: (inout PackedWriter) -> Void) -> [UInt8] {
        var writer = PackedWriter()
        writer.reserveCapacity(1_024)
        body(&writer)
        return writer.bytes
    }

    static func write(_ evidence: Evidence, _ writer: inout PackedWriter) {
        writer.part(.evidence) { EvidenceCoding.write(evidence, &$0) }
        if !evidence.raw.isEmpty { writer.part(.raw, evidence.raw) }
    }

    static func write(_ events: [[UInt8]?], _ writer: inout PackedWriter) {
        for (index, event) in events.enumerated() {
            guard let event else { continue }
            writer.part(.event, [UInt8(truncatingIfNeeded: index)] + event)
        }
    }
}
