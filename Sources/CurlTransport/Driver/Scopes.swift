/// All scopes of one transport, found by key or by the number that travels in epoll marks.
///
/// Belongs to the driver thread.
struct Scopes {
    private var byKey: [ScopeKey: Scope] = [:]
    private var byIndex: [Scope?] = []
    private let poller: Poller
    private let rules: CurlPolicy

    init(poller: Poller, rules: CurlPolicy) {
        self.poller = poller
        self.rules = rules
    }

    var all: Dictionary<ScopeKey, Scope>.Values { byKey.values }

    /// The scope at an index; `nil` if it has been closed since.
    subscript(index: UInt64) -> Scope? {
        index < byIndex.count ? byIndex[Int(index)] : nil
    }

    /// The scope of a key, made if need be; `nil` only if memory is out.
    mutating func scope(for key: ScopeKey) -> Scope? {
        if let known = byKey[key] { return known }
        if byKey.count >= rules.configuration.maximumScopes { closeLongestIdle() }
        let index = byIndex.firstIndex { $0 == nil } ?? byIndex.count
        guard let scope = Scope(key, index: UInt32(index), poller: poller, rules: rules) else { return nil }
        byKey[key] = scope
        if index == byIndex.count { byIndex.append(scope) } else { byIndex[index] = scope }
        return scope
    }

    /// Closes the connections that nobody uses.
    mutating func closeIdle() {
        for index in byIndex.indices {
            guard let scope = byIndex[index], scope.runningCount == 0 else { continue }
            byKey[scope.key] = nil
            byIndex[index] = nil
            scope.close()
        }
    }

    /// Closes every scope.
    ///
    /// No exchange may be running.
    mutating func closeAll() {
        for scope in byKey.values { scope.close() }
        byKey = [:]
        byIndex = []
    }

    private mutating func closeLongestIdle() {
        let idle = byIndex.indices.filter { byIndex[$0]?.runningCount == 0 }
        guard let index = idle.min(by: { lastUsed($0) < lastUsed($1) }), let scope = byIndex[index] else { return }
        byKey[scope.key] = nil
        byIndex[index] = nil
        scope.close()
    }

    private func lastUsed(_ index: Int) -> UInt64 { byIndex[index]?.lastUsed ?? 0 }
}
