import FoundationEssentials

/// The body of a debit (docs/protocols/tmoney.md, B3), checked field by field.
struct TMoneyDebitRequest: Sendable {
    var id: String
    var phone: String
    var amount: Int64
    var order: String
    var requestedAt: String
    var description: String

    /// Why a gateway refuses a body.
    struct Refusal: Error {
        var description: String
    }

    private struct Wire: Decodable {
        var idRequete: String
        var numeroClient: String
        var montant: Int64
        var refCommande: String
        var dateHeureRequete: String
        var description: String
    }

    init(_ body: [UInt8]) throws(Refusal) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(body))
        } catch let error as DecodingError {
            throw Refusal(description: error.plainText)
        } catch {
            throw Refusal(description: "the body is not JSON")
        }
        guard (1...64).contains(wire.idRequete.utf8.count) else {
            throw Refusal(description: "idRequete: 1 to 64 characters")
        }
        guard wire.numeroClient.utf8.count == 11, wire.numeroClient.hasPrefix("228"),
            wire.numeroClient.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw Refusal(description: "numeroClient: 228 and eight digits") }
        guard wire.montant > 0 else { throw Refusal(description: "montant: a positive whole number") }
        guard !wire.refCommande.isEmpty else { throw Refusal(description: "refCommande: must not be empty") }
        guard Timestamps.isPlain(wire.dateHeureRequete) else {
            throw Refusal(description: "dateHeureRequete: yyyy-MM-dd HH:mm:ss")
        }
        id = wire.idRequete
        phone = wire.numeroClient
        amount = wire.montant
        order = wire.refCommande
        requestedAt = wire.dateHeureRequete
        description = wire.description
    }
}
