import Router
import Synchronization
import WebText

/// What only failures use up: tried keys, and notifications that nobody vouches for.
extension RequestLimits {
    /// Counts a request whose key nobody has against its address.
    package func failedAuthentication(client: String) {
        let (key, now) = (ClientKey(client), now)
        _ = state.withLock { $0.failedKeys.spend(key, at: now) }
    }

    /// Why an address may not try further keys now; asked before a key that is not known is looked up.
    ///
    /// - Parameters:
    ///   - client: The address.
    ///   - isKnown: Whether its key is known, which passes whatever came from its address; asked only if that matters.
    /// - Returns: The problem; `nil` if it may.
    package func mayAuthenticate(client: String, unless isKnown: () -> Bool = { false }) -> Problem? {
        let (key, now) = (ClientKey(client), now)
        let reading = state.withLock { $0.failedKeys.look(key, at: now) }
        guard !reading.isGranted, !isKnown() else { return nil }
        let text = LimitText(
            reason: .failedKeys, who: "this address", what: "requests with unknown keys", setting: "failed_keys",
            remedy: "check the key (`payrouter apps list` shows how the keys begin that are in force) and wait for "
                + "Retry-After seconds")
        return refuse(text, key.shortened, settings.failedKeys, reading)
    }

    /// Counts a notification that could not be verified against the address it came from.
    package func failedCallback(client: String, provider: String) {
        guard !isOperator(client, provider) else { return }
        let (key, now) = (ClientKey(client), now)
        _ = state.withLock { $0.keyless[.callbacks]?.spend(key, at: now) }
    }

    /// Why an address may not notify now; asked before a notification is read.
    ///
    /// The operator's own addresses always may, where they are listed.
    package func mayCallBack(client: String, provider: String) -> Problem? {
        let (key, now) = (ClientKey(client), now)
        let reading = state.withLock { $0.keyless[.callbacks]?.look(key, at: now) }
        guard let reading, !reading.isGranted, !isOperator(client, provider) else { return nil }
        let text = LimitText(
            reason: .failedCallbacks, who: "this address", what: "notifications that could not be verified",
            setting: "failed_callbacks",
            remedy: "send it again after Retry-After seconds; payments go on being checked without notifications")
        return refuse(text, key.shortened, settings.failedCallbacks, reading)
    }

    private func isOperator(_ client: String, _ provider: String) -> Bool {
        guard let ranges = operators[ProviderID(provider)], let address = NetworkAddress(client) else { return false }
        return ranges.contains { $0.contains(address) }
    }
}
