import Router
import RouterTestKit
import Testing

@Suite struct AttemptMachineTests {
    /// docs/money-safety.md, 2, written out: one row per state, one column per input.
    ///
    /// A word is the next state, `.` stays, `-` cannot happen, `late_*` opens a discrepancy. Beyond what the
    /// section shows stand sessions and failed preparations, a wrong amount while SENDING, strangers executing under a
    /// reference that was never sent, a void confirmed while SENDING, and what two people found.
    static let table = """
        state        withdraw  preparation_failed session_opened send_opened gate_stayed_shut outcome_lost executed     mismatched    in_progress refused      refused_for_now voided       absence_concluded found_executed found_not_executed booked    booking_refused
        prepared     withdrawn not_sent           pending        sending     -                -            conflict     conflict      .           .            .               .            -                 -              -                  succeeded rejected
        sending      -         -                  -              -           not_sent         unknown      succeeded    conflict      pending     rejected     unknown         voided       -                 -              - -         -
        pending      -         -                  -              -           -                .            succeeded    conflict      .           rejected     .               voided       -                 succeeded      rejected -         -
        unknown      -         -                  -              -           .                .            succeeded    conflict      pending     rejected     .               voided       not_executed      succeeded      not_executed -         -
        succeeded    -         -                  -              -           .                .            .            late_mismatch .           late_failure late_failure    late_failure -                 .              late_failure -         -
        conflict     -         -                  -              -           .                .            .            .             .           .            .               .            -                 succeeded      not_executed -         -
        withdrawn    -         -                  -              -           .                .            late_success late_mismatch .           .            .               .            -                 late_success   . -         -
        not_sent     -         -                  -              -           .                .            late_success late_mismatch .           .            .               .            -                 late_success   . -         -
        rejected     -         -                  -              -           .                .            late_success late_mismatch .           .            .               .            -                 late_success   . -         -
        not_executed -         -                  -              -           .                .            late_success late_mismatch .           .            .               .            -                 late_success   . -         -
        voided       -         -                  -              -           .                .            late_success late_mismatch .           .            .               .            -                 late_success   . -         -
        """

    struct Edge: Sendable, CustomTestStringConvertible {
        var state: AttemptState
        var input: AttemptInput
        var word: String
        var testDescription: String { "\(state) + \(input) = \(word)" }
    }

    static let edges: [Edge] = {
        let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return rows.dropFirst().flatMap { row in
            zip(rows[0], row).dropFirst().compactMap { name, word in
                guard let state = AttemptState(rawValue: row[0]), let input = AttemptInput(rawValue: name) else {
                    return nil
                }
                return Edge(state: state, input: input, word: word)
            }
        }
    }()

    private func word(_ verdict: AttemptVerdict) -> String {
        switch verdict {
        case .move(let state): state.rawValue
        case .stay: "."
        case .illegal: "-"
        case .discrepancy(let kind): kind.rawValue
        }
    }

    @Test func `the table has every state and input`() {
        #expect(AttemptState.allCases.count == 11)
        #expect(AttemptInput.allCases.count == 17)
        #expect(Self.edges.count == 11 * 17)
        #expect(Set(Self.edges.map { "\($0.state) \($0.input)" }).count == 11 * 17)
    }

    @Test(arguments: edges)
    func `agrees with the table`(_ edge: Edge) {
        #expect(word(AttemptMachine.verdict(edge.state, edge.input)) == edge.word)
    }

    @Test func `states are live dead and final as defined`() {
        let dead: Set<AttemptState> = [.withdrawn, .notSent, .rejected, .notExecuted, .voided]
        for state in AttemptState.allCases {
            #expect(state.isDead == dead.contains(state))
            #expect(state.isLive == !dead.contains(state))
            #expect(state.isFinal == (dead.contains(state) || state == .succeeded))
        }
    }

    private func moves() -> [(from: AttemptState, input: AttemptInput, to: AttemptState)] {
        AttemptState.allCases.flatMap { state in
            AttemptInput.allCases.compactMap { input in
                guard case .move(let next) = AttemptMachine.verdict(state, input) else { return nil }
                return (state, input, next)
            }
        }
    }

    @Test func `no edge leaves a final state and none enters itself`() {
        for move in moves() {
            #expect(!move.from.isFinal, "\(move)")
            #expect(move.from != move.to, "\(move)")
        }
    }

    /// Time never proves anything: what an attempt that may have been sent dies of is evidence, not a clock or a
    /// counter.
    @Test func `what may have left dies of evidence only`() {
        let evidence: Set<AttemptInput> = [.refused, .voided, .absenceConcluded, .foundNotExecuted]
        for move in moves() where [.pending, .unknown].contains(move.from) && move.to.isDead {
            #expect(evidence.contains(move.input), "\(move)")
        }
        for move in moves() where move.from == .sending && move.to.isDead {
            #expect(evidence.union([.gateStayedShut]).contains(move.input), "\(move)")
        }
    }

    @Test func `a lost outcome is never a failure`() {
        for state in AttemptState.allCases {
            let verdict = AttemptMachine.verdict(state, .outcomeLost)
            #expect(verdict == .stay || verdict == .illegal || verdict == .move(.unknown))
        }
    }

    @Test func `every state is reachable`() {
        for state in AttemptState.allCases {
            #expect(Sample.attempt(state).state == state)
            #expect(Sample.attempt(state).history.map(\.state).last == state)
        }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `any inputs leave a path in the graph`(seed: UInt64) {
        var random = Seeded(seed)
        var attempt = Sample.attempt()
        let known = Dictionary(grouping: moves(), by: \.from).mapValues { Set($0.map(\.to)) }
        for number in 0..<30 {
            guard let input = AttemptInput.allCases.randomElement(using: &random) else { continue }
            let before = attempt
            let verdict = attempt.apply(input, at: .start + Int64(number))
            if case .move(let next) = verdict {
                #expect(attempt.state == next)
                #expect(attempt.history.count == before.history.count + 1)
                #expect(attempt.history.last?.cause == input.rawValue)
            } else {
                #expect(attempt == before, "nothing but a move may change the attempt")
            }
        }
        for (earlier, later) in zip(attempt.history, attempt.history.dropFirst()) {
            #expect(known[earlier.state]?.contains(later.state) == true)
        }
    }
}
