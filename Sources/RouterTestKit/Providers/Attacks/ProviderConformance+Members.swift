import Router

extension ProviderConformance {
    /// A good reply that says something unheard-of anywhere is no refusal: the order behind it may have been executed.
    ///
    /// Nor does it say that there is no such order, unless it names another one.
    func attackMembers(_ subject: Subject, _ tally: inout Tally) async {
        let table = subject.table
        for row in table.goodRows {
            guard let body = row.body else { continue }
            for place in body.scalarPlaces {
                for value in body.value(at: place)?.unheardOf ?? [] {
                    let changed = body.replacing(place, with: value)
                    let listed = table.rows(saying: changed).filter { $0.comes(with: row.status) }
                    tally.count("\(subject.name): members")
                    let reading = await subject.read(table.seal(row.status, changed))
                    switch reading {
                    case .refused(let refusal) where refusal.needsCheck: continue
                    case .absent where table.reference.places.contains(place): continue
                    case .refused, .absent, .untried:
                        if listed.contains(where: { $0.meaning == reading.meaning }) { continue }
                        tally.add("\(subject.name): a reply with an unheard-of \(place) passes for \(reading.words)")
                    case .executed, .mismatched, .pending, .unclear: continue
                    }
                }
            }
        }
    }
}

extension ReplyTable.Place {
    /// The pointers; none if the fact is left out.
    var places: [String] {
        switch self {
        case .every(let places): places
        case .omitted: []
        }
    }
}
