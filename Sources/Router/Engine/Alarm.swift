/// What calls people: each name is one of the values of `payrouter_alarms_total` and of the log's `alarm`.
package enum Alarm: String, Sendable, Hashable, CaseIterable {
    /// A constraint of the store keeps an attempt away that the rules allow.
    case constraintHeld = "constraint_held"
    /// An operator refused our credentials: nothing is sent there until a harmless question is answered.
    case credentialsRefused = "credentials_refused"
    /// A changed configuration, or a changed secret of it, cannot be used; what was worked with before stays.
    case configurationRefused = "configuration_refused"
    /// The listener has no room for more connections.
    case connectionsFull = "connections_full"
    /// This machine has no descriptor for another connection to an operator or webhook endpoint.
    case descriptorsExhausted = "descriptors_exhausted"
    /// Evidence contradicts something final.
    case discrepancy
    /// Work was under way when the time to stop was over.
    case drainIncomplete = "drain_incomplete"
    /// Another process took over the store: this one never sends again.
    case epochLost = "epoch_lost"
    /// Too much of a provider's money is in attempts whose end is not known.
    case exposureLimit = "exposure_limit"
    /// A proxy forwards without the header that names its client.
    case forwardingUnread = "forwarding_unread"
    /// A biller was paid, and the goods have not come in their time.
    case goodsMissing = "goods_missing"
    /// What is owed to a held payment could not begin.
    case holdNotSettled = "hold_not_settled"
    /// The places for notifications of one kind are used up.
    case inboxFull = "inbox_full"
    /// The ledger refused what an operator has done already: an account is not as it must be.
    case ledgerRefused = "ledger_refused"
    /// A change could not be written; the timer tries it again.
    case notStored = "not_stored"
    /// A notification that counts matched nothing in its time.
    case orphanCallback = "orphan_callback"
    /// A message gateway refuses a message for good.
    case messageRefused = "message_refused"
    /// A message gateway takes nothing at present; its messages are tried again.
    case messagesDelayed = "messages_delayed"
    /// Orders are open at a provider whose id means another operator or account now.
    case providerChanged = "provider_changed"
    /// Orders are open at a provider that is not configured.
    case providerMissing = "provider_missing"
    /// An operator gave a reference that already proves another attempt.
    case repeatedReference = "repeated_reference"
    /// So much was open at the start that new orders are accepted slowly at first.
    case slowOpening = "slow_opening"
    /// Units of work cannot be read, so that snapshots lack them.
    case snapshotsIncomplete = "snapshots_incomplete"
    /// The next order of a transfer could not begin; it is tried again.
    case transferDelayed = "transfer_delayed"
    /// A transfer has the sender's money, and it can neither be paid out nor given back.
    case transferParked = "transfer_parked"
    /// Money came that its payer sent from an operator's own menu, and nothing is found that it pays.
    case unopenedPayment = "unopened_payment"
    /// Somebody who is no configured proxy sends forwarding headers.
    case untrustedForwarding = "untrusted_forwarding"
    /// The master key can be guessed.
    case weakMasterKey = "weak_master_key"
    /// An event could not be delivered to an endpoint within its time.
    case webhookDead = "webhook_dead"
    /// An endpoint failed for too long and is disabled.
    case webhookEndpointDisabled = "webhook_endpoint_disabled"

    // What an operator tells without being asked, as ``OperatorNotice/Kind`` names it.
    case disputeOpened = "dispute_opened"
    case disputeUpdated = "dispute_updated"
    case disputeWon = "dispute_won"
    case disputeLost = "dispute_lost"
    case refundedElsewhere = "refunded_elsewhere"

    init(_ notice: OperatorNotice.Kind) {
        self =
            switch notice {
            case .disputeOpened: .disputeOpened
            case .disputeUpdated: .disputeUpdated
            case .disputeWon: .disputeWon
            case .disputeLost: .disputeLost
            case .refundedElsewhere: .refundedElsewhere
            }
    }
}
