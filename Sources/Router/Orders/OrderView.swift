/// An order as callers see it: in API answers and in events.
///
/// Phone numbers are masked, secrets are absent.
package struct OrderView: Sendable {
    package let publicURL: String
    private let pages: HostedPages

    /// Shows orders with the links of this installation.
    ///
    /// - Parameters:
    ///   - publicURL: What links begin with.
    ///   - pages: Signs the links to payers' pages.
    package init(publicURL: String, pages: HostedPages) {
        self.publicURL = publicURL
        self.pages = pages
    }

    /// The order's object as JSON bytes.
    ///
    /// - Parameters:
    ///   - aggregate: The order.
    ///   - withGoods: Whether it goes to nobody but the app itself, so that goods may be in it.
    /// - Returns: The bytes.
    package func bytes(_ aggregate: OrderAggregate, withGoods: Bool = false) -> [UInt8] {
        JSONObjectWriter.object { writer in
            write(aggregate, to: &writer)
            if withGoods { writeGoods(aggregate, to: &writer) }
        }
    }

    /// The members of the order's object.
    package func write(_ aggregate: OrderAggregate, to writer: inout JSONObjectWriter) {
        writeSummary(aggregate.order, to: &writer)
        if aggregate.order.kind != .transfer { writer.array("attempts", aggregate.attempts, write) }
    }

    /// The members of the order's object without its attempts, as in lists.
    package func writeSummary(_ order: Order, to writer: inout JSONObjectWriter) {
        let request = order.request
        if let terms = request.transfer { return writeTransfer(order, terms, to: &writer) }
        writer.field("id", order.id.text)
        writer.field("object", order.kind.rawValue)
        writeParent(order, to: &writer)
        writer.field("environment", order.environment.rawValue)
        writer.field("amount", request.amount.minorUnits)
        writer.field("currency", request.amount.currency.code)
        if order.kind == .payment { writeMoney(order, to: &writer) }
        if order.kind == .refund {
            writer.field("method", request.followUp?.isPaidOut == true ? "payout" : "refund")
        }
        writer.field("status", order.status.rawValue)
        writer.field("certainty", order.certainty.rawValue)
        writer.nullable("channel", order.chosen?.channel.text)
        writer.nullable("provider", order.chosen?.provider.text)
        writeWallets(order, to: &writer)
        if order.kind == .payment {
            writeNextAction(order, asked: order.id, to: &writer)
            writer.nullable("hosted_url", pages.url(order, publicURL))
            writer.nullable("acceptance", order.request.needsAcceptance ? order : nil) { writer, order in
                writer.nullable("accepted_at", order.acceptedAt?.description)
                writer.field("accept_by", order.acceptableUntil.description)
                writer.field("accept_url", "\(publicURL)/v1/payments/\(order.id)/accept")
            }
        }
        writeFailure(order, to: &writer)
        writeReview(order, to: &writer)
        if !order.disputes.isEmpty { writer.array("discrepancies", order.disputes, write) }
        if order.kind == .payment { writer.field("cancel_requested", order.cancelRequestedAt != nil) }
        if !order.kind.hasParent {
            let isNamed = order.payeeWallet != nil || request.billAccount != nil || request.customerID != nil
            let customer = order.customer == Customer() && !isNamed ? nil : order.customer
            writer.nullable(order.kind == .payout ? "party" : "customer", customer) { writer, customer in
                writer.field("id", request.customerID)
                writer.field("wallet", order.payeeWallet?.text)
                writer.field("bill_account", request.billAccount.map(BillAccount.masked))
                writer.nullable("phone", customer.phone?.masked)
                writer.nullable("email", customer.email)
                writer.nullable("name", customer.name)
            }
        }
        writer.nullable("reference", request.reference)
        if !order.kind.hasParent { writer.nullable("repeat_of", request.repeatOf?.text) }
        writeOrigin(order, to: &writer)
        writer.nullable("description", request.description)
        writer.list("line_items", request.lineItems, write)
        writeEnd(order, to: &writer)
    }

    private func write(_ writer: inout JSONObjectWriter, _ line: LineItem) {
        writer.field("item", line.item)
        writer.field("name", line.name)
        writer.field("quantity", line.quantity)
        writer.field("unit_amount", line.unitAmount)
    }

    /// What every order's object ends with.
    func writeEnd(_ order: Order, to writer: inout JSONObjectWriter) {
        writer.nullable("metadata", order.request.metadata) { writer, metadata in
            for (name, value) in metadata.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
        }
        writer.field("created_at", order.createdAt.description)
        writer.field("updated_at", order.updatedAt.description)
        writer.field("expires_at", order.deadline.description)
    }

    /// Why an order failed.
    func writeFailure(_ order: Order, to writer: inout JSONObjectWriter) {
        // Until what is held was given back, the payment has not ended; why an order of a transfer failed is not yet why it did.
        let isOpen = !order.status.isFinal && (order.failure == .notAccepted || order.kind == .transfer)
        writer.nullable("failure", isOpen ? nil : order.failure) { writer, failure in
            write(&writer, failure, movedAfterAll: order.movedAfterAll)
        }
    }

    /// The order's own review or, on a payment, that of its capture or release, which is then named.
    func writeReview(_ order: Order, to writer: inout JSONObjectWriter) {
        let decision = order.review == nil ? order.reviewedDecision : nil
        let own = order.review.map { FollowUp.OpenReview(reason: $0.reason, since: $0.since) }
        writer.nullable("review", own ?? decision?.review) { writer, review in
            writer.field("reason", review.reason.rawValue)
            writer.field("since", review.since.description)
            if order.kind == .payment { writer.nullable("order", decision?.id.text) }
        }
    }

    /// The page on which a payer can still go on with a payment.
    package func openPage(_ order: Order) -> String? {
        order.kind == .payment && !order.status.isFinal ? pages.url(order, publicURL) : nil
    }

    /// What has become of a payment's money.
    private func writeMoney(_ order: Order, to writer: inout JSONObjectWriter) {
        writer.field("capture", order.purpose != .authorize)
        writer.field("amount_collected", order.collected.minorUnits)
        writer.field("amount_refunded", order.refunded.minorUnits)
        writer.field("amount_refundable", order.refundable.minorUnits)
        if order.purpose == .authorize {
            writer.nullable("authorized_until", order.isAuthorized ? order.heldUntil?.description : nil)
        }
        if !order.followUps.isEmpty {
            writer.array("related", order.followUps, write)
        }
        if !order.notices.isEmpty {
            writer.array("notices", order.notices) { writer, notice in
                writer.field("type", notice.kind.rawValue)
                writer.field("operator_reference", notice.operatorReference)
                writer.nullable("amount", notice.amount.map { Int($0.minorUnits) })
                writer.nullable("currency", notice.amount?.currency.code)
                writer.nullable("reason", notice.reason)
                writer.field("at", notice.at.description)
            }
        }
    }

    /// What an order remembers of one that belongs to it.
    private func write(_ writer: inout JSONObjectWriter, _ followUp: FollowUp) {
        writer.field("id", followUp.id.text)
        writer.field("object", followUp.kind.rawValue)
        writer.field("amount", followUp.amount.minorUnits)
        writer.field("status", followUp.status.rawValue)
        writer.field("certainty", followUp.certainty.rawValue)
        writer.nullable("review", followUp.review?.reason.rawValue)
    }

    private func write(_ writer: inout JSONObjectWriter, _ failure: OrderFailure, movedAfterAll: Bool) {
        // Some reasons must not be told to a payer who may be a thief.
        let isDelicate = failure.code == RefusalReason.suspectedFraud.rawValue
        writer.field("code", failure.code)
        writer.field("category", failure.blame.rawValue)
        // Who tries again what was taken after all pays twice.
        writer.field("retryable", failure.retryable && !movedAfterAll)
        writer.nullable("provider_code", failure.providerCode)
        let message =
            movedAfterAll ? PayerMessages.takenAfterAll : PayerMessages.text(isDelicate ? "declined" : failure.code)
        writer.field("message_for_payer", message)
    }

    func write(_ writer: inout JSONObjectWriter, _ dispute: Dispute) {
        writer.field("attempt", dispute.attempt.text)
        writer.field("kind", dispute.kind.rawValue)
        writer.field("executed", dispute.executed.minorUnits)
        writer.field("currency", dispute.executed.currency.code)
        writer.field("state", dispute.state.rawValue)
        writer.field("at", dispute.at.description)
    }

    private func write(_ writer: inout JSONObjectWriter, _ attempt: Attempt) {
        writer.field("id", attempt.id.text)
        writer.field("provider", attempt.provider.text)
        writer.field("channel", attempt.channel.text)
        writer.field("state", attempt.state.rawValue)
        writer.field("reference", attempt.reference)
        writer.nullable("operator_reference", attempt.operatorReference)
        writer.field("transmissions", attempt.transmissions.count)
        writer.field("checks", attempt.checks)
        writer.nullable("refusal", attempt.refusal) { writer, refusal in
            writer.field("reason", refusal.reason.rawValue)
            writer.nullable("provider_code", refusal.providerCode)
        }
        writer.array("history", attempt.history) { writer, step in
            writer.field("state", step.state.rawValue)
            writer.field("at", step.at.description)
            writer.field("cause", step.cause)
        }
    }

    /// What the payer has to do for an order, or for the one of a transfer's that waits.
    func writeNextAction(_ order: Order, asked: OrderID, to writer: inout JSONObjectWriter) {
        let actions = order.status.isFinal ? [] : order.nextActions
        writer.nullable("next_action", actions.first) { writer, first in
            write(&writer, first, asked)
            guard actions.count > 1 else { return }
            writer.array("also", Array(actions.dropFirst())) { write(&$0, $1, asked) }
        }
    }

    private func write(_ writer: inout JSONObjectWriter, _ action: CustomerAction, _ order: OrderID) {
        switch action {
        case .approveOnPhone(let hint):
            writer.field("type", "approve_on_phone")
            writer.nullable("hint", hint)
        case .redirect(let url):
            writer.field("type", "redirect")
            writer.field("url", url)
        case .showQR(let content):
            writer.field("type", "show_qr")
            writer.field("content", content)
            writer.field("svg_url", "\(publicURL)/v1/payments/\(order)/qr.svg")
            writer.field("png_url", "\(publicURL)/v1/payments/\(order)/qr.png")
            writer.nullable("app_link", action.appLink)
        case .submitForm(let url, let fields):
            writer.field("type", "submit_form")
            writer.field("url", url)
            writer.nullable("fields", fields) { writer, fields in
                for field in fields { writer.member(field.name, field.value) }
            }
        case .enterCode(let length):
            writer.field("type", "enter_code")
            writer.nullable("length", length)
            writer.field("confirm_url", "\(publicURL)/v1/payments/\(order)/confirm")
        case .wait: writer.field("type", "wait")
        }
    }
}
