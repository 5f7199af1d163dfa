/// An observation as a record; its raw bytes lie beside it.
enum EvidenceCoding {
    static func write(_ evidence: Evidence, _ writer: inout PackedWriter) {
        writer.field(.attempt, id: evidence.attempt)
        writer.field(.source, evidence.source.rawValue)
        writer.field(.strength, evidence.strength.rawValue)
        writer.field(.claim, evidence.claim)
        writer.field(.detail, evidence.detail.isEmpty ? nil : evidence.detail)
        writer.field(.stated, evidence.stated?.minorUnits)
        writer.field(.currency, evidence.stated?.currency.code)
        writer.field(.operatorReference, evidence.operatorReference)
        writer.field(.httpStatus, evidence.httpStatus.map(Int64.init))
        writer.field(.at, evidence.at)
    }

    static func evidence(_ reader: PackedReader, raw: [UInt8]) throws(RecordFault) -> Evidence {
        var stated: Money?
        if let units = try reader.optionalInteger(.stated) {
            stated = try OrderCoding.money(units, reader.text(.currency))
        }
        return Evidence(
            attempt: try reader.id(.attempt), source: try reader.word(.source),
            strength: try reader.word(.strength), claim: try reader.text(.claim),
            detail: try reader.optionalText(.detail) ?? "", stated: stated,
            operatorReference: try reader.optionalText(.operatorReference),
            httpStatus: try reader.optionalInteger(.httpStatus).map(Int.init), raw: raw, at: try reader.moment(.at))
    }
}
