import Router

extension ProviderConformance {
    /// What is no answer proves nothing, with the good replies' own statuses too, nor does no answer at all.
    func attackHostile(_ subject: Subject, _ tally: inout Tally) async {
        let table = subject.table
        let statuses: Set<Int> = subject.hasStatuses ? Set(table.goodRows.flatMap(\.examples)) : []
        for row in table.goodRows.isEmpty ? table.rows : table.goodRows {
            for (name, reply) in HostileReplies.all(from: table.reply(row), statuses: statuses.union([row.status])) {
                let isGoodBody = name.hasPrefix("the good body")
                if table.lists(reply) || (isGoodBody && !subject.hasStatuses) { continue }
                tally.count("\(subject.name): hostile")
                let reading = await subject.read(reply)
                if !subject.isHarmless(reading, reply.status) {
                    tally.add("\(subject.name): a reply that is \(name) passes for \(reading.words)")
                }
                if reading != (await subject.read(reply)) {
                    tally.add("\(subject.name): reading a reply that is \(name) is not pure")
                }
            }
        }
    }

    /// Where there is no reply, none proves anything; a question that gets no answer is not answered.
    func attackMissingReplies(_ operation: Operated, _ tally: inout Tally) async {
        let nobody = ScriptedAsking { _ in nil }
        if let checking = provider as? any Checking {
            let finding = await checking.check(operation.description.order, asking: nobody)
            if Reading(finding) != .unclear {
                tally.add("\(operation.name): a check without any answer is taken for one")
            }
            tally.count("\(operation.name): lost answers")
            if operation.description.check == nil { await attackUnasked(operation, checking, &tally) }
        }
        if let provider = provider as? any Withdrawing, let withdrawal = description.withdrawal,
            case .withdrawn = await provider.withdraw(withdrawal.order, asking: nobody)
        {
            tally.add("withdraw: a lost answer passes for the end of a page")
        }
        guard operation.description.reply == nil else { return }
        let good = operation.description.check?.goodRows.first
        var replies = [("empty", WireReply(status: 200))]
        if let good, let answer = operation.description.check?.reply(good) {
            replies.append(("good for a check", answer))
            replies += HostileReplies.all(from: answer, statuses: [200])
        }
        for (name, reply) in replies {
            if operation.read(reply) != .unclear {
                tally.add("\(operation.name): there is no reply, and one that is \(name) passes for something")
            }
        }
    }

    /// An operation that cannot be asked about has no answer.
    private func attackUnasked(_ operation: Operated, _ checking: any Checking, _ tally: inout Tally) async {
        let good = operation.description.reply.flatMap { table in table.goodRows.first.map(table.reply) }
        for (name, reply) in HostileReplies.all(from: good ?? WireReply(status: 200), statuses: [200]) {
            let finding = await checking.check(operation.description.order, asking: ScriptedAsking { _ in reply })
            if Reading(finding) != .unclear {
                tally.add("\(operation.name): it cannot be asked about, and an answer that is \(name) counts")
            }
        }
    }
}
