import Router
import Testing

/// Phone numbers, secrets and customers must not show themselves, however they are printed.
@Suite struct MaskingTests {
    private func prints(_ value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return [
            "\(value)", String(describing: value), String(reflecting: value), "\([value])", "\(Optional(value) as Any)",
            dumped,
        ]
    }

    @Test func `masked numbers show the calling code and two digits`() throws {
        #expect(try Sample.phone().masked == "+228******33")
        #expect(try Sample.phone("+229 01 95 12 34 56").masked == "+229********56")
    }

    @Test func `no printed form shows more than two digits of the national number`() throws {
        for row in try Fixture.rows("numbering-plan.tsv") {
            let phone = try MSISDN(parsing: "+" + row[1] + row[7])
            for text in prints(phone) {
                let withoutCallingCode = text.replacing("+" + row[1], with: "")
                #expect(withoutCallingCode.filter(\.isNumber).count <= 2 || !text.contains(phone.national.prefix(3)))
                #expect(!text.contains(phone.national))
                #expect(!text.contains(phone.national.suffix(3)))
            }
        }
    }

    @Test func `secrets are never printed`() {
        let secret = Secret("hunter2-password")
        for text in prints(secret) {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("<secret>") || text.contains("Secret"))
        }
        #expect(secret.reveal() == "hunter2-password")
        #expect(secret == Secret("hunter2-password"))
        #expect(secret != Secret("hunter3-password"))
    }

    @Test func `secrets inside other values are never printed`() throws {
        var request = Sample.request()
        request.sourceToken = Secret("tok_visa_4711")
        request.customer = Customer(phone: try Sample.phone())
        let confirmation = Confirmation(code: Secret("tok_visa_4711"), operatorPaymentID: nil)
        for text in prints(request) + prints(confirmation) + prints(Sample.order(request)) {
            #expect(!text.contains("tok_visa_4711"))
            #expect(!text.contains("90112233"))
        }
    }

    @Test func `customers show no personal data`() throws {
        let customer = Customer(phone: try Sample.phone(), email: "ama.kossi@example.tg", name: "Ama Kossi")
        for text in prints(customer)
            + prints(Sample.order(OrderRequest(amount: Money(1, .xof), customer: customer)))
        {
            #expect(!text.contains("ama.kossi"))
            #expect(!text.contains("Kossi"))
            #expect(!text.contains("112233"))
        }
    }
}
