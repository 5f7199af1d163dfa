import Router
import Testing

@testable import SQLiteStore

/// What is remembered of accounts has an end.
@Suite
struct AccountNumbersTests {
    private func name(_ number: Int) -> AccountBalance.Name {
        AccountBalance.Name(LedgerAccount("suspense:tr_\(number)"), .xof)
    }

    @Test
    func `an account that is not there is remembered as well`() {
        var numbers = AccountNumbers()
        #expect(numbers[name(1)] == nil)
        numbers.keep(nil, for: name(1))
        numbers.keep(7, for: name(2))
        #expect(numbers[name(1)] == .some(nil) && numbers[name(2)] == 7)
        numbers.forget(name(1))
        #expect(numbers[name(1)] == nil && numbers[name(2)] == 7)
    }

    @Test
    func `a million transfers are not remembered for ever`() {
        var numbers = AccountNumbers()
        for number in 0..<3 * AccountNumbers.most {
            numbers.keep(Int64(number), for: name(number))
            #expect(numbers[name(number)] == Int64(number) && numbers.count <= AccountNumbers.most)
        }
    }
}
