import CurlTransport
import Router

/// Values that tests share.
enum Samples {
    static let now = Moment(milliseconds: 1_795_950_273_999)

    static func address(_ text: String) throws -> MailAddress { try MailAddress(text) }

    static func phone() throws -> MSISDN { try MSISDN(parsing: "+22890112233") }

    static func mail(
        to recipient: String = "ama@shop.example", from sender: String = "no-reply@pay.example",
        _ text: String = "Subject: Hello\r\n\r\nHello\r\n"
    ) throws -> MailSubmission {
        MailSubmission(from: try MailAddress(sender), to: try MailAddress(recipient), message: Array(text.utf8))
    }

    /// Runs a body with a mail client of its own and shuts it down afterwards.
    static func with<Value: Sendable>(
        _ server: MailServer, _ body: (CurlMail) async throws -> Value
    ) async throws -> Value {
        let mail = try CurlMail(server)
        let result: Result<Value, any Error>
        do { result = .success(try await body(mail)) } catch { result = .failure(error) }
        await mail.shutdown(grace: .zero)
        return try result.get()
    }
}
