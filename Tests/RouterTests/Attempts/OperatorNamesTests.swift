import Router
import RouterTestKit
import Testing

/// What the operator calls a transaction, compared with what it called it before.
@Suite struct OperatorNamesTests {
    private func compare(_ known: String?, _ stated: String?, acceptedAs: String? = nil) -> String {
        var attempt = Sample.attempt(.pending)
        attempt.operatorReference = known
        let statement = ReportedTransaction(
            reference: "reference-1", minorUnits: 5_000, currency: .xof, operatorReference: stated,
            acceptedAs: acceptedAs)
        return Classifier.compare(statement, with: attempt).name.rawValue
    }

    @Test(
        arguments: [
            (nil, nil, "executed"), (nil, "op-1", "executed"), ("op-1", nil, "executed"), ("op-1", "op-1", "executed"),
            ("op-1", "op-2", "mismatched"),
            // What an earlier version kept where the operator had named nothing yet: our own reference is no name of theirs.
            ("reference-1", "op-1", "executed"), ("reference-2", "op-1", "mismatched"),
        ] as [(String?, String?, String)])
    func `the final name`(_ known: String?, _ stated: String?, _ expected: String) {
        #expect(compare(known, stated) == expected)
    }

    @Test(
        arguments: [
            (nil, "receipt", "order-1", "executed"), ("order-1", "receipt", "order-1", "executed"),
            ("receipt", "receipt", "order-1", "executed"), ("order-2", "receipt", "order-1", "mismatched"),
            ("order-1", nil, "order-1", "executed"), ("order-2", nil, "order-1", "mismatched"),
            ("reference-1", "receipt", "order-1", "executed"),
        ] as [(String?, String?, String, String)])
    func `the name it was accepted under`(_ known: String?, _ stated: String?, _ acceptedAs: String, _ expected: String)
    {
        #expect(compare(known, stated, acceptedAs: acceptedAs) == expected)
    }

    @Test func `accounts belong to operations`() {
        var manifest = Sample.manifest(account: "in")
        for operation in MoneyOperation.allCases { #expect(manifest.account(for: operation) == "in") }
        manifest.payoutAccount = "out"
        for operation in MoneyOperation.allCases {
            let leaves = operation == .payout || operation == .refund
            #expect(manifest.account(for: operation) == (leaves ? "out" : "in"))
        }
    }
}
