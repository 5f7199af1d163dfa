import Router
import Testing
import WebText

/// The values that conditions are made of.
@Suite struct ConditionValueTests {
    @Test(
        arguments: [
            ("0", "0"), ("12", "12"), ("-12.50", "-12.5"), ("0.000000001", "0.000000001"), ("-0", "0"), ("007.0", "7"),
            ("999999999999999999", "999999999999999999"),
        ])
    func `decimal numbers are exact`(_ text: String, _ written: String) throws {
        #expect(try #require(DecimalNumber(text)).description == written)
    }

    @Test(arguments: ["", "-", ".5", "5.", "1e3", "+1", "1,5", " 1", "0.0000000001", "1234567890123456789", "١", "--1"])
    func `other spellings are no decimal numbers`(_ text: String) { #expect(DecimalNumber(text) == nil) }

    @Test func `decimal numbers are ordered`() throws {
        let numbers = try ["-2", "-1.5", "0", "0.1", "1", "1.000000001", "10"].map { try #require(DecimalNumber($0)) }
        #expect(numbers == numbers.reversed().sorted())
        #expect(DecimalNumber(3) == DecimalNumber("3.0"))
    }

    @Test func `clocks of a zone change at the moment, not before`() {
        let change = Moment(milliseconds: 1_000_000_000_000)
        let zone = TimeZoneRules(
            "X", offsetSeconds: 3_600,
            shifts: [
                .init(from: change.adding(seconds: 86_400), offsetSeconds: -1_800),
                .init(from: change, offsetSeconds: 7_200),
            ])
        let utc = { (moment: Moment) in TimeZoneRules.utc.time(at: moment) }
        let before = change.adding(milliseconds: -1)
        #expect(zone.time(at: before) == utc(before.adding(seconds: 3_600)))
        #expect(zone.time(at: change) == utc(change.adding(seconds: 7_200)))
        let later = change.adding(seconds: 86_400)
        #expect(zone.time(at: later) == utc(later.adding(seconds: -1_800)))
        #expect(TimeZoneRules("Y", offsetSeconds: 60).time(at: Moment(milliseconds: 0)).minuteOfDay == 1)
    }

    @Test(
        arguments: [
            (0, Weekday.thursday), (3, .sunday), (4, .monday), (-1, .wednesday), (-4, .sunday), (20_778, .saturday),
        ] as [(Int64, Weekday)])
    func `weekdays follow the calendar`(_ day: Int64, _ weekday: Weekday) {
        let time = LocalTime(milliseconds: day * 86_400_000 + 1)
        #expect(time.day == day && time.weekday == weekday)
    }

    @Test func `shares are stable, even, and independent by salt`() {
        var counts = (one: 0, both: 0)
        for number in 0..<20_000 {
            var facts = RouteFacts.plain
            facts = RouteFacts(
                order: OrderID.none(), app: Sample.app, environment: .sandbox, amount: Money(1, .xof),
                phone: try? MSISDN(parsing: "+228901\(10_000 + number)"), now: .start)
            let first = HashBucket(.customer, salt: "a", range: 0..<2_500)
            let second = HashBucket(.customer, salt: "b", range: 0..<2_500)
            #expect(first.place(of: facts) == first.place(of: facts))
            if first.range.contains(first.place(of: facts)) {
                counts.one += 1
                if second.range.contains(second.place(of: facts)) { counts.both += 1 }
            }
        }
        #expect((4_700...5_300).contains(counts.one) && (1_100...1_400).contains(counts.both), "\(counts)")
    }

    @Test func `a customer's share does not depend on the order`() {
        let bucket = HashBucket(.customer, salt: "s", range: 0..<5_000)
        let facts = RouteFacts.plain.with(phone: "+22890112233")
        let other = RouteFacts(
            order: OrderID(at: .start, from: SystemRandom()), app: Sample.otherApp, environment: .sandbox,
            amount: Money(7, .xof), phone: try? MSISDN(parsing: "+22890112233"), now: .start)
        #expect(bucket.place(of: facts) == bucket.place(of: other))
        #expect(
            HashBucket(.payment, salt: "s", range: 0..<1).place(of: facts)
                != HashBucket(.payment, salt: "s", range: 0..<1).place(of: other))
    }

    @Test(arguments: [("0", 0), ("12.5", 1_250), ("100", 10_000), ("100.00", 10_000), ("0.01", 1), ("7.50", 750)])
    func `percents`(_ text: String, _ hundredths: Int) {
        #expect(HashBucket.hundredths(percent: text) == hundredths)
        #expect(HashBucket.hundredths(percent: HashBucket.percent(hundredths)) == hundredths)
    }

    @Test(arguments: ["", "-1", "100.01", "101", "1.234", "a", "1.", ".5", "1000"])
    func `no percents`(_ text: String) { #expect(HashBucket.hundredths(percent: text) == nil) }

    @Test(arguments: ["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026-01-01x", ""])
    func `no days`(_ text: String) { #expect(CivilDate(text: text) == nil) }
}
