/// A change of accounts, apps and keys, with what the audit trail tells of it: all of it is written, or nothing.
package struct PlatformChange: Sendable, Hashable {
    package var account: AccountWrite?
    /// The code that allows it, used up with it.
    package var use: ChallengeUse?
    package var app: AppWrite?
    /// New keys.
    package var newKeys: [AppKey] = []
    /// Keys that are known already; those that are not there stay away.
    package var changedKeys: [AppKey] = []
    /// A signer, new or replaced by name.
    package var person: Person?
    /// A webhook endpoint.
    package var endpoint: EndpointWrite?
    /// A version of the configuration, or which one is worked with.
    package var configuration: ConfigurationWrite?
    package var audit: [AuditEntry]

    /// What is written of the configuration.
    package enum ConfigurationWrite: Sendable, Hashable {
        /// A version, if its number is the next one.
        case insert(ConfigurationVersion, file: [UInt8])
        /// A version that is there, if the one worked with is the one before it.
        case activate(ConfigurationActivation)
    }

    /// How an account is written.
    package enum AccountWrite: Sendable, Hashable {
        /// A new one, with the challenges that begin with it and their messages.
        case insert(Account, challenges: [Challenge])
        /// Replaces an account whose stored version is one less.
        case update(Account)
        /// Deletes an account whose stored version is this one, with its challenges and messages.
        case delete(Account)

        package var account: Account {
            switch self {
            case .insert(let account, _), .update(let account), .delete(let account): account
            }
        }
    }

    /// How an app is written.
    package enum AppWrite: Sendable, Hashable {
        /// A new one, if its owner has fewer than so many.
        case insert(App, atMost: Int?)
        /// Replaces an app whose stored version is one less.
        case update(App)

        package var app: App {
            switch self {
            case .insert(let app, _), .update(let app): app
            }
        }
    }

    /// How a webhook endpoint is written.
    package enum EndpointWrite: Sendable, Hashable {
        /// A new one, if its app has fewer than so many in its environment.
        case insert(WebhookEndpoint, atMost: Int)
        /// Replaces one that is there.
        case update(WebhookEndpoint)
        /// Deletes one with everything that was to be delivered there.
        case delete(WebhookEndpointID)
    }

    /// What the use of a code names as allowed by it.
    package var subject: String { account?.account.id.text ?? app?.app.id.text ?? "" }

    package init(_ audit: AuditEntry...) { self.audit = audit }
}

/// What became of a ``PlatformChange``.
package enum PlatformChanged: Sendable, Hashable {
    case done
    /// Somebody else changed the account, the app or the configuration first.
    case conflict
    /// Another account has this already.
    case taken(AccountChanged.Taken)
    /// The code does not allow it.
    case challenge(ChallengeRefusal)
    /// The owner has an app of this name.
    case appNameTaken
    /// The owner has as many apps as allowed.
    case tooManyApps
    /// The name is, or was, another signer's.
    case personTaken
    /// The app has as many webhook endpoints as allowed.
    case tooManyEndpoints
    /// There is no such webhook endpoint any more.
    case noEndpoint
}
