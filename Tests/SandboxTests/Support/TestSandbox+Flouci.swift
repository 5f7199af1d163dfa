import Sandbox
import Testing

extension TestSandbox {
    static let flouciBearer = "\(SandboxCredentials.flouciPublicKey):\(SandboxCredentials.flouciPrivateKey)"

    /// The body of a good generate call.
    static func generateBody(_ trackingID: String, amount: String) -> String {
        """
        {"amount":\(amount),"success_link":"https://shop.example/ok","fail_link":"https://shop.example/no?a=1",\
        "webhook":"https://shop.example/hook?token=t","developer_tracking_id":"\(trackingID)",\
        "session_timeout_secs":1200,"accept_card":true}
        """
    }

    /// Opens a session.
    func generate(_ trackingID: String, amount: Int64) async -> Wire.Ending {
        await post(
            "/flouci/api/v2/generate_payment", json: Self.generateBody(trackingID, amount: "\(amount)"),
            bearer: Self.flouciBearer)
    }

    /// Opens a session and returns its payment id.
    func session(_ trackingID: String, amount: Int64) async throws -> String {
        try #require(await generate(trackingID, amount: amount).reply?.json["result"]["payment_id"].string)
    }

    /// Opens a session's page, as its payer does.
    @discardableResult
    func visit(_ id: String) async -> Wire.Ending { await get("/flouci/pay/\(id)") }

    /// Opens a session and its page, and returns its payment id.
    func visitedSession(_ trackingID: String, amount: Int64) async throws -> String {
        let id = try await session(trackingID, amount: amount)
        await visit(id)
        return id
    }

    /// Asks how a session stands.
    func verify(_ id: String) async -> Wire.Ending {
        await get("/flouci/api/v2/verify_payment/\(id)", bearer: Self.flouciBearer)
    }

    /// Accepts a code, in the newer spelling.
    func accept(_ paymentID: String, code: String, amount: String = "7000") async -> Wire.Ending {
        await post(
            "/flouci/api/accept",
            json: """
                {"app_token":"\(SandboxCredentials.flouciPublicKey)",\
                "app_secret":"\(SandboxCredentials.flouciPrivateKey)",\
                "flouci_otp":"\(code)","payment_id":"\(paymentID)","amount":"\(amount)"}
                """)
    }
}
