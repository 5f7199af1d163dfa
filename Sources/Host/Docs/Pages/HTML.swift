import Router

/// Text as HTML.
enum HTML {
    /// Text that may stand between tags and in quoted attributes.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }

    /// Text with `code` and **stress**, as the document's descriptions use them.
    static func inline(_ text: String) -> String {
        let codes = text.split(separator: "`", omittingEmptySubsequences: false)
        return codes.enumerated().map { index, piece in
            let piece = escaped(String(piece))
            guard index.isMultiple(of: 2) else { return "<code>\(piece)</code>" }
            let parts = piece.split(separator: "**", omittingEmptySubsequences: false)
            return parts.enumerated().map { $0.isMultiple(of: 2) ? String($1) : "<strong>\($1)</strong>" }.joined()
        }.joined()
    }

    /// Paragraphs, divided by empty lines, and lists whose lines begin with a hyphen.
    static func blocks(_ text: String) -> String {
        text.split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n")
            guard lines.allSatisfy({ $0.hasPrefix("- ") }) else { return "<p>\(inline(String(block)))</p>" }
            return "<ul>" + lines.map { "<li>\(inline(String($0.dropFirst(2))))</li>" }.joined() + "</ul>"
        }.joined(separator: "\n")
    }

    /// A table that scrolls by itself on a narrow screen.
    static func table(_ head: [String], _ rows: [[String]]) -> String {
        let cells = head.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let body = rows.map { row in
            let first = row.first.map { "<th scope=\"row\">\($0)</th>" } ?? ""
            return "<tr>" + first + row.dropFirst().map { "<td>\($0)</td>" }.joined() + "</tr>"
        }.joined(separator: "\n")
        return """
            <div class="scroll" tabindex="0"><table><thead><tr>\(cells)</tr></thead>
            <tbody>\(body)</tbody></table></div>
            """
    }

    /// JSON as people read it: a member per line, indented by two.
    static func indented(_ value: JSONValue, by margin: String = "") -> String {
        let inner = margin + "  "
        switch value {
        case .object(let object) where !object.members.isEmpty:
            let lines = object.members.map { member in
                "\(inner)\(text(.string(member.name))): \(indented(member.value, by: inner))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(margin)}"
        case .array(let elements) where !elements.isEmpty:
            let lines = elements.map { inner + indented($0, by: inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(margin)]"
        default: return text(value)
        }
    }

    private static func text(_ value: JSONValue) -> String { String(decoding: value.serialized(), as: UTF8.self) }
}
