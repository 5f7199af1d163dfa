package import Router

/// Changes endpoints, one change after the other.
///
/// The store writes whole records, so that two changes at once (a secret
/// rotated while the sender notes a failure) could lose one; everybody in a process changes endpoints through here.
package final class EndpointRegister: Sendable {
    private let store: any WebhookStore
    private let lock = AsyncLock()

    package init(store: any WebhookStore) { self.store = store }

    /// Writes an endpoint, which was another before, in another way than the store's own.
    ///
    /// Returns `false` if it is not there any more.
    package typealias Writing =
        @Sendable (_ before: WebhookEndpoint, _ after: WebhookEndpoint) async throws(StoreFailure) -> Bool

    /// Reads an endpoint, changes it and writes it.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - writing: What writes it; `nil` for the store alone.
    ///   - body: Returns `false` to leave the endpoint as it is.
    /// - Returns: The endpoint as it is now; `nil` if there is none.
    /// - Throws: ``StoreFailure``; nothing is changed then.
    package func change(
        _ id: WebhookEndpointID, writing: Writing? = nil, _ body: @Sendable (inout WebhookEndpoint) -> Bool
    ) async throws(StoreFailure) -> WebhookEndpoint? {
        try await lock.withLock { () async throws(StoreFailure) in
            guard let stored = try await store.endpoint(id) else { return nil }
            var endpoint = stored
            guard body(&endpoint) else { return stored }
            guard let writing else {
                try await store.update(endpoint)
                return endpoint
            }
            return try await writing(stored, endpoint) ? endpoint : nil
        }
    }
}
