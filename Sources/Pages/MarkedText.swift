/// Descriptions with a few marks, as models: `code` between backticks, **stress** between two stars, paragraphs divided by
/// empty lines, and lists whose lines begin with a hyphen.
package enum MarkedText {
    /// How a piece of a line is shown.
    package enum Style: String, CaseIterable {
        case plain, code, strong, link
    }

    /// A piece of a line; what a `link` leads to, its template knows.
    package static func piece(_ style: Style, _ text: String) -> PageModel {
        var model = PageModel.one(style, true)
        model["text"] = .text(text)
        return model
    }

    /// Pieces with a separator between them.
    package static func joined(_ parts: [[PageModel]], by separator: String) -> [PageModel] {
        Array(parts.joined(separator: [piece(.plain, separator)]))
    }

    /// The pieces of one line.
    package static func line(_ text: String) -> [PageModel] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            guard index.isMultiple(of: 2) else { return [piece(.code, String(part))] }
            return part.split(separator: "**", omittingEmptySubsequences: false).enumerated().map { index, part in
                piece(index.isMultiple(of: 2) ? .plain : .strong, String(part))
            }
        }
    }

    /// Paragraphs and lists.
    package static func blocks(_ text: String) -> [PageModel] {
        text.split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n")
            guard lines.allSatisfy({ $0.hasPrefix("- ") }) else { return paragraph(line(String(block))) }
            let items = lines.map { ["words": .list(line(String($0.dropFirst(2))))] as PageModel }
            return ["words": nil, "items": .list(items), "isList": true]
        }
    }

    /// One paragraph.
    package static func paragraph(_ pieces: [PageModel]) -> PageModel {
        ["words": .list(pieces), "items": nil, "isList": false]
    }
}
