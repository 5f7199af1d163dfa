/// Handing a money request to the wire, which may have no room for it.
extension Engine {
    /// Hands a request over until the wire takes it on: while this machine has no descriptor for it, the send waits.
    ///
    /// Each time the gate of its own stayed shut, so nothing left: it is one transmission, already durable, whichever of
    /// its tries opens a gate. It waits no longer than the transmission may leave and the order may begin anything, not for
    /// an order somebody wishes to cancel, and not once sending is over.
    ///
    /// - Returns: What came of the last try.
    func handOver(
        _ request: WireRequest, of order: Order, until notAfter: Moment, token: String?, _ runtime: ProviderRuntime,
        _ terms: (SendGate) -> SendTerms, gate: () -> SendGate
    ) async -> TransmissionReport {
        let end = min(notAfter, order.deadline)
        var patience = Patience()
        var hasWaited = false
        while true {
            let report = await transport.send(
                runtime.authorize(request, token: token, at: time.now, random), terms: terms(gate()))
            guard report.foundNoRoom, gatekeeper.maySend else {
                // It found room in the end, and not enough time to get to its gate: that is for want of room as well.
                let isLate = hasWaited && report.wasRefusedAtGate && time.now > notAfter
                return isLate ? report.forWantOfRoom : report
            }
            hasWaited = true
            let next = time.now.adding(milliseconds: patience.wait(jitter: jitter()))
            guard next < end else { return report }
            await time.sleep(until: next)
            if let present = await reread(order.id), present.order.cancelRequestedAt != nil { return report }
        }
    }
}

extension TransmissionReport {
    /// Whether its gate, asked, did not open.
    fileprivate var wasRefusedAtGate: Bool {
        guard !gateOpened, case .failure(let failure) = result else { return false }
        return failure.kind == .gateRefused
    }

    /// The same proof that nothing left, with the reason why it could not in time.
    fileprivate var forWantOfRoom: TransmissionReport {
        var report = self
        report.result = .failure(TransportFailure(.exhausted, "there was no room until it was too late to leave"))
        return report
    }
}
