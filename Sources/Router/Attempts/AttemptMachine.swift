/// The attempt's state graph as one table.
///
/// Nothing else in the router decides about edges.
public enum AttemptMachine {
    /// What `input` does to an attempt in `state`.
    ///
    /// Total: every pair has an answer.
    public static func verdict(_ state: AttemptState, _ input: AttemptInput) -> AttemptVerdict {
        switch state {
        case .prepared: prepared(input)
        case .sending: sending(input)
        case .pending: pending(input)
        case .unknown: unknown(input)
        case .succeeded: succeeded(input)
        case .conflict: conflict(input)
        case .withdrawn, .notSent, .rejected, .notExecuted, .voided: dead(input)
        }
    }

    private static func prepared(_ input: AttemptInput) -> AttemptVerdict {
        switch input {
        case .withdraw: .move(.withdrawn)
        case .preparationFailed: .move(.notSent)
        case .sessionOpened: .move(.pending)
        case .sendOpened: .move(.sending)
        case .booked: .move(.succeeded)
        case .bookingRefused: .move(.rejected)
        // Somebody executed under a reference that we never sent: never send it ourselves, and call people.
        case .executed, .mismatched: .move(.conflict)
        case .inProgress, .refused, .refusedForNow, .voided: .stay
        case .gateStayedShut, .outcomeLost, .absenceConcluded, .foundExecuted, .foundNotExecuted: .illegal
        }
    }

    private static func sending(_ input: AttemptInput) -> AttemptVerdict {
        switch input {
        case .gateStayedShut: .move(.notSent)
        case .outcomeLost, .refusedForNow: .move(.unknown)
        case .executed: .move(.succeeded)
        case .mismatched: .move(.conflict)
        case .inProgress: .move(.pending)
        case .refused: .move(.rejected)
        case .voided: .move(.voided)
        case .withdraw, .preparationFailed, .sessionOpened, .sendOpened, .booked, .bookingRefused, .absenceConcluded,
            .foundExecuted, .foundNotExecuted:
            .illegal
        }
    }

    private static func pending(_ input: AttemptInput) -> AttemptVerdict {
        switch input {
        case .executed: .move(.succeeded)
        case .mismatched: .move(.conflict)
        case .refused: .move(.rejected)
        case .voided: .move(.voided)
        case .inProgress, .refusedForNow, .outcomeLost: .stay
        case .foundExecuted: .move(.succeeded)
        // The operator had accepted it: that it was not executed is its refusal, told by people.
        case .foundNotExecuted: .move(.rejected)
        case .withdraw, .preparationFailed, .sessionOpened, .sendOpened, .booked, .bookingRefused, .gateStayedShut,
            .absenceConcluded:
            .illegal
        }
    }

    private static func unknown(_ input: AttemptInput) -> AttemptVerdict {
        switch input {
        case .executed: .move(.succeeded)
        case .mismatched: .move(.conflict)
        case .refused: .move(.rejected)
        case .voided: .move(.voided)
        case .inProgress: .move(.pending)
        case .absenceConcluded, .foundNotExecuted: .move(.notExecuted)
        case .foundExecuted: .move(.succeeded)
        // A resend whose gate stayed shut, or whose answer was lost, says nothing about the first transmission.
        case .refusedForNow, .outcomeLost, .gateStayedShut: .stay
        case .withdraw, .preparationFailed, .sessionOpened, .sendOpened, .booked, .bookingRefused: .illegal
        }
    }

    private static func succeeded(_ input: AttemptInput) -> AttemptVerdict {
        switch input {
        case .executed, .inProgress, .outcomeLost, .gateStayedShut, .foundExecuted: .stay
        case .mismatched: .discrepancy(.lateMismatch)
        case .refused, .refusedForNow, .voided, .foundNotExecuted: .discrepancy(.lateFailure)
        case .withdraw, .preparationFailed, .sessionOpened, .sendOpened, .booked, .bookingRefused, .absenceConcluded:
            .illegal
        }
    }

    private static func conflict(_ input: AttemptInput) -> AttemptVerdict {
        switch input {
        case .executed, .mismatched, .inProgress, .refused, .refusedForNow, .voided, .outcomeLost, .gateStayedShut:
            .stay
        // The only way out: people decide (docs/money-safety.md, 2).
        case .foundExecuted: .move(.succeeded)
        case .foundNotExecuted: .move(.notExecuted)
        case .withdraw, .preparationFailed, .sessionOpened, .sendOpened, .booked, .bookingRefused, .absenceConcluded:
            .illegal
        }
    }

    private static func dead(_ input: AttemptInput) -> AttemptVerdict {
        switch input {
        case .executed, .foundExecuted: .discrepancy(.lateSuccess)
        case .mismatched: .discrepancy(.lateMismatch)
        case .inProgress, .refused, .refusedForNow, .voided, .outcomeLost, .gateStayedShut, .foundNotExecuted: .stay
        case .withdraw, .preparationFailed, .sessionOpened, .sendOpened, .booked, .bookingRefused, .absenceConcluded:
            .illegal
        }
    }
}
