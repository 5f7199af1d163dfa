/// One tag of a template, as far as it names something.
struct TemplateTag: Sendable {
    enum Kind: Sendable {
        /// `{{name}}`.
        case text
        /// `{{{name}}}`.
        case verbatim
        /// `{{#name}}`, `{{^name}}`.
        case section
        /// `{{>name}}`, `{{<name}}`.
        case partial
        /// `{{$name}}`, `{{/name}}`, comments, and what is asked of a list's position: names nothing in a model.
        case other
    }

    let kind: Kind
    let name: String
    let line: Int

    var isPartial: Bool { kind == .partial }

    /// Every tag of a template that has been parsed, in order.
    ///
    /// - Throws: If it has a tag of a kind that pages have no use for: other delimiters, pragmas, partials named by values.
    static func all(in text: String, of template: String) throws(TemplateFault) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var line = 1
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count(where: \.isNewline)
            rest = rest[start.upperBound...]
            let end = rest.firstRange(of: "}}") ?? rest.endIndex..<rest.endIndex
            let inside = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            guard let tag = TemplateTag(inside, line: line) else {
                throw TemplateFault(template, line, "{{\(inside)}} is no tag that pages use")
            }
            tags.append(tag)
            line += inside.count(where: \.isNewline)
        }
        return tags
    }

    private init?(_ inside: Substring, line: Int) {
        let kinds: [Character: Kind] = [
            "{": .verbatim, "#": .section, "^": .section, ">": .partial, "<": .partial, "$": .other, "/": .other,
            "!": .other,
        ]
        let sign = inside.first.flatMap { kinds[$0] }
        let name = inside.dropFirst(sign == nil ? 0 : 1).filter { !$0.isWhitespace }
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || ".-".contains($0) }
        let isPosition = ["first()", "last()"].contains(name)
        guard inside.first == "!" || isPosition || (isPlain && !name.isEmpty) else { return nil }
        (self.kind, self.name, self.line) = (isPosition ? .other : sign ?? .text, name, line)
    }
}
