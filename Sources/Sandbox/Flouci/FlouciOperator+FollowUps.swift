import FoundationEssentials
import Synchronization
import WebText

extension FlouciOperator {
    private struct Asked: Decodable {
        var paymentID: String
        var amount: FlouciMillimes?

        private enum CodingKeys: String, CodingKey {
            case amount
            case paymentID = "payment_id"
        }
    }

    /// `POST /api/v2/refund_payment` (4.4): the whole payment, once.
    func refund(_ request: SandboxRequest) async throws -> Answer {
        try await followUp(request, "refund") { session, _ in
            let isPaid = session.result == .paid && (session.hold == nil || session.hold == .captured)
            guard isPaid, session.refundID == nil else { return nil }
            session.refundID = "ref_\(Identifiers.token(12))"
            let amount = session.captured ?? session.toldAmount
            return Step(
                movement: movement(session, amount, .refund),
                result: [
                    "refund_id": .optional(session.refundID), "payment_id": .text(session.id),
                    "amount": .text(String(amount)), "status": "success",
                    "refunded_at": .text(RFC3339.text(milliseconds: tools.stage.now)),
                ])
        }
    }

    /// `POST /api/v2/confirm_payment` (4.4): takes what is held, all of it or less.
    func confirm(_ request: SandboxRequest) async throws -> Answer {
        try await followUp(request, "confirm") { session, amount in
            let amount = amount ?? session.amount
            guard session.hold == .held, amount <= session.amount else { return nil }
            session.hold = .captured
            session.captured = amount
            return Step(
                movement: movement(session, amount, .collect),
                result: [
                    "payment_id": .text(session.id), "status": "confirmed", "amount": .text(String(amount)),
                    "confirmed_at": .text(RFC3339.text(milliseconds: tools.stage.now)),
                ])
        }
    }

    /// `POST /api/v2/cancel_payment` (4.4): releases what is held.
    func cancel(_ request: SandboxRequest) async throws -> Answer {
        try await followUp(request, "cancel") { session, _ in
            guard session.hold == .held else { return nil }
            session.hold = .released
            return Step(
                movement: nil,
                result: [
                    "payment_id": .text(session.id), "status": "cancelled",
                    "cancelled_at": .text(RFC3339.text(milliseconds: tools.stage.now)),
                ])
        }
    }

    private struct Step {
        var movement: SandboxMovement?
        var result: JSONValue
    }

    private func movement(_ session: FlouciSession, _ amount: Int64, _ kind: SandboxMovement.Kind) -> SandboxMovement {
        SandboxMovement(
            operator: .flouci, reference: session.reference, kind: kind, amount: amount, currency: "TND",
            party: "wallet", executedAtMilliseconds: tools.stage.now,
            operatorReference: kind == .refund ? session.refundID : session.id)
    }

    private func followUp(
        _ request: SandboxRequest, _ operation: String, _ step: (inout FlouciSession, Int64?) -> Step?
    ) async throws -> Answer {
        guard isAuthorized(request) else { return Self.refusal(401, "Unauthorized") }
        guard let asked = try? JSONDecoder().decode(Asked.self, from: Data(request.body)) else {
            return Self.refusal(400, "Bad Request")
        }
        guard let found = state.withLock({ $0.sessions[asked.paymentID] }) else {
            return Self.refusal(404, "Payment not found")
        }
        try tools.recorder.requests.log(.flouci, operation, found.reference)
        let behaviour = tools.behaviour(FlouciFollowUp.of(amount: found.amount))
        let refused = Answer.json([
            "status": "error", "message": "This payment does not allow it.", "code": "REFUND_NOT_ALLOWED",
        ])
        var truth = refused
        if behaviour.executes {
            truth = try state.withLock { state in
                guard var session = state.sessions[found.id], let step = step(&session, asked.amount?.value) else {
                    return refused
                }
                try tools.recorder.commit(JournalLine(movement: step.movement, session: session))
                state.sessions[session.id] = session
                return .json(["result": step.result, "status": "success"])
            }
        }
        return await tools.leave(truth, behaviour.answer, error: Self.refusal(500, "Internal Server Error"))
    }
}
