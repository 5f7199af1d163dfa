import Router
import RouterTestKit
import Testing

/// docs/money-safety.md, 5, row by row.
@Suite struct ClassifierTests {
    private let attempt = Sample.attempt(.sending)
    private let exact = ReportedTransaction(
        reference: "reference-1", minorUnits: 5_000, currency: .xof, operatorReference: "op-1")

    private func classify(
        _ report: TransmissionReport, contract: ProviderContract = Sample.contract(), ordinal: Int = 1,
        read: (WireReply) -> ProviderOutcome = { _ in .unknown(Doubt(.unlisted)) }
    ) -> Claim {
        Classifier.classify(report, contract: contract, ordinal: ordinal, attempt: attempt, read: read)
    }

    private func reply(
        _ status: Int, _ answer: ProviderOutcome, contract: ProviderContract = Sample.contract(), ordinal: Int = 1
    ) -> Claim {
        classify(
            TransmissionReport(gateOpened: true, result: .success(WireReply(status: status))), contract: contract,
            ordinal: ordinal, read: { _ in answer })
    }

    static let failures: [TransportFailure.Kind] = [
        .invalidRequest, .gateRefused, .nameLookup, .addressForbidden, .connect, .tls, .timeout, .connectionLost,
        .malformedReply, .oversized, .cancelled, .other,
    ]

    @Test(arguments: failures)
    func `a gate that never opened is not sent whatever the error says`(_ kind: TransportFailure.Kind) {
        let claim = classify(TransmissionReport(gateOpened: false, result: .failure(TransportFailure(kind))))
        #expect(claim == .notSent(TransportFailure(kind)))
    }

    @Test(arguments: failures)
    func `an open gate and no reply is unclear whatever the error says`(_ kind: TransportFailure.Kind) {
        let claim = classify(TransmissionReport(gateOpened: true, result: .failure(TransportFailure(kind))))
        #expect(claim == .unclear(.wireFailed(kind)))
    }

    @Test(arguments: failures)
    func `a resend that did not leave says nothing about the first`(_ kind: TransportFailure.Kind) {
        let claim = classify(
            TransmissionReport(gateOpened: false, result: .failure(TransportFailure(kind))), ordinal: 2)
        #expect(claim.name == .unclear)
    }

    /// The proof is the gate alone: a reply that arrives without it is a fault of the transport, not an answer.
    @Test func `a reply without an open gate is not read`() {
        let report = TransmissionReport(gateOpened: false, result: .success(WireReply(status: 200)))
        let claim = classify(report, read: { _ in .succeeded(self.exact) })
        #expect(claim.name == .notSent)
    }

