import RawServer
import Router
import Synchronization
import Testing

@testable import Providers

/// An operator on a plain socket that really executes, or really does not, behind a wire that lies.
///
/// Logins are answered as they should be.
final class LyingOperator: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case tmoney = "tmoney"
        case momo = "mtn-momo"

        /// Whether a request may move money.
        func moves(_ request: Peer.Request) -> Bool {
            request.head.hasPrefix("POST ") && request.path.hasSuffix(self == .tmoney ? "/debit" : "/requesttopay")
        }
    }

    private struct State: Sendable {
        /// Our references, executed.
        var executed: [String: JSONValue] = [:]
        /// Requests that may move money, whole or not.
        var moneyRequests = 0
        /// Requests that nobody should make.
        var strays: [String] = []
        var knowsUs = false
        var liesAboutStatus = true
        var hasMetMoney = false
    }

    /// Where a redirect leads to that repeats the request.
    static let itself = "/op/tmoney-middleware/debit"

    let kind: Kind
    let lie: Lie
    let executes: Bool
    private let state = Mutex(State())

    init(_ kind: Kind, _ lie: Lie, executes: Bool) {
        self.kind = kind
        self.lie = lie
        self.executes = executes
    }

    var moneyRequests: Int { state.withLock { $0.moneyRequests } }
    var executions: Int { state.withLock { $0.executed.count } }
    var strays: [String] { state.withLock { $0.strays } }

    /// From now on questions are answered as they should be.
    func becomeHonest() { state.withLock { $0.liesAboutStatus = false } }

    /// What happens on one connection.
    func serve(_ peer: Peer) {
        // The connection after the login is the one that carries money: it is always a fresh one.
        let meetsMoney = state.withLock { state in
            guard state.knowsUs, !state.hasMetMoney else { return false }
            state.hasMetMoney = true
            return true
        }
        if meetsMoney, lie.stage == .connected { return lie.tell(peer, accepted("")) }
        while let head = peer.readHead() {
            if kind.moves(head) {
                state.withLock { $0.moneyRequests += 1 }
                if lie.stage == .head { return lie.tell(peer, accepted("")) }
                guard let request = peer.readBody(of: head) else { return }
                lie.tell(peer, accepted(execute(request)))
                continue
            }
            guard let request = peer.readBody(of: head) else { return }
            if let login = login(request) {
                state.withLock { $0.knowsUs = true }
                peer.write(login.whole())
            } else if let reference = reference(asked: request) {
                let lies = lie.stage == .request && state.withLock { $0.liesAboutStatus }
                if lies { lie.tell(peer, status(reference)) } else { peer.write(status(reference).whole()) }
            } else {
                state.withLock { $0.strays.append(request.path) }
                peer.write(Told(status: 404, body: Array("{}".utf8)).whole())
            }
        }
    }

    private func execute(_ request: Peer.Request) -> String {
        let body = JSONValue(objectIn: request.body) ?? .null
        let reference = body[kind == .tmoney ? "idRequete" : "externalId"]?.stringValue ?? ""
        if executes { state.withLock { $0.executed[reference] = body } }
        return reference
    }

    private func login(_ request: Peer.Request) -> Told? {
        guard request.path.hasSuffix(kind == .tmoney ? "/login" : "/collection/token/") else { return nil }
        let body: JSONValue =
            kind == .tmoney
            ? ["statut": ["code": "2000"], "data": ["token": "t0ken"]] : ["access_token": "t0ken", "expires_in": 3_600]
        return Told(json: body)
    }

    /// Our reference in a question about a payment.
    private func reference(asked request: Peer.Request) -> String? {
        let mark = kind == .tmoney ? "idRequete=" : "/requesttopay/"
        guard request.head.hasPrefix("GET "), let place = request.path.firstRange(of: mark) else { return nil }
        return String(request.path[place.upperBound...])
    }

    /// The answer to a request that was taken in.
    private func accepted(_ reference: String) -> Told {
        kind == .tmoney
            ? Told(json: ["code": "2000", "message": "accepted", "idRequete": .string(reference)])
            : Told(status: 202, json: ["message": "accepted, and we will let you know"])
    }

    /// The answer to a question: the truth, or a success that is not true where nothing of it may be believed.
    private func status(_ reference: String) -> Told {
        let isHonest = lie.stage != .request || lie.reads != .never || state.withLock { !$0.liesAboutStatus }
        let executed = state.withLock { $0.executed[reference] }
        switch kind {
        case .tmoney:
            guard executed != nil || !isHonest else { return Told(body: Array(#"{"data":[],"total":0}"#.utf8)) }
            let element: JSONValue = [
                "idRequete": .string(reference), "typeRequete": "DEBIT", "montant": executed?["montant"] ?? 5_000,
                "statutRequete": "SUCCES", "code": "2002", "refTmoney": "TM123",
            ]
            return Told(json: ["data": [element], "total": 1])
        case .momo:
            guard executed != nil || !isHonest else {
                return Told(status: 404, body: Array(#"{"code":"RESOURCE_NOT_FOUND","message":"x"}"#.utf8))
            }
            let body: JSONValue = [
                "amount": executed?["amount"] ?? "5000", "currency": executed?["currency"] ?? "XAF",
                "externalId": .string(reference), "financialTransactionId": "23503452", "status": "SUCCESSFUL",
            ]
            return Told(json: body)
        }
    }
}
