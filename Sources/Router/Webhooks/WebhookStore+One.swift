extension WebhookStore {
    /// Records one delivery.
    package func record(_ delivery: Delivery) async throws(StoreFailure) { try await record([delivery]) }
}
