import CCurl
import Router

/// The libcurl options that hold for every mail, whatever it says.
///
/// This is the page to read in a review, beside ``CurlPolicy`` and apart from it: nothing here reaches an operator, nothing there a
/// mail server.
struct MailPolicy: Sendable {
    let server: MailServer
    let trust: CurlLibrary.Trust

    func apply(to options: inout Options) {
        // One protocol, nothing followed anywhere.
        options.set(CURLOPT_PROTOCOLS_STR, server.scheme)
        options.set(CURLOPT_FOLLOWLOCATION, 0)

        // Nothing but verified TLS. Without it only loopback is spoken to: see `MailDialogue.mayConnect`.
        let level = server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        options.set(CURLOPT_USE_SSL, Int(level.rawValue))
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let bundle = trust.bundlePath {
            options.set(CURLOPT_CAPATH, nil)
            options.set(CURLOPT_CAINFO, bundle)
        }

        // Nothing from the process's surroundings.
        options.set(CURLOPT_PROXY, "")
        options.set(CURLOPT_NOPROXY, "*")
        options.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_QUICK_EXIT, 1)

        // The password goes through TLS or stays on this machine; what negotiates more than that is not needed.
        if let login = server.login {
            options.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
            options.set(CURLOPT_USERNAME, login.user)
            options.set(CURLOPT_PASSWORD, login.password.reveal())
        }

        // A connection for one mail: servers drop those that idle, and nothing may be repeated on another one.
        options.freshConnectionOnly()
        // Zero means "no limit" to libcurl, so the smallest limit is one.
        options.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, server.connectMilliseconds))
        options.set(CURLOPT_TIMEOUT_MS, max(1, server.totalMilliseconds))
        options.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, server.replySeconds))
    }
}
