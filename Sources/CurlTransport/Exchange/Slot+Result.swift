import CCurl
import Router

extension Slot {
    /// What the caller is told, given libcurl's code for the finished exchange.
    func result(_ code: CURLcode) -> Result<WireReply, TransportFailure> {
        if code == CURLE_OK { return reader.finish(secure: WireURL.isSecure(job?.request.url ?? "https://")) }
        if let fault = reader.fault { return .failure(fault) }
        // One address that is forbidden, or had no room, explains a failure only if no other one led to a connection.
        if let fault, passes == 0 || ![.addressForbidden, .exhausted].contains(fault.kind) { return .failure(fault) }
        if passes == 0, isForWantOfRoom(code) {
            scope.room.noteExhaustion()
            return .failure(Shortage.failure)
        }
        if passes > 0, !reader.hasWholeHeader, CurlText.isLineTooLong(code) {
            return .failure(TransportFailure(.oversized, "a header line is too long"))
        }
        let stage: CurlText.Stage =
            if passes > 0 {
                .begun
            } else if ccurl_get_size(easy, CURLINFO_NAMELOOKUP_TIME_T) > 0 {
                .connecting
            } else {
                .lookingUp
            }
        return .failure(CurlText.failure(code, stage, verify: ccurl_get_long(easy, CURLINFO_SSL_VERIFYRESULT)))
    }

    private func isForWantOfRoom(_ code: CURLcode) -> Bool {
        Shortage.explains(
            code, systemError: Int32(truncatingIfNeeded: ccurl_get_long(easy, CURLINFO_OS_ERRNO)),
            isShort: scope.room.isShort, bundleIsSound: { scope.trust.isStillSound })
    }
}
