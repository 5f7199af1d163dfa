import CCurl
import Router

/// Turns libcurl's codes into failures for logs and breakers.
///
/// Nothing in here decides whether a request was sent.
///
/// Texts are libcurl's own fixed sentences: no URL, no header, no byte of a reply gets into them.
enum CurlText {
    /// How far an exchange had come.
    enum Stage: Sendable {
        case lookingUp, connecting, begun
    }

    static func of(_ code: CURLcode) -> String {
        curl_easy_strerror(code).map { String(cString: $0) } ?? "code \(code.rawValue)"
    }

    /// The failure for a code.
    ///
    /// `verify` is OpenSSL's verdict on the certificate; 0 means it had no objection.
    static func failure(_ code: CURLcode, _ stage: Stage, verify: Int) -> TransportFailure {
        let kind = kind(code, stage)
        guard kind == .tls, verify != 0 else { return TransportFailure(kind, of(code)) }
        return TransportFailure(.tls, "\(of(code)): \(objection(verify))")
    }

    /// libcurl keeps one header line in memory and gives up at 100 KB; later versions have a code of their own for it.
    static func isLineTooLong(_ code: CURLcode) -> Bool { code == CURLE_OUT_OF_MEMORY || code.rawValue == 100 }

    private static func kind(_ code: CURLcode, _ stage: Stage) -> TransportFailure.Kind {
        switch code {
        case CURLE_URL_MALFORMAT: .invalidRequest
        case CURLE_UNSUPPORTED_PROTOCOL: stage == .begun ? .malformedReply : .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST: .nameLookup
        case CURLE_COULDNT_CONNECT: .connect
        case CURLE_OPERATION_TIMEDOUT:
            switch stage {
            case .lookingUp: .nameLookup
            case .connecting: .connect
            case .begun: .timeout
            }
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
            .tls
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SEND_FAIL_REWIND, CURLE_SSL_SHUTDOWN_FAILED:
            stage == .begun ? .connectionLost : .connect
        case CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .malformedReply
        case CURLE_FILESIZE_EXCEEDED: .oversized
        default: .other
        }
    }

    /// The objections people meet; OpenSSL's numbers, which never change.
    private static func objection(_ verify: Int) -> String {
        switch verify {
        case 9: "the certificate is not valid yet"
        case 10: "the certificate has expired"
        case 18: "the certificate is signed by itself"
        case 19: "the chain ends in an authority that is not trusted"
        case 20, 21: "the issuer of the certificate is not known"
        case 23: "the certificate was revoked"
        case 62: "the certificate is for another name"
        case 64: "the certificate is for another address"
        default: "verification code \(verify)"
        }
    }
}
