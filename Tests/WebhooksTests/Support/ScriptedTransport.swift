import Router
import Synchronization

/// A wire on which a test plays the endpoints: it sees every request and answers when it likes.
final class ScriptedTransport: Transport {
    /// One request that waits for its answer.
    struct Call: Sendable {
        let number: Int
        let request: WireRequest
        let terms: AskTerms
        private let transport: ScriptedTransport

        init(number: Int, request: WireRequest, terms: AskTerms, transport: ScriptedTransport) {
            self.number = number
            self.request = request
            self.terms = terms
            self.transport = transport
        }

        func answer(_ status: Int, headers: [WireRequest.Header] = [], body: String = "") {
            transport.end(number, .success(WireReply(status: status, headers: headers, body: Array(body.utf8))))
        }

        func fail(_ failure: TransportFailure) { transport.end(number, .failure(failure)) }

        func header(_ name: String) -> String? { request.headers.first { $0.name == name }?.value }
    }

    private struct Waiter: Sendable {
        var url: String?
        var answer: AsyncStream<Call>.Continuation
    }

    private struct State: Sendable {
        var last = 0
        var unseen: [Call] = []
        var open: [Int: CheckedContinuation<Result<WireReply, TransportFailure>, Never>] = [:]
        var cancelled: Set<Int> = []
        var waiters: [Waiter] = []
        var total = 0
    }

    private let state = Mutex(State())

    /// Requests seen since the beginning.
    var total: Int { state.withLock { $0.total } }
    /// Requests no test has looked at.
    var unseen: Int { state.withLock { $0.unseen.count } }

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.invalidRequest)))
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                take(Call(number: number, request: request, terms: terms, transport: self), continuation)
            }
        } onCancel: {
            end(number, .failure(TransportFailure(.cancelled)))
        }
    }

    /// The next request, to one address or to any; throws when the test is over its time.
    func call(to url: String? = nil) async throws -> Call {
        let (stream, answer) = AsyncStream.makeStream(of: Call.self)
        let call = state.withLock { state -> Call? in
            if let index = state.unseen.firstIndex(where: { url == nil || $0.request.url == url }) {
                return state.unseen.remove(at: index)
            }
            state.waiters.append(Waiter(url: url, answer: answer))
            return nil
        }
        if let call { return call }
        for await call in stream { return call }
        throw CancellationError()
    }

    private func take(_ call: Call, _ answer: CheckedContinuation<Result<WireReply, TransportFailure>, Never>) {
        let (isCancelled, waiter) = state.withLock { state -> (Bool, Waiter?) in
            guard state.cancelled.remove(call.number) == nil else { return (true, nil) }
            state.total += 1
            state.open[call.number] = answer
            guard let index = state.waiters.firstIndex(where: { $0.url == nil || $0.url == call.request.url }) else {
                state.unseen.append(call)
                return (false, nil)
            }
            return (false, state.waiters.remove(at: index))
        }
        if isCancelled { answer.resume(returning: .failure(TransportFailure(.cancelled))) }
        waiter?.answer.yield(call)
    }

    fileprivate func end(_ number: Int, _ result: Result<WireReply, TransportFailure>) {
        let answer = state.withLock { state in
            let answer = state.open.removeValue(forKey: number)
            if answer == nil { state.cancelled.insert(number) }
            return answer
        }
        answer?.resume(returning: result)
    }
}
