import Router

extension ProviderConformance {
    /// Every operation of the provider must be described, and nothing else.
    func attackCoverage(_ tally: inout Tally) {
        let described = Set(operations.map(\.step))
        let has = Step.all(of: provider)
        for step in Step.allCases where has.contains(step) && !described.contains(step) {
            tally.add("\(step.rawValue): the provider has it, and the description says nothing of it")
        }
        for step in Step.allCases where described.contains(step) && !has.contains(step) {
            tally.add("\(step.rawValue): described, but the provider has no such operation")
        }
        for operation in operations {
            let isAsked = operation.contract.check != .none && provider is any Checking
            if isAsked, operation.description.check == nil {
                tally.add("\(operation.name): the contract says that it can be asked about, and no check is described")
            }
        }
        let questions: [(String, has: Bool, isDescribed: Bool)] = [
            ("login", provider is any AccessTokenIssuing, !description.logins.isEmpty),
            ("balance", provider is any BalanceReporting, description.balance != nil),
            ("party", provider is any PartyLookup, description.party != nil),
            ("bill", provider is any BillLookingUp, description.bill != nil),
            ("withdraw", provider is any Withdrawing, description.withdrawal != nil),
            ("callback", provider is any ReceivingCallbacks, !description.callbacks.isEmpty),
        ]
        for question in questions where question.has != question.isDescribed {
            let fault = question.has ? "nothing of it is described" : "described, but the provider has no such thing"
            tally.add("\(question.0): \(fault)")
        }
        for subject in subjects where !subject.table.rows.contains(where: { $0.meaning != .unclear }) {
            // A notification may be no more than a reason to ask.
            if subject.hasStatuses { tally.add("\(subject.name): the table lists nothing that means anything") }
        }
    }

    /// An attack that found nothing to try has shown nothing.
    func attackTally(_ tally: inout Tally) {
        for operation in operations {
            let phases = subjects.filter { $0.name.hasPrefix(operation.name + ":") }
            guard phases.contains(where: { $0.table.rows.contains { $0.meaning == .executed } }) else {
                tally.add("\(operation.name): no reply, check or callback is described that says it was executed")
                continue
            }
            // What is released whole states nothing.
            let compared = phases.contains { tally.tried["\($0.name): changed facts"] != nil }
            if !compared, operation.step != .void {
                tally.add("\(operation.name): nothing that is stated could be compared with what was asked")
            }
        }
        for subject in subjects {
            for attack in ["listed", "hostile", "codes"] where tally.tried["\(subject.name): \(attack)"] == nil {
                tally.add("\(subject.name): nothing was tried (\(attack))")
            }
        }
    }
}
