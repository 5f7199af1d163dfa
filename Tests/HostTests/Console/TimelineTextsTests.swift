import Router
import RouterTestKit
import Testing

@testable import Host

/// The timeline's words in the reader's language.
@Suite("The timeline's words") struct TimelineTextsTests {
    private static let now = TrailSamples.now
    private static let attempt = AttemptID(at: now, from: SeededRandom(3))
    private static let account = AccountID(at: now, from: SeededRandom(4))
    private static let order = TrailSamples.id(.payment)

    private static func transmission(
        gate: Bool? = nil, ended: Bool = false, status: Int? = nil
    ) -> Transmission {
        var one = Transmission(
            ordinal: 2, sendNotAfter: now.adding(seconds: 60), timeoutMilliseconds: 1_000, startedAt: now)
        (one.gateOpened, one.httpStatus) = (gate, status)
        one.endedAt = ended ? now.adding(milliseconds: 37) : nil
        return one
    }

    private static func evidence(
        _ source: Evidence.Source, _ claim: Claim.Name, detail: String = "", stated: Money? = nil,
        reference: String? = nil, status: Int? = nil
    ) -> TrailEntry.What {
        var evidence = Evidence(attempt: attempt, source: source, strength: .weak, claim: claim.rawValue, at: now)
        (evidence.detail, evidence.stated) = (detail, stated)
        (evidence.operatorReference, evidence.httpStatus) = (reference, status)
        return .observed(TrailEvidence(evidence, Redaction()))
    }

    /// Everything that can happen, with each word of each closed list.
    private static var samples: [TrailEntry.What] {
        let money = Money(5_000, .xof)
        let request = RequestID(at: now, from: SeededRandom(5))
        let initiators: [Initiator] = [
            .secretKey, .publishableKey, .holder(account), .console(account), .payer, .router,
        ]
        var all: [TrailEntry.What] = initiators.map { .accepted($0, request) }
        all += [.shopAccepted, .cancelWished, .unreadable, .told(EventID(at: now, from: SeededRandom(6)), type: "a.b")]
        all += AttemptState.allCases.map { .attempt(attempt, "tmoney-tg", $0, cause: "their {words}") }
        all += [
            transmission(), transmission(gate: false), transmission(gate: true),
            transmission(gate: true, ended: true), transmission(gate: true, ended: true, status: 502),
        ].map { .sent(attempt, "tmoney-tg", $0) }
        all += Evidence.Source.allCases.map { evidence($0, .executed) }
        all += Claim.Name.allCases.map {
            evidence(.check, $0, detail: "OK", stated: money, reference: "T-1", status: 200)
        }
        for kind in DiscrepancyKind.allCases {
            all += [nil, money].map {
                .contradicted(
                    Discrepancy(
                        attempt: attempt, order: order, kind: kind, claimed: $0, recordedState: .notExecuted, at: now))
            }
        }
        for kind in OperatorNotice.Kind.allCases {
            all += [nil, money].map {
                .noticed(Notice(kind: kind, operatorReference: "D-1", amount: $0, reason: nil, at: now))
            }
        }
        all += PostingTemplate.allCases.map {
            .booked(
                Posting(
                    MovementID(of: order), kind: $0.rawValue, debit: .provider("tmoney-tg"),
                    credit: .app(TrailSamples.app), amount: money, at: now))
        }
        return all
    }

    /// English names of lists are written with spaces, as everywhere on the pages.
    private static func spaced(_ text: String) -> String {
        let lists =
            Claim.Name.allCases.map(\.rawValue) + DiscrepancyKind.allCases.map(\.rawValue)
            + OperatorNotice.Kind.allCases.map(\.rawValue) + PostingTemplate.allCases.map(\.rawValue)
            + AttemptState.allCases.map(\.rawValue)
        return lists.filter { $0.contains("_") }.reduce(text) {
            $0.replacing($1, with: $1.replacing("_", with: " "))
        }
    }

    @Test func `in English it says what the command line says`() {
        let words = TimelineTexts(.of(.english))
        for what in Self.samples { #expect(words.text(what) == Self.spaced(TrailWords.text(what))) }
    }

    @Test func `in French every word is translated but those of operators and of people`() {
        let (french, english) = (TimelineTexts(.of(.french)), TimelineTexts(.of(.english)))
        for what in Self.samples {
            let text = french.text(what)
            #expect(text != english.text(what), "\(text)")
        }
        let step = french.text(.attempt(Self.attempt, "tmoney-tg", .rejected, cause: "INSUFFICIENT {state}"))
        #expect(step == "tmoney-tg : refusé (INSUFFICIENT {state})")
    }

    @Test func `an operator's words are not filled in`() {
        let cause = "{provider} {cause} {state}"
        let text = TimelineTexts(.of(.english)).text(.attempt(Self.attempt, "tmoney-tg", .rejected, cause: cause))
        #expect(text == "tmoney-tg: refused (\(cause))")
    }
}
