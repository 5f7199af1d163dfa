/// Where a configured provider's callbacks are registered in the sandbox: which of its settings or secrets names the
/// account, and which secret signs.
public struct SandboxAccountRule: Sendable, Hashable {
    /// Where the account's name stands in `providers.json`.
    public enum Source: Sendable, Hashable {
        /// In the setting of this name.
        case setting(String)
        /// In the secret of this name.
        case secret(String)
    }

    /// The name of the provider's kind in `providers.json`.
    public var kind: String
    /// Where the address of the provider's callbacks is registered.
    public var `operator`: SandboxOperator
    /// Which setting or secret of the provider names its account there.
    public var account: Source
    /// The name of the secret that signs callbacks; `nil` if they are not signed.
    public var signingSecret: String?
    /// The setting that repeats where the operator calls, because that is part of what is signed; `nil` if none does.
    public var addressSetting: String?
    /// The name of the setting that says how long the operator's sessions live, in seconds; `nil` if none does.
    public var sessionSetting: String?

    init(
        kind: String, operator: SandboxOperator, account: Source, signingSecret: String? = nil,
        addressSetting: String? = nil, sessionSetting: String? = nil
    ) {
        self.addressSetting = addressSetting
        self.kind = kind
        self.operator = `operator`
        self.account = account
        self.signingSecret = signingSecret
        self.sessionSetting = sessionSetting
    }

    /// What a host has to register, for every operator there is.
    public static var all: [SandboxAccountRule] { SimulatedOperators.all.flatMap { $0.accounts } }
}
