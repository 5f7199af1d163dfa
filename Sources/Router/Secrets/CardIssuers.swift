/// Which numbers card issuers give out.
enum CardIssuers {
    /// Whether some issuer gives out numbers of a length.
    ///
    /// - Parameters:
    ///   - prefix: The first four digits.
    ///   - length: How many digits the number has.
    /// - Returns: Whether such a number can be a card's.
    static func issue(_ prefix: Int, _ length: Int) -> Bool {
        switch prefix {
        case 4000...4999: [13, 16, 19].contains(length)
        case 5100...5599, 2221...2720: length == 16
        case 3400...3499, 3700...3799: length == 15
        case 3000...3059, 3600...3699, 3800...3999: (14...19).contains(length)
        case 3528...3589, 6011, 6440...6599, 6200...6299: (16...19).contains(length)
        case 5000...5099, 5600...5899, 6000...6010, 6012...6199, 6300...6439, 6600...6999: (13...19).contains(length)
        default: false
        }
    }

    /// Whether a number is of the usual length of an issuer that most cards are of.
    static func commonlyIssue(_ prefix: Int, _ length: Int) -> Bool {
        switch prefix {
        case 4000...4999, 5100...5599, 2221...2720, 3528...3589, 6011, 6440...6599, 6200...6299: length == 16
        case 3400...3499, 3700...3799: length == 15
        case 3000...3059, 3600...3699, 3800...3999: length == 14
        default: false
        }
    }
}
