/// One try to move an order's money at one provider under one operator reference.
package struct Attempt: Sendable, Hashable {
    private let origin: Shared<Origin>

    /// What was fixed when the attempt was made.
    private struct Origin: Sendable, Hashable {
        let id: AttemptID
        let ordinal: Int
        let provider: ProviderID
        let channel: PaymentChannel
        let scope: String
        let reference: String
        let amount: Money
        let createdAt: Moment
    }

    package var id: AttemptID { origin.value.id }
    /// 1 for the first attempt of the order.
    package var ordinal: Int { origin.value.ordinal }
    package var provider: ProviderID { origin.value.provider }
    package var channel: PaymentChannel { origin.value.channel }
    /// Whose account at which operator it was made at, as ``OperatorScope`` writes it; empty for attempts of older
    /// releases.
    package var scope: String { origin.value.scope }
    /// Our reference, derived.
    package var reference: String { origin.value.reference }
    /// Its order's amount.
    package var amount: Money { origin.value.amount }
    package var createdAt: Moment { origin.value.createdAt }
    package private(set) var state: AttemptState
    /// The operator's own reference, once known.
    package var operatorReference: String?
    /// The epoch of the process that owns the sending.
    package var epoch: Int64
    /// The exact request without credentials; kept for permitted resends, sealed at rest.
    package var request: WireRequest?
    package var transmissions: [Transmission] = []
    /// What the payer has to do, while the attempt is pending.
    package var actions: [CustomerAction] = []
    package var sessionExpiresAt: Moment?
    /// A refusal that may still flip.
    package var heldRefusal: HeldRefusal?
    /// Why the attempt died, once it did.
    package var refusal: Refusal?
    package var absence: AbsenceRecord?
    /// Names the wallet where it can hold one open prompt only; the store keeps a keyed hash of it.
    package var promptLock: String?
    /// The wallet of ours that stands where an operator's would; `nil` for attempts at operators.
    package var wallet: WalletID?
    /// Whether the request carries a code typed by the payer.
    package var isConfirmation = false
    /// How many checks were made.
    package var checks = 0
    /// How often the operator was asked to end its page.
    package var withdrawals = 0
    /// Whether the payer has left it for another channel, once it was dead: it stands in no other attempt's way.
    package var wasLeft = false
    /// The first moment at which the outcome was open: sent, or session published.
    package var openSince: Moment?
    /// Not before this moment may another attempt follow a NOT_EXECUTED one.
    package var quarantineEnd: Moment?
    /// The kinds of discrepancies opened about this attempt; each at most once, however often it is told.
    package var disputes: [DiscrepancyKind] = []
    /// Whether any answer showed that the operator has the request: it is never sent again.
    package var hasArrived = false
    /// What this attempt, executed at the operator, takes for itself alone: no second attempt may be proven by the same.
    ///
    /// Set by the observation that shows the execution; write-only for stores, which keep a keyed hash.
    package var proofKey: String?
    /// What the biller handed over for the money; stored sealed, shown only once the payout has succeeded.
    package var goods: Secret?
    /// Until when the operator is asked for goods that were not there when the money had moved; `nil` if none are missing.
    package var goodsAwaitedUntil: Moment?
    /// Every state with its time and cause, in order.
    package private(set) var history: [AttemptStep]

    package init(
        id: AttemptID, of order: Order, ordinal: Int, provider: ProviderID, channel: PaymentChannel, scope: String,
        reference: String, epoch: Int64, at now: Moment
    ) {
        origin = Shared(
            Origin(
                id: id, ordinal: ordinal, provider: provider, channel: channel, scope: scope, reference: reference,
                amount: order.amount, createdAt: now))
        self.epoch = epoch
        state = .prepared
        history = [AttemptStep(state: .prepared, at: now, cause: "route chosen")]
    }

    /// Rebuilds an attempt from the store.
    package init(
        id: AttemptID, of order: Order, ordinal: Int, provider: ProviderID, channel: PaymentChannel, scope: String,
        reference: String, createdAt: Moment, epoch: Int64, state: AttemptState, history: [AttemptStep]
    ) {
        self.init(
            id: id, of: order, ordinal: ordinal, provider: provider, channel: channel, scope: scope,
            reference: reference, epoch: epoch, at: createdAt)
        self.state = state
        self.history = history
    }

    /// Applies an input by the table; the only way a state changes.
    ///
    /// - Returns: What the table said. On `.illegal` nothing changed.
    package mutating func apply(_ input: AttemptInput, at now: Moment, cause: String? = nil) -> AttemptVerdict {
        let verdict = AttemptMachine.verdict(state, input)
        if case .move(let next) = verdict {
            state = next
            history.append(AttemptStep(state: next, at: now, cause: cause ?? input.rawValue))
        }
        return verdict
    }

    /// The last moment at which bytes of this attempt can have left: the largest `sendNotAfter` plus the timeout.
    package var lastPossibleSend: Moment? {
        transmissions.map { $0.sendNotAfter.adding(milliseconds: $0.timeoutMilliseconds) }.max()
    }

    /// The wallet no other attempt may prompt meanwhile; `nil` once no prompt can be open.
    package var activePromptLock: String? { state.isLive && state != .succeeded ? promptLock : nil }

    /// Until when the refusal on file may still turn into a success; `nil` if there is none that only waits for that.
    package func refusalTurns(until contract: ProviderContract) -> Moment? {
        guard let held = heldRefusal, !held.refusal.needsCheck else { return nil }
        return held.turns(until: contract, sessionEnd: sessionExpiresAt)
    }

    /// The refusal on file, if it is the operator's last word: the attempt was accepted, nobody can be asked, and it cannot
    /// turn into a success any more.
    package func standingRefusal(_ contract: ProviderContract, at now: Moment) -> Refusal? {
        guard state == .pending, contract.check == .none, let end = refusalTurns(until: contract), now >= end else {
            return nil
        }
        return heldRefusal?.refusal
    }

    /// The refusal that awaits a look at the operator, if every transmission that can have left was refused by a complete
    /// answer: nothing of this attempt can be on its way any more.
    package var refusedEverywhere: Refusal? {
        let sent = transmissions.filter { $0.gateOpened != false }
        guard var refusal = heldRefusal?.refusal, refusal.needsCheck, !sent.isEmpty,
            sent.allSatisfy({ $0.endedAt != nil && $0.httpStatus == 400 })
        else { return nil }
        refusal.needsCheck = false
        refusal.isDefinitive = true
        return refusal
    }

    package var hasOpenTransmission: Bool { transmissions.contains { $0.endedAt == nil } }
}

