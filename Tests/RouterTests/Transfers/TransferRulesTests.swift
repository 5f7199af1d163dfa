import Router
import RouterTestKit
import Testing

/// The whole table of what comes next for a transfer, and the rules that no state may break.
@Suite struct TransferRulesTests {
    private static let now = Moment(milliseconds: 1_000_000)
    private static let later = Moment(milliseconds: 2_000_000)

    /// Every standing that a leg can have, with the word that the table uses for it.
    private static let standings: [(word: String, standing: LegStanding?)] = [
        ("none", nil), ("open", .open), ("paid", .succeeded), ("dead", .dead(quarantine: nil)),
        ("resting", .dead(quarantine: later)), ("rested", .dead(quarantine: now)), ("strayed", .strayed),
        ("unclaimed", .unclaimed),
    ]

    private func standing(_ word: Substring) -> LegStanding? {
        Self.standings.first { $0.word == word }?.standing
    }

    /// Between operators; `*` is any standing, and the first line that fits counts.
    private static let table = """
        debit    credit   compensation  cancel  move
        none     *        *             *       wait
        open     *        *             *       wait
        unclaimed  *      *             *       wait
        dead     *        *             no      fail
        dead     *        *             yes     cancel
        resting  *        *             no      fail
        resting  *        *             yes     cancel
        rested   *        *             no      fail
        rested   *        *             yes     cancel
        strayed  *        *             *       fail
        paid     *        open          *       wait
        paid     *        paid          *       giveUp
        paid     *        dead          *       park
        paid     *        resting       *       park
        paid     *        rested        *       park
        paid     *        strayed       *       park
        paid     *        unclaimed     *       park
        paid     none     none          no      startCredit
        paid     none     none          yes     startCompensation
        paid     open     none          *       wait
        paid     paid     none          *       complete
        paid     dead     none          *       startCompensation
        paid     resting  none          *       lookAgain
        paid     rested   none          *       startCompensation
        paid     strayed  none          *       park
        paid     unclaimed  none        *       park
        """

    /// From an operator into a wallet that was closed meanwhile: what the recipient cannot have goes back.
    private static let unclaimed = [
        "none": "startCompensation", "open": "wait", "paid": "giveUp", "dead": "park", "resting": "park",
        "rested": "park", "strayed": "park", "unclaimed": "park",
    ]

    @Test(arguments: unclaimed.keys.sorted())
    func `what came for a closed wallet is given back`(word: String) throws {
        for cancel in [false, true] {
            let state = TransferState(
                .into, debit: .unclaimed, compensation: standing(word[...]), cancelRequested: cancel)
            #expect(name(TransferRules.standard.next(state, Self.now)) == Self.unclaimed[word])
        }
    }

    /// Whoever may have the money already is not given it a second time.
    @Test func `people have money given back only where no order can have moved it`() {
        for state in Self.states {
            let isFree = [state.credit, state.compensation].allSatisfy { leg in
                switch leg {
                case nil, .dead(quarantine: nil), .dead(quarantine: Self.now): true
                default: false
                }
            }
            let objection = state.objectionToGivingBack(at: Self.now)
            #expect((objection == nil) == (isFree && state.debit == .succeeded), "\(state)")
            if state.debit != .succeeded { #expect(objection == .nothingTaken) }
        }
        let early = TransferState(.between, debit: .succeeded, compensation: .dead(quarantine: Self.later))
        #expect(early.objectionToGivingBack(at: Self.now) == .tooEarly(Self.later))
        #expect(early.objectionToGivingBack(at: Self.later) == nil)
        for shape in [TransferShape.inside, .out] {
            #expect(
                TransferState(shape, debit: .unclaimed, credit: .dead(quarantine: nil))
                    .objectionToGivingBack(at: Self.now) == .nothingTaken)
        }
        #expect(TransferState(.into, debit: .unclaimed).objectionToGivingBack(at: Self.now) == nil)
        #expect(TransferState(.into, debit: .succeeded).objectionToGivingBack(at: Self.now) == .nothingTaken)
    }

