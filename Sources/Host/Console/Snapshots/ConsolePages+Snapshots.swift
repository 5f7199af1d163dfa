import Router

/// Daily figures made anew from the orders, and what was wrong with them.
extension ConsolePages {
    func registerSnapshots(in routes: inout RouteTable) {
        page("/console/snapshots", .operate, in: &routes) { visit throws(Problem) in
            _ = try QueryParameters(visit.request.query, allowed: ["lang"])
            return shown(snapshotsPage(visit), visit)
        }
        form("/console/snapshots", .operate, in: &routes, ["from", "to"]) { visit, form throws(Problem) in
            do throws(Problem) { try await desk.rebuildSnapshots(form, visit) } catch {
                return failed(snapshotsPage(visit, form), error, visit)
            }
            return redirect("/console/snapshots")
        }
    }

    private func snapshotsPage(_ visit: ConsoleVisit, _ typed: QueryParameters? = nil) -> ConsolePage {
        let texts = visit.texts
        let today = SnapshotDay(desk.now)
        let report = desk.rebuilds.report
        var page = ConsolePage(heading: texts["snapshots"], section: "/console/snapshots")
        page.lead = texts["snapshotsText"]
        page.blocks = RebuildBlocks(visit: visit).blocks(report)
        guard report.progress != .running else { return page }
        page.blocks.append(
            ConsoleBlock(
                heading: texts["snapshotsMake"],
                forms: [
                    PageForm(
                        action: "/console/snapshots", hidden: [("form", visit.visitor.formToken)],
                        fields: [
                            .init(
                                name: "from", label: texts["from"], value: typed?["from"] ?? today.description,
                                kind: .latin, longest: 10),
                            .init(
                                name: "to", label: texts["to"],
                                hint: texts.filled("snapshotsDays", ["count": "\(ConsoleDesk.mostDays)"]),
                                value: typed?["to"] ?? today.description, kind: .latin, isRequired: false,
                                longest: 10),
                        ], submit: texts["snapshotsMake"])
                ]))
        return page
    }
}
