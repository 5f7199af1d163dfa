import Router

extension ProviderConformance {
    /// What the operator lists is read as it lists it, the same way every time.
    func attackListed(_ subject: Subject, _ tally: inout Tally) async {
        for row in subject.table.rows {
            let reply = subject.table.reply(row)
            let reading = await subject.read(reply)
            tally.count("\(subject.name): listed")
            if reading != (await subject.read(reply)) { tally.add("\(subject.name): reading is not pure") }
            let words = "\(subject.name): \(row.body?.short ?? "no body") with status \(row.status)"
            if reading.meaning != row.meaning {
                tally.add("\(words) is listed as \(row.meaning.rawValue), and read as \(reading.words)")
            }
            guard let asked = subject.asked else { continue }
            if case .executed(let statement) = reading, !asked.isExecuted(statement) {
                tally.add("\(words) is not taken for what was asked")
            }
            if reading.operatorReference == asked.reference {
                tally.add("\(subject.name): the good reply passes our own reference off as the operator's")
            }
        }
    }
}

extension JSONValue {
    /// The beginning, for reports.
    var short: String { String(String(decoding: serialized(), as: UTF8.self).prefix(160)) }
}
