/// What an order counts on a daily limit, as a record.
enum DailyUseCoding {
    static func write(_ writer: inout PackedWriter, _ use: DailyUse) {
        if case .number(let mark) = use.subject { writer.field(.numberMark, mark) }
        writer.field(.measure, use.measure.rawValue)
        writer.field(.most, use.most)
        writer.field(.at, use.at)
    }

    static func use(_ reader: PackedReader) throws(RecordFault) -> DailyUse {
        let mark = try reader.optionalText(.numberMark)
        return DailyUse(
            mark.map { .number($0) } ?? .app, try reader.word(.measure), most: try reader.integer(.most),
            at: try reader.moment(.at))
    }
}
