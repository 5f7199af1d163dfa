import Router

/// Where money is, in words: the console's texts that begin with `money.`, in the reader's language.
struct MoneyWords {
    let kind: OrderKind
    let amount: Money
    let account: LedgerAccount
    let texts: ConsoleTexts

    func text(_ place: MoneyPlace) -> String {
        switch place {
        case .untouched: texts["money.untouched.\(kind.rawValue)"]
        case .asked(let provider): say("asked", ["provider": provider.text])
        case .onItsWay(let provider): say("onItsWay", ["provider": provider.text])
        case .refusedSoFar(let provider): say("refusedSoFar", ["provider": provider.text])
        case .unknown(let provider): say("unknown", ["provider": provider?.text ?? texts["money.anOperator"]])
        case .held(let provider, let until):
            say(
                until == nil ? "held" : "heldUntil",
                [
                    "provider": provider?.text ?? texts["money.theOperator"], "amount": "\(amount)",
                    "until": until.map { "\($0)" } ?? "",
                ])
        case .heldOrDecided(let decision):
            say(decision == .capture ? "heldOrCollected" : "heldOrReleased", ["amount": "\(amount)"])
        case .moved(let provider, let executed): moved(provider, executed)
        case .unmoved: texts["money.unmoved.\(kind.rawValue)"]
        case .released: texts["money.released"]
        case .contradicted(let recorded, let told): contradicted(recorded, told)
        case .movedAfterEnd(let executed): say("movedAfterEnd", ["amount": "\(executed)"])
        case .unclaimed(let account): say("unclaimed", ["account": "\(account)"])
        case .between(let role, let isKnown): texts["money.\(isKnown ? "between" : "betweenUnknown").\(role.rawValue)"]
        case .parked: texts["money.parked"]
        case .givenBack: texts["money.givenBack"]
        }
    }

    func text(_ remark: MoneyRemark) -> String {
        switch remark {
        case .givenBack(let amount): say("refunded", ["amount": "\(amount)"])
        case .perhapsGivenBack(let amount): say("refunding", ["amount": "\(amount)"])
        case .takenBack(.refundedElsewhere, let amount):
            say("refundedElsewhere", ["amount": amount.map { "\($0)" } ?? texts["money.someMoney"]])
        case .takenBack(_, let amount):
            say("takenBack", ["amount": amount.map { "\($0)" } ?? texts["money.someMoney"]])
        }
    }

    func say(_ name: String, _ values: [String: String]) -> String { texts.filled("money." + name, values) }

    private func moved(_ provider: ProviderID?, _ executed: Money) -> String {
        let instead = executed == amount ? "" : " " + say("instead", ["amount": "\(amount)"])
        return say(
            "moved.\(kind.rawValue)",
            [
                "amount": "\(executed)\(instead)", "by": provider.map { " " + say("by", ["provider": $0.text]) } ?? "",
                "account": "\(account)",
            ])
    }

    private func contradicted(_ recorded: OrderOutcome, _ told: Money?) -> String {
        say(
            told == nil ? "contradicted" : "contradictedTold",
            ["recorded": texts["money.recorded.\(recorded.rawValue)"], "amount": told.map { "\($0)" } ?? ""])
    }
}
