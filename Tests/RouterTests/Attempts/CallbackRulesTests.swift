import Router
import RouterTestKit
import Testing

/// Trust by class, row by row (docs/money-safety.md, 8.2b): whatever a kind says, the contract decides.
@Suite struct CallbackRulesTests {
    typealias Trust = ProviderContract.CallbackTrust

    private let attempt = Sample.attempt(.pending)
    private static let exact = ReportedTransaction(reference: "reference-1", minorUnits: 5_000, currency: .xof)

    private static func changed(_ change: (inout ReportedTransaction) -> Void) -> ReportedTransaction {
        var statement = exact
        change(&statement)
        return statement
    }

    private static let partly = [
        changed { $0.amount = .currency(.xof) }, changed { $0.amount = .units(5_000) },
        changed { $0.amount = .unreadable },
    ]

    private func contract(_ callback: Trust, _ check: ProviderContract.CheckAbility) -> ProviderContract {
        var contract = Sample.contract(check: check)
        contract.callback = callback
        return contract
    }

    private func strength(
        _ answer: ProviderOutcome, _ proof: CallbackProof, _ callback: Trust,
        check: ProviderContract.CheckAbility = .none, statement: ReportedTransaction? = nil, isNew: Bool = true
    ) -> Evidence.Strength {
        let fact = CallbackFact(about: .reference("reference-1"), claim: answer, proof: proof, statement: statement)
        let contract = contract(callback, check)
        return CallbackRules.strength(
            fact, Classifier.claim(fact, contract: contract, attempt: attempt), contract: contract, attempt: attempt,
            operatorIDIsNew: isNew)
    }

    @Test(arguments: Trust.allCases, [CallbackProof.signature, .listedAddress, .nothing])
    func `only what the contract names is believed`(_ callback: Trust, _ proof: CallbackProof) {
        let believed = (callback, proof) == (.signed, .signature) || (callback, proof) == (.addressOnly, .listedAddress)
        #expect((strength(.succeeded(Self.exact), proof, callback) == .strong) == believed)
        let refusal = ProviderOutcome.rejected(Refusal(.declined))
        #expect((strength(refusal, proof, callback, statement: Self.exact) == .strong) == believed)
        #expect(CallbackRules.sender(proof, contracts: [contract(callback, .none)]).isBelieved == believed)
    }

    @Test func `a signed success states amount and currency`() {
        #expect(strength(.succeeded(Self.exact), .signature, .signed, check: .byOurReference) == .strong)
        #expect(strength(.succeeded(Self.changed { $0.reference = nil }), .signature, .signed) == .strong)
        #expect(strength(.succeeded(Self.partly[0]), .signature, .signed) == .weak)
        #expect(strength(.succeeded(Self.partly[1]), .signature, .signed) == .weak)
        for other in [
            Self.changed { $0.amount = .money(Money(4_999, .xof)) },
            Self.changed { $0.amount = .money(Money(5_000, .tnd)) }, Self.partly[2],
        ] {
            #expect(strength(.succeeded(other), .signature, .signed) == .strong, "a contradiction is one")
        }
        #expect(strength(.unknown(Doubt(.unlisted)), .signature, .signed) == .weak)
    }

    @Test func `an address is believed only where nobody can be asked`() {
        #expect(strength(.succeeded(Self.exact), .listedAddress, .addressOnly, check: .none) == .strong)
        for check in [ProviderContract.CheckAbility.byOurReference, .byOperatorReference] {
            #expect(strength(.succeeded(Self.exact), .listedAddress, .addressOnly, check: check) == .weak)
        }
    }

    @Test func `from an address everything is stated and equal`() {
        let others =
            Self.partly + [
                Self.changed { $0.reference = nil }, Self.changed { $0.reference = "another" },
                Self.changed { $0.amount = .money(Money(4_999, .xof)) },
                Self.changed { $0.amount = .money(Money(5_001, .xof)) },
                Self.changed { $0.amount = .money(Money(5_000, .tnd)) },
            ]
        for other in others {
            #expect(strength(.succeeded(other), .listedAddress, .addressOnly) == .weak, "\(other)")
            let refusal = ProviderOutcome.rejected(Refusal(.declined))
            #expect(strength(refusal, .listedAddress, .addressOnly, statement: other) == .weak, "\(other)")
        }
        #expect(strength(.rejected(Refusal(.declined)), .listedAddress, .addressOnly) == .weak, "nothing is stated")
    }

    @Test func `from an address the operators ID is new but a refusal may carry none`() {
        #expect(strength(.succeeded(Self.exact), .listedAddress, .addressOnly, isNew: false) == .weak)
        let refusal = ProviderOutcome.rejected(Refusal(.declined))
        #expect(
            strength(refusal, .listedAddress, .addressOnly, statement: Self.exact, isNew: false) == .strong)
    }
}
