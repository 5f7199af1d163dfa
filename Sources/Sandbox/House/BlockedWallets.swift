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
