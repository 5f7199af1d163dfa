import Pages
import Router

/// One part of a page of the console, with a heading of its own: what `console/block.mustache` is filled with.
struct ConsoleBlock: Sendable {
    var heading: String?
    var paragraphs: [(text: String, mood: ConsolePage.Mood)] = []
    var figures: [Figure] = []
    var facts: [Fact] = []
    var chart: ConsoleChart?
    /// Text in the letters of a machine, to be copied.
    var code: (label: String, text: String)?
    var picture: (address: String, alternative: String)?
    var table: ConsoleTable?
    /// Where its table is a page of a list.
    var list: List?
    var steps: [Step] = []
    var forms: [PageForm] = []
    var links: [ConsolePage.Link] = []
    var style: Style?

    /// How a part is laid out, where it is not as usual.
    enum Style: String {
        /// A long table.
        case wide
        /// A form that only asks, in one line where there is room.
        case filters
    }

    /// A number that is looked at first.
    struct Figure: Sendable {
        var label: String
        var value: String
        var hint: String?
    }

    struct Fact: Sendable {
        var label: String
        var value: String
        var address: String?
        var isCode = false
        var mood: ConsolePage.Mood = .plain
    }

    /// Something that happened.
    struct Step: Sendable {
        var at: Moment
        var title: String
        var text: String?
        var mood: ConsolePage.Mood = .plain
    }

    /// Adds a fact that is known.
    mutating func add(
        _ label: String, _ value: String?, address: String? = nil, isCode: Bool = false,
        mood: ConsolePage.Mood = .plain
    ) {
        guard let value, !value.isEmpty else { return }
        facts.append(Fact(label: label, value: value, address: address, isCode: isCode, mood: mood))
    }

    func model(_ visit: ConsoleVisit) -> PageModel {
        [
            "heading": .text(heading), "style": .text(style?.rawValue),
            "paragraphs": .list(paragraphs.map { ["text": .text($0.text), "mood": .text($0.mood.name)] }),
            "figures": .model(
                figures.isEmpty
                    ? nil
                    : [
                        "items": .list(
                            figures.map {
                                ["label": .text($0.label), "value": .text($0.value), "hint": .text($0.hint)]
                            })
                    ]),
            "facts": .model(
                facts.isEmpty
                    ? nil
                    : [
                        "items": .list(
                            facts.map {
                                [
                                    "label": .text($0.label), "value": .text($0.value), "address": .text($0.address),
                                    "isCode": .flag($0.isCode), "mood": .text($0.mood.name),
                                ]
                            })
                    ]),
            "chart": .model(chart?.model),
            "code": .model(code.map { ["label": .text($0.label), "text": .text($0.text)] as PageModel }),
            "picture": .model(
                picture.map { ["address": .text($0.address), "alternative": .text($0.alternative)] as PageModel }),
            "table": .model(table?.model),
            "steps": .model(
                steps.isEmpty
                    ? nil
                    : [
                        "items": .list(
                            steps.map {
                                [
                                    "at": .text($0.at.description), "shownAt": .text(visit.time($0.at)),
                                    "title": .text($0.title), "text": .text($0.text), "mood": .text($0.mood.name),
                                ]
                            })
                    ]),
            "forms": .list(forms.map(\.model)),
            "links": .model(links.isEmpty ? nil : ["items": .list(links.map(\.model))]),
        ]
    }
}

extension ConsolePage.Mood {
    /// Its class; `nil` for what is shown as everything else.
    var name: String? { self == .plain ? nil : rawValue }
}
