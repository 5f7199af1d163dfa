import Pages

/// One page of a holder's: what `holders/page.mustache` is filled with.
struct HolderPage: Sendable {
    var heading: String
    var mood: String?
    var error: String?
    var notice: String?
    var message: String?
    var details: [(label: String, value: String?, isAmount: Bool)] = []
    var picture: (address: String, alternative: String)?
    /// A code that others scan, at the end of the page.
    var code: (address: String, heading: String, text: String)?
    var forms: [PageForm] = []
    var buttons: [Button] = []
    var lists: [Lines] = []
    /// Seconds after which the page is read anew, without scripts.
    var refresh: Int?

    struct Button: Sendable {
        var address: String
        var label: String
        var isQuiet = false
    }

    /// A list with a heading.
    struct Lines: Sendable {
        var heading: String?
        var empty: String
        var lines: [Line] = []
        var more: Button?
    }

    struct Line: Sendable {
        var address: String?
        var title: String
        var amount: String
        var mood = ""
        var text: String
    }

    mutating func add(_ label: String, _ value: String?, isAmount: Bool = false) {
        if let value, !value.isEmpty { details.append((label, value, isAmount)) }
    }

    /// Everything that the template names.
    ///
    /// - Parameters:
    ///   - visit: Whose page it is, and in which language.
    ///   - path: Where it stands.
    /// - Returns: The model, whole.
    func model(_ visit: HolderVisit, path: String) -> PageModel {
        let texts = visit.texts
        return [
            "language": .text(visit.language.rawValue), "direction": .text(visit.language.direction),
            "title": .text("\(heading) - \(texts["title"])"), "texts": .words(texts.words), "heading": .text(heading),
            "mood": .text(mood), "error": .text(error), "notice": .text(notice), "message": .text(message),
            "hasDetails": .flag(!details.isEmpty),
            "details": .list(
                details.map {
                    ["label": .text($0.label), "value": .text($0.value), "isAmount": .flag($0.isAmount)]
                }),
            "picture": .model(
                picture.map { ["address": .text($0.address), "alternative": .text($0.alternative)] as PageModel }),
            "code": .model(
                code.map {
                    ["address": .text($0.address), "heading": .text($0.heading), "text": .text($0.text)] as PageModel
                }),
            "forms": .list(forms.map(\.model)), "buttons": .list(buttons.map(\.model)),
            "lists": .list(lists.map(\.model)), "menu": .model(visit.account == nil ? nil : Self.menu(texts, path)),
            "languages": .list(
                PayLanguage.allCases.map { other in
                    [
                        "address": .text("\(path)?lang=\(other.rawValue)"), "language": .text(other.rawValue),
                        "name": .text(other.name), "isCurrent": .flag(other == visit.language),
                    ]
                }),
        ]
    }

    private static func menu(_ texts: HolderTexts, _ path: String) -> PageModel {
        let items = [
            ("/wallet", "home"), ("/wallet/send", "send"), ("/wallet/topup", "topUp"), ("/wallet/cashout", "cashOut"),
            ("/wallet/bills", "bills"), ("/wallet/history", "history"), ("/wallet/settings", "settings"),
        ]
        return [
            "items": .list(
                items.map { address, name in
                    ["address": .text(address), "label": .text(texts[name]), "isCurrent": .flag(address == path)]
                })
        ]
    }
}

extension HolderPage.Button {
    var model: PageModel { ["address": .text(address), "label": .text(label), "isQuiet": .flag(isQuiet)] }
}

extension HolderPage.Lines {
    var model: PageModel {
        [
            "heading": .text(heading), "empty": .text(empty), "isEmpty": .flag(lines.isEmpty),
            "more": .model(more?.model),
            "lines": .list(
                lines.map {
                    [
                        "address": .text($0.address), "title": .text($0.title), "amount": .text($0.amount),
                        "mood": .text($0.mood), "text": .text($0.text),
                    ]
                }),
        ]
    }
}
