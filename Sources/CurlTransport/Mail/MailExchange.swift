import CCurl
import Router

/// Hands one mail to the mail server, on the thread that calls, with a handle of its own.
struct MailExchange {
    let policy: MailPolicy
    let room: SocketRoom
    /// Asked at least once a second whether everything must end.
    let isOver: () -> Bool

    /// libcurl's codes for a reply that it did not want to hear.
    private static let refusals = [
        CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_LOGIN_DENIED, CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED,
        CURLE_USE_SSL_FAILED,
    ]

    func run(_ mail: MailSubmission) -> MailOutcome {
        guard let url = policy.server.url(introducing: mail.sender.domain) else {
            return .failed(TransportFailure(.invalidRequest, "the mail server's host or port is none"))
        }
        guard let easy = curl_easy_init() else { return .failed(Shortage.failure) }
        guard let recipients = curl_slist_append(nil, "<\(mail.recipient.text)>") else {
            curl_easy_cleanup(easy)
            return .failed(Shortage.failure)
        }
        let dialogue = MailDialogue(
            mail.message, loopbackOnly: policy.server.security == .none, room: room, isOver: isOver)
        defer {
            curl_easy_cleanup(easy)
            curl_slist_free_all(recipients)
        }
        return withExtendedLifetime(dialogue) {
            var options = Options(easy)
            policy.apply(to: &options)
            options.set(CURLOPT_URL, url)
            options.set(CURLOPT_MAIL_FROM, "<\(mail.sender.text)>")
            options.note(ccurl_set_recipients(easy, recipients))
            options.set(CURLOPT_UPLOAD, 1)
            options.note(ccurl_set_size(easy, CURLOPT_INFILESIZE_LARGE, Int64(mail.message.count)))
            options.callbacks(to: dialogue)
            guard options.firstFault == CURLE_OK else {
                return .failed(
                    TransportFailure(.other, "libcurl refused an option: \(CurlText.of(options.firstFault))"))
            }
            return outcome(of: curl_easy_perform(easy), easy, dialogue)
        }
    }

    private func outcome(of code: CURLcode, _ easy: OpaquePointer, _ dialogue: MailDialogue) -> MailOutcome {
        if code == CURLE_OK { return .accepted }
        let reply = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE)
        if (400...599).contains(reply), Self.refusals.contains(code) { return .refused(dialogue.step, code: reply) }
        let isConnected = reply != 0
        if !isConnected, isForWantOfRoom(code, easy) { return .failed(Shortage.failure) }
        // One address that is forbidden, or had no room, explains a failure only if no other one led to a connection.
        if let fault = dialogue.fault, !isConnected || fault.kind == .cancelled { return .failed(fault) }
        switch code {
        case CURLE_LOGIN_DENIED:
            return .failed(TransportFailure(.other, "the mail server offers no login by PLAIN or LOGIN"))
        case CURLE_USE_SSL_FAILED: return .failed(TransportFailure(.tls, "the mail server does not offer STARTTLS"))
        default:
            let stage: CurlText.Stage =
                isConnected ? .begun : ccurl_get_size(easy, CURLINFO_NAMELOOKUP_TIME_T) > 0 ? .connecting : .lookingUp
            return .failed(
                CurlText.failure(code, stage, verify: ccurl_get_long(easy, CURLINFO_SSL_VERIFYRESULT)))
        }
    }

    private func isForWantOfRoom(_ code: CURLcode, _ easy: OpaquePointer) -> Bool {
        Shortage.explains(
            code, systemError: Int32(truncatingIfNeeded: ccurl_get_long(easy, CURLINFO_OS_ERRNO)),
            isShort: room.isShort, bundleIsSound: { policy.trust.isStillSound })
    }
}
