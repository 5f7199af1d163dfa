import Router

/// What an order's page shows: its trail, read for people.
extension ConsolePages {
    func orderPage(_ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let scope = try await desk.scope(visit)
        guard let id = visit.request.parameters["id"].flatMap({ OrderID($0) }),
            let trail = await TrailReader(store: desk.store).trail(of: id, in: scope)
        else { throw Problem(.notFound, "there is no such order") }
        var page = ConsolePage(heading: id.text, section: "/console/orders")
        page.crumbs = [.init(address: "/console/orders", label: texts["orders"])]
        switch trail.summary {
        case .read(let summary):
            page.heading = "\(texts.word("orderKind", id.kind.rawValue)), \(visit.amount(summary.amount))"
            let cell = Self.status(summary.status, visit)
            page.badge = (cell.text, cell.mood)
            page.lead = summary.whereabouts.text(texts)
            page.blocks = [facts(id, summary, visit)]
        case .unreadable(let why):
            page.error = texts.filled("unreadable", ["why": why])
        }
        page.blocks += [try await actions(try await desk.order(visit), visit), steps(trail, visit)].compactMap(\.self)
        page.blocks += OrderBlocks(visit: visit).all(trail)
        return page
    }

    private func facts(_ id: OrderID, _ summary: TrailSummary, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        var block = ConsoleBlock()
        block.add(texts["id"], id.text, isCode: true)
        block.add(texts["app"], summary.appName ?? summary.app.text)
        block.add(texts["environment"], texts.word("environment", summary.environment.rawValue))
        block.add(texts["channel"], summary.channel?.text)
        block.add(texts["provider"], summary.provider?.text)
        block.add(texts["reference"], summary.reference)
        block.add(texts["description"], summary.description)
        block.add(texts["customer"], Self.words(summary.party))
        block.add(texts["recipient"], Self.words(summary.recipient))
        block.add(texts["failure"], summary.failure?.code)
        block.add(texts["certainty"], texts.word("certainty", summary.certainty.rawValue))
        block.add(texts["begunBy"], texts.word("begunBy", summary.names.initiator.kind.rawValue))
        block.add(texts["created"], visit.time(summary.createdAt))
        block.add(texts["changed"], visit.time(summary.updatedAt))
        block.add(texts["request"], summary.names.request.text, isCode: true)
        block.add(texts["requestCaller"], summary.names.callersRequest, isCode: true)
        block.add(texts["idempotencyKey"], summary.names.idempotencyKey, isCode: true)
        for (name, value) in summary.metadata.sorted(by: { $0.key < $1.key }) { block.add(name, value) }
        return block
    }

    private static func words(_ party: TrailParty?) -> String? {
        guard let party else { return nil }
        return [party.name, party.phone, party.email, party.wallet?.text, party.billAccount].compactMap(\.self)
            .joined(separator: ", ")
    }

    private func steps(_ trail: OrderTrail, _ visit: ConsoleVisit) -> ConsoleBlock {
        let words = TimelineTexts(visit.texts)
        return ConsoleBlock(
            heading: visit.texts["timeline"],
            steps: trail.timeline.map { entry in
                .init(at: entry.at, title: words.text(entry.what), text: nil, mood: Self.mood(entry.what))
            })
    }

    private static func mood(_ what: TrailEntry.What) -> ConsolePage.Mood {
        switch what {
        case .contradicted, .unreadable: .bad
        case .signed, .cancelWished: .warn
        default: .plain
        }
    }

    /// What a visitor can do with an order now; `nil` if nothing.
    private func actions(
        _ aggregate: OrderAggregate, _ visit: ConsoleVisit
    ) async throws(Problem) -> ConsoleBlock? {
        let (texts, order) = (visit.texts, aggregate.order)
        var block = ConsoleBlock(heading: texts["actions"])
        let hidden = [(name: "form", value: visit.visitor.formToken)]
        let path = "/console/orders/\(order.id)"
        if try await desk.reaches(order.app, .moveMoney, visit) {
            if !order.status.isFinal {
                block.forms.append(
                    PageForm(action: path + "/check", hidden: hidden, submit: texts["checkNow"], isQuiet: true))
            }
            if order.kind == .payment, order.status == .authorized {
                block.forms += [moving("capture", order, visit), moving("void", order, visit, takesAmount: false)]
            }
            if order.kind == .payment, order.refundable.minorUnits > 0 {
                block.forms.append(moving("refund", order, visit))
            }
        }
        if visit.visitor.may(.revealPhones), order.customer.phone != nil {
            block.forms.append(
                PageForm(action: path + "/phone", hidden: hidden, submit: texts["phoneShow"], isQuiet: true))
        }
        return block.forms.isEmpty ? nil : block
    }

    private func moving(
        _ action: String, _ order: Order, _ visit: ConsoleVisit, takesAmount: Bool = true
    ) -> PageForm {
        let texts = visit.texts
        var fields: [PageForm.Field] = [
            .init(name: "reason", label: texts["reason"], longest: DescriptionFacts.longest)
        ]
        if takesAmount {
            fields.insert(
                .init(
                    name: "amount", label: texts["amount"],
                    hint: texts.filled("amountAll", ["currency": order.amount.currency.code]), kind: .amount,
                    isRequired: false, longest: 20), at: 0)
        }
        return PageForm(
            action: "/console/orders/\(order.id)/\(action)", heading: texts[action],
            hidden: [("form", visit.visitor.formToken), ("key", HolderPages.freshKey())], fields: fields,
            submit: texts[action], isQuiet: true)
    }
}