    private func name(_ move: TransferMove) -> String {
        if case .lookAgain = move { return "lookAgain" }
        return "\(move)"
    }

    private static var states: [TransferState] {
        standings.flatMap { debit in
            standings.flatMap { credit in
                standings.flatMap { compensation in
                    [false, true].map { cancel in
                        TransferState(
                            .between, debit: debit.standing, credit: credit.standing,
                            compensation: compensation.standing, cancelRequested: cancel)
                    }
                }
            }
        }
    }

    @Test func `between operators every state has the move of the table`() throws {
        let rows = Self.table.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        for state in Self.states {
            let row = rows.first { row in
                zip(row, [state.debit, state.credit, state.compensation]).allSatisfy { word, standing in
                    word == "*" || self.standing(word) == standing
                } && (row[3] == "*" || (row[3] == "yes") == state.cancelRequested)
            }
            let wanted = try #require(row, "no line for \(state)")[4]
            #expect(name(TransferRules.standard.next(state, Self.now)) == wanted, "\(state)")
        }
    }

    /// The three promises of docs/money-safety.md, 10, whatever the table says.
    @Test func `nothing is credited before the debit, nothing given back while a credit lives`() {
        for state in Self.states {
            switch TransferRules.standard.next(state, Self.now) {
            case .startCredit:
                #expect(state.debit == .succeeded && state.credit == nil && state.compensation == nil)
            case .startCompensation:
                #expect(state.debit == .succeeded && state.compensation == nil)
                if case .dead(let quarantine)? = state.credit {
                    #expect(quarantine.map { $0 <= Self.now } ?? true)
                } else {
                    #expect(state.credit == nil, "\(state)")
                }
            case .complete: #expect(state.credit == .succeeded && state.debit == .succeeded)
            case .giveUp: #expect(state.compensation == .succeeded)
            case .fail, .cancel: #expect(state.debit != .succeeded && state.debit != .open && state.debit != nil)
            case .wait, .lookAgain, .park: break
            }
        }
    }

    @Test(arguments: standings.map(\.word))
    func `with one order the transfer ends as that does`(word: String) {
        let standing = standing(word[...])
        for cancel in [false, true] {
            let into = TransferRules.standard.next(
                TransferState(.into, debit: standing, cancelRequested: cancel), Self.now)
            let out = TransferRules.standard.next(
                TransferState(.out, credit: standing, cancelRequested: cancel), Self.now)
            guard standing != .unclaimed else { continue }
            #expect(into == out)
            switch standing {
            case nil, .open, .unclaimed: #expect(into == .wait)
            case .succeeded: #expect(into == .complete)
            case .dead: #expect(into == (cancel ? .cancel : .fail))
            case .strayed: #expect(into == .fail)
            }
        }
    }

    @Test func `a leg stands as its order does`() {
        let id = OrderID(.payout, at: Self.now, from: SeededRandom(1))
        func leg(
            _ status: OrderStatus, _ certainty: Certainty = .confirmed, executed: Int64? = nil,
            quarantine: Moment? = nil
        ) -> LegStanding {
            LegStanding(
                FollowUp(
                    id: id, amount: Money(100, .xof), status: status, certainty: certainty,
                    executed: executed.map { Money($0, .xof) }, quarantineEnd: quarantine))
        }
        for status in OrderStatus.allCases where !status.isFinal { #expect(leg(status) == .open, "\(status)") }
        #expect(leg(.underReview, .unknown) == .open)
        #expect(leg(.succeeded) == .succeeded)
        #expect(leg(.succeeded, .disputed) == .open, "its operator takes its word back: people decide")
        #expect(leg(.failed) == .dead(quarantine: nil))
        #expect(leg(.failed, quarantine: Self.later) == .dead(quarantine: Self.later))
        #expect(leg(.cancelled) == .dead(quarantine: nil))
        #expect(leg(.failed, .disputed) == .strayed)
        #expect(leg(.failed, executed: 100) == .strayed)
    }
}
