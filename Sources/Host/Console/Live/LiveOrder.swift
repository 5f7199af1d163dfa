import People
import Router

/// Tells an order's page by server-sent events when it shows something that is not so any more.
///
/// A mark is all that is told: what changed stands on the page itself, which is asked for, and judged, like any other visit.
struct LiveOrder: Sendable {
    /// Browsers come back by themselves; a stream without end would keep a stopping router.
    static let longest = 600

    let desk: ConsoleDesk
    let visit: ConsoleVisit

    /// Changes whenever the page would show something else.
    static func mark(_ aggregate: OrderAggregate) -> String {
        "\(aggregate.order.version)-\(aggregate.order.status.rawValue)"
    }

    /// The stream; it holds its places until it ends, which it does when a newer page of the session takes its own.
    func response(_ aggregate: OrderAggregate, at place: LivePlace, holding places: [Permit]) -> APIResponse {
        var response = APIResponse(
            status: 200, headers: [("content-type", "text/event-stream"), ("cache-control", "no-store")])
        response.stream = {
            AsyncThrowingStream { continuation in
                let task = Task {
                    await tell(aggregate) { continuation.yield($0) }
                    continuation.finish()
                }
                continuation.onTermination = { _ in
                    task.cancel()
                    for place in places { place.release() }
                }
                place.whenEnded {
                    // Said, so that the browser does not come back and take the place of a page that is looked at.
                    continuation.yield("event: end\ndata: newer pages\n\n")
                    continuation.finish()
                }
            }
        }
        return response
    }

    private func tell(_ aggregate: OrderAggregate, _ write: @Sendable (String) -> Void) async {
        var (aggregate, told) = (aggregate, "")
        for second in 0..<Self.longest where !desk.engine.isStopping && !Task.isCancelled {
            guard await isAllowed else { return write("event: end\ndata: signed out\n\n") }
            let mark = Self.mark(aggregate)
            if mark != told {
                write("event: mark\ndata: \(mark)\n\n")
            } else if second % 5 == 0 {
                write(": still\n\n")
            }
            told = mark
            aggregate = await next(aggregate)
        }
    }

    /// Whether the session still holds, and the order is still shown to it.
    private var isAllowed: Bool {
        get async {
            do {
                guard let cookie = visit.visitor.cookie, let session = try await desk.people.session(cookie),
                    session.account.id == visit.visitor.account?.id
                else { return false }
                _ = try await desk.order(visit)
                return true
            } catch { return false }
        }
    }

    /// The order a second later at the latest.
    private func next(_ aggregate: OrderAggregate) async -> OrderAggregate {
        guard aggregate.order.status.isFinal else {
            return await desk.engine.waitForChange(aggregate, milliseconds: 1_000)
        }
        await desk.engine.time.sleep(until: desk.now.adding(milliseconds: 1_000))
        do throws(Problem) { return try await desk.order(visit) } catch { return aggregate }
    }
}
