import Router
import RouterTestKit
import Testing

@testable import Host

/// Who signs, as roles come and go.
@Suite("Signers of the console") struct SignersTests {
    private let store = MemoryStore()
    private static let start = Moment(milliseconds: 1_800_000_000_000)

    private struct FixedTime: TimeSource {
        var now: Moment
        func sleep(until moment: Moment) async {}
    }

    private func account() throws -> Account {
        Account(
            id: AccountID(at: Self.start, from: SeededRandom(1)), username: try #require(Username("ada")), name: "Ada",
            passwordHash: "", createdAt: Self.start)
    }

    private func person(_ roles: Set<AccountRole>, at moment: Moment) async throws -> Person? {
        try await Signers(store: store, time: FixedTime(now: moment)).person(for: account(), roles: roles, named: nil)
    }

    private func signature(at moment: Moment) -> Review.Signature {
        let finding = Review.Finding(verdict: .executed, reason: "r", document: "d", operatorReference: "t")
        return Review.Signature(finding: finding, person: "ada", at: moment, evidenceDigest: "")
    }

    @Test func `a signature of before a break never counts again`() async throws {
        let first = try #require(try await person([.finance], at: Self.start))
        try await store.insert(first)
        let signed = signature(at: Self.start.adding(seconds: 10))
        #expect(first.vouches(for: signed))
        let lost = try #require(try await person([.support], at: Self.start.adding(seconds: 20)))
        try await store.update(lost)
        #expect(!lost.vouches(for: signed) && lost.createdAt == first.createdAt)
        let again = try #require(try await person([.admin], at: Self.start.adding(seconds: 30)))
        try await store.update(again)
        #expect(again.revokedAt == nil && again.tokenHash != first.tokenHash)
        #expect(!again.vouches(for: signed), "a planted signature would outlive its end")
        #expect(again.vouches(for: signature(at: Self.start.adding(seconds: 30))))
        #expect(try await person([.admin, .finance], at: Self.start.adding(seconds: 40)) == nil, "nothing changes")
    }
}
