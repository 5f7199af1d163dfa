import Router

/// The numbers of accounts that were looked up lately, and of which there is none.
///
/// Every payment by wallet asks for its limits, and most wallets have none.
struct AccountNumbers {
    /// How many are kept; transfers alone make an account each.
    static let most = 10_000

    private var known: [AccountBalance.Name: Int64?] = [:]

    var count: Int { known.count }

    /// - Returns: `nil` if it is not known; an inner `nil` if there is no such account.
    subscript(name: AccountBalance.Name) -> Int64?? { known[name] }

    mutating func keep(_ number: Int64?, for name: AccountBalance.Name) {
        if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
        known.updateValue(number, forKey: name)
    }

    mutating func forget(_ name: AccountBalance.Name) { known.removeValue(forKey: name) }
}
