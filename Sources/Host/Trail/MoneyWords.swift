import Router

/// Where money is, in plain English.
struct MoneyWords {
    let kind: OrderKind
    let amount: Money
    let account: LedgerAccount

    func text(_ place: MoneyPlace) -> String {
        switch place {
        case .untouched: untouched
        case .asked(let provider): "\(provider) has the request, and has not said that money moved."
        case .onItsWay(let provider):
            "The request is on its way to \(provider): nobody can say yet whether money moved."
        case .refusedSoFar(let provider):
            "\(provider) has said no, but may still change that: nobody can say yet whether money moves."
        case .unknown(let provider):
            "Nobody can say yet whether \(provider?.text ?? "an operator") moved the money."
        case .held(let provider, let until):
            "\(provider?.text ?? "The operator") holds \(amount) of the payer's money"
                + (until.map { " until \($0)" } ?? "") + "; nothing of it is collected."
        case .heldOrDecided(let decision):
            "The operator held \(amount) of the payer's money; whether that was "
                + (decision == .capture ? "collected" : "released") + " is not known yet."
        case .moved(let provider, let executed): moved(provider, executed)
        case .unmoved: unmoved
        case .released: "Nothing is held any more: the payer has the money."
        case .contradicted(let recorded, let told): contradicted(recorded, told)
        case .movedAfterEnd(let executed): "It ended without success, and \(executed) moved all the same."
        case .unclaimed(let account):
            "The money arrived for a wallet that was closed before: it lies on \(account)."
        case .between(let role, let isKnown): between(role, isKnown)
        case .parked: "The sender's money is with us, neither paid out nor given back, and stays where it is."
        case .givenBack: "The recipient got nothing by it: the sender has the money back."
        }
    }

    private var untouched: String {
        switch kind {
        case .payment: "Nothing was sent to an operator: the payer has the money."
        case .payout, .refund: "Nothing was sent to an operator: the money is still ours."
        case .capture, .void: "Nothing was sent to the operator, which goes on holding the payer's money."
        case .transfer: "Nothing was taken: the sender has the money."
        }
    }

    private var unmoved: String {
        switch kind {
        case .payment: "No money moved: the payer has it."
        case .payout, .refund: "No money moved: it is still ours."
        case .capture: "Nothing was collected by it."
        case .void: "Nothing was released by it."
        case .transfer: "Nothing was taken: the sender has the money."
        }
    }

    private func moved(_ provider: ProviderID?, _ executed: Money) -> String {
        let by = provider.map { " by \($0)" } ?? ""
        let instead = executed == amount ? "" : " instead of \(amount)"
        return switch kind {
        case .payment: "\(executed)\(instead) of the payer's money was collected\(by), and is booked on \(account)."
        case .payout: "\(executed)\(instead) was paid out to the payee\(by)."
        case .refund: "\(executed)\(instead) went back to the payer\(by)."
        case .capture: "\(executed)\(instead) that was held was collected\(by)."
        case .void: "What was held was released\(by): the payer has the money."
        case .transfer: "The recipient has got \(executed)\(instead)."
        }
    }

    private func contradicted(_ recorded: OrderOutcome, _ told: Money?) -> String {
        let record =
            switch recorded {
            case .open: "that it is open"
            case .succeeded: "that it is done"
            case .failed, .cancelled: "that it ended without success"
            }
        let claim = told.map { ", and told is that \($0) moved" } ?? ""
        return
            "What is recorded and what is told contradict each other, so nobody can say where the money is: recorded is "
            + "\(record)\(claim)."
    }

    private func between(_ role: TransferRole, _ isKnown: Bool) -> String {
        switch (role, isKnown) {
        case (.debit, true): "The sender is asked for the money; nobody has said that it was taken."
        case (.debit, false): "Nobody can say yet whether the sender's money was taken."
        case (.credit, true): "The sender's money is with us and is being paid out; nobody has said that it arrived."
        case (.credit, false): "The sender's money was taken; nobody can say yet whether the recipient has it."
        case (.compensation, true): "The sender's money is with us and is being given back."
        case (.compensation, false): "The sender's money was taken; nobody can say yet whether it was given back."
        }
    }
}