    /// A header that says success shows that the request arrived, also where its body was of no use.
    @Test(arguments: [(200, true), (202, true), (299, true), (300, false), (404, false), (500, false)])
    func `a success status shows arrival whatever became of the body`(_ status: Int, _ shows: Bool) {
        for kind in [TransportFailure.Kind.oversized, .malformedReply] {
            let failure = TransportFailure(kind, status: status)
            #expect(
                Classifier.showsArrival(TransmissionReport(gateOpened: true, result: .failure(failure)), nil) == shows)
            #expect(!Classifier.showsArrival(TransmissionReport(gateOpened: false, result: .failure(failure)), nil))
        }
    }

    @Test(arguments: [300, 301, 302, 303, 307, 308, 399])
    func `redirects are unclear and not read`(_ status: Int) {
        #expect(reply(status, .succeeded(exact)).name == .unclear)
        #expect(reply(status, .rejected(Refusal(.declined))).name == .unclear)
    }

    @Test(arguments: [200, 201, 202, 400, 402, 409, 422, 500, 502, 503])
    func `a listed answer counts whatever the status`(_ status: Int) {
        #expect(reply(status, .succeeded(exact)) == .executed(exact))
        #expect(reply(status, .rejected(Refusal(.declined))) == .refused(Refusal(.declined)))
        #expect(reply(status, .pending(Progress())) == .inProgress(Progress()))
    }

    @Test(arguments: [200, 404, 500, 503], [Doubt.Kind.unlisted, .unreadable, .operatorError, .inProgress])
    func `an unlisted answer is unclear whatever the status`(_ status: Int, _ kind: Doubt.Kind) {
        #expect(reply(status, .unknown(Doubt(kind))) == .unclear(.doubt(Doubt(kind))))
        #expect(
            reply(status, .unknown(Doubt(kind, providerCode: "E42")))
                == .unclear(.doubt(Doubt(kind, providerCode: "E42"))))
    }

    @Test(arguments: [(true, "refused"), (false, "unclear")])
    func `throttling is a refusal only before execution`(_ precedes: Bool, _ name: String) {
        let claim = reply(429, .rejected(Refusal(.throttled)), contract: Sample.contract(throttlingFirst: precedes))
        #expect(claim.name.rawValue == name)
    }

    @Test(arguments: [
        (503, true, "refused"), (503, false, "unclear"), (500, false, "unclear"), (200, false, "refused"),
    ])
    func `an operator out of order refuses only before execution`(_ status: Int, _ precedes: Bool, _ name: String) {
        let contract = Sample.contract(throttlingFirst: precedes)
        #expect(reply(status, .rejected(Refusal(.operatorUnavailable)), contract: contract).name.rawValue == name)
    }

    @Test(arguments: [(401, true, "refused"), (401, false, "unclear"), (403, true, "refused"), (403, false, "unclear")])
    func `refused credentials are a refusal only before execution`(_ status: Int, _ precedes: Bool, _ name: String) {
        let contract = Sample.contract(authenticationFirst: precedes)
        #expect(reply(status, .rejected(Refusal(.credentialsRefused)), contract: contract).name.rawValue == name)
    }

    @Test(arguments: [1, 2, 3])
    func `a duplicate reference is unclear on every transmission`(_ ordinal: Int) {
        let claim = reply(409, .unknown(Doubt(.duplicateReference)), ordinal: ordinal)
        #expect(claim == .unclear(.doubt(Doubt(.duplicateReference))))
    }

    @Test(arguments: RefusalReason.allCases)
    func `a refused resend says nothing where the reason is the call`(_ reason: RefusalReason) {
        let aboutTheCall: Set<RefusalReason> = [.credentialsRefused, .throttled, .operatorUnavailable, .notSent]
        let claim = reply(400, .rejected(Refusal(reason)), ordinal: 2)
        #expect(claim.name == (aboutTheCall.contains(reason) ? .unclear : .refused))
        #expect(reply(400, .rejected(Refusal(reason)), ordinal: 1).name == .refused)
    }
}

/// What an operator states must equal what was asked.
@Suite struct StatementComparisonTests {
    private var attempt: Attempt {
        var attempt = Sample.attempt(.sending)
        attempt.operatorReference = "op-1"
        return attempt
    }

    @Test(arguments: [
        ReportedTransaction(), ReportedTransaction(reference: "reference-1"), ReportedTransaction(minorUnits: 5_000),
        ReportedTransaction(amount: .currency(.xof)),
        ReportedTransaction(operatorReference: "op-1"),
        ReportedTransaction(reference: "reference-1", minorUnits: 5_000, currency: .xof, operatorReference: "op-1"),
    ])
    func `equal and absent parts are executed`(_ statement: ReportedTransaction) {
        #expect(Classifier.compare(statement, with: attempt) == .executed(statement))
    }

    @Test(arguments: [
        (ReportedTransaction(reference: "reference-2"), "reference"), (ReportedTransaction(reference: ""), "reference"),
        (ReportedTransaction(reference: "REFERENCE-1"), "reference"),
        (ReportedTransaction(minorUnits: 5_001), "amount 5001 instead of 5000"),
        (ReportedTransaction(minorUnits: 4_999), "amount"), (ReportedTransaction(minorUnits: 0), "amount"),
        (ReportedTransaction(minorUnits: -5_000), "amount"),
        (ReportedTransaction(minorUnits: 500_000), "amount"),
        (ReportedTransaction(amount: .currency(.eur)), "currency EUR instead of XOF"),
        (ReportedTransaction(operatorReference: "op-2"), "operator reference"),
        (ReportedTransaction(amount: .unreadable), "unreadable"),
        (ReportedTransaction(reference: "reference-1", minorUnits: 5_000, currency: .tnd), "currency"),
    ])
    func `every difference is a mismatch`(_ statement: ReportedTransaction, _ difference: String) throws {
        let (stated, text) = try #require(
            Classifier.compare(statement, with: attempt).mismatched, "the difference was overlooked")
        #expect(stated == statement)
        #expect(text.contains(difference))
    }

    @Test func `all differences are named`() {
        let claim = Classifier.compare(
            ReportedTransaction(reference: "x", minorUnits: 1, currency: .usd), with: attempt)
        #expect(claim.detail.split(separator: ",").count == 3)
        #expect(claim.statement?.minorUnits == 1)
    }
}

