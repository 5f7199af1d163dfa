/// What an account may do beyond holding wallets; an account may have several.
///
/// The raw values stand in records and never change.
package enum AccountRole: String, Sendable, Hashable, CaseIterable, Comparable, Codable {
    /// Everything, also for other accounts: roles, providers.
    case admin
    /// Money of all apps: refunds, captures, signatures of reviews, whole phone numbers.
    case finance
    /// Sees orders of all apps, with phone numbers masked, and changes nothing.
    case support
    /// Has apps of its own, and sees what is theirs.
    case developer

    /// Whether it is one of the people who run the platform.
    package var isStaff: Bool { self != .developer }

    /// Whether it signs findings about money.
    package var signs: Bool { self == .admin || self == .finance }

    /// From the most to the least, as lists show them.
    package static func < (left: AccountRole, right: AccountRole) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}
