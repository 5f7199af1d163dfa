import ArgumentParser
import Router
import Testing

@testable import Host

/// What commands say of arguments that nothing can be done with.
@Suite("Arguments of commands") struct TracedTextTests {
    @Test(arguments: ["", "  ", "\u{200B}", String(repeating: "a", count: 256)])
    func `a text that nothing is found by is refused`(_ text: String) {
        #expect(throws: CommandFailure.self) { try TracedText.check(text) }
    }

    @Test(arguments: [
        ("pay_xx", true), ("req_1", true), ("PAY_01JD3K0000PPPPPPPPPPPPPPPP", false),
        ("order-17", false),
    ])
    func `a text that begins like an id and is none is told apart`(_ text: String, _ isBroken: Bool) throws {
        try TracedText.check(text)
        #expect((TracedText.hint(text) != nil) == isBroken)
    }

    @Test(arguments: ["0h", "0m", "2030-01-01", "2030-01-01T00:00:00Z"])
    func `a time that is not in the past is refused`(_ text: String) throws {
        let now = try #require(Moment(rfc3339: "2026-11-21T09:30:00Z"))
        #expect(throws: CommandFailure.self) { try SinceText.moment(text, now: now) }
    }

    @Test func `a role without its option is answered with the option`() {
        for words in [["roles", "sue", "developer"], ["create", "Sue", "developer", "--email", "sue@example.com"]] {
            let failure = #expect(throws: (any Error).self) { try UsersCommand.parseAsRoot(words) }
            #expect(failure.map { UsersCommand.message(for: $0) }?.contains("--role developer") == true)
        }
    }
}
