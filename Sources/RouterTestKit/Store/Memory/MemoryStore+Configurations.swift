package import Router

extension MemoryStore {
    package func configurations(
        before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [ConfigurationVersion] {
        try await perform(.configurations) { state in
            let found = state.configurations.reversed().map(\.version).filter { $0.number < before ?? .max }
            return Array(found.prefix(max(0, limit)))
        }
    }

    package func configuration(_ number: Int64) async throws(StoreFailure) -> StoredConfiguration? {
        try await perform(.configuration) { state in state.configurations.first { $0.version.number == number } }
    }

    package func activations(limit: Int) async throws(StoreFailure) -> [ConfigurationActivation] {
        try await perform(.activations) { state in Array(state.activations.reversed().prefix(max(0, limit))) }
    }

    package func markTried(_ number: Int64, on decisions: Int64) async throws(StoreFailure) {
        try await perform(.markTried) { state in
            guard let place = state.configurations.firstIndex(where: { $0.version.number == number }) else { return }
            state.configurations[place].version.triedOn = max(
                state.configurations[place].version.triedOn, decisions)
        }
    }
}

extension MemoryState {
    /// Whether the number is the next one, or the version worked with is the one that is expected.
    func admits(_ write: PlatformChange.ConfigurationWrite) -> Bool {
        switch write {
        case .insert(let version, _): version.number == (configurations.last?.version.number ?? 0) + 1
        case .activate(let activation):
            activation.previous == activations.last?.number
                && configurations.contains { $0.version.number == activation.number }
        }
    }
}
