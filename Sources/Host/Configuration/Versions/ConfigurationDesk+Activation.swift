import Router
import Synchronization

/// Which version is worked with.
extension ConfigurationDesk {
    /// What is wished to be worked with.
    struct ActivationWish: Sendable {
        var number: Int64
        /// The version that must be worked with now; `nil` for whichever is.
        var expected: Int64?
        var wish: ConfigurationVersions.Wish
        /// Whether it is taken although it was tried on too little.
        var isUntried = false
    }

    /// What became of it.
    enum Activation: Sendable {
        /// - `removed`: Providers that finish what they began.
        /// - `waiting`: Sections that take effect at the next start.
        /// - `warnings`: What is worth knowing besides.
        case done(ConfigurationActivation, removed: [ProviderID], waiting: [String], warnings: [String])
        /// There is no such version.
        case unknown(Int64)
        /// It was tried on so many recorded decisions, which are too few.
        case untried(ConfigurationVersion)
        /// Another version is worked with than was expected.
        case overtaken(active: Int64?)
        case invalid(ConfigurationFailure)
        /// Orders are open at ids that would mean another operator or account.
        case refused([String])
        case failed(StoreFailure)
    }

    /// Recorded decisions on which a version must have been tried.
    static let leastTried: Int64 = 100

    /// Works with a version from now on, or at the next start where no router runs.
    func activate(_ wish: ActivationWish) async -> Activation {
        await lock.withLock { await activateAlone(wish) }
    }

    /// Works again with the version that was worked with before, or with one of those before it.
    func rollBack(
        to number: Int64?, expected: Int64?, _ wish: ConfigurationVersions.Wish
    ) async -> Activation {
        await lock.withLock {
            do throws(StoreFailure) {
                var target = number
                if target == nil { target = try await versions.previous() }
                guard let target else { return .unknown(0) }
                guard try await versions.wasActive(target) else { return .unknown(target) }
                return await activateAlone(ActivationWish(number: target, expected: expected, wish: wish))
            } catch { return .failed(error) }
        }
    }

    /// Works with the present version as it is now: secrets are read anew.
    func reload(_ wish: ConfigurationVersions.Wish) async -> Activation {
        await lock.withLock {
            do throws(StoreFailure) {
                guard let active = try await versions.active() else { return .unknown(0) }
                return await activateAlone(ActivationWish(number: active.number, expected: nil, wish: wish))
            } catch { return .failed(error) }
        }
    }

    /// The same for whoever holds the lock.
    func activateAlone(_ wish: ActivationWish) async -> Activation {
        do {
            guard let stored = try await versions.store.configuration(wish.number) else { return .unknown(wish.number) }
            let active = try await versions.active()
            if let expected = wish.expected, expected != active?.number { return .overtaken(active: active?.number) }
            let isKnown = try await versions.wasActive(wish.number)
            guard isKnown || wish.isUntried || stored.version.triedOn >= Self.leastTried else {
                return .untried(stored.version)
            }
            let configuration = try loader.loadAdmitted(stored.file, as: ConfigurationStart.name(wish.number))
            if !isKnown { try await admitRules(configuration, of: wish.number) }
            let activation = ConfigurationActivation(
                wish.number, after: active?.number, at: versions.time.now, by: wish.wish.by,
                reason: wish.wish.reason, isRollback: isKnown && wish.number != active?.number)
            return try await exchange(stored, configuration, activation)
        } catch let failure as ConfigurationFailure {
            return .invalid(failure)
        } catch {
            return .failed(error as? StoreFailure ?? StoreFailure(.other, "\(error)"))
        }
    }

    /// Refuses rules that cannot be meant, of a version that was never worked with.
    private func admitRules(_ configuration: Configuration, of number: Int64) async throws {
        let apps = Set(try await versions.store.apps().map(\.id))
        let faults = configuration.analysis(apps: apps).filter { $0.severity == .error }
        guard faults.isEmpty else {
            throw ConfigurationFailure(path: ConfigurationStart.name(number), issues: faults)
        }
    }

    private func exchange(
        _ stored: StoredConfiguration, _ configuration: Configuration, _ activation: ConfigurationActivation
    ) async throws(StoreFailure) -> Activation {
        let versions = versions
        guard let engine, let live else {
            guard try await versions.activate(activation) else { return .overtaken(active: try await activeNumber()) }
            return .done(activation, removed: [], waiting: [], warnings: [])
        }
        // Before anybody is sent there: an operator of the sandbox has to know whom to call back.
        await live.register(configuration.accounts)
        let activated = try await engine.activate(configuration.content(stored.version.stamp)) {
            () async throws(StoreFailure) in try await versions.activate(activation)
        }
        switch activated {
        case .notCommitted: return .overtaken(active: try await activeNumber())
        case .refused(let changes):
            return .refused(changes.sorted { $0.key < $1.key }.map { Self.text($0.key, $0.value) })
        case .done(let removed, let unproven):
            live.apply(configuration)
            let tree = ConfigurationLoader.tree(stored.file)
            let start = state.withLock { state in
                (state.active, state.told) = (tree, nil)
                return state.start
            }
            observer.record(.configured(version: activation.number, by: activation.by.name, isActive: true))
            var changes = ChangedProviders([], [], older: OlderScopes())
            changes.unproven = unproven
            return .done(
                activation, removed: removed, waiting: LiveParts.waiting(since: start, in: tree),
                warnings: changes.warnings)
        }
    }

    private func activeNumber() async throws(StoreFailure) -> Int64? { try await versions.active()?.number }

    /// Why a version cannot be activated while orders are open under an id, and what helps.
    static func text(_ id: ProviderID, _ change: ChangedProviders.Change) -> String {
        "\(change.count) orders are open at \"\(id)\", which would mean another operator or account (\(change.why)); give the "
            + "new one another id: then the old one finishes what it began"
    }
}

extension ConfigurationDesk.Activation {
    /// Why it was not done, and what helps; `nil` if it was.
    var refusal: String? {
        switch self {
        case .done: nil
        case .unknown(let number):
            number == 0
                ? "no version was worked with before; `payrouter config list` shows those there are"
                : "there is no version \(number) that it could be; `payrouter config list` shows those there are"
        case .untried(let version):
            "version \(version.number) was tried on \(version.triedOn) recorded decisions, and "
                + "\(ConfigurationDesk.leastTried) are wanted; try it, or activate it with --untried"
        case .overtaken(let active):
            "somebody else was faster: \(active.map { "version \($0)" } ?? "no version") is worked with now; look, and ask again"
        case .invalid(let failure): "\(failure)"
        case .refused(let reasons): reasons.joined(separator: "; ")
        case .failed(let failure): "the store cannot do this now: \(failure)"
        }
    }
}
