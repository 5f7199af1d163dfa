import Router
import RouterTestKit
import Testing

@Suite struct SignalBookTests {
    private let key = SignalKey("alpha", "tmoney", .collect)
    private let other = SignalKey("beta", "tmoney", .collect)

    private func count(
        _ outcome: SignalOutcome, _ times: Int = 1, in book: inout SignalBook, milliseconds: Int64? = nil,
        at now: Moment = .start
    ) {
        for _ in 0..<times {
            book.record(RouteSignal(key, .attempt(SignalChange(outcome)), milliseconds: milliseconds), at: now)
        }
    }

    @Test func `a rate is of successes among what says something of the operator`() throws {
        var book = SignalBook()
        count(.success, 60, in: &book)
        count(.failure(.operator), 20, in: &book)
        count(.failure(.platform), 10, in: &book)
        count(.unknown, 10, in: &book)
        let rate = try #require(book.rate(key, at: .start))
        #expect(rate.share == Share(percent: 60))
        #expect(rate.proportion.samples == 100)
    }

    @Test func `payers' refusals change no rate, and are counted`() throws {
        var book = SignalBook()
        count(.success, 40, in: &book)
        let before = try #require(book.rate(key, at: .start))
        count(.payerRefusal, 4_000, in: &book)
        #expect(book.rate(key, at: .start) == before)
        let figures = try #require(book.figures(key, at: .start))
        #expect(figures.payerRefusals == 4_000 * Proportion.one)
        #expect(figures.volume == 4_040 * Proportion.one)
    }

    @Test func `figures are told in whole numbers`() throws {
        var book = SignalBook()
        count(.success, 30, in: &book, milliseconds: 80)
        count(.unknown, 10, in: &book)
        let json = try #require(book.figures(key, at: .start)).json
        #expect(json["rate"]?.integerValue == 750_000)
        #expect(json["unknown_share"]?.integerValue == 250_000)
        #expect(json["attempts"]?.integerValue == 40)
        #expect(json["median_ms"]?.integerValue == 75)
        #expect(SignalFigures().json["rate"] == .null)
    }

    @Test func `payers' refusals alone are no rate`() {
        var book = SignalBook()
        count(.payerRefusal, 4_000, in: &book)
        #expect(book.rate(key, at: .start) == nil)
    }

    @Test(arguments: [(1_024, 50), (512, 66), (0, 100)] as [(Int64, Int64)])
    func `what is not known counts by its weight`(weight: Int64, percent: Int64) throws {
        var book = SignalBook(SignalSettings(unknownWeight: weight))
        count(.success, 100, in: &book)
        count(.unknown, 100, in: &book)
        #expect(try #require(book.rate(key, at: .start)).share.millionths / 10_000 == percent)
    }

    @Test func `nothing is said below the minimum`() {
        var book = SignalBook()
        count(.success, 29, in: &book)
        #expect(book.rate(key, at: .start) == nil)
        count(.success, in: &book)
        #expect(book.rate(key, at: .start)?.share == .all)
    }

    @Test func `an operator is taken to do what it usually does, unless it surely does not`() throws {
        var book = SignalBook()
        count(.success, 900, in: &book)
        count(.failure(.operator), 100, in: &book)
        // A day later nothing recent is left, and four fifths of what is usual.
        let later = Moment.start + 86_400
        let usual = try #require(book.rate(key, at: later))
        #expect(usual.basis == .usual)
        #expect(abs(usual.share.millionths - 900_000) < 1_500)
        // A run of bad luck below the minimum changes little, and so does one that chance explains.
        count(.failure(.operator), 29, in: &book, at: later)
        #expect(book.rate(key, at: later)?.basis == .usual)
        count(.success, 300, in: &book, at: later)
        #expect(book.rate(key, at: later)?.basis == .usual)
        count(.failure(.operator), 200, in: &book, at: later)
        let recent = try #require(book.rate(key, at: later))
        #expect(recent.basis == .recent)
        #expect(recent.proportion == Proportion(300, of: 529))
        // When it is forgotten, what is usual counts again.
        #expect(book.rate(key, at: later + 7_200)?.basis == .usual)
    }

    @Test func `half is forgotten with every half-life`() throws {
        var book = SignalBook()
        count(.success, 800, in: &book)
        // Up to a tick, which is a 256th of a half-life.
        let left = try #require(book.figures(key, at: .start + 600)).success
        #expect(abs(left - 400 * Proportion.one) <= 2 * Proportion.one)
        #expect(book.figures(key, at: .start + 6_000)?.success ?? .max <= Proportion.one)
    }

    @Test func `reading changes nothing`() {
        var book = SignalBook()
        count(.success, 50, in: &book)
        let before = book
        _ = book.snapshot(at: .start + 86_400)
        _ = book.rate(key, at: .start + 86_400)
        #expect(book == before)
    }

    @Test func `a late outcome is counted where it belongs`() {
        var random = Seeded(17)
        for _ in 0..<300 {
            let outcomes: [SignalOutcome] = [.success, .failure(.operator), .payerRefusal]
            let outcome = outcomes[Int.random(in: 0..<3, using: &random)]
            let first = Moment.start.adding(milliseconds: Int64.random(in: 40_000...2_000_000, using: &random))
            let second = first.adding(milliseconds: Int64.random(in: 0...4_000_000, using: &random))
            var (late, direct) = (SignalBook(), SignalBook())
            for index in 0..<40 {
                count(.success, in: &late, at: .start + Int64(index))
                count(.success, in: &direct, at: .start + Int64(index))
            }
            count(.unknown, in: &late, at: first)
            count(outcome, in: &direct, at: first)
            if let change = SignalChange(from: .unknown, since: first, to: outcome) {
                late.record(RouteSignal(key, .attempt(change)), at: second)
            }
            let (mine, theirs) = (late.figures(key, at: second), direct.figures(key, at: second))
            #expect(mine?.unknown == 0)
            for count in [\SignalFigures.success, \.operatorFailures, \.payerRefusals] {
                #expect(abs((mine?[keyPath: count] ?? 0) - (theirs?[keyPath: count] ?? -9)) <= 1)
            }
        }
    }

