import Router
import Synchronization

/// Clients that ask for the same order number under other keys, as those do who have lost a key or do not trust an answer.
extension Simulation {
    /// At most so many clients ask in one life.
    static let mostClients = 40

    /// For every client none to two others of its order number; those of payouts may ask for another amount.
    static func repeaters(of clients: [Client], _ dice: inout Dice) -> [Client] {
        clients.flatMap { client in
            (0..<dice.below(3)).map { number in
                let isSame = client.kind == .payment || dice.chance(0.7)
                return Client(
                    key: client.key + "-again-\(number)", kind: client.kind,
                    amount: isSame ? client.amount : client.amount + 1, reference: " \(client.reference) ",
                    insists: dice.chance(0.8), patience: dice.chance(0.2) ? dice.below(4) : 40)
            }
        }
    }

    /// A client hears that somebody holds its order number: it asks by name if it may, or again, or gives up.
    func keptOut(_ index: Int, by holder: Order, isRepeatable: Bool) {
        auditor.reach("kept out")
        let next = clients.withLock { clients -> Int? in
            let client = clients[index]
            guard !client.isAnswered else { return nil }
            clients[index].patience -= 1
            guard isRepeatable, client.insists, client.names == nil, clients.count < Self.mostClients else {
                if client.patience <= 0 { clients[index].isAnswered = true }
                return nil
            }
            clients[index].isAnswered = true
            clients.append(
                Client(
                    key: client.key + "-named", kind: client.kind, amount: client.amount, reference: client.reference,
                    names: holder.id))
            return clients.count - 1
        }
        if let next { world.after(world.roll { $0.milliseconds(0...3_000) }) { [self] in ask(next) } }
    }
}
