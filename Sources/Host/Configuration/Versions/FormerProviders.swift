import Router

/// Providers that the configuration does not name any more and where orders are still open: made again from the newest
/// version that named them.
struct FormerProviders: Sendable {
    let store: any Store
    let loader: ConfigurationLoader

    /// So many versions are looked through.
    private static let depth = 1_000

    /// Those of some ids that can still be made; the others are missing, which is told.
    func find(_ wanted: Set<ProviderID>) async -> [ProviderRuntime] {
        var (open, found) = (wanted, [ProviderRuntime]())
        guard let versions = try? await store.configurations(before: nil, limit: Self.depth) else { return [] }
        for version in versions where !open.isEmpty {
            guard let file = try? await store.configuration(version.number)?.file else { continue }
            let named = ConfigurationLoader.tree(file)["providers"]?.arrayValue?.compactMap { $0["id"]?.stringValue }
            let here = open.intersection((named ?? []).map { ProviderID($0) })
            guard !here.isEmpty else { continue }
            found += loader.providers(here, in: file)
            open.subtract(here)
        }
        return found
    }
}
