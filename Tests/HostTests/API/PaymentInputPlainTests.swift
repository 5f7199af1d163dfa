import Router
import Testing

@testable import Host

/// The short way of reading a payment's body says what the long one says.
@Suite struct PaymentInputPlainTests {
    @Test(arguments: [
        #"{"amount":5000,"currency":"XOF"}"#,
        #"{"amount":5000,"currency":"XOF","channel":"tmoney","customer":{"phone":"+22890112233"}}"#,
        #"{"amount":1,"currency":"TND","channel":["card","flouci"],"customer":{"email":"a@b.c","name":"Ada","phone":null}}"#,
        #"{"amount":1,"currency":"USD","channel":[],"source":{"token":"tok_1"},"reference":"A-1","description":"é"}"#,
        #"{"amount":1,"currency":"USD","return_urls":{"success":"https://a.b","failure":null,"cancel":"https://a.c"}}"#,
        #"{"amount":1,"currency":"USD","metadata":{"a":"b"},"capture":false,"expires_in":60,"language":"fr"}"#,
        #"{"amount":1,"currency":"USD","metadata":{},"capture":true,"hosted":true,"default_country":"TG"}"#,
        #"{"amount":1,"currency":"USD","repeat_of":"pay_1","channel":null,"customer":null,"metadata":null}"#,
        #"{"amount":1,"currency":"XOF","source":{"wallet":"wal_1"},"destination":{"wallet":"wal_2"}}"#,
        #"{"amount":1,"currency":"XOF","source":{"token":"t","wallet":null},"destination":null}"#,
        #"{"amount":9223372036854775807,"currency":"","customer":{},"return_urls":{}}"#,
        #"{"amount":6,"currency":"XOF","customer":{"id":"7"},"line_items":[{"item":"a","name":"A","quantity":2,"unit_amount":3}]}"#,
        #"{"amount":6,"currency":"XOF","line_items":[]}"#, #"{"amount":6,"currency":"XOF","line_items":null}"#,
    ])
    func `a regular body is read alike`(_ json: String) throws {
        let body = try StrictJSON.parse(Array(json.utf8))
        let long = try StrictDecoder().decode(PaymentInput.self, from: body)
        #expect(try "\(PaymentInput.read(body))" == "\(long)")
    }

    @Test(arguments: [
        #"{}"#, #"{"amount":5000}"#, #"{"currency":"XOF"}"#, #"{"amount":null,"currency":"XOF"}"#,
        #"{"amount":5000.0,"currency":"XOF"}"#, #"{"amount":"5000","currency":"XOF"}"#,
        #"{"amount":-0,"currency":"XOF"}"#, #"{"amount":1e3,"currency":"XOF"}"#,
        #"{"amount":9223372036854775808,"currency":"XOF"}"#, #"{"amount":1,"currency":952}"#,
        #"{"amount":1,"currency":"XOF","Amount":1}"#, #"{"amount":1,"currency":"XOF","other":null}"#,
        #"{"amount":1,"currency":"XOF","customer":{"tel":null}}"#,
        #"{"amount":1,"currency":"XOF","return_urls":{"back":null}}"#, #"{"amount":1,"currency":"XOF","channel":[1]}"#,
        #"{"amount":1,"currency":"XOF","channel":["card",null]}"#, #"{"amount":1,"currency":"XOF","channel":{}}"#,
        #"{"amount":1,"currency":"XOF","customer":{"phone":1}}"#, #"{"amount":1,"currency":"XOF","customer":"Ada"}"#,
        #"{"amount":1,"currency":"XOF","customer":{"tel":"1"}}"#, #"{"amount":1,"currency":"XOF","source":{}}"#,
        #"{"amount":1,"currency":"XOF","source":{"token":"a","b":"c"}}"#,
        #"{"amount":1,"currency":"XOF","source":{"token":null}}"#,
        #"{"amount":1,"currency":"XOF","source":{"token":"a","wallet":"b"}}"#,
        #"{"amount":1,"currency":"XOF","source":{"wallet":1}}"#,
        #"{"amount":1,"currency":"XOF","source":{"purse":"b"}}"#,
        #"{"amount":1,"currency":"XOF","destination":{}}"#, #"{"amount":1,"currency":"XOF","destination":"wal_1"}"#,
        #"{"amount":1,"currency":"XOF","destination":{"wallet":null}}"#,
        #"{"amount":1,"currency":"XOF","destination":{"wallet":"a","token":"b"}}"#,
        #"{"amount":1,"currency":"XOF","metadata":{"a":1}}"#, #"{"amount":1,"currency":"XOF","metadata":{"a":null}}"#,
        #"{"amount":1,"currency":"XOF","metadata":[]}"#, #"{"amount":1,"currency":"XOF","capture":"no"}"#,
        #"{"amount":1,"currency":"XOF","customer":{"id":1}}"#, #"{"amount":1,"currency":"XOF","line_items":{}}"#,
        #"{"amount":1,"currency":"XOF","line_items":[1]}"#,
        #"{"amount":1,"currency":"XOF","line_items":[{"item":"a","name":"A","quantity":2}]}"#,
        #"{"amount":1,"currency":"XOF","line_items":[{"item":"a","name":"A","quantity":"2","unit_amount":1}]}"#,
        #"{"amount":1,"currency":"XOF","line_items":[{"item":"a","name":"A","quantity":1.5,"unit_amount":1}]}"#,
        #"{"amount":1,"currency":"XOF","line_items":[{"item":"a","name":"A","quantity":1,"unit_amount":1,"tax":0}]}"#,
        #"{"amount":1,"currency":"XOF","line_items":[{"item":null,"name":"A","quantity":1,"unit_amount":1}]}"#,
        #"{"amount":1,"currency":"XOF","return_urls":{"success":1}}"#, #"[]"#, #"1"#,
    ])
    func `what is wrong is told alike`(_ json: String) throws {
        let body = try StrictJSON.parse(Array(json.utf8))
        let long = #expect(throws: Problem.self) { try JSONBody.decode(PaymentInput.self, body) }
        let short = #expect(throws: Problem.self) { try PaymentInput.read(body) }
        #expect(long?.detail == short?.detail)
        #expect(long?.errors == short?.errors)
    }
}
