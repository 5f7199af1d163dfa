import Testing

@testable import Router

@Suite struct PackedTests {
    private func roundTrip(_ value: JSONValue) throws -> JSONValue? {
        var writer = PackedWriter()
        writer.part(.terms) { $0.field(.explanation, value) }
        let bytes = writer.bytes
        return try PackedReader(bytes, 5..<bytes.count).json(.explanation)
    }

    @Test(
        arguments: [
            "null", "true", "false", "0", "-1", "255", "256", "9223372036854775807", "-9223372036854775808", "1.50",
            "92233720368547758070", "1e3", "\"\"", "\"a\"", "[]", "{}", "[[],[1,[2]]]",
            "{\"plan\":[{\"provider\":\"a\",\"why_not\":[]}],\"no such name\":{\"\":1}}",
            "\"0123456789012345678901234567890123456789\"",
        ])
    func `every value comes back`(_ text: String) throws {
        let value = try StrictJSON.parse(Array(text.utf8))
        #expect(try roundTrip(value) == value)
    }

    @Test func `long texts and lists come back`() throws {
        for length in [30, 31, 32, 127, 128, 16_383, 16_384, 70_000] {
            let text = JSONValue.string(String(repeating: "x", count: length))
            #expect(try roundTrip(text) == text)
        }
        let list = JSONValue.array((0..<200).map { JSONValue($0) })
        #expect(try roundTrip(list) == list)
    }

    @Test func `integers keep their sign and size`() throws {
        for number in [0, 1, -1, 127, 128, 255, 256, 65_535, -65_536, Int64.max, .min, .min + 1] {
            var writer = PackedWriter()
            writer.part(.terms) { $0.field(.amount, number) }
            let bytes = writer.bytes
            #expect(try PackedReader(bytes, 5..<bytes.count).integer(.amount) == number)
        }
    }

    @Test func `what is nested too deeply is a fault`() throws {
        var value = JSONValue.null
        for _ in 0..<100 { value = .array([value]) }
        #expect(throws: RecordFault.self) { try roundTrip(value) }
    }

    /// Records that are stored say numbers: a name that moved would be read as another one.
    @Test func `numbers of names never change`() {
        let names = PackedName.allCases.map { "\($0.rawValue)\($0.spelled)" }.joined(separator: " ")
        #expect(
            names.hasPrefix("1absence 2accept_by 3accepted_at 4account 5actions 6amount 7arrived 8asks_channel 9at"))
        #expect(names.contains(" 55first 56follow_up 57follow_ups 58gate_opened"))
        #expect(names.contains(" 136withdrawals 137body_hex 138wallet 139fee 140transfer 141from 142to 143recipient"))
        #expect(names.contains(" 144fee_payer 145reserved 146available 147unclaimed"))
        #expect(names.contains(" 148daily_uses 149measure 150most 151number_mark 152bill 153initiator"))
        #expect(names.contains(" 154bill_account 155goods 156goods_until 157origin"))
        #expect(names.contains(" 158customer 159line_items 160item 161quantity 162unit_amount"))
        #expect(names.contains(" 163linked_wallet 164configuration 165payer_country 166card"))
        #expect(names.hasSuffix(" 167brand 168funding 169bin"))
        #expect(PackedName.allCases.count == 169)
    }
}
