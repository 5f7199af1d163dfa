import Router
import Webhooks

/// Webhooks: endpoints, what was delivered there, and what can be done again.
extension ConsolePages {
    func registerWebhooks(in routes: inout RouteTable) {
        var all = ListAddress("/console/webhooks")
        all.others = ["deleted"]
        list(all, .read, in: &routes) { visit, query throws(Problem) in
            var page = try await webhooksPage(visit)
            if query["deleted"] != nil { page.notice = visit.texts["webhookDeleted"] }
            return page
        }
        registerEndpoints(in: &routes)
        var one = ListAddress("/console/webhooks/{id}", table: "/console/webhooks/{id}/deliveries.csv")
        one.others = ["after", "saved"]
        list(one, .read, in: &routes) { visit, query throws(Problem) in
            let after = try query.told("after", "the identifier of an event") { EventID($0) }
            let endpoint = try await desk.endpoint(visit)
            var page = try await endpointPage(endpoint, after: after, visit)
            if query["saved"] != nil { page.notice = visit.texts["saved"] }
            return page
        }
        page("/console/webhooks/{id}/events/{event}", .read, in: &routes) { visit throws(Problem) in
            shown(try await deliveryPage(visit), visit)
        }
        endpointForm("resend", ["event"], in: &routes) { visit, endpoint, form throws(Problem) in
            try await desk.resend(form["event"] ?? "", endpoint, visit)
            return redirect("/console/webhooks/\(endpoint.id)?saved=1")
        }
        endpointForm("replay", ["since"], in: &routes) { visit, endpoint, form throws(Problem) in
            guard let since = Moment(rfc3339: (form["since"]?.trimmed ?? "") + "T00:00:00Z") else {
                throw Problem(
                    .invalidRequest, "since is no day",
                    errors: [
                        JSONIssue(pointer: "/since", code: "invalid_value", detail: "a day is written 2026-11-30")
                    ])
            }
            let begun = try await desk.replay(since: since, endpoint, visit)
            var page = try await endpointPage(try await desk.endpoint(visit), after: nil, visit)
            page.notice = visit.texts.filled("replayBegun", ["count": "\(begun.count)"])
            return shown(page, visit)
        }
        endpointForm("secret", [], in: &routes) { visit, endpoint, _ throws(Problem) in
            let secret = try await desk.rotateSecret(endpoint, visit)
            var page = try await endpointPage(try await desk.endpoint(visit), after: nil, visit)
            page.blocks.insert(shownOnce(secret, visit), at: 0)
            return shown(page, visit, status: 201)
        }
        for (action, isOn) in [("enable", true), ("disable", false)] {
            endpointForm(action, [], in: &routes) { visit, endpoint, _ throws(Problem) in
                try await desk.setEndpoint(endpoint, isOn: isOn, visit)
                return redirect("/console/webhooks/\(endpoint.id)?saved=1")
            }
        }
    }

    /// A signing secret, on the page that answers to its making.
    func shownOnce(_ secret: Secret, isFirst: Bool = false, _ visit: ConsoleVisit) -> ConsoleBlock {
        ConsoleBlock(
            heading: visit.texts["secretNew"],
            paragraphs: [(visit.texts[isFirst ? "secretOnceFirst" : "secretOnce"], .warn)],
            code: (visit.texts["secretNew"], secret.reveal()))
    }

    /// A form of an endpoint's page; what goes wrong is said there.
    func endpointForm(
        _ action: String, _ fields: Set<String>, in routes: inout RouteTable,
        _ body:
            @escaping @Sendable (ConsoleVisit, WebhookStanding, QueryParameters) async throws(Problem) -> APIResponse
    ) {
        form("/console/webhooks/{id}/\(action)", .changeWebhooks, in: &routes, fields) { visit, form throws(Problem) in
            let endpoint = try await desk.endpointToChange(visit)
            do throws(Problem) { return try await body(visit, endpoint, form) } catch {
                return failed(try await endpointPage(endpoint, after: nil, visit), error, visit)
            }
        }
    }

    private func webhooksPage(_ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let scope = try await desk.scope(visit)
        let found = try await desk.stored { () async throws(StoreFailure) in
            try await desk.webhookReader.endpoints(in: scope)
        }
        let names = try await appNames(found.map(\.app), visit)
        var page = ConsolePage(heading: texts["webhooks"], section: "/console/webhooks")
        page.lead = texts["webhooksText"]
        var table = ConsoleTable(
            caption: texts["webhooks"], empty: texts["webhooksNone"],
            columns: [.init(texts["address"]), .init(texts["app"]), .init(texts["environment"]), .init(texts["state"])])
        table.rows = found.map { endpoint in
            let state = Self.state(endpoint.state, visit)
            return [
                .init(endpoint.url, to: "/console/webhooks/\(endpoint.id)"),
                .init(names[endpoint.app] ?? endpoint.app.text),
                .init(texts.word("environment", endpoint.environment.rawValue)), .init(state.text, mood: state.mood),
            ]
        }
        var block = ConsoleBlock(table: table, list: .init(), style: .wide)
        if visit.visitor.may(.changeWebhooks) {
            block.links = [.init(address: "/console/webhooks/new", label: texts["webhookNew"])]
        }
        page.blocks = [block]
        return page
    }

    private static func state(
        _ state: WebhookStanding.State, _ visit: ConsoleVisit
    ) -> (text: String, mood: ConsolePage.Mood) {
        switch state {
        case .working: (visit.texts["working"], .good)
        case .failing(let since): (visit.texts.filled("failingSince", ["time": visit.time(since)]), .warn)
        case .disabled(let why): (visit.texts.filled("disabledBecause", ["why": why]), .bad)
        case .off: (visit.texts["off"], .plain)
        }
    }

