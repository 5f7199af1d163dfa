import Router
import Testing
import WebText

@testable import Host

/// Conditions as files write them: every spelling is read, and what is wrong says where and what would be right.
@Suite("Conditions of rules")
struct ConditionReaderTests {
    private static func read(_ text: String) throws -> (conditions: [RouteCondition], issues: [ConfigurationIssue]) {
        let days = [try #require(CivilDate(text: "2026-04-27"))]
        var reader = ConditionReader(
            holidays: ["togo": HolidayList("togo", days)],
            zones: { $0 == "Africa/Lome" ? TimeZoneRules($0, offsetSeconds: 0) : nil })
        let conditions = reader.read(try StrictJSON.parse(Array(text.utf8)), at: "/when", topOf: "rule")
        return (conditions, reader.issues)
    }

    @Test(
        arguments: [
            #"{"operation":"payout"}"#, #"{"operation":["collect","authorize"]}"#,
            #"{"amount":{"min":1},"currency":"XOF"}"#, #"{"amount":{"XOF":{"min":1,"max":5}}}"#,
            #"{"any":[{"amount":{"XOF":{"min":1}}},{"amount":{"TND":{"max":5}}}]}"#, #"{"channel":["tmoney","flooz"]}"#,
            #"{"app":"Kente House"}"#, #"{"metadata":{"tier":"gold"}}"#, #"{"metadata":{"tier":["gold","silver"]}}"#,
            #"{"metadata":{"tier":{"exists":true}}}"#, #"{"metadata":{"n":{"min":"1.5","max":"2"}}}"#,
            #"{"phone.country":"TG"}"#, #"{"phone.operator":["togocom","moov"]}"#, #"{"phone.prefix":"+22890"}"#,
            #"{"card.brand":"visa"}"#, #"{"card.country":["FR","TG"]}"#, #"{"card.funding":"debit"}"#,
            #"{"card.bin":["4571","519912"]}"#, #"{"payer.country":"TG"}"#, #"{"payer.language":"fr"}"#,
            #"{"time":{"from":"08:00","to":"17:30","zone":"Africa/Lome"}}"#, #"{"time":{"from":"22:00","to":"06:00"}}"#,
            #"{"weekday":{"days":["saturday","sunday"],"zone":"Africa/Lome"}}"#, #"{"weekday":{"days":"monday"}}"#,
            #"{"date":{"from":"2026-12-24","to":"2026-12-26"}}"#, #"{"holiday":{"list":"togo","is":false}}"#,
            #"{"holiday":{"list":"togo","is":true,"zone":"Africa/Lome"}}"#,
            #"{"bucket":{"of":"customer","salt":"x","from":"0","to":"12.5"}}"#,
            #"{"not":{"currency":"XOF"}}"#,
            #"{"all":[{"currency":"XOF"},{"any":[{"channel":"card"},{"not":{"payer.country":"TG"}}]}]}"#,
        ])
    func `what is read is written again as it was`(_ text: String) throws {
        let (conditions, issues) = try Self.read(text)
        #expect(issues.isEmpty)
        let members = conditions.flatMap { $0.json.objectValue?.members ?? [] }
        let again = try Self.read(String(decoding: JSONValue.object(JSONObject(members)).serialized(), as: UTF8.self))
        #expect(again.conditions == conditions && !conditions.isEmpty)
        let written = try StrictJSON.parse(Array(text.utf8)).objectValue
        for member in members { #expect(written?[member.name] == member.value) }
    }

    @Test(
        arguments: [
            (#"{"curency":"XOF"}"#, "/when/curency", "currency"),
            (#"{"operation":"payin"}"#, "/when/operation", "no operation"),
            (#"{"operation":[]}"#, "/when/operation", "empty list"),
            (#"{"amount":{"min":5,"max":1},"currency":"XOF"}"#, "/when/amount", "must not be above"),
            (#"{"amount":{"min":5}}"#, "/when/amount", "without a currency"),
            (#"{"amount":{"XOFF":{"min":5}}}"#, "/when/amount/XOFF", "ISO 4217"),
            (#"{"amount":{"XOF":{}}}"#, "/when/amount/XOF", "give \"min\""),
            (#"{"amount":5}"#, "/when/amount", "expected bounds"),
            (#"{"currency":"xof"}"#, "/when/currency", "did you mean \"XOF\""),
            (#"{"metadata":{"a":{"min":"1,5"}}}"#, "/when/metadata/a/min", "no decimal number"),
            (#"{"metadata":{"a":{"exists":"yes"}}}"#, "/when/metadata/a", "exists"),
            (#"{"metadata":{"a":[]}}"#, "/when/metadata/a", "at least one"),
            (#"{"metadata":{"a":7}}"#, "/when/metadata/a", "expected a text"),
            (#"{"phone.country":"tg"}"#, "/when/phone.country", "did you mean \"TG\""),
            (#"{"phone.prefix":"90 11"}"#, "/when/phone.prefix", "+22890"),
            (#"{"card.brand":"Visa"}"#, "/when/card.brand", "\"visa\""),
            (#"{"card.funding":"debitt"}"#, "/when/card.funding", "did you mean \"debit\""),
            (#"{"card.bin":"457199001"}"#, "/when/card.bin", "1 to 8 digits"),
            (#"{"card.country":"Togo"}"#, "/when/card.country", "ISO 3166"),
            (#"{"payer.language":"FR"}"#, "/when/payer.language", "lower case"),
            (#"{"time":{"from":"8:00","to":"17:00"}}"#, "/when/time", "08:30"),
            (#"{"time":{"from":"08:00","to":"17:00","zone":"Africa/Lomé"}}"#, "/when/time/zone", "Africa/Lome"),
            (#"{"weekday":"mon"}"#, "/when/weekday", "did you mean \"monday\""),
            (#"{"date":{"from":"2026-02-30"}}"#, "/when/date/from", "no day of the calendar"),
            (#"{"date":{"from":"2026-03-02","to":"2026-03-01"}}"#, "/when/date", "must not be after"),
            (#"{"date":{}}"#, "/when/date", "give \"from\""),
            (#"{"holiday":"tgo"}"#, "/when/holiday", "did you mean \"togo\""),
            (#"{"bucket":{"of":"orders","to":"5"}}"#, "/when/bucket/of", "neither"),
            (#"{"bucket":{"of":"payment","to":"100.5"}}"#, "/when/bucket/to", "percentage"),
            (#"{"bucket":{"of":"payment","from":"5","to":"5"}}"#, "/when/bucket", "below"),
            (#"{"any":[]}"#, "/when/any", "says nothing"), (#"{"all":[]}"#, "/when/all", "says nothing"),
            (#"{"not":{}}"#, "/when/not", "say what must not hold"),
            (#"{"any":[{"currency":"XOF"},{"chanel":"card"}]}"#, "/when/any/1/chanel", "channel"),
            (#"{"not":{"any":[{"weekday":"sunnday"}]}}"#, "/when/not/any/0/weekday", "did you mean \"sunday\""),
        ])
    func `what is wrong says where and what would be right`(_ text: String, _ pointer: String, _ detail: String) throws
    {
        let issues = try Self.read(text).issues
        #expect(issues.count == 1, "\(issues)")
        let issue = try #require(issues.first)
        #expect(issue.pointer == pointer)
        #expect(issue.detail.contains(detail), "\(issue.detail)")
    }

    @Test func `conditions stand in one another eight deep at most`() throws {
        func nested(_ depth: Int) -> String { depth == 0 ? #"{"currency":"XOF"}"# : #"{"not":\#(nested(depth - 1))}"# }
        #expect(try Self.read(nested(7)).issues.isEmpty)
        #expect(
            try Self.read(nested(8)).issues.map(\.detail) == [
                "conditions stand in one another more than 8 deep; use several rules"
            ])
    }

    @Test func `short spellings mean the long ones`() throws {
        #expect(try Self.read(#"{"weekday":["monday"]}"#).conditions == [.weekday([.monday])])
        #expect(
            try Self.read(#"{"holiday":"togo"}"#).conditions.first.map { "\($0)" }
                == #"{"holiday":{"list":"togo","is":true}}"#)
        let bucket = try Self.read(#"{"bucket":{"of":"payment","to":"5"}}"#).conditions
        #expect(
            bucket == [.bucket(HashBucket(.payment, salt: "rule", range: 0..<500))],
            "a share is drawn by its rule's name")
    }
}
