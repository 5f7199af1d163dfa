import Router

/// Making, changing and deleting webhook endpoints.
extension ConsolePages {
    func registerEndpoints(in routes: inout RouteTable) {
        page("/console/webhooks/new", .changeWebhooks, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "app"])
            return shown(try await newEndpointPage(visit, query), visit)
        }
        form("/console/webhooks", .changeWebhooks, in: &routes, ["url", "events", "app", "environment"]) {
            visit, form throws(Problem) in
            do throws(Problem) {
                let (endpoint, secret) = try await desk.makeEndpoint(form, visit)
                var page = try await endpointPage(endpoint, after: nil, visit)
                page.notice = visit.texts["webhookMade"]
                page.blocks.insert(shownOnce(secret, isFirst: true, visit), at: 0)
                return shown(page, visit, status: 201)
            } catch { return failed(try await newEndpointPage(visit, form), error, visit) }
        }
        endpointForm("change", ["url", "events"], in: &routes) { visit, endpoint, form throws(Problem) in
            try await desk.change(endpoint, form, visit)
            return redirect("/console/webhooks/\(endpoint.id)?saved=1")
        }
        page("/console/webhooks/{id}/delete", .changeWebhooks, in: &routes) { visit throws(Problem) in
            _ = try QueryParameters(visit.request.query, allowed: ["lang"])
            return shown(deletionPage(try await desk.endpointToChange(visit), visit), visit)
        }
        endpointForm("delete", [], in: &routes) { visit, endpoint, _ throws(Problem) in
            try await desk.delete(endpoint, visit)
            return redirect("/console/webhooks?deleted=1")
        }
    }

    private func newEndpointPage(
        _ visit: ConsoleVisit, _ typed: QueryParameters
    ) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let apps = try await desk.appsWithWebhooks(visit)
        var page = ConsolePage(heading: texts["webhookNew"], section: "/console/webhooks")
        page.crumbs = [.init(address: "/console/webhooks", label: texts["webhooks"])]
        page.lead = texts["webhookNewText"]
        guard !apps.isEmpty else {
            page.blocks = [
                ConsoleBlock(
                    paragraphs: [(texts["webhookNeedsApp"], .plain)],
                    links: [.init(address: "/console/apps/new", label: texts["appNew"])])
            ]
            return page
        }
        let environments = desk.environments
        let choices: [PageForm.Field] = [
            .init(
                name: "app", label: texts["app"], value: typed["app"] ?? "",
                options: apps.map { (value: $0.id.text, label: $0.name) }),
            .init(
                name: "environment", label: texts["environment"],
                value: typed["environment"] ?? environments.first?.rawValue ?? "",
                options: environments.map { ($0.rawValue, texts.word("environment", $0.rawValue)) }),
        ]
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/webhooks", hidden: [("form", visit.visitor.formToken)],
                    fields: choices + Self.fields(visit, url: typed["url"] ?? "", events: typed["events"] ?? ""),
                    submit: texts["webhookMake"])
            ]), eventList(visit),
        ]
        return page
    }

    private static func fields(_ visit: ConsoleVisit, url: String, events: String) -> [PageForm.Field] {
        let texts = visit.texts
        return [
            .init(
                name: "url", label: texts["address"], hint: texts["webhookURLHint"], value: url, kind: .latin,
                longest: 2_000),
            .init(
                name: "events", label: texts["events"], hint: texts["webhookEventsHint"], value: events, kind: .latin,
                isRequired: false, longest: 2_000),
        ]
    }

    /// The names of all events, behind a fold.
    private func eventList(_ visit: ConsoleVisit) -> ConsoleBlock {
        var table = ConsoleTable(
            caption: visit.texts["webhookEventNames"], empty: "", columns: [.init(visit.texts["event"])])
        table.fold = visit.texts["webhookEventNames"]
        table.rows = EventTypes.known.map { [.init($0)] }
        return ConsoleBlock(table: table)
    }

    /// What may be changed of an endpoint, and the way to its deletion.
    func settings(_ endpoint: WebhookStanding, _ visit: ConsoleVisit) -> ConsoleBlock {
        let (texts, path) = (visit.texts, "/console/webhooks/\(endpoint.id)")
        return ConsoleBlock(
            heading: texts["settings"],
            forms: [
                PageForm(
                    action: path + "/change", hidden: [("form", visit.visitor.formToken)],
                    fields: Self.fields(visit, url: endpoint.url, events: endpoint.types.joined(separator: ", ")),
                    submit: texts["save"])
            ], links: [.init(address: path + "/delete", label: texts["webhookDelete"], isQuiet: true)])
    }

    private func deletionPage(_ endpoint: WebhookStanding, _ visit: ConsoleVisit) -> ConsolePage {
        let (texts, path) = (visit.texts, "/console/webhooks/\(endpoint.id)")
        var page = ConsolePage(heading: texts["webhookDelete"], section: "/console/webhooks")
        page.crumbs = [
            .init(address: "/console/webhooks", label: texts["webhooks"]),
            .init(address: path, label: texts["webhook"]),
        ]
        page.lead = texts["webhookDeleteText"]
        var block = ConsoleBlock()
        block.add(texts["address"], endpoint.url, isCode: true)
        block.forms = [
            PageForm(
                action: path + "/delete", hidden: [("form", visit.visitor.formToken)], submit: texts["webhookDelete"])
        ]
        page.blocks = [block]
        return page
    }
}
