/// Makes providers of one kind from configuration.
///
/// The registry holds one per kind.
///
/// A kind's settings are one `Decodable` struct; unknown members are refused. Their names in `providers.json` are those of
/// the properties in snake case (`apiUser` is `api_user`), except where `CodingKeys` say otherwise. Secrets come by name,
/// already resolved.
public protocol ProviderKind: Sendable {
    /// The settings of `providers.json`.
    associatedtype Settings: Decodable & Sendable

    /// The kind's name in `providers.json`, for instance `tmoney`.
    static var name: String { get }

    /// The names of secrets the kind needs.
    static var secretNames: [String] { get }

    /// The names of secrets that only some settings need; ``make(_:_:)`` says which.
    static var optionalSecretNames: [String] { get }

    /// Whether there is an operator at the other end of a wire, real or in the sandbox.
    static var hasOperator: Bool { get }

    /// Makes the provider that one object of `providers.json` describes, without asking anybody.
    ///
    /// - Throws: ``ProviderConfigurationError`` if the settings or secrets are wrong.
    static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError)
        -> any PaymentProvider
}

extension ProviderKind {
    /// None: a kind that has some says so.
    public static var optionalSecretNames: [String] { [] }
    /// Yes, unless a kind says otherwise.
    public static var hasOperator: Bool { true }
}

/// What a kind gets besides its settings.
public struct ProviderSetup: Sendable {
    /// The provider's name.
    public var id: ProviderID
    /// Sandbox or real money.
    public var environment: PayEnvironment
    /// Where the operator is: the setting `base_url`, else the sandbox operator's address; `nil` means the operator's
    /// own production address.
    public var baseURL: String?
    /// The resolved secrets by name.
    public var secrets: [String: Secret]

    /// For configurations and tests; `nil` for the address means the kind's own, if it has one.
    public init(id: ProviderID, environment: PayEnvironment, baseURL: String?, secrets: [String: Secret]) {
        self.id = id
        self.environment = environment
        self.baseURL = baseURL
        self.secrets = secrets
    }
}

/// Why a provider cannot be made from its configuration.
public struct ProviderConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Pointer below the provider's object, for instance `/settings/flow`.
    public var pointer: String
    /// What is wrong and what would be right.
    ///
    /// Never the value of a secret.
    public var detail: String

    /// Names the place below the provider's object, and what would be right.
    public init(pointer: String, _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// Place and remedy in one line.
    public var description: String { "\(pointer): \(detail)" }
}

/// A kind with its settings type erased, as the registry keeps it.
public struct RegisteredKind: Sendable {
    /// The kind's name.
    public let name: String
    /// Secrets without which no provider of this kind can be made.
    public let secretNames: [String]
    /// The names of secrets that only some settings need.
    public let optionalSecretNames: [String]
    /// Whether there is an operator at the other end of a wire.
    public let hasOperator: Bool
    private let maker: @Sendable (JSONValue, ProviderSetup) throws -> any PaymentProvider

    /// Forgets the kind's type, so that kinds of every package stand in one list.
    public init<Kind: ProviderKind>(_ kind: Kind.Type) {
        name = Kind.name
        secretNames = Kind.secretNames
        optionalSecretNames = Kind.optionalSecretNames
        hasOperator = Kind.hasOperator
        maker = { settings, setup in
            try Kind.make(try StrictDecoder(names: .snakeCase).decode(Kind.Settings.self, from: settings), setup)
        }
    }

    /// Makes a provider from the `settings` object of `providers.json`.
    ///
    /// - Throws: ``ProviderConfigurationError`` or ``JSONIssues``, both with pointers below the provider's object.
    public func make(settings: JSONValue, setup: ProviderSetup) throws -> any PaymentProvider {
        try maker(settings, setup)
    }
}
