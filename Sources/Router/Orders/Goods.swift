/// What a biller hands over for money, such as a token for a meter.
package enum Goods {
    /// Characters of the longest.
    package static let longest = 200

    /// Whether a text can be shown to the customer: 1 to 200 characters that print, one of them at least no space.
    package static func areUsable(_ goods: Secret) -> Bool {
        let text = goods.reveal().unicodeScalars
        guard (1...longest).contains(text.count), text.contains(where: { $0 != " " }) else { return false }
        return text.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
            case .spaceSeparator: scalar == " "
            default: true
            }
        }
    }
}
