import RawServer
import Testing

@testable import Router

/// However the wire lies about an answer: one request reaches the operator, what was executed never ends as failed, and
/// what was not executed never as succeeded.
@Suite("A wire that lies", .tags(.realTime), .timeLimit(.minutes(10)))
struct LyingWireTests {
    @Test
    func `there are at least 53 ways, and every error`() {
        #expect(Lie.all.count >= 53)
        #expect(Set((Lie.all + Lie.errors).map(\.testDescription)).count == Lie.all.count + Lie.errors.count)
    }

    @Test(arguments: LyingOperator.Kind.allCases, Lie.all.filter { $0.stage == .request })
    func `executed`(kind: LyingOperator.Kind, lie: Lie) async throws { try await execute(kind, lie) }

    @Test(arguments: LyingOperator.Kind.allCases, Lie.all)
    func `not executed`(kind: LyingOperator.Kind, lie: Lie) async throws { try await refuse(kind, lie) }

    @Test(arguments: LyingOperator.Kind.allCases, Lie.errors)
    func `executed, and an error`(kind: LyingOperator.Kind, lie: Lie) async throws { try await execute(kind, lie) }

    @Test(arguments: LyingOperator.Kind.allCases, Lie.errors)
    func `not executed, and an error`(kind: LyingOperator.Kind, lie: Lie) async throws { try await refuse(kind, lie) }

    private func execute(_ kind: LyingOperator.Kind, _ lie: Lie) async throws {
        let theirs = LyingOperator(kind, lie, executes: true)
        try await LyingBench.with(theirs) { bench in
            var aggregate = try await bench.pay()
            #expect(theirs.executions == 1)
            let id = aggregate.order.id
            expect(
                aggregate, lie.reads == .whole ? [.pending] : lie.reads == .never ? [.unknown] : [.pending, .unknown])
            aggregate = try await bench.ask(id)
            expect(aggregate, lie.reads == .whole ? [.succeeded] : lie.reads == .never ? [.unknown] : Self.alive)
            // When nothing undeclared can be outstanding any more.
            aggregate = try await bench.ask(id, after: 90_000)
            expect(aggregate, lie.reads == .never ? [.unknown] : Self.alive)
            theirs.becomeHonest()
            aggregate = try await bench.ask(id, after: 90_000)
            expect(aggregate, [.succeeded])
            #expect(aggregate.order.status == .succeeded)
        }
        judge(theirs)
    }

    private static let alive: [AttemptState] = [.pending, .unknown, .succeeded]

    private func refuse(_ kind: LyingOperator.Kind, _ lie: Lie) async throws {
        let theirs = LyingOperator(kind, lie, executes: false)
        try await LyingBench.with(theirs) { bench in
            let id = try await bench.pay().order.id
            for _ in 0..<2 { expect(try await bench.ask(id), [.pending, .unknown]) }
            theirs.becomeHonest()
            expect(try await bench.ask(id), [.pending, .unknown])
        }
        judge(theirs)
    }

    private func expect(
        _ aggregate: OrderAggregate, _ states: [AttemptState], _ place: SourceLocation = #_sourceLocation
    ) {
        let seen = aggregate.attempts.map(\.state)
        #expect(
            seen.count == 1 && states.contains(seen[0]), "\(seen), \(aggregate.order.status)", sourceLocation: place)
        #expect(![.failed, .cancelled].contains(aggregate.order.status), sourceLocation: place)
    }

    private func judge(_ theirs: LyingOperator) {
        #expect(theirs.moneyRequests == (theirs.lie.stage == .connected ? 0 : 1))
        #expect(theirs.strays.isEmpty)
    }
}
