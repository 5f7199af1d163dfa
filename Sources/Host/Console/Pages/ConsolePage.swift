import Pages
import Router

/// One page of the console: what `console/page.mustache` is filled with.
struct ConsolePage: Sendable {
    var heading: String
    /// A word behind the heading, such as a status.
    var badge: (text: String, mood: Mood)?
    var error: String?
    var notice: String?
    var lead: String?
    /// The pages above this one.
    var crumbs: [Link] = []
    var tabs: [(link: Link, isCurrent: Bool)] = []
    var blocks: [ConsoleBlock] = []
    /// Whether it is one small form.
    var isNarrow = false
    /// What tells the page that it shows something that is not so any more; `nil` where nothing does.
    var live: Live?
    /// The item of the menu that it belongs to; the one of its own address if there is none.
    var section: String?

    struct Link: Sendable {
        var address: String
        var label: String
        var isQuiet = false

        var model: PageModel { ["address": .text(address), "label": .text(label), "isQuiet": .flag(isQuiet)] }
    }

    /// Where a page's news are told, which page that is, and what it shows now.
    struct Live: Sendable {
        var address: String
        var page: String
        var mark: String
    }

    /// How something stands, as a colour beside its words.
    enum Mood: String, Sendable { case plain, good, bad, warn }

    /// The one script that it brings along, if any.
    var script: String? { live == nil ? nil : Resources.Console.liveJS }

    /// Everything that the template names.
    ///
    /// - Parameters:
    ///   - visit: Whose page it is, and in which language.
    ///   - brand: What the platform calls itself.
    ///   - publicURL: Where everybody reaches the router; the documentation is there, not at the port of its staff.
    /// - Returns: The model, whole.
    func model(_ visit: ConsoleVisit, brand: String, publicURL: String) -> PageModel {
        let texts = visit.texts
        return [
            "language": .text(visit.language.rawValue), "title": .text("\(heading) - \(brand)"), "brand": .text(brand),
            "texts": .words(texts.words), "heading": .text(heading), "error": .text(error), "notice": .text(notice),
            "docs": .text(publicURL + "/docs"),
            "live": .model(
                live.map {
                    ["address": .text($0.address), "page": .text($0.page), "mark": .text($0.mark)] as PageModel
                }),
            "script": .verbatim(script), "lead": .text(lead), "isNarrow": .flag(isNarrow),
            "badge": .model(badge.map { ["text": .text($0.text), "mood": .text($0.mood.rawValue)] as PageModel }),
            "crumbs": .model(crumbs.isEmpty ? nil : ["items": .list(crumbs.map(\.model))]),
            "tabs": .model(
                tabs.isEmpty
                    ? nil
                    : [
                        "items": .list(tabs.map { $0.link.model.with(["isCurrent": .flag($0.isCurrent)]) })
                    ]),
            "blocks": .list(blocks.map { $0.model(visit) }),
            "menu": .model(ConsoleMenu.model(visit, section: section ?? visit.request.path)),
            "languages": .list(
                ConsoleTexts.languages.map { other in
                    [
                        "address": .text(visit.address(in: other)), "language": .text(other.rawValue),
                        "name": .text(other.name), "isCurrent": .flag(other == visit.language),
                    ]
                }),
        ]
    }
}
