package import Router
import WebText

/// A mail as bytes (RFC 5322): plain text in UTF-8, one sender, one recipient.
///
/// Lines end with CR LF and have at most 998 bytes, most of them 76. The same message made twice has the same `Message-ID`.
package struct MailMessage: Sendable, Hashable {
    /// Why a message cannot be a mail; never repeats it.
    package enum Fault: Error, Sendable, Hashable {
        /// The subject holds a line break or another control character.
        case subject

        /// What is wrong, in a sentence.
        package var text: String { "the subject holds a line break or another control character" }
    }

    /// Headers and body.
    package let bytes: [UInt8]

    /// Puts a mail together.
    ///
    /// - Parameters:
    ///   - sender: Who it comes from.
    ///   - recipient: Whom it is for.
    ///   - message: What it says, and what makes its `Message-ID`.
    ///   - now: Its date.
    /// - Throws: ``Fault`` if the subject would end its line.
    package init(
        from sender: MailSender, to recipient: MailAddress, _ message: OutboundMessage, at now: Moment
    ) throws(Fault) {
        guard HeaderText.isClean(message.subject) else { throw .subject }
        let fields: [(name: String, value: String)] = [
            ("From", sender.field), ("To", "<\(recipient.text)>"),
            ("Subject", HeaderText.unstructured(message.subject)), ("Date", Self.date(now)),
            ("Message-ID", "<\(message.token)@\(sender.address.domain)>"), ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "quoted-printable"),
            // Nobody's absence is told to a router (RFC 3834).
            ("Auto-Submitted", "auto-generated"),
        ]
        let head = fields.map { $0.value.isEmpty ? "\($0.name):\r\n" : "\($0.name): \($0.value)\r\n" }.joined()
        bytes = Array(head.utf8) + [0x0D, 0x0A] + QuotedPrintable.encode(message.text)
    }

    private static func date(_ now: Moment) -> String {
        var seconds = now.milliseconds / 1_000
        if now.milliseconds < 0, now.milliseconds % 1_000 != 0 { seconds -= 1 }
        return HTTPDate.text(seconds: seconds).replacing("GMT", with: "+0000")
    }
}
