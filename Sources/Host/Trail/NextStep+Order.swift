import Router

extension NextStep {
    /// What happens next with an order, in the order in which people want to hear it.
    static func of(_ aggregate: OrderAggregate) -> [NextStep] {
        let order = aggregate.order
        var steps: [NextStep] = []
        if let review = order.review {
            steps.append(.people(review.reason, since: review.since, signatures: review.signatures.count))
        }
        switch order.status {
        case .awaitingCustomer: steps.append(.payer(order.nextActions.first?.kind, until: order.deadline))
        case .awaitingAcceptance: steps.append(.shop(until: order.acceptableUntil))
        case .processing, .authorized, .succeeded, .failed, .cancelled, .underReview: break
        }
        if order.isAuthorized, order.decision == nil, order.status == .authorized {
            steps.append(.captureOrVoid(until: order.heldUntil))
        }
        if let open = openFollowUp(order) { steps.append(.waitsFor(open)) }
        switch order.due?.queue {
        case .provider(let id)?: steps.append(.asks(id, at: order.due?.at ?? order.updatedAt))
        case .engine?: steps.append(.looks(at: order.due?.at ?? order.updatedAt))
        case nil: break
        }
        return steps
    }

    /// The order that decides what becomes of this one: a transfer's leg, a capture or release.
    private static func openFollowUp(_ order: Order) -> OrderID? {
        let deciding = order.followUps.last { order.kind == .transfer || $0.kind == .capture || $0.kind == .void }
        return deciding.flatMap { $0.status.isFinal && $0.review == nil ? nil : $0.id }
    }
}

extension CustomerAction {
    /// What sort of action it is.
    var kind: Kind {
        switch self {
        case .approveOnPhone: .approveOnPhone
        case .redirect: .redirect
        case .showQR: .showQR
        case .submitForm: .submitForm
        case .enterCode: .enterCode
        case .wait: .wait
        }
    }
}