    @Test func `what turns out to be under way is counted no more`() {
        var book = SignalBook()
        count(.unknown, in: &book)
        let change = SignalChange(from: .unknown, since: .start, to: nil)
        book.record(RouteSignal(key, .attempt(change ?? SignalChange(.success))), at: .start + 5)
        #expect(book.figures(key, at: .start + 5)?.volume == 0)
    }

    @Test func `nothing becomes negative when it was reset meanwhile`() {
        var book = SignalBook()
        count(.unknown, in: &book)
        book.reset { $0 == key }
        let change = SignalChange(from: .unknown, since: .start, to: .success)
        book.record(RouteSignal(key, .attempt(change ?? SignalChange(.unknown))), at: .start)
        #expect(book.figures(key, at: .start)?.unknown == 0)
        #expect(book.figures(key, at: .start)?.success == Proportion.one)
    }

    @Test func `a clock that goes back forgets nothing and counts on`() {
        var book = SignalBook()
        count(.success, 10, in: &book, at: .start + 3_600)
        count(.success, 10, in: &book, at: .start)
        #expect(book.figures(key, at: .start)?.success == 20 * Proportion.one)
    }

    @Test func `times to answer have their quantiles`() throws {
        var book = SignalBook()
        for _ in 0..<90 { count(.success, in: &book, milliseconds: 350) }
        for _ in 0..<10 { count(.success, in: &book, milliseconds: 9_000) }
        let figures = try #require(book.figures(key, at: .start))
        #expect((300...400).contains(try #require(figures.median)))
        #expect((6_400...9_600).contains(try #require(figures.slowest)))
        // What was always so is usual.
        #expect(figures.usualSlowest == figures.slowest)
    }

    @Test func `checks tell whether questions are answered, and no rate`() throws {
        var book = SignalBook()
        for index in 0..<100 { book.record(RouteSignal(key, .check(isAnswered: index % 4 != 0)), at: .start) }
        #expect(book.rate(key, at: .start) == nil)
        #expect(try #require(book.figures(key, at: .start)).checks == Proportion(75, of: 100))
    }

    @Test func `what was counted is dirty until it is taken`() {
        var book = SignalBook()
        #expect(book.takeDirty().isEmpty)
        count(.success, in: &book)
        book.record(RouteSignal(other, .check(isAnswered: true)), at: .start)
        let records = book.takeDirty()
        #expect(records.map(\.key) == [key, other])
        #expect(book.takeDirty().isEmpty)
        book.markDirty(records.map(\.key))
        #expect(book.takeDirty() == records)
    }

    @Test func `what was stored is restored`() {
        var random = Seeded(23)
        var book = SignalBook()
        for _ in 0..<500 {
            let outcomes: [SignalOutcome] = [
                .success, .failure(.operator), .failure(.platform), .unknown, .payerRefusal,
            ]
            let key = Bool.random(using: &random) ? key : other
            let now = Moment.start.adding(milliseconds: Int64.random(in: 0...5_000_000, using: &random))
            book.record(
                RouteSignal(
                    key, .attempt(SignalChange(outcomes[Int.random(in: 0..<5, using: &random)])),
                    milliseconds: Int64.random(in: 0...90_000, using: &random)), at: now)
        }
        var restored = SignalBook()
        let faults = restored.restore(book.takeDirty())
        #expect(faults.isEmpty)
        #expect(restored == book)
        let later = Moment.start + 7_200
        #expect(restored.snapshot(at: later) == book.snapshot(at: later))
        // With another half-life it goes on with the counts it had.
        var slower = SignalBook(SignalSettings(halfLifeMilliseconds: 3_600_000))
        book.markDirty([key])
        #expect(slower.restore(book.takeDirty()).isEmpty)
        #expect(slower.figures(key, at: .start)?.success == book.figures(key, at: .start)?.success)
    }

    @Test func `an empty record is an operation of which nothing is known`() {
        var book = SignalBook()
        count(.success, in: &book)
        book.reset { _ in true }
        let records = book.takeDirty()
        #expect(records == [.init(key: key, bytes: [])])
        var restored = SignalBook()
        #expect(restored.restore(records).isEmpty)
        #expect(restored.figures(key, at: .start) == SignalBook.empty(key))
    }

    @Test(arguments: [[0x80], [9], Array(repeating: 2, count: 200)] as [[UInt8]])
    func `what cannot be read is told and forgotten`(bytes: [UInt8]) {
        var book = SignalBook()
        let faults = book.restore([.init(key: key, bytes: bytes)])
        #expect(faults.keys.contains(key))
        #expect(book.figures(key, at: .start) == nil)
    }
}

extension SignalBook {
    /// The figures of an operation of which nothing is known any more.
    fileprivate static func empty(_ key: SignalKey) -> SignalFigures? {
        var book = SignalBook()
        _ = book.restore([.init(key: key, bytes: [])])
        return book.figures(key, at: .start)
    }
}
