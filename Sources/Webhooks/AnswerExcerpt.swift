import Router

/// The beginning of an endpoint's answer as one line for its owner's delivery log.
enum AnswerExcerpt {
    /// Longest excerpt, in characters.
    static let limit = 200

    /// Printable text without line breaks.
    ///
    /// Digits that could be part of a phone or card number are hidden, because an endpoint may echo what it was told and
    /// the log keeps no payer data.
    static func text(_ body: [UInt8]) -> String {
        var result = ""
        var run = ""
        for character in String(decoding: body.prefix(4 * limit), as: UTF8.self).unicodeScalars {
            if isNumberPart(character) {
                run.unicodeScalars.append(character)
                continue
            }
            result += hidden(run)
            run = ""
            let isBlank = character.properties.isWhitespace || character.properties.generalCategory == .control
            if !isBlank {
                result.unicodeScalars.append(character)
            } else if result.last != " " {
                result.append(" ")
            }
        }
        return String((result + hidden(run)).drop { $0 == " " }.prefix(limit))
    }

    private static func isNumberPart(_ character: Unicode.Scalar) -> Bool {
        isDigit(character) || " -.()/+".unicodeScalars.contains(character)
    }

    private static func isDigit(_ character: Unicode.Scalar) -> Bool {
        character.properties.numericType != nil
    }

    private static func hidden(_ run: String) -> String {
        guard run.unicodeScalars.count(where: isDigit) > 5 else { return run }
        return run.unicodeScalars.map { isDigit($0) ? "#" : String($0) }.joined()
    }
}
