import Router
import Testing

/// Unknown members are told with what may have been meant, whatever else is wrong with the document.
@Suite("Unknown members") struct UnknownMemberTests {
    private enum Colour: String, Decodable, CaseIterable { case red, green }
    private enum Shape: String, Decodable { case round }

    private struct Inner: Decodable {
        var phone: String
        var email: String?
    }

    private struct Document: Decodable {
        var amount: Int64
        var colour: Colour
        var customer: Inner?
        var list: [Inner]
        var byName: [String: Inner]?
        var currency: String
        var reference: String?
    }

    private struct Opaque: Decodable {
        var amount: Int64
        var shape: Shape
        var currency: String
    }

    private func details<T: Decodable>(_ type: T.Type, _ text: String) throws -> [String] {
        let value = try StrictJSON.parse(Array(text.utf8))
        do {
            _ = try StrictDecoder(names: .snakeCase).decode(type, from: value)
            return []
        } catch {
            return error.issues.filter { $0.code == "unknown_member" }.map(\.description)
        }
    }

    @Test
    func `each has its own suggestion, also behind the first fault`() throws {
        let text = #"{"amout":5,"coluor":"red","custmer":{},"lst":[],"curency":"XOF","refrence":"r"}"#
        let found = try details(Document.self, text)
        let meant = [
            ("amout", "amount"), ("coluor", "colour"), ("custmer", "customer"), ("lst", "list"),
            ("curency", "currency"),
            ("refrence", "reference"),
        ]
        #expect(
            found == meant.map { "/\($0): the member \"\($0)\" is not known here; did you mean \"\($1)\"?" },
            "\(found)")
    }

    @Test
    func `below other objects and in lists`() throws {
        let text = """
            {"amount":"wrong","colour":"blue","customer":{"fone":1,"mail":2},"list":[{"phone":"1"},{"phoen":"2"}],
             "by_name":{"k":{"phon":"3"}},"currency":"XOF"}
            """
        #expect(try details(Document.self, text).isEmpty)
        // The first fault ends the reading proper, so members behind it are found by the next call.
        let mended = text.replacing(#""wrong""#, with: "5").replacing("blue", with: "red")
        let customer = try details(Document.self, mended)
        #expect(
            customer == [
                #"/customer/fone: the member "fone" is not known here; did you mean "phone"?"#,
                #"/customer/mail: the member "mail" is not known here; did you mean "email"?"#,
            ], "\(customer)")
        let rest = try details(
            Document.self, mended.replacing(#"{"fone":1,"mail":2}"#, with: "null").replacing("phoen", with: "phone"))
        #expect(rest == [#"/by_name/k/phon: the member "phon" is not known here; did you mean "phone"?"#], "\(rest)")
    }

    @Test
    func `what is like nothing is told what is known; not if that is not known itself`() throws {
        let found = try details(Inner.self, #"{"phone":"1","colour":1}"#)
        #expect(found == [#"/colour: the member "colour" is not known here; known: phone, email"#])
        let opaque = try details(Opaque.self, #"{"amount":1,"zzz":1,"shap":"round"}"#)
        #expect(
            opaque == [
                #"/zzz: the member "zzz" is not known here"#,
                #"/shap: the member "shap" is not known here; did you mean "shape"?"#,
            ], "\(opaque)")
    }

    @Test
    func `a word of a choice is told with the near one and all of them`() throws {
        let text = #"{"amount":1,"colour":"gren","list":[],"currency":"XOF"}"#
        let value = try StrictJSON.parse(Array(text.utf8))
        let found = #expect(throws: JSONIssues.self) { try StrictDecoder().decode(Document.self, from: value) }
        #expect(
            found?.issues.first?.detail == #"expected one of red, green, found a string; did you mean "green"?"#,
            "\(String(describing: found))")
    }

    @Test
    func `thousands of strange members are answered quickly, and long names shortly`() throws {
        let members = (0..<5_000).map { #""amoun\#($0)":1"# }.joined(separator: ",")
        let found = try details(Inner.self, #"{"phone":"1",\#(members)}"#)
        #expect(found.count == 5_000)
        let long = String(repeating: "a", count: 10_000)
        let one = try details(Inner.self, #"{"phone":"1","\#(long)":1}"#)
        #expect(one.first?.contains(#"the member "\#(String(repeating: "a", count: 60))" is"#) == true)
    }
}
