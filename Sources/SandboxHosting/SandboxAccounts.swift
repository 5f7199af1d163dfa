import Router

/// The accounts that a platform has at the sandbox operators, and how these behave: nobody has to write them down.
///
/// They count for a provider of the sandbox that is at no address of its own, or at one of this machine, where something stands
/// in for a sandbox operator. What the file says goes first: settings and secrets member by member, the contract as a whole.
struct SandboxAccounts: Sendable {
    private var accounts: [JSONValue]

    /// The file `Resources/accounts.json`, built into this program: one that cannot be read is a fault of the
    /// build, which the tests find.
    static let builtIn: SandboxAccounts = {
        let text = Resources.accounts
        guard let accounts = (try? StrictJSON.parse(Array(text.utf8)))?.arrayValue else {
            fatalError("Resources/accounts.json, built into this program, cannot be read")
        }
        return SandboxAccounts(accounts: accounts)
    }()

    /// A provider as the file has it, with what goes without saying.
    func filled(_ provider: JSONValue) -> JSONValue {
        guard var members = provider.objectValue, members["environment"] == "sandbox", Self.isHere(members["base_url"]),
            let account = account(for: provider)
        else { return provider }
        for name in ["settings", "secrets"] {
            guard let own = account[name]?.objectValue else { continue }
            // What is there and no object is refused as it is.
            guard members[name] == nil || members[name]?.objectValue != nil else { continue }
            var whole = own
            for member in members[name]?.objectValue?.members ?? [] { whole[member.name] = member.value }
            members[name] = .object(whole)
        }
        if members["contract"] == nil { members["contract"] = account["contract"] }
        return .object(members)
    }

    /// Plain http leads to this machine only; every other address of that kind is refused.
    private static func isHere(_ address: JSONValue?) -> Bool {
        address?.stringValue?.hasPrefix("http://") ?? (address == nil)
    }

    /// The account of a kind, in the flow that a provider is set to where the kind has several.
    private func account(for provider: JSONValue) -> JSONValue? {
        let flow = provider["settings"]?["flow"]
        return accounts.first { $0["kind"] == provider["kind"] && ($0["flow"] == nil || $0["flow"] == flow) }
    }
}
