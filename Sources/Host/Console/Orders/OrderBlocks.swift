import Router

/// The parts of an order's page behind its timeline: attempts, evidence, route, books, relatives, webhooks.
struct OrderBlocks {
    let visit: ConsoleVisit
    private var texts: ConsoleTexts { visit.texts }

    init(visit: ConsoleVisit) { self.visit = visit }

    func all(_ trail: OrderTrail) -> [ConsoleBlock] {
        [
            attempts(trail.attempts), relatives(trail.relatives), route(trail.route), books(trail.books),
            webhooks(trail.webhooks), raw(trail.timeline),
        ].compactMap(\.self)
    }

    private func attempts(_ attempts: [TrailAttempt]) -> ConsoleBlock? {
        guard !attempts.isEmpty else { return nil }
        var table = ConsoleTable(
            caption: texts["attempts"], empty: "",
            columns: [
                .init(texts["number"], isNumber: true), .init(texts["provider"]), .init(texts["state"]),
                .init(texts["referenceOurs"]), .init(texts["referenceTheirs"]), .init(texts["sent"]),
            ])
        table.rows = attempts.map { attempt in
            [
                .init("\(attempt.ordinal)"), .init("\(attempt.provider), \(attempt.channel)"),
                .init(texts.word("attempt", attempt.state.rawValue)), .init(attempt.reference),
                .init(attempt.operatorReference),
                .init(attempt.transmissions.map { TimelineTexts(texts).text($0) }.joined(separator: "; ")),
            ]
        }
        return ConsoleBlock(heading: texts["attempts"], table: table, style: .wide)
    }

    private func relatives(_ relatives: [TrailRelative]) -> ConsoleBlock? {
        guard !relatives.isEmpty else { return nil }
        var table = ConsoleTable(
            caption: texts["relatives"], empty: "",
            columns: [
                .init(texts["id"]), .init(texts["amount"], isNumber: true), .init(texts["status"]),
                .init(texts["whereabouts"]),
            ])
        table.rows = relatives.map { relative in
            [
                .init(relative.id.text, to: "/console/orders/\(relative.id)"),
                .init(relative.amount.map { visit.amount($0) }),
                relative.status.map { ConsolePages.status($0, visit) } ?? .init(nil),
                .init(relative.whereabouts?.text(texts)),
            ]
        }
        return ConsoleBlock(heading: texts["relatives"], table: table, style: .wide)
    }

    private func route(_ route: TrailRoute?) -> ConsoleBlock? {
        guard let route else { return nil }
        var block = ConsoleBlock(heading: texts["route"])
        if let choice = route.choice {
            block.paragraphs = [(chosen(choice), .plain), (texts["routeFirst"], .plain)]
        }
        block.add(texts["routePlan"], (route.choice?.plan ?? route.plan).joined(separator: "; "))
        var table = ConsoleTable(
            caption: texts["route"], empty: "",
            columns: [.init(texts["provider"]), .init(texts["rule"]), .init(texts["verdict"])])
        let last = route.rules.firstIndex { $0.decided } ?? route.rules.count - 1
        table.rows = route.rules.prefix(last + 1).filter { !$0.decided }.map { rule in
            [.init(nil), .init(rule.name), .init(rule.whyNot.joined(separator: "; "))]
        }
        table.rows += route.candidates.map { candidate in
            let why = candidate.whyNot + [candidate.note].compactMap(\.self)
            return [
                .init([candidate.provider, candidate.channel].compactMap(\.self).joined(separator: ", ")),
                .init(candidate.rule),
                .init(([texts[candidate.kept ? "kept" : "dropped"]] + why).joined(separator: "; ")),
            ]
        }
        block.table = table
        return block
    }

    /// What the payer chose, and when.
    private func chosen(_ choice: TrailRoute.Choice) -> String {
        let wallet = choice.wallet.map { texts.filled("routeWallet", ["wallet": $0.text]) }
        let what = [choice.channel, wallet].compactMap(\.self).joined(separator: ", ")
        guard let at = choice.at else { return texts.filled("routeChosen", ["what": what]) }
        return texts.filled("routeChosenAt", ["what": what, "time": visit.time(at)])
    }

    private func books(_ books: TrailPart<TrailBooks>) -> ConsoleBlock? {
        switch books {
        case .unreadable(let why):
            return ConsoleBlock(
                heading: texts["books"], paragraphs: [(texts.filled("unreadable", ["why": why]), .bad)])
        case .read(let books):
            guard !books.postings.isEmpty || !books.holds.isEmpty else { return nil }
            var table = ConsoleTable(
                caption: texts["books"], empty: "",
                columns: [
                    .init(texts["time"]), .init(texts["kind"]), .init(texts["debit"]), .init(texts["credit"]),
                    .init(texts["amount"], isNumber: true),
                ])
            table.rows = books.postings.map { posting in
                [
                    .init(visit.time(posting.at)), .init(posting.kind), .init("\(posting.debit)"),
                    .init("\(posting.credit)"), .init(visit.amount(posting.amount)),
                ]
            }
            var block = ConsoleBlock(heading: texts["books"], table: table, style: .wide)
            for effect in books.effects { block.add("\(effect.account)", visit.amount(effect.change)) }
            return block
        }
    }

    private func webhooks(_ webhooks: TrailPart<[TrailWebhook]>) -> ConsoleBlock? {
        guard case .read(let found) = webhooks, !found.isEmpty else { return nil }
        var table = ConsoleTable(
            caption: texts["webhooks"], empty: "",
            columns: [.init(texts["event"]), .init(texts["endpoint"]), .init(texts["state"]), .init(texts["tries"])])
        table.rows = found.map { webhook in
            [
                .init(webhook.type), .init(webhook.address),
                .init(webhook.delivery.map { texts.word("delivery", $0.state.rawValue) }),
                .init(webhook.delivery.map { "\($0.tries.count)" }),
            ]
        }
        return ConsoleBlock(heading: texts["webhooks"], table: table, style: .wide)
    }

    /// What operators sent, as far as it may be shown.
    private func raw(_ timeline: [TrailEntry]) -> ConsoleBlock? {
        let pieces = timeline.compactMap { entry -> String? in
            switch entry.what {
            case .observed(let evidence):
                guard let raw = evidence.raw else { return nil }
                return (["\(visit.time(entry.at))  \(evidence.source.rawValue)"] + raw.lines).joined(separator: "\n")
            case .hinted(let callback):
                let body = (callback.query?.lines ?? []) + (callback.body?.lines ?? [])
                let head = "\(visit.time(entry.at))  \(callback.method ?? "") \(callback.peer ?? "")"
                return ([head] + callback.headers.map { "\($0.name): \($0.value)" } + body).joined(separator: "\n")
            default: return nil
            }
        }
        guard !pieces.isEmpty else { return nil }
        return ConsoleBlock(
            heading: texts["raw"], paragraphs: [(texts["rawText"], .plain)],
            code: (texts["raw"], pieces.joined(separator: "\n\n")))
    }
}
