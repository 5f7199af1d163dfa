/// Start, run, stop.
extension Engine {
    /// Settles what an earlier process left behind.
    ///
    /// Nothing is sent before this has ended.
    func recover() async throws(StoreFailure) {
        let now = time.now
        for id in try await store.sending() {
            _ = try await mutate(id) { file in
                file.ownerLost(at: now)
                _ = conclude(&file, at: now)
                return file.isDirty
            }
        }
    }

    /// Runs timers and the inbox until the task is cancelled.
    package func run() async {
        await openSlowlyAfterAnOutage()
        await resume()
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes { group.addTask { await self.runLane(lane) } }
            group.addTask { await self.runInbox() }
            group.addTask { await self.runCredentialQuestions() }
            await group.waitForAll()
        }
    }

    /// So much is under way at a start that operators are spared new work at first.
    static let manyOpen: Int64 = 10_000

    private func openSlowlyAfterAnOutage() async {
        guard let totals = try? await store.totals(), Int64(totals.timers) > Self.manyOpen else { return }
        acceptance.openSlowly(from: time.now)
        observer.note(
            .alarm(
                "slow_opening", order: nil,
                detail: "\(totals.timers) orders were open at the start; new ones are accepted slowly for 30 s"))
    }

    /// Goes on at once with payments whose process died between two steps, instead of waiting for their timers.
    private func resume() async {
        let horizon = time.now.adding(seconds: 60)
        guard let ids = try? await store.due(.engine, before: horizon, limit: 10_000) else { return }
        for id in ids {
            guard let file = await reread(id), file.order.createdAt < time.now, !file.order.awaitsInput,
                claims.claim(id)
            else { continue }
            work(claimed: id) { await self.wake(id, force: true) }
        }
    }

    /// Stops admitting, waits for what is under way, then shuts the gates.
    ///
    /// - Parameter graceMilliseconds: How long to wait.
    /// - Returns: How many pieces of work were still under way at the end; their records are safe.
    package func drain(graceMilliseconds: Int64) async -> Int {
        gatekeeper.stopAdmitting()
        let until = time.now.adding(milliseconds: graceMilliseconds)
        while gatekeeper.active > 0, time.now < until {
            await time.sleep(until: time.now.adding(milliseconds: 20))
        }
        gatekeeper.stopSending()
        return gatekeeper.active
    }

    /// Whether new payments are admitted.
    package var isAdmitting: Bool { gatekeeper.admits }

    /// Whether nothing could be written a moment ago.
    package var isStoreTroubled: Bool { storePause.isTroubled(at: time.now) }

    /// Ends every wait of a caller for a state, as if its time were over: the router stops.
    package func endWaits() { hub.end() }

    /// Whether as many orders are being accepted as may be; whoever comes now is refused.
    package var isAcceptanceFull: Bool { acceptance.isFull }

    /// Orders on their way to being accepted and waiting to be, for metrics.
    package var ordersBeingAccepted: Int { acceptance.taken }

    /// Pieces of work under way, for metrics.
    package var activeWork: Int { gatekeeper.active }
}

extension Engine {
    /// Refuses new payments from now on; what is under way goes on.
    package func stopAdmitting() { gatekeeper.stopAdmitting() }
}
