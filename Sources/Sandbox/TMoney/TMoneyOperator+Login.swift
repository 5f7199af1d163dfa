import FoundationEssentials
import Synchronization

extension TMoneyOperator {
    private struct Credentials: Decodable {
        var nomUtilisateur: String
        var motDePasse: String
    }

    /// `POST /login` (docs/protocols/tmoney.md, B2).
    ///
    /// Wrong credentials are HTTP 200 with code 4001.
    func login(_ request: SandboxRequest) throws -> Answer {
        guard let credentials = try? JSONDecoder().decode(Credentials.self, from: Data(request.body)) else {
            return Self.fault("nomUtilisateur and motDePasse: text, required")
        }
        try tools.recorder.requests.log(.tmoney, "login", credentials.nomUtilisateur)
        guard credentials.nomUtilisateur == SandboxCredentials.tmoneyUser,
            credentials.motDePasse == SandboxCredentials.tmoneyPassword
        else {
            return .json(["statut": ["code": "4001", "message": "Identifiants incorrects"], "data": nil])
        }
        let token = TMoneyToken(user: credentials.nomUtilisateur, now: tools.stage.now)
        return .json([
            "statut": ["code": "2000", "message": "Connexion reussie"], "data": ["token": .text(token.text)],
        ])
    }

    /// The signed-in user of a request.
    func session(_ request: SandboxRequest) -> TMoneyToken? {
        guard let text = request.bearer else { return nil }
        return tokens.withLock { $0.valid(text, now: tools.stage.now) }
    }
}
