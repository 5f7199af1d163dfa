extension CapCounter {
    /// What is used, as stores keep it, of spans that are not over.
    package func encoded(at now: Moment) -> [UInt8] {
        let present = used.filter { $0.value.units > 0 && $0.value.span >= $0.key.span.index(at: now) }
        let sorted = present.sorted { $0.key.mark.lexicographicallyPrecedes($1.key.mark) }
        return JSONObjectWriter.object { writer in
            writer.list("used", sorted) { writer, entry in
                let key = entry.key
                if case .amount(let code) = key.measure { writer.field("currency", code) }
                if case .day(let offset) = key.span { writer.field("day_offset", offset) }
                writer.field("span", entry.value.span)
                writer.field("units", entry.value.units)
            }
        }
    }

    /// Reads ``encoded(at:)``.
    ///
    /// - Throws: ``RecordFault`` if it is not whole.
    package init(stored bytes: [UInt8]) throws(RecordFault) {
        var used: [ProviderCap.Key: Used] = [:]
        for (key, part) in try RecordReader(bytes).list("used", Self.read) { used[key] = part }
        self.init(used: used)
    }

    private static func read(_ reader: RecordReader) throws(RecordFault) -> (ProviderCap.Key, Used) {
        let key = ProviderCap.Key(
            measure: try reader.optionalText("currency").map(ProviderCap.Measure.amount) ?? .count,
            span: try reader.optionalInteger("day_offset").map { .day(offsetSeconds: $0) } ?? .minute)
        return (key, Used(span: try reader.integer("span"), units: max(0, try reader.integer("units"))))
    }
}

extension ProviderCap.Key {
    /// Orders them, so that the same counters are the same bytes.
    fileprivate var mark: [Int64] {
        let currency: [Int64] =
            switch measure {
            case .count: [-1]
            case .amount(let code): code.utf8.map(Int64.init)
            }
        let day: Int64 =
            switch span {
            case .minute: .min
            case .day(let offset): offset
            }
        return [day] + currency
    }
}