/// The answer to a check.
@Suite struct FindingClassifierTests {
    /// What the operator confirmed as final does not wait; nothing else becomes final by it.
    @Test func `a confirmed code is definitive wherever it is told`() {
        var contract = Sample.contract(authenticationFirst: false)
        contract.definitiveFailures = ["8"]
        for (code, isDefinitive) in [("8", true), ("9", false)] {
            let refusal = Refusal(.declined, providerCode: code, isDefinitive: false)
            let expected = Claim.refused(Refusal(.declined, providerCode: code, isDefinitive: isDefinitive))
            #expect(claim(.found(.rejected(refusal)), contract) == expected)
            let answered = Classifier.claim(
                .rejected(refusal), status: 409, contract: contract, ordinal: 1, attempt: Sample.attempt(.sending))
            #expect(answered == expected)
        }
        let credentials = Classifier.claim(
            .rejected(Refusal(.credentialsRefused, providerCode: "8")), status: 401, contract: contract, ordinal: 1,
            attempt: Sample.attempt(.sending))
        #expect(credentials.name == .unclear)
    }

    private func claim(_ finding: StatusCheckResult, _ contract: ProviderContract = Sample.contract()) -> Claim {
        Classifier.claim(finding, contract: contract, attempt: Sample.attempt(.unknown))
    }

    @Test func `absence and silence are told apart`() {
        #expect(claim(.absent) == .absent)
        #expect(claim(.couldNotAnswer("timeout")) == .unclear(.noAnswer("timeout")))
    }

    @Test func `what is found is compared`() {
        #expect(claim(.found(.succeeded(ReportedTransaction(minorUnits: 5_000)))).name == .executed)
        #expect(claim(.found(.succeeded(ReportedTransaction(minorUnits: 1)))).name == .mismatched)
        #expect(claim(.found(.pending(Progress()))).name == .inProgress)
        #expect(claim(.found(.unknown(Doubt(.unlisted)))).name == .unclear)
    }

    @Test(arguments: RefusalReason.allCases)
    func `refusing the question says nothing about the transaction`(_ reason: RefusalReason) {
        let aboutTheQuestion: Set<RefusalReason> = [
            .credentialsRefused, .throttled, .operatorUnavailable, .notSent, .invalidRequest,
        ]
        let claim = claim(.found(.rejected(Refusal(reason))))
        #expect(claim.name == (aboutTheQuestion.contains(reason) ? .unclear : .refused))
    }

    @Test func `claims have names and details`() {
        #expect(Claim.refused(Refusal(.declined, providerCode: "51")).detail == "declined (51)")
        #expect(Claim.refused(Refusal(.declined)).detail == "declined")
        #expect(Claim.notSent(TransportFailure(.tls)).detail == "tls")
        #expect(Claim.absent.detail.isEmpty)
        #expect(Claim.inProgress(Progress()).statement == nil)
    }
}

/// What stands in records of observations that prove nothing; people and reports read these words.
@Suite struct InconclusiveReasonTests {
    @Test(arguments: [
        (InconclusiveReason.wireFailed(.connectionLost), "connection_lost"),
        (.resendNotSent(.gateRefused), "resend not sent: gate_refused"),
        (.resendRefused(.throttled), "resend refused: throttled"), (.redirected(302), "redirect 302"),
        (.doubt(Doubt(.unlisted)), "unlisted"), (.doubt(Doubt(.arrived, providerCode: "E42")), "arrived (E42)"),
        (.refusedPerhapsAfterExecuting(.credentialsRefused), "credentials refused, but perhaps after executing"),
        (.refusedPerhapsAfterExecuting(.throttled), "throttled, but perhaps after executing"),
        (.refusedPerhapsAfterExecuting(.operatorUnavailable), "unavailable, but perhaps after executing"),
        (.questionRefused(.throttled), "check refused: throttled"), (.noAnswer("timeout"), "timeout"),
        (.statesAnother("amount 1 instead of 2"), "states another amount 1 instead of 2"),
        (.anotherPayer, "states another payer"), (.noPageToEnd, "there is no page to end"),
        (.perhapsAnotherAccount, "not found, but the account may be another one"),
        (.provesAnotherAttempt, "the operator's reference proves another attempt already"),
    ])
    func `is recorded in these words`(_ reason: InconclusiveReason, _ words: String) {
        #expect(Claim.unclear(reason).detail == words)
    }
}
