import Router

/// Finds the app that a person means.
struct AppNames: Sendable {
    let store: any AppStore

    /// Looks an app up.
    ///
    /// - Parameter text: An id or a name.
    /// - Returns: The app.
    /// - Throws: If there is no such app; the message says which one may be meant.
    func app(_ text: String) async throws(Problem) -> App {
        let apps: [App]
        do throws(StoreFailure) {
            if let id = AppID(text), let app = try await store.app(id) { return app }
            apps = try await store.apps()
        } catch { throw Problem(.unavailable, "the store cannot do this now: \(error)") }
        let named = apps.filter { $0.name == text }
        // Of apps that share a name the installation's own is meant.
        if let app = named.count == 1 ? named.first : named.first(where: { $0.owner == nil }) { return app }
        if let first = named.first {
            throw Problem(
                .invalidRequest,
                "\(named.count) apps of different owners are called \"\(text)\", such as \(first.id); name one by its id"
            )
        }
        let question = NearestName.question(text, among: apps.map(\.name)).map { $0 + " " } ?? ""
        throw Problem(.notFound, "there is no app \"\(text)\"; \(question)`payrouter apps list` shows them")
    }
}
