/// Who did what to what, and what it was before and after: one line of the audit trail, which is only ever appended to.
///
/// Nothing in it lets anybody in: no password, no key, no code, no whole phone number.
package struct AuditEntry: Sendable, Hashable {
    /// Who did it.
    package enum Actor: Sendable, Hashable {
        /// The router itself.
        case system
        /// Nobody who was signed in.
        case anonymous
        case account(AccountID, username: String)
        /// Somebody at the command line of this machine, with the name that was given there.
        case commandLine(person: String?)
    }

    /// What it was done to: the kind of thing, and its identifier.
    package struct Subject: Sendable, Hashable {
        package var kind: Kind
        package var id: String

        package enum Kind: String, Sendable, Hashable, CaseIterable {
            case account, app, order, provider, webhook, snapshot, person, platform, configuration
        }

        package init(_ kind: Kind, _ id: String) {
            self.kind = kind
            self.id = id
        }
    }

    package var at: Moment
    package var actor: Actor
    package var action: AuditAction
    package var subject: Subject
    /// The app that it belongs to, whose owner may read it.
    package var app: AppID?
    /// What was changed, as it was.
    package var before: JSONValue?
    /// The same as it is then; what was asked for where nothing was changed.
    package var after: JSONValue?
    /// The address it was asked from.
    package var client: String?
    package var request: RequestID?

    package init(
        at: Moment, _ actor: Actor, _ action: AuditAction, _ subject: Subject, app: AppID? = nil,
        before: JSONValue? = nil, after: JSONValue? = nil, client: String? = nil, request: RequestID? = nil
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.app = app
        self.before = before
        self.after = after
        self.client = client
        self.request = request
    }
}

extension AuditEntry.Actor {
    /// By what it is searched: the kind, and who.
    package var name: String {
        switch self {
        case .system: "system"
        case .anonymous: "anonymous"
        case .account(_, let username): username
        case .commandLine(let person): person.map { "command line (\($0))" } ?? "command line"
        }
    }
}
