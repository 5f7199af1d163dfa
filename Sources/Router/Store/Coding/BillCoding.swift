import WebText

/// A bill as stores keep it; must be sealed.
package enum BillCoding {
    package static func record(_ bill: Bill) -> [UInt8] {
        StoredRecord.bytes([
            "id": .string(bill.id.text), "code": .string(bill.code.text), "app": .string(bill.app.text),
            "environment": .string(bill.environment.rawValue), "issuer": JSONValue(bill.issuer?.text),
            "wallet": JSONValue(bill.wallet?.text), "amount": JSONValue(bill.amount.minorUnits),
            "currency": .string(bill.amount.currency.code), "name": .string(bill.text.name),
            "payer": JSONValue(bill.text.payer), "description": JSONValue(bill.text.description),
            "reference": JSONValue(bill.text.reference), "due_date": JSONValue(bill.text.dueDate),
            "recipient": JSONValue(bill.recipient?.text), "key": .string(bill.idempotencyKey),
            "fingerprint": .string(Hex.text(bill.fingerprint)), "request": .string(bill.requestID.text),
            "created_at": bill.createdAt.stored, "state": .string(bill.state.rawValue),
            "payment": JSONValue(bill.payment?.text), "ended_at": bill.endedAt?.stored ?? .null,
        ])
    }

    /// - Throws: If the record lacks something, or is another bill's.
    package static func bill(_ bytes: [UInt8], id: BillID) throws(RecordFault) -> Bill {
        let record = try StoredRecord(bytes)
        guard try record.id("id") == id, let code = BillCode(try record.text("code")),
            let fingerprint = Hex.bytes(try record.text("fingerprint"))
        else { throw RecordFault("a bill's record is another one's") }
        var bill = Bill(
            id: id, code: code, app: try record.id("app"), environment: try record.word("environment"),
            issuer: try record.optionalID("issuer"), wallet: try record.optionalID("wallet"),
            amount: try OrderCoding.money(record.integer("amount"), record.text("currency")),
            text: Bill.Text(
                name: try record.text("name"), payer: try record.optionalText("payer"),
                description: try record.optionalText("description"), reference: try record.optionalText("reference"),
                dueDate: try record.optionalText("due_date")),
            recipient: try record.optionalID("recipient"), idempotencyKey: try record.text("key"),
            fingerprint: fingerprint, requestID: try record.id("request"), createdAt: try record.moment("created_at"))
        bill.state = try record.word("state")
        if let payment = try record.optionalText("payment") { bill.payment = try OrderID(stored: payment) }
        bill.endedAt = try record.optionalMoment("ended_at")
        return bill
    }
}
