import Router
import RouterTestKit
import Testing

@Suite struct StrictDecoderTests {
    struct Leaf: Decodable, Equatable {
        var name: String
        var count: Int64?
    }

    enum Colour: String, Decodable { case red, green }

    struct Tree: Decodable, Equatable {
        var title: String
        var flag: Bool
        var colour: Colour
        var leaves: [Leaf]
        var byName: [String: Leaf]
        var anything: JSONValue

        enum CodingKeys: String, CodingKey {
            case title, flag, colour, leaves
            case byName = "by_name"
            case anything
        }
    }

    private func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try StrictDecoder().decode(type, from: try StrictJSON.parse(Array(text.utf8)))
    }

    private func issues<T: Decodable>(_ type: T.Type, _ text: String) throws -> [JSONIssue] {
        let value = try StrictJSON.parse(Array(text.utf8))
        do {
            _ = try StrictDecoder().decode(type, from: value)
            return []
        } catch {
            return error.issues
        }
    }

    private let tree = """
        {"title":"t","flag":true,"colour":"green","leaves":[{"name":"a"},{"name":"b","count":2}],
         "by_name":{"x y":{"name":"c","count":null}},"anything":{"free":[1.5,{"x":1}]}}
        """

    @Test func `decodes nested types`() throws {
        let decoded = try decode(Tree.self, tree)
        #expect(
            decoded
                == Tree(
                    title: "t", flag: true, colour: .green, leaves: [Leaf(name: "a"), Leaf(name: "b", count: 2)],
                    byName: ["x y": Leaf(name: "c")], anything: ["free": [.number("1.5"), ["x": 1]]]))
    }

    @Test func `reports every unknown member with its pointer`() throws {
        let text = """
            {"title":"t","extra":1,"flag":true,"colour":"green","leaves":[{"name":"a","nmae":"b"},{"name":"b","a/b~c":2}],
             "by_name":{"k":{"name":"c","z":0}},"anything":{"any":"thing"}}
            """
        let found = try issues(Tree.self, text)
        #expect(found.map(\.pointer) == ["/extra", "/leaves/0/nmae", "/leaves/1/a~1b~0c", "/by_name/k/z"])
        #expect(found.allSatisfy { $0.code == "unknown_member" })
    }

    @Test func `reports unknown members beside another fault`() throws {
        let found = try issues(Leaf.self, #"{"nmae":"x","count":1}"#)
        #expect(found.map(\.code) == ["unknown_member", "missing_member"])
        #expect(found.map(\.pointer) == ["/nmae", "/name"])
    }

    @Test(arguments: [
        (#"{"name":5}"#, "/name", "wrong_type"), (#"{"name":null}"#, "/name", "wrong_type"),
        (#"{"name":"x","count":"5"}"#, "/count", "wrong_type"),
        (#"{"name":"x","count":1.0}"#, "/count", "not_an_integer"),
        (#"{"name":"x","count":1e3}"#, "/count", "not_an_integer"),
        (#"{"name":"x","count":-0}"#, "/count", "not_an_integer"),
        (#"{"name":"x","count":9223372036854775808}"#, "/count", "not_an_integer"),
        (#"{"name":"x","count":true}"#, "/count", "wrong_type"), (#"[]"#, "", "wrong_type"),
        (#"{}"#, "/name", "missing_member"),
    ])
    func `points at the fault`(_ text: String, _ pointer: String, _ code: String) throws {
        let found = try issues(Leaf.self, text)
        #expect(found.map(\.pointer) == [pointer])
        #expect(found.map(\.code) == [code])
    }

    @Test func `points into arrays and maps`() throws {
        let broken = tree.replacing(#""name":"b""#, with: #""name":7"#)
        #expect(try issues(Tree.self, broken).map(\.pointer) == ["/leaves/1/name"])
        let missing = tree.replacing(#""name":"c","#, with: "")
        #expect(try issues(Tree.self, missing).map(\.pointer) == ["/by_name/x y/name"])
    }

    @Test func `refuses values an enum does not have`() throws {
        let found = try issues(Tree.self, tree.replacing("green", with: "blue"))
        #expect(found.map(\.pointer) == ["/colour"])
        #expect(found.map(\.code) == ["invalid_value"])
    }

    struct Reals: Decodable {
        var real: Double?
        var single: Float?
    }

    @Test(arguments: [#"{"real":1.5}"#, #"{"real":1}"#, #"{"single":0.1}"#])
    func `refuses binary floating point`(_ text: String) throws {
        #expect(try issues(Reals.self, text).map(\.code) == ["wrong_type"])
    }

    struct Widths: Decodable, Equatable {
        var tiny: UInt8?
        var port: UInt16?
        var small: Int32?
        var large: UInt64?
        var plain: Int?
    }

    @Test func `decodes integers of every width`() throws {
        let text = #"{"tiny":255,"port":8080,"small":-5,"large":9223372036854775807,"plain":-9}"#
        let expected = Widths(tiny: 255, port: 8_080, small: -5, large: 9_223_372_036_854_775_807, plain: -9)
        #expect(try decode(Widths.self, text) == expected)
    }

    @Test(arguments: [
        #"{"tiny":256}"#, #"{"tiny":-1}"#, #"{"port":65536}"#, #"{"small":2147483648}"#, #"{"large":-1}"#,
    ])
    func `refuses integers that do not fit`(_ text: String) throws {
        #expect(try issues(Widths.self, text).map(\.code) == ["not_an_integer"])
    }

    @Test func `decodes bare scalars and arrays`() throws {
        #expect(try decode(String.self, #""x""#) == "x")
        #expect(try decode([Int].self, "[1,2]") == [1, 2])
        #expect(try decode([String?].self, #"["a",null]"#) == ["a", nil])
        #expect(try issues([Int].self, #"[1,"2"]"#).map(\.pointer) == ["/1"])
        #expect(try issues(String.self, "{}").map(\.pointer) == [""])
    }

    struct Pair: Decodable {
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            _ = try container.decode(Int.self)
            _ = try container.decode(Int.self)
        }
    }

    @Test func `reports missing elements`() throws {
        let found = try issues([String: Pair].self, #"{"p":[1]}"#)
        #expect(found.map(\.pointer) == ["/p"])
        #expect(found.map(\.code) == ["missing_element"])
    }

    struct Settings: Decodable, Equatable {
        struct Place: Decodable, Equatable {
            var debitURL: String
        }
        struct Explicit: Decodable, Equatable {
            var shopName: String
            var maxAge: Int64?

            enum CodingKeys: String, CodingKey {
                case shopName
                case maxAge = "max-age"
            }
        }

        var apiUser: String
        var disbursementAPIUser: String?
        var webhookURL: String?
        var v1Path: String?
        var places: [Place]?
        var codesByName: [String: Int64]?
        var explicit: Explicit?
    }

    private func snake(_ text: String) throws -> Result<Settings, JSONIssues> {
        let value = try StrictJSON.parse(Array(text.utf8))
        return Result { () throws(JSONIssues) in
            try StrictDecoder(names: .snakeCase).decode(Settings.self, from: value)
        }
    }

    @Test func `reads snake case`() throws {
        let text = """
            {"api_user":"a","disbursement_api_user":"b","webhook_url":"c","v1_path":"d","places":[{"debit_url":"e"}],
             "codes_by_name":{"someName":1,"other_name":2},"explicit":{"shopName":"f","max-age":3}}
            """
        let expected = Settings(
            apiUser: "a", disbursementAPIUser: "b", webhookURL: "c", v1Path: "d", places: [.init(debitURL: "e")],
            codesByName: ["someName": 1, "other_name": 2], explicit: .init(shopName: "f", maxAge: 3))
        #expect(try snake(text).get() == expected)
    }

    @Test(arguments: [
        (#"{"apiUser":"a"}"#, ["/apiUser unknown_member", "/api_user missing_member"]),
        (
            #"{"api_user":"a","API_USER":"b","api__user":"c"}"#,
            ["/API_USER unknown_member", "/api__user unknown_member"]
        ),
        (
            #"{"api_user":"a","webhookURL":"b","webhook_u_r_l":"c"}"#,
            ["/webhookURL unknown_member", "/webhook_u_r_l unknown_member"]
        ),
        (
            #"{"api_user":"a","a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q_r_s_t_u_v_w_x_y_z":1}"#,
            ["/a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q_r_s_t_u_v_w_x_y_z unknown_member"]
        ),
        (
            #"{"api_user":"a","_":1,"":2,"_api_user":3}"#,
            ["/_ unknown_member", "/ unknown_member", "/_api_user unknown_member"]
        ),
        (
            #"{"api_user":"a","places":[{"debit_url":"x"},{"debit":1}]}"#,
            ["/places/1/debit unknown_member", "/places/1/debit_url missing_member"]
        ),
        (#"{"api_user":"a","disbursement_api_user":5}"#, ["/disbursement_api_user wrong_type"]),
        (
            #"{"api_user":"a","explicit":{"shop_name":"f"}}"#,
            ["/explicit/shop_name unknown_member", "/explicit/shopName missing_member"]
        ),
        (#"{"api_user":"a","codes_by_name":{"some_name":"x"}}"#, ["/codes_by_name/some_name wrong_type"]),
    ])
    func `points in snake case`(_ text: String, _ expected: [String]) throws {
        let found = try #require(try snake(text).failure, "decoded")
        #expect(found.issues.map { "\($0.pointer) \($0.code)" } == expected)
        for issue in found.issues where issue.code == "missing_member" {
            #expect(issue.detail == "the member \"\(issue.pointer.split(separator: "/").last ?? "")\" is required")
        }
    }

    @Test func `issues print place and detail`() {
        #expect(JSONIssue(pointer: "/a", code: "c", detail: "d").description == "/a: d")
        #expect(JSONIssue(pointer: "", code: "c", detail: "d").description == "d")
        #expect(JSONPointer.escaped("a/b~c") == "a~1b~0c")
    }
}
