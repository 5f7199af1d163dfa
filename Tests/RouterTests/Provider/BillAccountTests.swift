import Router
import Testing

/// The forms of account numbers at billers.
@Suite struct BillAccountTests {
    static let forms: [(BillAccountShape, String, fits: [String], not: [String])] = [
        (
            BillAccountShape(.digits, length: 11...11), "^[0-9]{11}$", ["37000000001"],
            ["3700000000", "3700000000a", ""]
        ),
        (
            BillAccountShape(.lettersAndDigits, length: 2...5), "^[0-9A-Za-z]{2,5}$", ["aB", "12345"],
            ["a", "123456", "a-b", "é12"]
        ),
        (
            BillAccountShape(.punctuated, length: 1...64), "^[0-9A-Za-z][0-9A-Za-z./_-]{0,63}$", ["a/b-c_d.e", "1"],
            ["..", "/a", "-1", "a b", "a@b", "a\n", String(repeating: "1", count: 65)]
        ),
        (BillAccountShape(.digits, length: 60...90), "^[0-9]{60,64}$", [String(repeating: "1", count: 64)], ["1"]),
    ]

    @Test(arguments: forms.indices)
    func `a form is a regular expression, and says the same`(index: Int) throws {
        let (shape, pattern, fits, not) = Self.forms[index]
        #expect(shape.pattern == pattern)
        let expression = try Regex(pattern)
        for (texts, isRight) in [(fits, true), (not, false)] {
            for text in texts {
                #expect(shape.fits(text) == isRight, "\(text)")
                #expect((text.wholeMatch(of: expression) != nil) == isRight, "\(text)")
            }
        }
    }

    @Test(arguments: [("37000000001", "********001"), ("123456", "******"), ("1234567", "****567"), ("", "")])
    func `an account is shown by its end, a short one not at all`(account: String, shown: String) {
        #expect(BillAccount.masked(account) == shown)
    }
}
