/// Disputes and people's signatures, as records.
enum ReviewCoding {
    static func write(_ writer: inout PackedWriter, _ dispute: Dispute) {
        writer.field(.attempt, id: dispute.attempt)
        writer.field(.kind, dispute.kind.rawValue)
        writer.field(.recordedState, dispute.recordedState.rawValue)
        writer.field(.executed, dispute.executed.minorUnits)
        writer.field(.currency, dispute.executed.currency.code)
        writer.field(.state, dispute.state.rawValue)
        writer.field(.account, dispute.account)
        writer.field(.at, dispute.at)
    }

    static func dispute(_ reader: PackedReader) throws(RecordFault) -> Dispute {
        Dispute(
            attempt: try reader.id(.attempt), kind: try reader.word(.kind),
            recordedState: try reader.word(.recordedState),
            executed: try OrderCoding.money(reader.integer(.executed), reader.text(.currency)),
            state: try reader.word(.state), account: try reader.text(.account), at: try reader.moment(.at))
    }

    /// A person's words may name the payer: must be sealed.
    static func write(_ writer: inout PackedWriter, _ signature: Review.Signature) {
        let finding = signature.finding
        writer.field(.verdict, finding.verdict.name)
        writer.field(.amount, finding.verdict.amount?.minorUnits)
        writer.field(.currency, finding.verdict.amount?.currency.code)
        writer.field(.reason, finding.reason)
        writer.field(.document, finding.document)
        writer.field(.operatorReference, finding.operatorReference)
        writer.field(.person, signature.person)
        writer.field(.at, signature.at)
        writer.field(.evidence, signature.evidenceDigest)
    }

    static func signature(_ reader: PackedReader) throws(RecordFault) -> Review.Signature {
        Review.Signature(
            finding: Review.Finding(
                verdict: try verdict(reader), reason: try reader.text(.reason), document: try reader.text(.document),
                operatorReference: try reader.optionalText(.operatorReference)),
            person: try reader.text(.person), at: try reader.moment(.at),
            evidenceDigest: try reader.text(.evidence))
    }

    private static func verdict(_ reader: PackedReader) throws(RecordFault) -> Review.Finding.Verdict {
        switch try reader.text(.verdict) {
        case "executed": return .executed
        case "not_executed": return .notExecuted
        case "split": return .split(try OrderCoding.money(reader.integer(.amount), reader.text(.currency)))
        case let other: throw RecordFault("a signature under an unknown finding \(other)")
        }
    }
}
