/// One order number, one order (money-safety section 12).
///
/// A new order is accepted on the assumption that its order number is fresh, which costs one row and no read. If it is
/// not, the store refuses; then the earlier orders are read, the pure rule decides, and the accepting commit states the
/// version of the list it was decided on. Nothing has to be written when an order ends.
extension Engine {
    /// What an accepting commit carries because of its lock.
    struct LockTaking: Sendable {
        var claim: OrderClaim?
        /// The payment that the new one repeats: it gets a wish to cancel in the same commit.
        var repeated: OrderFile?

        /// For an order number that was never used.
        static func fresh(_ order: Order) -> LockTaking {
            LockTaking(claim: order.lock.map { OrderClaim(lock: $0, orders: [order.id]) })
        }
    }

    /// Whether a lock lets an order in.
    enum LockAnswer: Sendable {
        case taking(LockTaking)
        case refused(CommandResult)
    }

    /// How often a commit is tried again while others are accepted under the same lock.
    static let lockTries = 200

    /// Reads what was accepted under the lock of a new order, and decides.
    ///
    /// The same request may have been accepted by somebody else meanwhile: a refusal is a replay then.
    func takeLock(of order: Order, _ command: CreateCommand) async -> LockAnswer {
        let answer = await decideLock(of: order)
        guard case .refused = answer, let replay = await replay(command.bindingKey, command.fingerprint) else {
            return answer
        }
        return .refused(replay)
    }

    private func decideLock(of order: Order) async -> LockAnswer {
        guard let lock = order.lock else {
            return order.request.repeatOf == nil ? .taking(LockTaking()) : .refused(.wrongRepeat(nil))
        }
        let stored: StoredClaim?
        var listed: [OrderFile] = []
        do throws(StoreFailure) {
            stored = try await store.claim(lock)
            for id in stored?.orders ?? [] {
                if let file = try await store.orderFile(id) { listed.append(file) }
            }
        } catch {
            observer.note(.storeFailed(error))
            return .refused(.unavailable)
        }
        switch OrderLock.decide(order, listed: listed) {
        case .allowed(let keep, let repeated):
            let claim = OrderClaim(lock: lock, expectedVersion: stored?.version, orders: keep + [order.id])
            return .taking(LockTaking(claim: claim, repeated: repeated))
        case .duplicate(let holder, let isRepeatable):
            return .refused(.possibleDuplicate(holder.order, isRepeatable: isRepeatable))
        case .wrongRepeat(let holder): return .refused(.wrongRepeat(holder?.order))
        case .tooMany: return .refused(.tooManyAlike)
        }
    }

    /// The repeated payment as it is committed together with the one that repeats it; `nil` if it has its wish already.
    func wishToCancel(_ repeated: OrderFile?, at now: Moment) -> Changed? {
        guard var file = repeated, file.order.cancelRequestedAt == nil else { return nil }
        let previous = file.order.status
        file.requestCancel(at: now)
        _ = conclude(&file, at: now)
        let unit = file.takeUnit(scribe, at: now)
        return Changed(file: file, unit: unit, previous: previous)
    }
}
