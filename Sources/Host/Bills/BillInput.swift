import Router

/// The body of `POST /v1/bills`.
struct BillInput: Decodable {
    var name: String
    var amount: Int64
    var currency: String
    var payer: String?
    var description: String?
    var reference: String?
    var dueDate: String?
    var destination: WalletEnd?

    enum CodingKeys: String, CodingKey {
        case name, amount, currency, payer, description, reference, destination
        case dueDate = "due_date"
    }

    /// What is wrong with what an issuer wrote.
    static func check(_ text: Bill.Text) throws(Problem) {
        var checks = InputChecks()
        checks.words(text.name, 100, "/name")
        checks.text(text.payer, 150, "/payer")
        checks.text(text.description, DescriptionFacts.longest, "/description")
        checks.text(text.reference, 100, "/reference")
        checks.check(
            text.dueDate.map { isDay($0) } ?? true, "/due_date", "must be a day such as 2026-12-31")
        try checks.done()
    }

    private static func isDay(_ text: String) -> Bool {
        guard text.utf8.count == 10 else { return false }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]),
            let month = Int(parts[1]),
            let day = Int(parts[2]), parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...days[month - 1]).contains(day) && year >= 2000
    }
}
