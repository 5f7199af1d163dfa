/// Which limit refused something; the label of the metric and the member `limit` of the problem.
package enum LimitReason: String, Sendable, Hashable, CaseIterable {
    /// An app's calls per second.
    case appRate = "app_rate"
    /// An app's calls under way.
    case appConcurrency = "app_concurrency"
    /// Payers' pages, by address.
    case pages
    /// Signing up, by address.
    case signUps = "sign_ups"
    /// `POST /checkout`, by address.
    case checkout
    /// `POST /checkout`, by publishable key.
    case checkoutKey = "checkout_key"
    /// QR codes, by address.
    case qr
    /// The documentation, by address.
    case documentation
    /// Health and metrics, by address.
    case operations
    /// Requests with a key that nobody has, by address.
    case failedKeys = "failed_keys"
    /// Notifications that fail verification, by address.
    case failedCallbacks = "failed_callbacks"
    /// Streams of one link.
    case streamsPerLink = "streams_per_link"
    /// Streams of one address.
    case streamsPerAddress = "streams_per_address"
    /// Streams of everybody.
    case streamsInTotal = "streams_in_total"
    /// An app's questions about phone numbers.
    case parties
    /// An app's questions about phone numbers that begin alike.
    case partiesPerPrefix = "parties_per_prefix"
    /// Phone numbers typed on payers' pages, by address.
    case phones
    /// Phone numbers typed on payers' pages that begin alike, by address.
    case phonesPerPrefix = "phones_per_prefix"
}

/// Hears of refusals, for metrics and logs.
package protocol LimitObserver: Sendable {
    /// Something was refused.
    ///
    /// - Parameters:
    ///   - reason: The limit.
    ///   - who: An app's id, or the network of an address; never a whole address.
    ///   - isFirst: Whether to tell it; `false` for what was told before.
    func limited(_ reason: LimitReason, who: String, isFirst: Bool)
}
