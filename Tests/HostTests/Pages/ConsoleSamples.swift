import Pages
import RouterTestKit
import Testing

@testable import Host
@testable import Router

/// Pages of the console with all that they can show.
enum ConsoleSamples {
    static let planted = "<b>Ama</b> & \"17\""

    static func visit(_ language: PayLanguage, isSignedIn: Bool = true) throws -> ConsoleVisit {
        var visitor = ConsoleVisitor()
        if isSignedIn {
            visitor.account = Account(
                id: AccountID(known: "acc_01JD3K0000AAAAAAAAAAAAAAAA"), username: try #require(Username("ama")),
                name: planted, passwordHash: "", createdAt: PaySamples.start)
            visitor.roles = [.admin]
            visitor.formToken = planted
        }
        return ConsoleVisit(
            APIRequest(
                method: "GET", path: "/console/apps", query: "x=1&lang=\(language.rawValue)",
                id: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR")), visitor)
    }

    /// A page with every part.
    static var whole: ConsolePage {
        var page = ConsolePage(
            heading: planted, badge: (planted, .good), error: planted, notice: planted, lead: planted, isNarrow: true)
        page.live = .init(address: "/console/\(planted)", page: planted, mark: planted)
        page.crumbs = [.init(address: "/console/apps", label: planted)]
        page.tabs = [
            (.init(address: "/console", label: planted), true), (.init(address: "/console/x", label: "x"), false),
        ]
        var block = ConsoleBlock(heading: planted, paragraphs: [(planted, .warn), (planted, .plain)], style: .wide)
        block.figures = [.init(label: planted, value: planted, hint: planted), .init(label: "a", value: "1")]
        block.add(planted, planted, address: "/console/\"x\"", mood: .good)
        block.add(planted, planted, isCode: true)
        block.add("label", "value")
        block.chart = ConsoleChart(label: planted, caption: planted, bars: [(planted, 3), ("b", 0)])
        block.code = (planted, planted)
        block.picture = ("data:image/svg+xml;base64,AAAA", planted)
        block.table = ConsoleTable(
            caption: planted, empty: planted, columns: [.init(planted), .init("n", isNumber: true), .init("s")],
            rows: [[.init(planted, to: "/console/\"y\""), .init("3"), .init(planted, mood: .bad)]])
        block.table?.fold = planted
        block.steps = [
            .init(at: PaySamples.start, title: planted, text: planted, mood: .bad),
            .init(at: PaySamples.start, title: "t"),
        ]
        block.forms = [
            PageForm(
                action: "/console/apps", heading: planted, hidden: [("form", planted)],
                fields: [
                    .init(name: "a", label: planted, hint: planted, value: planted, kind: .phone),
                    .init(name: "b", label: "label", value: "x", options: [("x", planted), ("y", "Y")]),
                ], submit: planted)
        ]
        block.links = [.init(address: "/console", label: planted), .init(address: "/", label: "x", isQuiet: true)]
        var empty = ConsoleBlock()
        empty.table = ConsoleTable(caption: "c", empty: planted, columns: [])
        page.blocks = [block, empty]
        return page
    }
}
