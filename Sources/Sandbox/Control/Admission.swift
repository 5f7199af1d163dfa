import FoundationEssentials
import Synchronization

/// Wallets that an operator blocked after too many wrong PINs, until `DELETE /_blocked`.
///
/// Kept in the journal: an operator does not forget them by a restart.
final class BlockedWallets: Sendable {
    /// One wallet at one operator.
    private struct Wallet: Codable, Sendable, Hashable {
        var phone: String
        /// Whether it was blocked or let go.
        var isBlocked: Bool
    }

    private let recorder: Recorder
    private let phones = Mutex<[SandboxOperator: Set<String>]>([:])

    init(_ recorder: Recorder) { self.recorder = recorder }

    /// Whether an operator serves a wallet no more.
    func holds(_ phone: String, at name: SandboxOperator) -> Bool {
        phones.withLock { $0[name]?.contains(phone) == true }
    }

    func block(_ phone: String, at name: SandboxOperator) throws { try put([phone], at: name, isBlocked: true) }

    /// Lets wallets go: all, or those of one operator or with one number.
    func release(at name: SandboxOperator? = nil, phone: String? = nil) throws {
        for (one, phones) in phones.withLock({ $0 }) where name == nil || name == one {
            try put(phones.filter { phone == nil || phone == $0 }.sorted(), at: one, isBlocked: false)
        }
    }

    /// The wallets that are blocked.
    var json: JSONValue {
        let all = phones.withLock { $0 }.sorted { $0.key.rawValue < $1.key.rawValue }
        return .list(
            all.flatMap { name, phones in
                phones.sorted().map { ["operator": .text(name.rawValue), "phone": .text($0)] }
            })
    }

    func restore(_ line: JournalLine) {
        for name in SandboxOperator.allCases {
            for wallet in line.kept(Wallet.self, as: "blocked", of: name) { take(wallet, name) }
        }
    }

    private func put(_ numbers: [String], at name: SandboxOperator, isBlocked: Bool) throws {
        for number in numbers {
            let wallet = Wallet(phone: number, isBlocked: isBlocked)
            var line = JournalLine()
            try line.keep(wallet, as: "blocked", of: name)
            try recorder.commit(line)
            take(wallet, name)
        }
    }

    private func take(_ wallet: Wallet, _ name: SandboxOperator) {
        phones.withLock { phones in
            if wallet.isBlocked {
                phones[name, default: []].insert(wallet.phone)
            } else {
                phones[name]?.remove(wallet.phone)
            }
        }
    }
}

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
