import Crypto
package import Router
import WebText

/// The receiver's half of Standard Webhooks 1.0.0, for tests and for programs in Swift that are told by a router.
package enum WebhookVerifier {
    /// Why a delivery is not believed.
    package enum Fault: Error, Sendable, Hashable {
        /// One of the three headers is missing or stands twice.
        case missingHeader(String)
        /// The timestamp is not an integer number of seconds.
        case malformedTimestamp
        /// The timestamp lies too far from now, in either direction.
        case outsideTolerance
        /// No `v1` signature fits. Signatures of other versions are skipped.
        case noMatchingSignature
        /// The secret cannot be used at all.
        case unusableSecret
    }

    /// Checks a delivery before its body is read.
    ///
    /// - Parameters:
    ///   - headers: The headers as received.
    ///   - body: The raw bytes as received, never parsed and written again.
    ///   - secret: The endpoint's secret.
    ///   - now: The present moment.
    ///   - toleranceSeconds: How far the timestamp may lie from `now`, both ways.
    /// - Throws: ``Fault``; the body must not be used then.
    package static func verify(
        headers: [WireRequest.Header], body: [UInt8], secret: Secret, now: Moment, toleranceSeconds: Int64 = 300
    ) throws(Fault) {
        guard let key = WebhookSecret(secret)?.key else { throw .unusableSecret }
        let id = try only("webhook-id", headers)
        let timestamp = try only("webhook-timestamp", headers)
        let signatures = try only("webhook-signature", headers)
        guard let seconds = Int64(timestamp), seconds >= 0, String(seconds) == timestamp else {
            throw .malformedTimestamp
        }
        let distance = (now.milliseconds / 1_000).subtractingReportingOverflow(seconds)
        guard !distance.overflow, distance.partialValue.magnitude <= toleranceSeconds.magnitude else {
            throw .outsideTolerance
        }
        let signed = WebhookSigner.signedBytes(id: id, timestamp: timestamp, body: body)
        let fits = signatures.split(separator: " ").contains { item in
            guard item.hasPrefix("v1,"), let code = Base64.decode(item.dropFirst(3)) else { return false }
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: key)
        }
        guard fits else { throw .noMatchingSignature }
    }

    private static func only(_ name: String, _ headers: [WireRequest.Header]) throws(Fault) -> String {
        let values = headers.filter { $0.name.lowercased() == name }.map(\.value)
        guard values.count == 1, let value = values.first, !value.isEmpty else { throw .missingHeader(name) }
        return value
    }
}
