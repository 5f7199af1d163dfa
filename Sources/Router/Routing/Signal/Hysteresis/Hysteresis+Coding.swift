extension Hysteresis {
    /// The state as stores keep it, without its settings.
    package var encoded: [UInt8] {
        JSONObjectWriter.object { writer in
            writer.field("away_since", awaySince)
            writer.field("returned_at", returnedAt)
            writer.object("wish", wish) { writer, wish in
                writer.field("direction", wish.direction.rawValue)
                writer.field("until", wish.until)
                writer.field("by", wish.by)
            }
            writer.list("observations", observations) { writer, one in
                writer.field("at", one.at)
                writer.field("good", one.isGood)
                if one.isOpen { writer.field("open", true) }
            }
        }
    }

    /// Reads ``encoded``; with other settings than before it goes on with what was observed.
    ///
    /// - Throws: ``RecordFault`` if it is not whole.
    package init(stored bytes: [UInt8], _ settings: HysteresisSettings) throws(RecordFault) {
        let reader = try RecordReader(bytes)
        self.init(
            settings, awaySince: try reader.optionalMoment("away_since"),
            returnedAt: try reader.optionalMoment("returned_at"),
            wish: try reader.optionalObject("wish", Self.wish),
            observations: try reader.list("observations", Self.observation))
    }

    private static func wish(_ reader: RecordReader) throws(RecordFault) -> HysteresisWish {
        HysteresisWish(
            try reader.word("direction"), until: try reader.optionalMoment("until"), by: try reader.text("by"))
    }

    private static func observation(_ reader: RecordReader) throws(RecordFault) -> Observation {
        Observation(
            at: try reader.moment("at"), isGood: try reader.optionalFlag("good") ?? false,
            isOpen: try reader.optionalFlag("open") ?? false)
    }
}
