/// The e-mail address: told, confirmed, changed.
extension Account {
    /// The e-mail address, if it was confirmed.
    package var confirmedEmail: String? { email.flatMap { $0.confirmedAt == nil ? nil : $0.value } }

    /// The address that was told last: it is the one that a confirmation is about.
    package var latestEmail: String? { newEmail ?? email?.value }

    /// Whether the address that was told last is not confirmed yet.
    package var awaitsEmail: Bool { newEmail != nil || email.map { $0.confirmedAt == nil } ?? false }

    /// Takes another address; a confirmed one counts until that is confirmed, too, and told again it stays.
    package mutating func tell(email told: String) {
        if let confirmedEmail {
            newEmail = told == confirmedEmail ? nil : told
        } else {
            email = Contact(told)
        }
    }

    /// Has an address count from now on.
    ///
    /// - Returns: `false`, and changes nothing, unless it is the one that was told last.
    package mutating func confirm(email confirmed: String, at now: Moment) -> Bool {
        guard latestEmail == confirmed else { return false }
        email = Contact(confirmed, confirmedAt: now)
        newEmail = nil
        return true
    }
}
