import Router

extension Posting {
    /// The names of its accounts: debit, credit.
    var accounts: [String] { [debit.name, credit.name] }
}
