import Router

extension PaymentInput {
    /// One line of what is paid for.
    struct LineInput: Decodable {
        var item: String
        var name: String
        var quantity: Int64
        var unitAmount: Int64

        enum CodingKeys: String, CodingKey {
            case item, name, quantity
            case unitAmount = "unit_amount"
        }

        /// Lines in which every member is known, there and of the right kind; `nil` at the first that is not.
        static func plain(_ value: JSONValue) -> [LineInput]? {
            guard let values = value.arrayValue, values.count <= LineItem.most else { return nil }
            var lines: [LineInput] = []
            lines.reserveCapacity(values.count)
            for value in values {
                guard let object = value.objectValue, object.members.count == 4, let item = object["item"]?.stringValue,
                    let name = object["name"]?.stringValue, let quantity = object["quantity"]?.integerValue,
                    let unitAmount = object["unit_amount"]?.integerValue
                else { return nil }
                lines.append(LineInput(item: item, name: name, quantity: quantity, unitAmount: unitAmount))
            }
            return lines
        }
    }

    /// The most of one item that a line may have: what is sold in a year still fits into 64 bits.
    static let mostOfAnItem: Int64 = 1_000_000_000

    /// What is wrong with the lines, as far as each can be understood; their sum is compared once each is right.
    func checkLines(_ checks: inout InputChecks, _ customerAt: String) {
        if let id = customer?.id { checks.words(id, 100, customerAt + "/id") }
        guard let lineItems else { return }
        checks.check(
            (1...LineItem.most).contains(lineItems.count), "/line_items",
            "must have 1 to \(LineItem.most) lines; leave it out if there is nothing to tell")
        for (index, line) in lineItems.prefix(LineItem.most).enumerated() {
            let place = "/line_items/\(index)"
            checks.words(line.item, 100, place + "/item")
            checks.words(line.name, 200, place + "/name")
            checks.check(
                (1...Self.mostOfAnItem).contains(line.quantity), place + "/quantity",
                "must be an integer from 1 to \(Self.mostOfAnItem)")
            checks.check(
                (0...Self.mostUnits).contains(line.unitAmount), place + "/unit_amount",
                "must be minor units of the payment's currency, from 0 to 2^53 - 1")
        }
        guard (1...LineItem.most).contains(lineItems.count), lineItems.allSatisfy(\.isInBounds) else { return }
        checkSum(of: lineItems, &checks)
    }

    private static let mostUnits: Int64 = 9_007_199_254_740_991

    private func checkSum(of lines: [LineInput], _ checks: inout InputChecks) {
        var sum: Int64 = 0
        for (index, line) in lines.enumerated() {
            let (cost, isTooMuch) = line.quantity.multipliedReportingOverflow(by: line.unitAmount)
            let (next, isBeyond) = sum.addingReportingOverflow(cost)
            guard !isTooMuch, !isBeyond, next <= Self.mostUnits else {
                return checks.check(
                    false, "/line_items/\(index)",
                    "with this line the sum of quantity times unit_amount is beyond any amount; it must be \(amount)")
            }
            sum = next
        }
        checks.check(
            sum == amount, "/line_items",
            "add up to \(sum), which must be the amount, \(amount): tax, shipping and discounts are a part of the lines"
        )
    }

    /// Puts lines and the customer's id, which were checked, into a request.
    func setLines(of request: inout OrderRequest) {
        request.customerID = customer?.id
        request.lineItems = (lineItems ?? []).map {
            LineItem(item: $0.item, name: $0.name, quantity: $0.quantity, unitAmount: $0.unitAmount)
        }
    }
}

extension PaymentInput.LineInput {
    fileprivate var isInBounds: Bool { quantity >= 1 && unitAmount >= 0 }
}
