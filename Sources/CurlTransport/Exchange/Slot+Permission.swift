import CCurl
import Glibc
import Router
import WebText

extension Slot {
    /// Whether the request may begin now.
    ///
    /// For money this is the one question to the gate (C2).
    func mayBegin() -> Bool {
        passes += 1
        guard let job else { return false }
        guard case .money(let gate, _) = job.purpose else { return true }
        if gate.tryOpen() { return true }
        fault = refusal(gate, job)
        return false
    }

    private func refusal(_ gate: SendGate, _ job: Job) -> TransportFailure {
        if passes > 1 {
            return TransportFailure(.connectionLost, "the connection broke before an answer; a repetition was refused")
        }
        if gate.isOpen { return TransportFailure(.gateRefused, "the gate had been used before") }
        return job.withdrawal.isWished ? .withdrawn : TransportFailure(.gateRefused)
    }

    /// Whether libcurl may connect to an address, seen after name lookup.
    ///
    /// A warm connection is not asked about again: its scope has one policy, under which it was made.
    func mayConnect(to address: UnsafePointer<curl_sockaddr>) -> Bool {
        guard let job else { return false }
        let isPlain = !WireURL.isSecure(job.request.url)
        let peer = NetworkAddress(ccurl_address(address))
        let isAllowed =
            switch job.scope.addresses {
            case .any: !isPlain || peer?.isLoopback == true
            case .publicOnly: !isPlain && peer?.isPublicUnicast == true
            case .socketFile: Int32(ccurl_address(address).pointee.sa_family) == AF_UNIX
            }
        if !isAllowed { fault = TransportFailure(.addressForbidden) }
        return isAllowed
    }
}
