import WebText

/// A challenge as stores keep it; must be sealed.
package enum ChallengeCoding {
    package static func record(_ challenge: Challenge) -> [UInt8] {
        var (isReplaced, user): (JSONValue, JSONValue) = (.null, .null)
        switch challenge.state {
        case .open: break
        case .replaced: isReplaced = true
        case .used(let name): user = .string(name)
        }
        return StoredRecord.bytes([
            "id": .string(challenge.id.text), "account": .string(challenge.account.text),
            "purpose": .string(challenge.purpose.rawValue), "subject": .string(Hex.text(challenge.subject)),
            "code": .string(Hex.text(challenge.codeHash)), "contact": .string(challenge.contact.rawValue),
            "created_at": challenge.createdAt.stored, "tries": JSONValue(Int64(challenge.tries)),
            "resends": JSONValue(Int64(challenge.resends)), "sent_at": challenge.sentAt.stored,
            "replaced": isReplaced, "used_by": user,
            "amount": challenge.about.map { JSONValue($0.amount.minorUnits) } ?? .null,
            "currency": JSONValue(challenge.about?.amount.currency.code),
            "counterparty": JSONValue(challenge.about?.counterparty),
        ])
    }

    /// - Throws: If the record lacks something, or is another challenge's.
    package static func challenge(_ bytes: [UInt8], id: ChallengeID) throws(RecordFault) -> Challenge {
        let record = try StoredRecord(bytes)
        guard try record.id("id") == id, let subject = Hex.bytes(try record.text("subject")),
            let code = Hex.bytes(try record.text("code"))
        else { throw RecordFault("a challenge's record is another one's") }
        var challenge = Challenge(
            id: id, account: try record.id("account"), purpose: try record.word("purpose"), subject: subject,
            codeHash: code, contact: try record.word("contact"), createdAt: try record.moment("created_at"))
        challenge.tries = Int(try record.integer("tries"))
        challenge.resends = Int(try record.integer("resends"))
        challenge.sentAt = try record.moment("sent_at")
        if let units = try record.optionalInteger("amount") {
            challenge.about = Challenge.About(
                amount: try OrderCoding.money(units, record.text("currency")),
                counterparty: try record.optionalText("counterparty"))
        }
        if record.flag("replaced") { challenge.state = .replaced }
        if let user = try record.optionalText("used_by") { challenge.state = .used(by: user) }
        return challenge
    }
}
