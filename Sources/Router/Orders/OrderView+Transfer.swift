/// A transfer as callers see it.
extension OrderView {
    /// The members of a transfer's object.
    func writeTransfer(_ order: Order, _ terms: TransferTerms, to writer: inout JSONObjectWriter) {
        let request = order.request
        writer.field("id", order.id.text)
        writer.field("object", order.kind.rawValue)
        writer.field("environment", order.environment.rawValue)
        writer.object("from", terms.from) { write(&$0, $1, request.customer) }
        writer.object("to", terms.to) { write(&$0, $1, terms.recipient) }
        writer.field("amount", request.amount.minorUnits)
        writer.field("currency", request.amount.currency.code)
        writer.field("fee", request.fee)
        writer.field("fee_payer", terms.feePayer.rawValue)
        writer.field("sender_pays", terms.debited(order).minorUnits)
        writer.field("recipient_gets", terms.credited(order).minorUnits)
        writer.field("status", order.status.rawValue)
        writer.field("certainty", order.certainty.rawValue)
        writer.field("phase", order.transferPhase.rawValue)
        let asked = order.followUps.first { $0.status == .awaitingCustomer }
        writeNextAction(order, asked: asked?.id ?? order.id, to: &writer)
        writer.array("legs", order.followUps, write)
        writeFailure(order, to: &writer)
        writeReview(order, to: &writer)
        if !order.disputes.isEmpty { writer.array("discrepancies", order.disputes, write) }
        writer.field("cancel_requested", order.cancelRequestedAt != nil)
        writer.nullable("reference", request.reference)
        writer.nullable("repeat_of", request.repeatOf?.text)
        writeOrigin(order, to: &writer)
        writer.nullable("description", request.description)
        writeEnd(order, to: &writer)
    }

    private func write(_ writer: inout JSONObjectWriter, _ end: TransferTerms.End, _ customer: Customer) {
        writer.nullable("wallet", end.wallet?.text)
        writer.nullable("channel", end.channel?.text)
        writer.nullable("phone", customer.phone?.masked)
        writer.nullable("email", customer.email)
        writer.nullable("name", customer.name)
    }

    private func write(_ writer: inout JSONObjectWriter, _ leg: FollowUp) {
        writer.field("id", leg.id.text)
        writer.field("object", leg.kind.rawValue)
        writer.nullable("role", TransferRole(leg.kind)?.rawValue)
        writer.field("amount", leg.amount.minorUnits)
        writer.field("status", leg.status.rawValue)
        writer.field("certainty", leg.certainty.rawValue)
        writer.nullable("review", leg.review?.reason.rawValue)
    }
}

/// What an order of a transfer is for.
package enum TransferRole: String, Sendable, Hashable, CaseIterable {
    /// Takes the sender's money.
    case debit
    /// Pays the recipient.
    case credit
    /// Gives the sender the money back.
    case compensation

    /// `nil` for kinds of orders that no transfer has.
    package init?(_ kind: OrderKind) {
        switch kind {
        case .payment: self = .debit
        case .payout: self = .credit
        case .refund: self = .compensation
        case .capture, .void, .transfer: return nil
        }
    }
}

/// How far a transfer has come, for callers.
package enum TransferPhase: String, Sendable, Hashable, CaseIterable {
    case debiting, crediting, compensating
    /// It has the money, and people have to end it.
    case parked
    case done
}

extension Order {
    /// How far a transfer has come: its newest order tells.
    package var transferPhase: TransferPhase {
        if outcome.isFinal { return .done }
        if review?.reason == .transferParked { return .parked }
        switch followUps.last?.kind {
        case .refund: return .compensating
        case .payout: return .crediting
        case .payment where followUps.last?.status == .succeeded: return .crediting
        case .payment, .capture, .void, .transfer, nil: return .debiting
        }
    }
}
