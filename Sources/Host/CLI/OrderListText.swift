import Router

/// A list of orders as a person reads it in a terminal.
enum OrderListText {
    /// The orders, from when on they are complete, and what they add up to.
    static func lines(_ list: JSONValue, _ collection: String) -> [String] {
        let orders = list["data"]?.arrayValue ?? []
        let rows = collection == TransfersCommand.collection ? transfers(orders) : table(orders)
        var lines = [orders.isEmpty ? "No such \(collection)." : rows]
        if let from = list["complete_from"]?.stringValue {
            lines.append("Older orders are still being indexed: before \(from) some may be missing.")
        }
        let sums = list["sums"]?.arrayValue
        let totals = sums.map { $0.map(row) } ?? added(orders)
        guard !totals.isEmpty else { return lines }
        lines.append(sums == nil ? "The \(orders.count) listed:" : "All that fit, on this page and others:")
        lines.append(Terminal.table(["STATUS", "COUNT", "SUM"], totals))
        return lines
    }

    private static func table(_ orders: [JSONValue]) -> String {
        let columns = ["id", "created_at", "", "status", "channel", "provider", "reference"]
        let rows = orders.map { order in
            columns.map { name in
                name.isEmpty ? OrderText.amount(order) : order[name]?.stringValue ?? "-"
            }
        }
        return Terminal.table(["ID", "CREATED", "AMOUNT", "STATUS", "CHANNEL", "PROVIDER", "REFERENCE"], rows)
    }

    /// Transfers, with both ends instead of a channel and a provider.
    private static func transfers(_ transfers: [JSONValue]) -> String {
        let rows = transfers.map { transfer in
            [
                transfer["id"]?.stringValue ?? "-", transfer["created_at"]?.stringValue ?? "-",
                OrderText.amount(transfer), transfer["status"]?.stringValue ?? "-",
                transfer["phase"]?.stringValue ?? "-", TransferText.side(transfer["from"]),
                TransferText.side(transfer["to"]), transfer["reference"]?.stringValue ?? "-",
            ]
        }
        return Terminal.table(["ID", "CREATED", "AMOUNT", "STATUS", "PHASE", "FROM", "TO", "REFERENCE"], rows)
    }

    private static func row(_ sum: JSONValue) -> [String] {
        let amount = OrderText.amount(sum)
        return [
            sum["status"]?.stringValue ?? "", String(sum["count"]?.integerValue ?? 0),
            amount.isEmpty ? "too large to be added up" : amount,
        ]
    }

    /// What the orders of one page add up to, per currency and status.
    private static func added(_ orders: [JSONValue]) -> [[String]] {
        let groups = Dictionary(grouping: orders) { order in
            [order["currency"]?.stringValue ?? "", order["status"]?.stringValue ?? ""]
        }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, orders in
            let units = orders.reduce(Int128(0)) { $0 + Int128($1["amount"]?.integerValue ?? 0) }
            return row([
                "currency": .string(key[0]), "status": .string(key[1]), "count": JSONValue(Int64(orders.count)),
                "amount": Int64(exactly: units).map { JSONValue($0) } ?? .null,
            ])
        }
    }
}
