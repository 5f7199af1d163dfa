import Sandbox
import Testing

extension TestSandbox {
    /// Signs in and registers the callback address.
    func tmoneyToken() async throws -> String {
        try server.register(
            SandboxRegistration(
                operator: .tmoney, account: SandboxCredentials.tmoneyUser, callbackURL: "http://partner.example/tmoney")
        )
        let reply = await post("/tmoney/login", json: #"{"nomUtilisateur":"demo","motDePasse":"demo"}"#).reply
        return try #require(reply?.json["data"]["token"].string)
    }

    /// The body of a good debit.
    static func debitBody(_ id: String, phone: String, amount: String = "5000") -> String {
        """
        {"idRequete":"\(id)","numeroClient":"\(phone)","montant":\(amount),"refCommande":"order-\(id)",\
        "dateHeureRequete":"2026-01-01 00:00:00","description":"Chaussures"}
        """
    }

    /// Asks for a debit.
    func debit(_ id: String, phone: String, token: String) async -> Wire.Ending {
        await post("/tmoney/tmoney-middleware/debit", json: Self.debitBody(id, phone: phone), bearer: token)
    }

    /// Asks how a debit stands.
    func status(_ id: String, token: String) async -> Wire.Ending {
        await get("/tmoney/tmoney-middleware/transactionid?idRequete=\(id)", bearer: token)
    }
}

/// The magic phone with a number.
func phone(_ number: Int) -> String { "228900000\(number < 10 ? "0" : "")\(number)" }
