/// The bytes of ``UnitCoding``, taken apart: parts one behind the other, each with a byte that names it and four that say
/// its length.
///
/// Parts that this program does not know are passed over.
package struct UnitRecord: Sendable {
    private let bytes: [UInt8]
    private let parts: [(name: UInt8, place: Range<Int>)]

    /// Finds the parts.
    ///
    /// - Throws: ``RecordFault`` if the lengths do not fit.
    package init(_ bytes: [UInt8]) throws(RecordFault) {
        var parts: [(name: UInt8, place: Range<Int>)] = []
        parts.reserveCapacity(8)
        var place = 0
        while place < bytes.count {
            guard place + 5 <= bytes.count else { throw RecordFault("the record of a step is cut short") }
            let length = bytes[place + 1..<place + 5].reduce(0) { $0 << 8 | Int($1) }
            let start = place + 5
            guard length <= bytes.count - start else { throw RecordFault("the record of a step is cut short") }
            parts.append((bytes[place], start..<start + length))
            place = start + length
        }
        (self.bytes, self.parts) = (bytes, parts)
    }

    /// Whether it says what its order is; records of older events do not.
    package var hasOrder: Bool { parts.contains { $0.name == UnitPart.place.rawValue } }

    /// The first part of a name as a record; a fault if there is none.
    func record(_ part: UnitPart) throws(RecordFault) -> PackedReader {
        guard let reader = try optionalRecord(part) else { throw RecordFault("the record of a step lacks its \(part)") }
        return reader
    }

    /// The first part of a name as a record.
    func optionalRecord(_ part: UnitPart) throws(RecordFault) -> PackedReader? {
        guard let found = parts.first(where: { $0.name == part.rawValue }) else { return nil }
        return try PackedReader(bytes, found.place)
    }

    /// Runs of parts that belong together: each begins with one named `first`.
    private func runs(_ first: UnitPart, _ others: Set<UInt8>) -> [[UInt8: Range<Int>]] {
        var runs: [[UInt8: Range<Int>]] = []
        for part in parts {
            if part.name == first.rawValue {
                runs.append([part.name: part.place])
            } else if others.contains(part.name), !runs.isEmpty {
                runs[runs.count - 1][part.name] = part.place
            }
        }
        return runs
    }

    /// The order's attempts as they were.
    package func attempts(of order: Order) throws(RecordFault) -> [Attempt] {
        let names: Set<UInt8> = [UnitPart.attemptState.rawValue, UnitPart.attemptRequest.rawValue]
        var attempts: [Attempt] = []
        for run in runs(.attempt, names) {
            guard let origin = run[UnitPart.attempt.rawValue], let state = run[UnitPart.attemptState.rawValue] else {
                throw RecordFault("the record of a step lacks the state of an attempt")
            }
            let request = run[UnitPart.attemptRequest.rawValue]
            attempts.append(
                try AttemptCoding.attempt(
                    PackedReader(bytes, origin), of: order, state: PackedReader(bytes, state),
                    request: request.map { place throws(RecordFault) in try PackedReader(bytes, place) }))
        }
        return attempts
    }

    /// What was observed.
    package func evidence() throws(RecordFault) -> [Evidence] {
        var evidence: [Evidence] = []
        for run in runs(.evidence, [UnitPart.raw.rawValue]) {
            guard let place = run[UnitPart.evidence.rawValue] else { continue }
            let raw = run[UnitPart.raw.rawValue].map { Array(bytes[$0]) } ?? []
            evidence.append(try EvidenceCoding.evidence(PackedReader(bytes, place), raw: raw))
        }
        return evidence
    }

    /// The bytes that an older release made of the step's events, by the event's place.
    package var writtenEvents: [Int: [UInt8]] {
        var events: [Int: [UInt8]] = [:]
        for part in parts where part.name == UnitPart.event.rawValue {
            guard let index = bytes[part.place].first else { continue }
            events[Int(index)] = Array(bytes[part.place].dropFirst())
        }
        return events
    }
}
