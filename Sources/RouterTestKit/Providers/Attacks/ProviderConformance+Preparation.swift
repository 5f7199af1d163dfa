import Router
import Synchronization

extension ProviderConformance {
    /// Preparing is repeatable, reveals no secret, and goes on only if every question was answered.
    func attackPreparation(_ operation: Operated, _ tally: inout Tally) async {
        let questions = operation.description.questions
        let asked = Recorder()
        let first = await operation.prepare(asking: asked.wire(questions))
        tally.count("\(operation.name): preparation")
        if first != (await operation.prepare(asking: asked.wire(questions))) {
            tally.add("\(operation.name): preparing the same order twice gives two results")
        }
        let halves = asked.requests
        if halves.prefix(halves.count / 2) != halves.suffix(halves.count / 2) {
            tally.add("\(operation.name): preparing the same order twice asks two things")
        }
        attackDeclared(
            operation.description.order, confirmedBy: operation.description.confirmation, asks: !halves.isEmpty,
            operation.name, &tally)
        for secret in description.secrets where !secret.isEmpty {
            for request in halves where request.wholeText.contains(secret) {
                tally.add("\(operation.name): a secret stands in a question")
            }
        }
        switch first {
        case nil: return
        case .failure(let failure)?:
            tally.add("\(operation.name): the order is refused before anything is sent: \(failure.detail)")
            return
        case .success(let prepared)?: attackPrepared(prepared, operation, &tally)
        }
        await attackQuestions(Array(halves.prefix(halves.count / 2)), operation, &tally)
        await attackBeforeCode(operation, &tally)
    }

    private func attackPrepared(_ prepared: Prepared, _ operation: Operated, _ tally: inout Tally) {
        if prepared.operatorReference == operation.asked.reference {
            tally.add("\(operation.name): what is prepared passes our own reference off as the operator's")
        }
        guard case .request(let money) = prepared else {
            if operation.description.reply != nil {
                tally.add("\(operation.name): a reply is described, and there is no money request")
            }
            return
        }
        if operation.description.reply == nil {
            tally.add("\(operation.name): there is a money request, and no reply to it is described")
        }
        for secret in description.secrets where !secret.isEmpty && money.request.wholeText.contains(secret) {
            tally.add("\(operation.name): a secret stands in the sealed request")
        }
    }

    /// A hostile answer to any question, or none, and nothing is sent.
    private func attackQuestions(_ asked: [WireRequest], _ operation: Operated, _ tally: inout Tally) async {
        let questions = operation.description.questions
        for question in asked {
            guard let good = questions(question) else { continue }
            var hostile: [(String, WireReply?)] = [("lost", nil)]
            for (name, reply) in HostileReplies.all(from: good, statuses: [good.status]) {
                hostile.append((name, reply))
            }
            for (name, reply) in hostile where reply != good {
                tally.count("\(operation.name): preparation")
                let wire = ScriptedAsking { $0 == question ? reply : questions($0) }
                if case .success? = await operation.prepare(asking: wire) {
                    tally.add("\(operation.name): a preparation whose answer is \(name) goes on")
                }
            }
        }
    }

    /// Where a code completes the collection, what comes before it is repeatable too.
    private func attackBeforeCode(_ operation: Operated, _ tally: inout Tally) async {
        guard operation.step == .confirm else { return }
        let before = Operated(
            provider, OperationDescription(operation.description.order, reply: nil, check: nil))
        let asked = Recorder()
        let first = await before.prepare(asking: asked.wire(operation.description.questions))
        attackDeclared(
            operation.description.order, confirmedBy: nil, asks: !asked.requests.isEmpty, operation.name, &tally)
        if first != (await before.prepare(asking: asked.wire(operation.description.questions))) {
            tally.add("\(operation.name): preparing the same order twice gives two results")
        }
    }

    /// Who says that preparing asks nothing gets a wire that carries nothing.
    private func attackDeclared(
        _ order: Instruction, confirmedBy confirmation: Confirmation?, asks: Bool, _ name: String, _ tally: inout Tally
    ) {
        let declared = provider.preparation(of: order, confirmedBy: confirmation)
        if declared != provider.preparation(of: order, confirmedBy: confirmation) {
            tally.add("\(name): what preparing takes is not pure")
        }
        if asks, declared == .offline {
            tally.add("\(name): preparing asks the operator, and declares that it does not")
        }
        if !asks, declared == .asksOperator { tally.add("\(name): preparing asks nothing, and declares that it does") }
    }
}

/// Keeps what was asked.
private final class Recorder: Sendable {
    private let state = Mutex<[WireRequest]>([])

    var requests: [WireRequest] { state.withLock { $0 } }

    func wire(_ answer: @escaping @Sendable (WireRequest) -> WireReply?) -> ScriptedAsking {
        ScriptedAsking { request in
            self.state.withLock { $0.append(request) }
            return answer(request)
        }
    }
}

extension WireRequest {
    var wholeText: String { "\(url) \(headers) \(String(decoding: body, as: UTF8.self))" }
}

extension Prepared {
    /// The operator's name for it, if it has one by now.
    var operatorReference: String? {
        switch self {
        case .request(let money): money.operatorReference
        case .session(let session): session.operatorReference
        case .input: nil
        }
    }
}
