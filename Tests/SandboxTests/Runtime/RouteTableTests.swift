import Testing

@testable import Sandbox

/// Which requests belong to which call of an operator.
@Suite("The calls of an operator") struct RouteTableTests {
    private struct One {}

    private static func table(overlookingSlashes: Bool = false) -> RouteTable<One, String> {
        func told(_ name: String) -> RouteTable<One, String>.Handler {
            { _, input, values in .json(.text("\(name) \(input) \(values.joined(separator: ","))")) }
        }
        return RouteTable(
            overlookingSlashes: overlookingSlashes,
            [
                .init("POST", "/login", .login, told("login")), .init("GET", "/pay/{id}", .check, told("pay")),
                .init("PUT", "/*/orders/*", .refund, told("orders")), .init(nil, "/phones/**", nil, told("phones")),
                .init("GET", "/pay/later", nil, told("later")),
            ])
    }

    private static func answer(
        _ method: String, _ path: String, overlookingSlashes: Bool = false
    ) async throws -> String? {
        let request = SandboxRequest(method: method, path: path)
        let answer = try await table(overlookingSlashes: overlookingSlashes).answer(request, with: "x", by: One())
        return answer.map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test(
        arguments: [
            ("POST", "/login", "\"login x \""), ("GET", "/pay/a%20b", "\"pay x a b\""),
            ("PUT", "/a%20b/orders/7", "\"orders x a%20b,7\""), ("GET", "/phones/228/9", "\"phones x \""),
            ("DELETE", "/phones/", "\"phones x \""), ("GET", "/pay/later", "\"pay x later\""),
        ])
    func `the first call that fits answers, with what stands at the variable places`(
        _ method: String, _ path: String, _ text: String
    ) async throws {
        #expect(try await Self.answer(method, path) == text)
    }

    @Test(
        arguments: [
            ("GET", "/login"), ("POST", "/login/"), ("POST", "//login"), ("POST", "/"), ("GET", "/pay/"),
            ("GET", "/pay/a/b"), ("GET", "/pay/%zz"), ("PUT", "//orders/7"), ("PUT", "/a/orders/"), ("GET", "/phone"),
        ])
    func `whatever fits none is nobody's`(_ method: String, _ path: String) async throws {
        #expect(try await Self.answer(method, path) == nil)
        #expect(Self.table().operation(of: SandboxRequest(method: method, path: path)) == nil)
    }

    @Test func `slashes too many are overlooked where an operator does`() async throws {
        for path in ["/login", "/login/", "//login//"] {
            #expect(try await Self.answer("POST", path, overlookingSlashes: true) == "\"login x \"")
        }
        #expect(try await Self.answer("PUT", "/a//orders", overlookingSlashes: true) == nil)
    }

    @Test func `a fault finds the operation, of pages none`() {
        let table = Self.table()
        #expect(table.operation(of: SandboxRequest(method: "GET", path: "/pay/1")) == .check)
        #expect(table.operation(of: SandboxRequest(method: "GET", path: "/phones/1")) == nil)
    }
}
