/// Where an order comes from, as callers see it.
extension OrderView {
    /// The bill that a payment pays, missing where there is none, and who began the order.
    func writeOrigin(_ order: Order, to writer: inout JSONObjectWriter) {
        writer.field("bill", order.request.bill?.text)
        let initiator = order.begunBy
        writer.object("initiated_by", initiator) { writer, initiator in
            writer.field("type", initiator.kind.rawValue)
            writer.field("account", initiator.account(of: order.app))
            writer.field("key", initiator.key?.rawValue)
        }
    }
}

extension Initiator {
    /// Whose account that is: a person's, or else that of the app which the order belongs to.
    func account(of app: AppID) -> String {
        switch self {
        case .holder(let account), .console(let account): account.text
        case .secretKey, .publishableKey, .payer, .router: app.text
        }
    }

    /// The same object as in the order's own.
    package func json(_ app: AppID) -> JSONValue {
        var object = JSONObject()
        object["type"] = .string(kind.rawValue)
        object["account"] = .string(account(of: app))
        if let key { object["key"] = .string(key.rawValue) }
        return .object(object)
    }
}
