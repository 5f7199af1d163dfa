import Router
import RouterTestKit
import Testing

@testable import Host

/// Cursors are long runs of hexadecimal digits and must not be taken for card numbers.
@Suite struct CursorTests {
    @Test func `every cursor is accepted`() throws {
        let random = SeededRandom()
        for _ in 0..<500 {
            let id = EventID(at: .start, from: random)
            let query = try QueryParameters("after=\(Cursor.text(id.text))", allowed: ["after"])
            #expect(try query.value("after", "a cursor") { Cursor.read($0) } == id)
        }
    }

    @Test func `card numbers are still refused elsewhere`() {
        #expect(throws: Problem.self) { try QueryParameters("reference=4242424242424242", allowed: ["reference"]) }
    }
}
