import Router
import RouterTestKit
import Testing
import WebText

@Suite struct OperatorReferencesTests {
    private func references(_ byte: UInt8 = 1) throws -> OperatorReferences {
        OperatorReferences(try Sample.dataKeys(byte))
    }

    private func origin(
        app: AppID = Sample.app, _ environment: PayEnvironment = .sandbox, operation: String = "payment.create",
        key: String = "order-1", movement: Int = 1, attempt: Int = 1, provider: ProviderID = "alpha"
    ) -> OperatorReferences.Origin {
        .init(
            app: app, environment: environment, operation: operation, idempotencyKey: key, movementOrdinal: movement,
            attemptOrdinal: attempt, provider: provider)
    }

    /// The fixture was computed with Python's `hmac` and an own HKDF (RFC 5869).
    @Test func `agrees with the vectors`() throws {
        for row in try Fixture.rows("operator-references.tsv") {
            let bytes = try #require(Hex.bytes(row[0]))
            let master = try #require(MasterKey(bytes: bytes))
            let origin = origin(
                app: AppID(known: row[1]), try #require(PayEnvironment(rawValue: row[2])), operation: row[3],
                key: row[4],
                movement: try #require(Int(row[5])), attempt: try #require(Int(row[6])), provider: ProviderID(row[7]))
            let references = OperatorReferences(.derived(from: master))
            #expect(references.derive(origin, shape: .uuid) == row[8])
            #expect(references.derive(origin, shape: .hexadecimal(length: 64)) == row[9])
            #expect(references.derive(origin, shape: .hexadecimal(length: 20)) == row[9].prefix(20))
        }
    }

    @Test func `every part counts`() throws {
        let references = try references()
        let origins = [
            origin(), origin(app: Sample.otherApp), origin(.production), origin(operation: "payout.create"),
            origin(key: "order-2"), origin(movement: 2), origin(attempt: 2), origin(provider: "beta"),
        ]
        #expect(Set(origins.map { references.derive($0, shape: .uuid) }).count == origins.count)
    }

    @Test func `neighbouring parts do not run together`() throws {
        let references = try references()
        let pairs = [
            (origin(operation: "ab", key: "c"), origin(operation: "a", key: "bc")),
            (origin(key: "k1", movement: 1), origin(key: "k", movement: 11)),
            (origin(movement: 1, attempt: 11), origin(movement: 11, attempt: 1)),
            (origin(attempt: 1, provider: "1p"), origin(attempt: 11, provider: "p")),
            (origin(operation: "", key: "x"), origin(operation: "x", key: "")),
        ]
        for (left, right) in pairs {
            #expect(references.derive(left, shape: .uuid) != references.derive(right, shape: .uuid))
        }
    }

    @Test func `uuids carry version four bits`() throws {
        let references = try references()
        for number in 0..<500 {
            let text = Array(references.derive(origin(key: "k\(number)"), shape: .uuid))
            #expect(text.count == 36)
            #expect([8, 13, 18, 23].allSatisfy { text[$0] == "-" })
            #expect(text[14] == "4")
            #expect("89ab".contains(text[19]))
            #expect(text.allSatisfy { $0.isHexDigit && !$0.isUppercase || $0 == "-" })
        }
    }

    @Test(arguments: [(-1, 16), (0, 16), (15, 16), (16, 16), (33, 33), (64, 64), (65, 64), (Int.max, 64)])
    func `hexadecimal references have the asked length within bounds`(_ asked: Int, _ length: Int) throws {
        #expect(try references().derive(origin(), shape: .hexadecimal(length: asked)).count == length)
    }

    /// Invariant I-40: nothing but the request and the installation decides.
    @Test func `the same origin gives the same reference`() throws {
        let before = try references().derive(origin(), shape: .uuid)
        let after = try references().derive(origin(), shape: .uuid)
        #expect(before == after)
        #expect(try references(2).derive(origin(), shape: .uuid) != before)
    }
}
