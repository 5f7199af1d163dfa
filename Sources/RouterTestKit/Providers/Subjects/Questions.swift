import Router

extension ProviderConformance {
    /// Logins, balances, accounts and the wish to end a page.
    var questions: [Subject] {
        var subjects: [Subject] = []
        if let provider = provider as? any AccessTokenIssuing {
            subjects += description.logins.map { login in
                Subject(name: "login \(login.name.text)", table: login.table, asked: nil, isQuestion: false) { reply in
                    switch provider.readLogin(reply) {
                    case .token: .executed(ReportedTransaction())
                    case .refused(let code): .refused(Refusal(.credentialsRefused, providerCode: code))
                    case .unreadable: .unclear
                    }
                }
            }
        }
        if let provider = provider as? any BalanceReporting, let table = description.balance {
            subjects.append(
                Subject(name: "balance", table: table, asked: nil, isQuestion: true) { reply in
                    switch await provider.balances(asking: ScriptedAsking { _ in reply }) {
                    case .known: .executed(ReportedTransaction())
                    case .couldNotAnswer: .unclear
                    }
                })
        }
        if let provider = provider as? any PartyLookup, let party = description.party {
            subjects.append(
                Subject(name: "party", table: party.table, asked: nil, isQuestion: true) { reply in
                    let wire = ScriptedAsking { party.table.answers($0) ? reply : nil }
                    return switch await provider.party(party.phone, on: party.channel, asking: wire) {
                    case .customer: .executed(ReportedTransaction())
                    case .notCustomer: .absent
                    case .couldNotAnswer: .unclear
                    }
                })
        }
        if let provider = provider as? any BillLookingUp, let bill = description.bill {
            subjects.append(
                Subject(name: "bill", table: bill.table, asked: nil, isQuestion: true) { reply in
                    switch await provider.lookUp(bill.account, on: bill.channel, asking: ScriptedAsking { _ in reply })
                    {
                    case .bill: .executed(ReportedTransaction())
                    case .nothingOwed: .refused(Refusal(.unspecified))
                    case .unknownAccount: .absent
                    case .couldNotAnswer: .unclear
                    }
                })
        }
        if let provider = provider as? any Withdrawing, let withdrawal = description.withdrawal {
            subjects.append(
                Subject(name: "withdraw", table: withdrawal.table, asked: nil, isQuestion: true) { reply in
                    switch await provider.withdraw(withdrawal.order, asking: ScriptedAsking { _ in reply }) {
                    case .withdrawn: .executed(ReportedTransaction())
                    case .couldNotAnswer: .unclear
                    }
                })
        }
        return subjects
    }
}
