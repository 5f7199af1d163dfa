/// What of an app must be sealed: its owner's words about it, and the number of its owner.
package enum AppCoding {
    /// The bytes; `nil` if there is nothing to seal.
    package static func record(_ app: App) -> [UInt8]? {
        guard app.about != nil || app.phone != nil else { return nil }
        return StoredRecord.bytes([
            "about": JSONValue(app.about), "phone": app.phone.map { AccountCoding.number($0) } ?? .null,
        ])
    }

    /// Takes over what was sealed.
    package static func read(_ bytes: [UInt8], into app: inout App) throws(RecordFault) {
        let record = try StoredRecord(bytes)
        app.about = try record.optionalText("about")
        if let phone = record.optionalRecord("phone") { app.phone = try AccountCoding.number(phone) }
    }
}
