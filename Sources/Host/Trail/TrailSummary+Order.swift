import Router

extension TrailSummary {
    init(_ aggregate: OrderAggregate, appName: String?) {
        let order = aggregate.order
        let request = order.request
        app = order.app
        self.appName = appName
        environment = order.environment
        amount = order.amount
        status = order.status
        certainty = order.certainty
        // Until a transfer has ended, why one of its orders failed is not why it did.
        failure = order.status.isFinal ? order.failure : nil
        whereabouts = MoneyWhereabouts(of: aggregate)
        let sender = request.transfer?.from.wallet ?? order.wallet
        party = TrailParty(order.customer, wallet: sender, billAccount: request.billAccount)
        recipient = request.transfer.flatMap { TrailParty($0.recipient, wallet: $0.to.wallet) }
        channel = order.chosen?.channel
        provider = order.chosen?.provider
        reference = request.reference
        description = request.description
        metadata = request.metadata
        names = TrailNames(
            request: order.requestID, callersRequest: request.callersRequestID,
            idempotencyKey: TrailNames.shown(order.callersKey), initiator: order.begunBy)
        createdAt = order.createdAt
        updatedAt = order.updatedAt
        deadline = order.deadline
        due = order.due
    }
}

extension TrailNames {
    /// A key as people read it: what the router makes by itself is marked by characters that cannot be seen.
    static func shown(_ key: String) -> String {
        key.split { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }.joined(separator: " ")
    }
}

extension TrailRelative {
    init(parent: OrderID, _ read: OrderAggregate?) {
        self.init(
            role: .parent, id: parent, amount: read?.order.amount, status: read?.order.status,
            certainty: read?.order.certainty, whereabouts: read.map { MoneyWhereabouts(of: $0) })
    }

    init(_ followUp: FollowUp, of kind: OrderKind, _ read: OrderAggregate?) {
        let leg = kind == .transfer ? TransferRole(followUp.kind) : nil
        self.init(
            role: leg.map { .leg($0) } ?? .followUp, id: followUp.id, amount: followUp.amount,
            status: followUp.status, certainty: followUp.certainty,
            whereabouts: read.map { MoneyWhereabouts(of: $0) })
    }
}
