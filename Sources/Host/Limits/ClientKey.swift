import Router
import WebText

/// Who is counted as one caller where there is no key: the addresses of one customer (``ClientGroup``).
///
/// Callers whose address is not known are all one.
struct ClientKey: Sendable, Hashable {
    private let group: ClientGroup?

    /// Takes the address that ``ClientAddresses`` found; empty if it is not known.
    init(_ client: String) { group = NetworkAddress(client).map { ClientGroup($0) } }

    /// The network it lies in, for logs; too little to name a person.
    var shortened: String {
        switch group {
        case .v4(let bits): NetworkAddress.v4(bits).shortened
        case .v6(let high): NetworkAddress.v6(high: high, low: 0).shortened
        case nil: "unknown"
        }
    }
}