    func endpointPage(
        _ endpoint: WebhookStanding, after: EventID?, _ visit: ConsoleVisit
    ) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let scope = try await desk.scope(visit)
        let found = try await desk.stored { () async throws(StoreFailure) in
            try await desk.webhookReader.deliveries(endpoint.id, in: scope, after: after, limit: 25)
        }
        var page = ConsolePage(heading: texts["webhook"], section: "/console/webhooks")
        page.crumbs = [.init(address: "/console/webhooks", label: texts["webhooks"])]
        page.badge = Self.state(endpoint.state, visit)
        var facts = ConsoleBlock()
        facts.add(texts["address"], endpoint.url, isCode: true)
        facts.add(texts["id"], endpoint.id.text, isCode: true)
        facts.add(texts["events"], endpoint.types.isEmpty ? texts["all"] : endpoint.types.joined(separator: ", "))
        facts.add(texts["created"], visit.time(endpoint.createdAt))
        facts.add(texts["secrets"], "\(endpoint.secrets)")
        facts.add(texts["secretsOldUntil"], endpoint.oldSecretsEnd.map { visit.time($0) })
        facts.add(texts["replaying"], endpoint.replaying > 0 ? "\(endpoint.replaying)" : nil)
        var table = ConsoleTable(
            caption: texts["deliveries"], empty: texts["deliveriesNone"],
            columns: [.init(texts["event"]), .init(texts["order"]), .init(texts["state"]), .init(texts["answer"])])
        table.rows = found.deliveries.map { delivery in
            [
                .init(delivery.type, to: "/console/webhooks/\(endpoint.id)/events/\(delivery.event)"),
                .init(delivery.order.text, to: "/console/orders/\(delivery.order)"),
                .init(
                    texts.word("delivery", delivery.state.rawValue),
                    mood: delivery.state == .delivered ? .good : delivery.state == .pending ? .plain : .bad),
                .init(delivery.tries.last.map { one in one.status.map { "\($0)" } ?? one.detail }),
            ]
        }
        var list = ConsoleBlock(heading: texts["deliveries"], table: table, style: .wide)
        let last = found.hasMore ? found.deliveries.last : nil
        list.list = .init(older: last.map { "/console/webhooks/\(endpoint.id)?after=\($0.event)" })
        page.blocks = [facts, list]
        if try await desk.reaches(endpoint.app, .changeWebhooks, visit) {
            page.blocks += [changes(endpoint, visit), settings(endpoint, visit)]
        }
        return page
    }

    private func changes(_ endpoint: WebhookStanding, _ visit: ConsoleVisit) -> ConsoleBlock {
        let (texts, path) = (visit.texts, "/console/webhooks/\(endpoint.id)")
        let hidden = [(name: "form", value: visit.visitor.formToken)]
        var isOn = true
        switch endpoint.state {
        case .disabled, .off: isOn = false
        case .working, .failing: break
        }
        return ConsoleBlock(
            heading: texts["actions"],
            forms: [
                PageForm(
                    action: path + "/replay", heading: texts["replay"], hidden: hidden,
                    fields: [
                        .init(
                            name: "since", label: texts["replaySince"], hint: texts["dayHint"], kind: .latin,
                            longest: 10)
                    ], submit: texts["replay"], isQuiet: true),
                PageForm(
                    action: path + "/secret", heading: texts["secretNew"], hidden: hidden,
                    submit: texts["secretRotate"],
                    isQuiet: true),
                PageForm(
                    action: path + (isOn ? "/disable" : "/enable"), hidden: hidden,
                    submit: texts[isOn ? "disable" : "enable"], isQuiet: true),
            ])
    }

    private func deliveryPage(_ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let endpoint = try await desk.endpoint(visit)
        let scope = try await desk.scope(visit)
        let event = visit.request.parameters["event"].flatMap { EventID($0) }
        let found = try await desk.stored { () async throws(StoreFailure) -> WebhookDeliveryDetail? in
            guard let event else { return nil }
            return try await desk.webhookReader.delivery(of: event, to: endpoint.id, in: scope)
        }
        guard let found else { throw Problem(.notFound, "no such event was given to this endpoint") }
        var page = ConsolePage(heading: found.type, section: "/console/webhooks")
        page.crumbs = [
            .init(address: "/console/webhooks", label: texts["webhooks"]),
            .init(address: "/console/webhooks/\(endpoint.id)", label: texts["webhook"]),
        ]
        var facts = ConsoleBlock()
        facts.add(texts["event"], found.event.text, isCode: true)
        facts.add(texts["order"], found.order.text, address: "/console/orders/\(found.order)")
        facts.add(texts["state"], texts.word("delivery", found.state.rawValue))
        facts.add(texts["nextTry"], found.dueAt.map { visit.time($0) })
        page.blocks = [
            facts, ConsoleBlock(heading: texts["body"], code: (texts["body"], found.body.indented)),
            ConsoleBlock(
                heading: texts["tries"],
                steps: found.tries.map { one in
                    .init(
                        at: one.at, title: one.status.map { "\($0)" } ?? texts["noAnswer"], text: one.detail,
                        mood: one.status.map { (200..<300).contains($0) } ?? false ? .good : .bad)
                }),
        ]
        if try await desk.reaches(endpoint.app, .changeWebhooks, visit) {
            page.blocks.append(
                ConsoleBlock(forms: [
                    PageForm(
                        action: "/console/webhooks/\(endpoint.id)/resend",
                        hidden: [("form", visit.visitor.formToken), ("event", found.event.text)],
                        submit: texts["resend"], isQuiet: true)
                ]))
        }
        return page
    }
}
