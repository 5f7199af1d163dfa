import Router
import Testing

/// Mail addresses: strict enough that nobody can read two addresses into one.
@Suite("Mail addresses") struct MailAddressTests {
    @Test(arguments: [
        "ama@example.com", "a@b.co", "no-reply+x_1@mail.pay.example", "o'neil@example.com", "root@localhost",
        "x@sub-domain.example", "A.B@EXAMPLE.COM", "1@1.example",
    ])
    func `plain ones are read`(_ text: String) throws {
        let address = try MailAddress(text)
        #expect(address.text == text && address.name + "@" + address.domain == text)
        #expect(!"\(address)".contains(address.name + "@") && !String(reflecting: address).contains(text))
    }

    @Test(
        arguments: [
            ("", .length), (String(repeating: "a", count: 65) + "@example.com", .length),
            ("a@" + String(repeating: "b.", count: 130) + "com", .length),
            ("ama@example.com\r\nRCPT TO:<x@y.example>", .space),
            ("ama@example.com\n", .space), ("a\u{0}@example.com", .space), ("a b@example.com", .space),
            ("ama@example.com\u{7F}", .space), ("\tama@example.com", .space), ("amé@example.com", .foreign),
            ("ama@exämple.com", .foreign), ("ama\u{2028}@example.com", .foreign), ("ama", .sign),
            ("a@b@example.com", .sign),
            ("<ama@example.com>", .name), ("\"ama\"@example.com", .name), ("@example.com", .name),
            (".a@example.com", .name),
            ("a..b@example.com", .name), ("a.@example.com", .name), ("a,b@example.com", .name),
            ("a(b)@example.com", .name),
            ("ama@example.com>", .domain), ("ama@example", .domain), ("ama@[127.0.0.1]", .domain), ("ama@", .domain),
            ("ama@127.0.0.1", .domain), ("ama@-a.example", .domain), ("ama@a-.example", .domain),
            ("ama@a..example", .domain),
            ("ama@.example", .domain), ("ama@example.", .domain), ("ama@exa_mple.com", .domain),
            ("ama@" + String(repeating: "a", count: 64) + ".com", .domain),
        ] as [(String, MailAddress.Fault)])
    func `everything else is none, and the reason does not repeat it`(_ text: String, _ fault: MailAddress.Fault) {
        #expect(throws: fault) { try MailAddress(text) }
        #expect(!fault.description.contains("ama"))
    }
}
