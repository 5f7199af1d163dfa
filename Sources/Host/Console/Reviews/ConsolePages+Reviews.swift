import Router

/// Reviews: what waits for people, and how two of them end it.
extension ConsolePages {
    func registerReviews(in routes: inout RouteTable) {
        var address = ListAddress("/console/reviews")
        (address.filters, address.others) = (["reason"], ["after"])
        list(address, .readPlatform, in: &routes) { visit, query throws(Problem) in try await reviewsPage(query, visit)
        }
        page("/console/reviews/{id}", .readPlatform, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "done"])
            var page = try await reviewPage(try await desk.order(visit), nil, visit)
            switch query["done"].flatMap({ Signed(rawValue: $0) }) {
            case .first: page.notice = visit.texts["signedFirst"]
            case .second: page.notice = visit.texts["signedSecond"]
            case nil: break
            }
            return shown(page, visit)
        }
        form(
            "/console/reviews/{id}/sign", .signReviews, in: &routes,
            ["finding", "amount", "because", "document", "operator_reference", "more"]
        ) { visit, form throws(Problem) in
            let aggregate = try await desk.order(visit)
            do throws(Problem) {
                let isResolved = try await desk.sign(aggregate, try Self.finding(form, aggregate, visit), visit)
                let done: Signed = isResolved ? .second : .first
                return redirect("/console/reviews/\(aggregate.order.id)?done=\(done.rawValue)")
            } catch { return failed(try await reviewPage(aggregate, form, visit), error, visit) }
        }
    }

    private enum Signed: String { case first, second }

    private static let reviewsPerPage = 50

    private func reviewsPage(_ query: QueryParameters, _ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let after = try query.told("after", Cursor.expected) { Cursor.order($0) }
        let reasons = Review.Reason.allCases
        let reason = try query.told("reason", among: reasons)
        let found = try await desk.reviews(reason, after: after, limit: Self.reviewsPerPage + 1)
        let orders = found.prefix(Self.reviewsPerPage)
        var page = ConsolePage(heading: texts["reviews"], section: "/console/reviews")
        page.lead = texts["reviewsText"]
        page.blocks = [exposureBlock(visit)].compactMap(\.self)
        var table = ConsoleTable(
            caption: texts["reviews"], empty: texts["reviewsNone"],
            columns: [
                .init(texts["id"]), .init(texts["reason"]), .init(texts["atRisk"], isNumber: true),
                .init(texts["since"]),
                .init(texts["provider"]), .init(texts["signatures"], isNumber: true),
            ])
        table.rows = orders.compactMap { order in
            guard let review = order.review else { return nil }
            return [
                .init(order.id.text, to: "/console/reviews/\(order.id)"),
                .init(texts.word("review", review.reason.rawValue)), .init(visit.amount(order.moneyAtRisk)),
                .init(visit.time(review.since)), .init(order.chosen?.provider.text),
                .init("\(review.signatures.count)"),
            ]
        }
        var block = ConsoleBlock(table: table, style: .wide)
        block.list = .init()
        if found.count > Self.reviewsPerPage, let last = orders.last {
            let rest = reason.map { "&reason=\($0.rawValue)" } ?? ""
            block.list?.older = "/console/reviews?after=\(Cursor.text(last.id.text))" + rest
        }
        var filters = PageForm(action: "/console/reviews", submit: texts["show"])
        filters.isSearch = true
        filters.fields = [
            .init(
                name: "reason", label: texts["reason"], value: reason?.rawValue ?? "", isRequired: false,
                options: [("", texts["all"])] + reasons.map { ($0.rawValue, texts.word("review", $0.rawValue)) })
        ]
        page.blocks.append(ConsoleBlock(forms: [filters], style: .filters))
        page.blocks.append(block)
        return page
    }

    /// How much money each provider has whose outcome is not known.
    private func exposureBlock(_ visit: ConsoleVisit) -> ConsoleBlock? {
        let providers = desk.engine.exposedProviders
        guard !providers.isEmpty else { return nil }
        let texts = visit.texts
        var table = ConsoleTable(
            caption: texts["exposure"], empty: "",
            columns: [
                .init(texts["provider"]), .init(texts["amount"], isNumber: true), .init(texts["count"], isNumber: true),
            ])
        for provider in providers {
            for (code, sum) in desk.engine.exposure(at: provider).sorted(by: { $0.key < $1.key }) {
                guard let currency = Currency(code: code) else { continue }
                let amount = visit.amount(Money(sum.minorUnits, currency))
                table.rows.append([.init(provider.text), .init(amount), .init("\(sum.count)")])
            }
        }
        return ConsoleBlock(heading: texts["exposure"], paragraphs: [(texts["exposureText"], .plain)], table: table)
    }

    private func reviewPage(
        _ aggregate: OrderAggregate, _ form: QueryParameters?, _ visit: ConsoleVisit
    ) async throws(Problem) -> ConsolePage {
        let (texts, order) = (visit.texts, aggregate.order)
        var page = ConsolePage(heading: texts["review"], section: "/console/reviews")
        page.crumbs = [.init(address: "/console/reviews", label: texts["reviews"])]
        guard let review = order.review, let whole = try await desk.review(aggregate) else {
            page.lead = texts["reviewOver"]
            page.blocks = [
                ConsoleBlock(links: [.init(address: "/console/orders/\(order.id)", label: texts["orderOpen"])])
            ]
            return page
        }
        page.badge = (texts.word("review", review.reason.rawValue), .warn)
        page.lead = MoneyWhereabouts(of: aggregate).text(texts)
        var facts = ConsoleBlock()
        facts.add(texts["id"], order.id.text, address: "/console/orders/\(order.id)")
        facts.add(texts["atRisk"], visit.amount(order.moneyAtRisk))
        facts.add(texts["since"], visit.time(review.since))
        facts.add(texts["provider"], aggregate.reviewedAttempt?.provider.text)
        facts.add(texts["referenceOurs"], aggregate.reviewedAttempt?.reference, isCode: true)
        facts.add(texts["referenceTheirs"], aggregate.reviewedAttempt?.operatorReference, isCode: true)
        let question = ConsoleBlock(
            heading: texts["question"], paragraphs: [(texts["questionText"], .plain)],
            code: (texts["question"], whole["question"]?.stringValue ?? ""))
        page.blocks = [facts, question]
        if let next = whole["next_step"]?.stringValue { facts.add(texts["nextStep"], next) }
        page.blocks[0] = facts
        if let signed = signatures(review, visit) { page.blocks.append(signed) }
        if visit.visitor.may(.signReviews) { page.blocks.append(signing(aggregate, form, visit)) }
        return page
    }

    private func signatures(_ review: Review, _ visit: ConsoleVisit) -> ConsoleBlock? {
        guard !review.signatures.isEmpty else { return nil }
        return ConsoleBlock(
            heading: visit.texts["signatures"],
            steps: review.signatures.map { signature in
                .init(
                    at: signature.at,
                    title: "\(signature.person): \(visit.texts.word("finding", signature.finding.verdict.name))",
                    text: "\(signature.finding.reason) (\(signature.finding.document))")
            })
    }

    private func signing(
        _ aggregate: OrderAggregate, _ form: QueryParameters?, _ visit: ConsoleVisit
    ) -> ConsoleBlock {
        let texts = visit.texts
        func value(_ name: String) -> String { form?[name] ?? "" }
        return ConsoleBlock(
            heading: texts["sign"], paragraphs: [(texts["signText"], .plain)],
            forms: [
                PageForm(
                    action: "/console/reviews/\(aggregate.order.id)/sign", hidden: [("form", visit.visitor.formToken)],
                    fields: [
                        .init(
                            name: "finding", label: texts["finding"], value: value("finding"),
                            options: ["executed", "not_executed", "split"].map { ($0, texts.word("finding", $0)) }),
                        .init(
                            name: "operator_reference", label: texts["referenceTheirs"], hint: texts["referenceHint"],
                            value: value("operator_reference"), kind: .latin, isRequired: false, longest: 100),
                        .init(
                            name: "amount", label: texts["amountSplit"], hint: texts["amountSplitHint"],
                            value: value("amount"), kind: .amount, isRequired: false, longest: 20),
                        .init(
                            name: "more", label: texts["moreThanAsked"], value: value("more"),
                            options: [("no", texts["no"]), ("yes", texts["yes"])]),
                        .init(name: "because", label: texts["because"], value: value("because"), longest: 500),
                        .init(name: "document", label: texts["document"], value: value("document"), longest: 200),
                    ], submit: texts["sign"])
            ])
    }

    private static func finding(
        _ form: QueryParameters, _ aggregate: OrderAggregate, _ visit: ConsoleVisit
    ) throws(Problem) -> FindingInput {
        func told(_ name: String) -> String? { form[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed } }
        let currency = aggregate.order.amount.currency
        var amount: Int64?
        if let typed = told("amount") {
            guard let read = TypedMoney.all(in: typed, [currency]).first, read.currency == currency else {
                throw Problem(
                    .invalidRequest, "the amount cannot be read",
                    errors: [
                        JSONIssue(
                            pointer: "/amount", code: "invalid_value", detail: "expected an amount in \(currency.code)")
                    ])
            }
            amount = read.minorUnits
        }
        return FindingInput(
            finding: form["finding"] ?? "", amount: amount, because: form["because"] ?? "",
            document: form["document"] ?? "", operatorReference: told("operator_reference"),
            moreThanAsked: told("more").flatMap { MoreThanAsked(rawValue: $0) } == .yes, person: "", token: "")
    }

    private enum MoreThanAsked: String { case yes, no }
}
