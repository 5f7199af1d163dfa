/// A bill as callers see it.
package struct BillView: Sendable {
    package let publicURL: String
    /// Whether it says whose app and account it is: for people of the platform.
    package var showsApp = false

    /// Shows bills with the links of this installation.
    ///
    /// - Parameters:
    ///   - publicURL: What links begin with.
    ///   - showsApp: Whether people of the platform read it.
    package init(publicURL: String, showsApp: Bool = false) { (self.publicURL, self.showsApp) = (publicURL, showsApp) }

    /// The page on which a bill is paid.
    package func payURL(_ bill: Bill) -> String { "\(publicURL)/bill/\(bill.code)" }

    /// As its issuer sees it.
    package func json(_ bill: Bill) -> JSONValue {
        let shown: JSONValue = [
            "id": .string(bill.id.text), "object": "bill", "environment": .string(bill.environment.rawValue),
            "code": .string(bill.code.description), "state": .string(bill.state.rawValue),
            "is_being_paid": .bool(bill.state == .open && bill.payment != nil), "name": .string(bill.text.name),
            "amount": JSONValue(bill.amount.minorUnits), "currency": .string(bill.amount.currency.code),
            "payer": JSONValue(bill.text.payer), "description": JSONValue(bill.text.description),
            "reference": JSONValue(bill.text.reference), "due_date": JSONValue(bill.text.dueDate),
            "destination": bill.wallet.map { ["wallet": .string($0.text)] } ?? .null,
            "payment": bill.state == .paid ? JSONValue(bill.payment?.text) : .null,
            "pay_url": .string(payURL(bill)), "qr_svg_url": .string("\(publicURL)/v1/bills/\(bill.code)/qr.svg"),
            "created_at": .string(bill.createdAt.description), "ended_at": JSONValue(bill.endedAt?.description),
        ]
        guard showsApp, var object = shown.objectValue else { return shown }
        object["app"] = .string(bill.app.text)
        object["issuer"] = JSONValue(bill.issuer?.text)
        return .object(object)
    }

    /// As its payer sees it: nothing of the issuer's own.
    package func payersJSON(_ bill: Bill, from name: String?) -> JSONValue {
        [
            "object": "bill", "code": .string(bill.code.description), "state": .string(bill.state.rawValue),
            "is_being_paid": .bool(bill.state == .open && bill.payment != nil), "name": .string(bill.text.name),
            "from": JSONValue(name), "amount": JSONValue(bill.amount.minorUnits),
            "currency": .string(bill.amount.currency.code), "payer": JSONValue(bill.text.payer),
            "description": JSONValue(bill.text.description), "due_date": JSONValue(bill.text.dueDate),
            "pay_url": .string(payURL(bill)),
        ]
    }
}
