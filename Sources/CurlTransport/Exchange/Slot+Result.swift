import CCurl
import Router

extension Slot {
    /// What the caller is told, given libcurl's code for the finished exchange.
    func result(_ code: CURLcode) -> Result<WireReply, TransportFailure> {
        if code == CURLE_OK { return reader.finish(secure: WireURL.isSecure(job?.request.url ?? "https://")) }
        if let fault = reader.fault { return .failure(fault) }
        // One forbidden address explains a failure only if no other address led to a connection.
        if let fault, passes == 0 || fault.kind != .addressForbidden { return .failure(fault) }
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
}
