import Messages
import Router
import Testing
import WebText

/// Mails as bytes: what anybody may have written stays text, and every line is one that servers take.
@Suite("Mails") struct MailMessageTests {
    private func make(
        _ subject: String = "Code", _ text: String = "123456", id: String = "msg_1",
        from sender: String = "Payrouter <no-reply@pay.example>"
    ) throws -> String {
        let mail = try MailMessage(
            from: try MailSender(sender), to: try MailAddress("ama@shop.example"),
            OutboundMessage(id: id, to: .mail("ama@shop.example"), subject: subject, text: text), at: Samples.now)
        return String(decoding: mail.bytes, as: UTF8.self)
    }

    private func field(_ name: String, of mail: String) -> String? {
        let head = mail.components(before: "\r\n\r\n").replacing("\r\n ", with: " ")
        return head.split(separator: "\r\n").first { $0.hasPrefix(name + ":") }
            .map { String($0.dropFirst(name.count + 1)).trimmed }
    }

    @Test func `a short one is readable as it is`() throws {
        #expect(
            try make("Your code", "Your code is 123456.\nIt is good for five minutes.")
                == """
                From: "Payrouter"
                 <no-reply@pay.example>
                To: <ama@shop.example>
                Subject: Your code
                Date: Sun, 29 Nov 2026 11:04:33 +0000
                Message-ID: <msg_1@pay.example>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable
                Auto-Submitted: auto-generated

                Your code is 123456.
                It is good for five minutes.

                """.replacing("\n", with: "\r\n"))
    }

    @Test func `a repeat has the same name, another message another one`() throws {
        let name = try field("Message-ID", of: make())
        #expect(try name == field("Message-ID", of: make("Other", "other")))
        let others = try ["msg_2", "msg 1", "msg\r\n1", "", "x-1", ".a", String(repeating: "m", count: 65)].map {
            try field("Message-ID", of: make(id: $0))
        }
        #expect(Set(others + [name]).count == 8)
        #expect(others.allSatisfy { $0?.wholeMatch(of: /<[A-Za-z0-9_-]+@pay\.example>/) != nil })
    }

    @Test(arguments: [
        "Code\r\nBcc: x@y.example", "Code\nX: y", "Code\r", "Code\u{0}", "Code\u{85}", "Code\u{2028}x",
        "\u{1B}[31mCode",
    ])
    func `no subject ends its line`(_ subject: String) throws {
        #expect(throws: MailMessage.Fault.subject) { try make(subject) }
    }

    @Test(arguments: [
        "Votre code est arrivé", "รหัสของคุณคือ 123456", "رمزك هو 123456 وهو صالح لمدة خمس دقائق فقط لا أكثر من ذلك", "",
        String(repeating: "a", count: 900), String(repeating: "long ", count: 90), String(repeating: "💶", count: 60),
        "=?utf-8?Q?no?=", " leading", "trailing ", "\"quoted\" <x@y.example>, z",
    ])
    func `every subject can be read again, in lines that fit`(_ subject: String) throws {
        let mail = try make(subject)
        #expect(EncodedWords.decoded(try #require(field("Subject", of: mail))) == subject)
        for line in mail.components(before: "\r\n\r\n").split(separator: "\r\n") {
            #expect(line.utf8.count <= 78, "\(line)")
        }
        #expect(mail.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: [
        "", "a", "été à Lomé", "line\n.\n..x\nlast", "a\r\nb\rc\nd", "ends with space \nand tab\t\n", "=3D == 100 %",
        "รหัสของคุณคือ 123456", String(repeating: "x", count: 5_000), String(repeating: "é", count: 500),
        "\u{0}\u{7}\u{7F}",
        String(repeating: "a", count: 75) + " \n" + String(repeating: "b", count: 76) + "\n"
            + String(repeating: "c", count: 77),
        "From here\n\n\nFrom there",
    ])
    func `every text can be read again, in lines that fit`(_ text: String) throws {
        let body = try make("Code", text).components(after: "\r\n\r\n")
        let lines = body.components(separatedBy: "\r\n")
        #expect(lines.last == "" && lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(body.utf8.allSatisfy { (0x20...0x7E).contains($0) || [0x0D, 0x0A, 0x09].contains($0) })
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") && !$0.hasSuffix("\t") })
        let wanted = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let got = try #require(QuotedText.decoded(body)).replacing("\r\n", with: "\n")
        #expect(got == (wanted.hasSuffix("\n") ? wanted : wanted + "\n"))
    }

    @Test(arguments: [
        ("no-reply@pay.example", "no-reply@pay.example"), ("Payrouter <a@b.example>", "\"Payrouter\" <a@b.example>"),
        ("\"Pay, Router\" <a@b.example>", "\"Pay, Router\" <a@b.example>"),
        ("Pay \"Quoted\" \\ <a@b.example>", "\"Pay \\\"Quoted\\\" \\\\\" <a@b.example>"),
        ("<a@b.example>", "a@b.example"), ("Épicerie <a@b.example>", "=?utf-8?B?w4lwaWNlcmll?= <a@b.example>"),
    ])
    func `the sender's name is shown as it is meant`(_ text: String, _ shown: String) throws {
        #expect(try field("From", of: make(from: text)) == shown)
    }

    @Test(arguments: [
        "", "Payrouter", "Payrouter <>", "Payrouter <a@b.example", "Payrouter <a@b.example> x",
        "Pay\r\nBcc: x <a@b.example>",
        "Pay\u{0} <a@b.example>", "Payrouter <a@b>", "A <a@b.example>, B <b@b.example>",
        String(repeating: "n", count: 129) + " <a@b.example>",
    ])
    func `a sender that is none is told`(_ text: String) {
        #expect(throws: MailSender.Fault.self) { try MailSender(text) }
    }
}
