import Router

extension ProviderConformance {
    /// Another amount, currency or reference in a good reply comes out in what is reported: the core must not take it for
    /// the execution of what was asked, nor for a refusal of it.
    func attackFacts(_ subject: Subject, _ tally: inout Tally) async {
        guard let asked = subject.asked else { return }
        let table = subject.table
        let executed = table.rows.filter { $0.meaning == .executed }
        for fact in StatedFact.allCases {
            let places = fact.place(in: table).places
            var tried = 0
            for row in executed {
                guard let body = row.body else { continue }
                for place in places {
                    guard let value = body.value(at: place) else { continue }
                    for other in fact.others(than: value) {
                        tried += 1
                        tally.count("\(subject.name): changed facts")
                        let reading = await subject.read(
                            table.seal(row.status, body.replacing(place, with: other)))
                        let isWrong =
                            switch reading {
                            case .executed(let statement): asked.isExecuted(statement)
                            case .refused(let refusal): !refusal.needsCheck
                            case .absent, .untried: fact != .reference
                            case .mismatched, .pending, .unclear: false
                            }
                        guard isWrong else { continue }
                        tally.add(
                            "\(subject.name): another \(fact.rawValue) at \(place) (\(other.short)) passes for "
                                + reading.words)
                    }
                }
                if places.isEmpty { await attackOmission(fact, row, body, subject, &tally) }
            }
            if !executed.isEmpty, !places.isEmpty, tried == 0 {
                let place = places.joined(separator: ", ")
                tally.add("\(subject.name): no executed row has the \(fact.rawValue) at \(place)")
            }
        }
    }

    /// Who says that a fact is left out must not have it in the reply, nor report it.
    private func attackOmission(
        _ fact: StatedFact, _ row: ReplyTable.Row, _ body: JSONValue, _ subject: Subject, _ tally: inout Tally
    ) async {
        guard let asked = subject.asked else { return }
        tally.count("\(subject.name): omissions")
        if case .executed(let statement) = await subject.read(subject.table.reply(row)), fact.isStated(in: statement) {
            tally.add("\(subject.name): the \(fact.rawValue) is said to be left out, and the provider reports one")
        }
        // What is released is released whole.
        guard !subject.name.hasPrefix(Step.void.rawValue) else { return }
        for place in body.scalarPlaces where fact.isAsked(body.value(at: place), asked) {
            tally.add("\(subject.name): the \(fact.rawValue) is said to be left out, and stands at \(place)")
        }
    }
}
