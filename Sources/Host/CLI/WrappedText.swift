/// Lines of a terminal that is as wide as terminals always were.
enum WrappedText {
    static let width = 80

    /// A text in lines of at most the width, broken between words.
    ///
    /// - Parameters:
    ///   - text: One paragraph.
    ///   - first: What the first line begins with.
    ///   - rest: What the others begin with.
    /// - Returns: At least one line; a word that is longer than a line stands on one of its own.
    static func lines(_ text: String, first: String = "", rest: String? = nil) -> [String] {
        let rest = rest ?? String(repeating: " ", count: first.count)
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                (line, isEmpty) = (rest, true)
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }
}