/// One entry of an attempt's history.
package struct AttemptStep: Sendable, Hashable {
    package var state: AttemptState
    package var at: Moment
    package var cause: String

    package init(state: AttemptState, at: Moment, cause: String) {
        self.state = state
        self.at = at
        self.cause = cause
    }
}

/// One hand-off of one request for an attempt.
package struct Transmission: Sendable, Hashable {
    package var ordinal: Int
    package var sendNotAfter: Moment
    package var timeoutMilliseconds: Int64
    package var startedAt: Moment
    package var endedAt: Moment?
    /// `nil` while running, and for ever if the process died.
    package var gateOpened: Bool?
    package var curlCode: Int32?
    package var httpStatus: Int?

    package init(ordinal: Int, sendNotAfter: Moment, timeoutMilliseconds: Int64, startedAt: Moment) {
        self.ordinal = ordinal
        self.sendNotAfter = sendNotAfter
        self.timeoutMilliseconds = timeoutMilliseconds
        self.startedAt = startedAt
    }
}

/// A refusal that may still flip, and since when it is on file.
package struct HeldRefusal: Sendable, Hashable {
    package var refusal: Refusal
    package var since: Moment

    package init(refusal: Refusal, since: Moment) {
        self.refusal = refusal
        self.since = since
    }

    /// Until when it may still turn into a success: for the contract's quarantine or, where refusals end with the page they
    /// were told of, until the session's end.
    package func turns(until contract: ProviderContract, sessionEnd: Moment?) -> Moment {
        guard contract.refusalsEndWithSession, let sessionEnd else {
            return since.adding(seconds: contract.failureQuarantineSeconds)
        }
        return max(since, sessionEnd)
    }
}

/// How often, and over what span, the operator said that it knows no such transaction.
package struct AbsenceRecord: Sendable, Hashable {
    package var count: Int
    package var first: Moment
    package var last: Moment

    package init(count: Int, first: Moment, last: Moment) {
        self.count = count
        self.first = first
        self.last = last
    }
}
