import CCurl
import Router

/// Sets options of an easy handle and remembers the first refusal: a rule that could not be set must stop the exchange.
struct Options {
    let easy: OpaquePointer
    private(set) var firstFault = CURLE_OK

    init(_ easy: OpaquePointer) { self.easy = easy }

    mutating func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(easy, option, value)) }

    mutating func set(_ option: CURLoption, _ value: String?) {
        guard let value else { return note(ccurl_set_text(easy, option, nil)) }
        note(ccurl_set_text(easy, option, value))
    }

    mutating func note(_ code: CURLcode) {
        if firstFault == CURLE_OK { firstFault = code }
    }
}

extension Options {
    mutating func share(_ share: OpaquePointer) { note(ccurl_set_share(easy, share)) }

    /// The URL goes in as the parsed handle that was checked, so that checker and user cannot differ.
    mutating func target(_ url: OpaquePointer, isSecure: Bool, _ headers: UnsafeMutablePointer<curl_slist>?) {
        set(CURLOPT_PROTOCOLS_STR, isSecure ? "https" : "http")
        note(ccurl_set_url(easy, url))
        note(ccurl_set_headers(easy, headers))
    }

    /// The limits of time and speed (C6).
    ///
    /// Zero means "no limit" to libcurl, so the smallest limit is one.
    mutating func limits(_ limits: WireLimits) {
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connectMilliseconds))
        set(CURLOPT_TIMEOUT_MS, max(1, limits.totalMilliseconds))
        set(CURLOPT_LOW_SPEED_LIMIT, max(1, limits.lowSpeedBytesPerSecond))
        set(CURLOPT_LOW_SPEED_TIME, max(1, limits.lowSpeedSeconds))
    }

    /// Method and body.
    ///
    /// The body is copied by libcurl, so no pointer into a Swift array outlives this call.
    mutating func body(of request: WireRequest) {
        if request.body.isEmpty, request.method == .get || request.method == .delete {
            set(CURLOPT_HTTPGET, 1)
        } else {
            set(CURLOPT_POST, 1)
            note(ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, Int64(request.body.count)))
            request.body.withUnsafeBytes { bytes in
                let start = bytes.count > 0 ? bytes.baseAddress : nil
                if let start {
                    note(ccurl_set_bytes(easy, CURLOPT_COPYPOSTFIELDS, start))
                } else {
                    set(CURLOPT_COPYPOSTFIELDS, "")
                }
            }
        }
        switch request.method {
        case .get where request.body.isEmpty, .post: break
        case .get: set(CURLOPT_CUSTOMREQUEST, "GET")
        case .put: set(CURLOPT_CUSTOMREQUEST, "PUT")
        case .delete: set(CURLOPT_CUSTOMREQUEST, "DELETE")
        }
    }

    /// Asks for a compressed answer.
    ///
    /// Only questions do. A money request goes out as it was written, and invites nothing that could make its answer
    /// unreadable; an answer that comes compressed all the same is read as well.
    mutating func welcomeCompression() { set(CURLOPT_ACCEPT_ENCODING, "gzip") }

    /// What C1 demands where the operator has no strong key: a connection of its own, closed afterwards.
    mutating func freshConnectionOnly() {
        set(CURLOPT_FRESH_CONNECT, 1)
        set(CURLOPT_FORBID_REUSE, 1)
    }
}
