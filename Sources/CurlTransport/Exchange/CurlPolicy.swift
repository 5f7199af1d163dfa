import CCurl

/// The libcurl options that hold for every exchange, whatever is asked (docs/money-safety.md, 4: C4 to C7).
///
/// This is the page to read in a review. Nothing elsewhere loosens what is set here.
struct CurlPolicy: Sendable {
    let configuration: CurlConfiguration
    let trust: CurlLibrary.Trust
    let room: SocketRoom

    func apply(to options: inout Options) {
        // C4: one plain exchange; nothing that libcurl would repeat by itself.
        options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        options.set(CURLOPT_HTTP09_ALLOWED, 0)
        options.set(CURLOPT_FOLLOWLOCATION, 0)

        // C6: bodies come as they were sent; `ContentCoding` decodes them within the cap.
        options.set(CURLOPT_HTTP_CONTENT_DECODING, 0)

        // C5: nothing but verified TLS. Plain HTTP is for loopback only: see `WireURL`, `Options.target` and
        // `openSocket`.
        options.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let bundle = trust.bundlePath {
            // A directory of certificates would switch off libcurl's cache of the parsed bundle.
            options.set(CURLOPT_CAPATH, nil)
            options.set(CURLOPT_CAINFO, bundle)
        }

        // C5: nothing from the process's surroundings.
        options.set(CURLOPT_PROXY, "")
        options.set(CURLOPT_NOPROXY, "*")
        options.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        options.set(CURLOPT_NOSIGNAL, 1)

        // One slow name server must not stop the thread.
        options.set(CURLOPT_QUICK_EXIT, 1)

        // C7: the cache's ages.
        options.set(CURLOPT_MAXAGE_CONN, configuration.idleSeconds)
        options.set(CURLOPT_MAXLIFETIME_CONN, configuration.lifetimeSeconds)
    }
}
