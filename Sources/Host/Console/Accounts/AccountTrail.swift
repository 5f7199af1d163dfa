import Router

/// What the audit trail says of an account: nothing that lets anybody in, and contacts masked.
enum AccountTrail {
    /// What differs between two of its states, as it was and as it is.
    static func difference(_ before: Account, _ after: Account) -> (before: JSONValue, after: JSONValue) {
        let (old, new) = (members(before), members(after))
        var (left, right) = (JSONObject(), JSONObject())
        for member in new.members where old[member.name] != member.value {
            left[member.name] = old[member.name] ?? .null
            right[member.name] = member.value
        }
        return (.object(left), .object(right))
    }

    private static func members(_ account: Account) -> JSONObject {
        JSONObject([
            .init("name", .string(account.name)), .init("state", .string(account.state.rawValue)),
            .init("email", JSONValue(account.email.map { HolderView.masked(email: $0.value) })),
            .init("new_email", JSONValue(account.newEmail.map { HolderView.masked(email: $0) })),
            .init("email_confirmed", .bool(account.confirmedEmail != nil)),
            .init("phone", JSONValue(account.phone?.value.masked)),
            .init("roles", .array(account.roles.sorted().map { .string($0.rawValue) })),
            .init("second_factor", .bool(account.hasSecondFactor)),
            .init("sessions_of_generation", JSONValue(account.generation)),
        ])
    }
}
