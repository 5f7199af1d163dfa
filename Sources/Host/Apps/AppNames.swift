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
        let names: [String]
        do throws(StoreFailure) {
            if let id = AppID(text), let app = try await store.app(id) { return app }
            let apps = try await store.apps()
            let named = apps.filter { $0.name == text }
            if named.count == 1 { return named[0] }
            names = apps.map(\.name)
        } catch { throw Problem(.unavailable, "the store cannot do this now: \(error)") }
        let question = NearestName.question(text, among: names).map { $0 + " " } ?? ""
        throw Problem(.notFound, "there is no app \"\(text)\"; \(question)`payrouter apps list` shows them")
    }
}
