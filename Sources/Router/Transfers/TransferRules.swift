/// Where one order of a transfer stands, as far as the others depend on it.
package enum LegStanding: Sendable, Hashable {
    /// Under way, or nobody knows: nothing that competes with it may begin.
    case open
    case succeeded
    /// The money has come, for a wallet that was closed meanwhile: the recipient does not have it.
    case unclaimed
    /// Every attempt is dead; before `quarantine` one may still turn out to have been executed.
    case dead(quarantine: Moment?)
    /// It ended without success, and its operator says, or people found, that money moved all the same.
    case strayed

    package init(_ leg: FollowUp) {
        switch leg.status {
        // That an operator takes its word back is decided by people, on the leg itself.
        case .succeeded: self = leg.certainty == .disputed ? .open : leg.isUnclaimed ? .unclaimed : .succeeded
        case .failed, .cancelled:
            self =
                leg.certainty == .disputed || leg.executed.minorUnits > 0
                ? .strayed : .dead(quarantine: leg.quarantineEnd)
        case .processing, .awaitingCustomer, .awaitingAcceptance, .authorized, .underReview: self = .open
        }
    }
}

/// A transfer as its next move depends on it.
package struct TransferState: Sendable, Hashable {
    package var shape: TransferShape
    package var debit: LegStanding?
    package var credit: LegStanding?
    /// The newest compensation; earlier ones are dead.
    package var compensation: LegStanding?
    package var cancelRequested: Bool

    package init(
        _ shape: TransferShape, debit: LegStanding? = nil, credit: LegStanding? = nil,
        compensation: LegStanding? = nil, cancelRequested: Bool = false
    ) {
        self.shape = shape
        self.debit = debit
        self.credit = credit
        self.compensation = compensation
        self.cancelRequested = cancelRequested
    }
}

extension TransferState {
    /// Whether the sender's money is with us, and nobody else has it for certain.
    package var hasTaken: Bool {
        switch shape {
        case .between: debit == .succeeded
        case .into: debit == .unclaimed
        case .inside, .out: false
        }
    }

    /// Why people may not have a compensation begun; `nil` if they may: the money is with us, and no order can have moved it.
    package func objectionToGivingBack(at now: Moment) -> BackObjection? {
        guard hasTaken else { return .nothingTaken }
        for leg in [credit, compensation] {
            switch leg {
            case nil: continue
            case .dead(let quarantine):
                if let quarantine, now < quarantine { return .tooEarly(quarantine) }
            case .open, .succeeded, .unclaimed, .strayed: return .moved
            }
        }
        return nil
    }

    /// Why a parked transfer's money may not be given back by the router.
    package enum BackObjection: Error, Sendable, Hashable {
        /// The sender's money is not with us.
        case nothingTaken
        /// An order of the transfer has moved it, or may have.
        case moved
        /// What failed may still turn out to have been executed, until then.
        case tooEarly(Moment)
    }
}

/// What comes next for a transfer.
package enum TransferMove: Sendable, Hashable {
    /// Its orders go on by themselves, or wait for people.
    case wait
    /// Nothing may begin before this moment.
    case lookAgain(Moment)
    case startCredit
    case startCompensation
    /// The recipient has the money.
    case complete
    /// Nothing was taken from the sender.
    case fail
    /// The same, as somebody wished.
    case cancel
    /// The sender has it back.
    case giveUp
    /// The money is in suspense and stays there until people end it.
    case park
}

/// The one decision about transfers (docs/money-safety.md, 10), pure and total.
package struct TransferRules: Sendable {
    /// What comes next; tests plant mistakes here.
    package var next: @Sendable (TransferState, Moment) -> TransferMove

    package init(next: @escaping @Sendable (TransferState, Moment) -> TransferMove) { self.next = next }

    package static let standard = TransferRules { state, now in
        switch state.shape {
        case .inside: .wait
        case .into:
            state.debit == .unclaimed ? givingBack(state) ?? .startCompensation : afterOnlyLeg(state.debit, state)
        case .out: afterOnlyLeg(state.credit, state)
        case .between: between(state, at: now)
        }
    }

    private static func afterOnlyLeg(_ leg: LegStanding?, _ state: TransferState) -> TransferMove {
        switch leg {
        case .succeeded: .complete
        case .dead: state.cancelRequested ? .cancel : .fail
        // What strayed is in the books of the leg, where people end it; nothing of the transfer is left to do.
        case .strayed: .fail
        case .open, .unclaimed, nil: .wait
        }
    }

    private static func between(_ state: TransferState, at now: Moment) -> TransferMove {
        guard state.debit == .succeeded else { return afterOnlyLeg(state.debit, state) }
        if let move = givingBack(state) { return move }
        switch state.credit {
        // Nothing was begun for the recipient: who wished to stop gets the money back.
        case nil: return state.cancelRequested ? .startCompensation : .startCredit
        case .open: return .wait
        case .succeeded: return .complete
        case .dead(let quarantine):
            if let quarantine, now < quarantine { return .lookAgain(quarantine) }
            return .startCompensation
        case .strayed, .unclaimed: return .park
        }
    }

    /// What follows from the compensation; `nil` if none was begun.
    private static func givingBack(_ state: TransferState) -> TransferMove? {
        switch state.compensation {
        case nil: nil
        case .open: .wait
        case .succeeded: .giveUp
        case .dead, .strayed, .unclaimed: .park
        }
    }
}
