import Router
import Testing

@testable import Host

/// What people see of operators' messages.
@Suite struct RedactionTests {
    private let redaction = Redaction(hiding: [TrailSamples.phone])

    private func lines(_ text: String) -> [String] { redaction.body(Array(text.utf8)).lines }

    @Test func `members that are known are shown, all others are masked`() {
        let body = redaction.body(
            Array(
                #"{"status":"SUCCESS","amount":5000,"msisdn":"22890112233","customer":{"name":"Ama Koffi","pin":"1234"},"items":[{"code":"A1"}],"ok":true}"#
                    .utf8))
        #expect(body.form == .json)
        #expect(
            body.lines == [
                "status = SUCCESS", "amount = 5000", "msisdn = +228******33", "customer.name = ***",
                "customer.pin = ***", "items[0].code = A1", "ok = true",
            ])
    }

    @Test(arguments: [
        "access_token", "token", "sign", "signature", "password", "api_key", "authorization", "otp", "pin", "cvv",
        "pan",
        "email", "first_name", "secret", "anything_new",
    ])
    func `a secret is masked whatever it is called`(_ name: String) {
        #expect(lines(#"{"\#(name)":"s3cret-value"}"#) == ["\(name) = ***"])
        #expect(lines("\(name)=s3cret-value&status=OK") == ["\(name) = ***", "status = OK"])
    }

    @Test func `numbers and cards are masked wherever they stand`() {
        #expect(lines(#"{"reference":"+22890112233"}"#) == ["reference = +228******33"])
        #expect(lines(#"{"reason":"no wallet 90112233 here"}"#) == ["reason = no wallet ***33 here"])
        #expect(lines(#"{"reference":"4242424242424242"}"#) == ["reference = [card number]"])
        #expect(lines(#"{"22890112233":"x"}"#) == ["228******33 = ***"])
    }

    @Test func `what is neither JSON nor a form is counted and not shown`() {
        let body = redaction.body(Array("<xml><pin>1234</pin></xml>".utf8))
        #expect(body.form == .other)
        #expect(body.lines == ["26 bytes that are neither JSON nor a form; not shown"])
        #expect(redaction.body(RawEvidence.kept(Array("4242 4242 4242 4242".utf8))).form == .text)
    }

    @Test func `header fields that may hold a secret are masked`() {
        #expect(redaction.header(.init("Authorization", "Bearer x")).value == "***")
        #expect(redaction.header(.init("x-signature", "abc")).value == "***")
        #expect(redaction.header(.init("content-type", "application/json")).value == "application/json")
    }

    @Test func `an address for mail keeps its first letter and its domain`() {
        #expect(Redaction.email("ama@example.com") == "a***@example.com")
        #expect(Redaction.email("nothing") == "***")
    }
}
