import FoundationEssentials
import Synchronization

/// The addresses that may call an operator which knows its partners by their address; nobody is refused until they are set.
///
/// Nothing of it survives a restart.
final class CallerList: Sendable {
    private let lists = Mutex<[SandboxOperator: Set<String>]>([:])

    /// Whether a caller may ask an operator.
    func admits(_ peer: String, at name: SandboxOperator) -> Bool {
        lists.withLock { $0[name]?.contains(peer) ?? true }
    }

    /// Sets or, with `nil`, forgets the addresses of an operator.
    func set(_ addresses: [String]?, at name: SandboxOperator) {
        lists.withLock { $0[name] = addresses.map(Set.init) }
    }

    /// Forgets every list.
    func clear() { lists.withLock { $0 = [:] } }

    /// The lists that are set.
    var json: JSONValue {
        let all = lists.withLock { $0 }.sorted { $0.key.rawValue < $1.key.rawValue }
        return .list(
            all.map { name, addresses in
                ["operator": .text(name.rawValue), "addresses": .list(addresses.sorted().map(JSONValue.text))]
            })
    }

    /// The body of `PUT /_callers`.
    struct Wire: Decodable {
        var `operator`: SandboxOperator
        var addresses: [String]
    }
}
