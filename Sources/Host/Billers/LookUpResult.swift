/// What a biller said of an account, as callers read it.
enum LookUpResult: String, CaseIterable {
    /// Something can be paid.
    case bill
    /// The account is there, and nothing is to be paid.
    case nothingOwed = "nothing_owed"
    /// There is no such account.
    case unknownAccount = "unknown_account"
}
