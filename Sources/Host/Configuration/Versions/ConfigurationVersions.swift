import Router
import WebText

/// Versions of the configuration in the store, written with what the audit trail tells of them.
struct ConfigurationVersions: Sendable {
    let store: any Store
    let time: any TimeSource

    /// Who wishes something, and why.
    struct Wish: Sendable, Hashable {
        var by: ConfigurationVersion.Maker
        var reason: String?
    }

    /// The activation of the version that is worked with; `nil` if none ever was.
    func active() async throws(StoreFailure) -> ConfigurationActivation? {
        try await store.activations(limit: 1).first
    }

    /// Makes a version of a file, unless the newest has the same bytes.
    ///
    /// - Returns: The version, and whether it is new.
    func make(
        _ file: [UInt8], _ wish: Wish, from source: ConfigurationVersion.Source, warnings: [String]
    ) async throws(StoreFailure) -> (version: ConfigurationVersion, isNew: Bool) {
        let hash = FileHash.of(file)
        for _ in 0..<Self.tries {
            let newest = try await store.configurations(before: nil, limit: 1).first
            if let newest, newest.hash == hash { return (newest, false) }
            let version = ConfigurationVersion(
                number: (newest?.number ?? 0) + 1, hash: hash, size: file.count, madeAt: time.now, by: wish.by,
                reason: wish.reason, source: source, warnings: warnings)
            var change = PlatformChange(
                entry(
                    wish, .configurationMade, version.number,
                    after: ["hash": .string(Hex.text(hash)), "source": .string(source.rawValue)]))
            change.configuration = .insert(version, file: file)
            if try await store.apply(change) == .done { return (version, true) }
        }
        throw StoreFailure(.busy, "other versions were made at the same time")
    }

    private static let tries = 8

    /// Takes down that a version is the one that is worked with.
    ///
    /// - Returns: `false` if another one is worked with than the activation names as the one before.
    func activate(_ activation: ConfigurationActivation) async throws(StoreFailure) -> Bool {
        let wish = Wish(by: activation.by, reason: activation.reason)
        var change = PlatformChange(
            entry(
                wish, activation.isRollback ? .configurationRolledBack : .configurationActivated, activation.number,
                before: activation.previous.map { ["active": JSONValue($0)] },
                after: ["active": JSONValue(activation.number)]))
        change.configuration = .activate(activation)
        return try await store.apply(change) == .done
    }

    /// The newest version that was worked with before the present one; `nil` if there was none.
    func previous() async throws(StoreFailure) -> Int64? {
        let activations = try await store.activations(limit: Self.history)
        return activations.first { $0.number != activations.first?.number }?.number
    }

    /// Whether a version was ever worked with.
    func wasActive(_ number: Int64) async throws(StoreFailure) -> Bool {
        try await store.activations(limit: Self.history).contains { $0.number == number }
    }

    /// Whether there was a version of the same bytes at a moment.
    func isKnown(_ hash: [UInt8], before moment: Moment) async throws(StoreFailure) -> Bool {
        try await store.configurations(before: nil, limit: Self.history)
            .contains { $0.hash == hash && $0.madeAt <= moment }
    }

    /// So many versions and activations are looked at.
    static let history = 10_000

    private func entry(
        _ wish: Wish, _ action: AuditAction, _ number: Int64, before: JSONValue? = nil, after: JSONValue
    ) -> AuditEntry {
        let actor: AuditEntry.Actor =
            switch wish.by {
            case .file: .system
            case .commandLine: .commandLine(person: nil)
            case .person(let name): .commandLine(person: name)
            }
        var told = after
        if let reason = wish.reason, var members = after.objectValue {
            members["reason"] = .string(reason)
            told = .object(members)
        }
        return AuditEntry(
            at: time.now, actor, action, .init(.configuration, "\(number)"), before: before, after: told)
    }
}
