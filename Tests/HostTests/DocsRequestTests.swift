import ArgumentParser
import Testing

@testable import Host
@testable import Router

/// What the document says of requests, compared with what reads them.
@Suite("Described requests")
struct DocsRequestTests {
    /// What reads the body of each call that takes JSON.
    private static let bodies: [String: (type: any (Decodable & SendableMetatype).Type, beside: [String])] = [
        "createPayment": (PaymentInput.self, []), "explainRoute": (PaymentInput.self, []),
        "acceptPayment": (AcceptanceAPI.AcceptInput.self, []), "confirmPayment": (PaymentsAPI.ConfirmInput.self, []),
        "createRefund": (FollowUpsAPI.RefundInput.self, []), "capturePayment": (FollowUpsAPI.CaptureInput.self, []),
        "createPayout": (PayoutInput.self, []), "createTransfer": (TransferInput.self, [TransfersAPI.quote]),
        "createQuote": (TransferInput.self, []), "lookUpBill": (Billers.LookUpInput.self, []),
        "createWallet": (WalletInput.self, []),
        "setWalletLimits": (WalletLimitsInput.self, []), "setMetadataIndex": (MetadataIndexAPI.Input.self, []),
        "createWebhookEndpoint": (WebhookEndpointsAPI.CreateInput.self, []),
        "updateWebhookEndpoint": (WebhookEndpointsAPI.UpdateInput.self, []),
        "rotateWebhookSecret": (WebhookEndpointsAPI.RotateInput.self, []),
        "replayWebhookDeliveries": (WebhookEndpointsAPI.ReplayInput.self, []),
        "createBill": (BillInput.self, []), "signUpHolder": (SignUpInput.self, []),
        "logInHolder": (SignInInput.self, []), "forgetHolderPassword": (ForgottenInput.self, []),
        "resetHolderPassword": (ResetInput.self, []), "confirmHolderEmail": (EmailInput.self, []),
        "changeHolder": (SettingsInput.self, []), "changeHolderPassword": (PasswordInput.self, []),
        "changeHolderPhone": (PhoneInput.self, []), "confirmHolderPhone": (CodeInput.self, []),
        "sendHolderCode": (CodeWish.self, [CodeWish.subject]),
        "createHolderTransfer": (TransferWish.self, [HolderWish.code]),
        "createCashOut": (CashOutWish.self, [HolderWish.code]), "createTopUp": (TopUpWish.self, []),
        "lookUpHolderBill": (Billers.LookUpInput.self, []), "openHolderWallet": (NewWalletInput.self, []),
        "linkHolderWallet": (LinkInput.self, []), "payFromHolderWallet": (PaymentWish.self, [HolderWish.code]),
        "payBill": (BillPaymentWish.self, [HolderWish.code]), "createHolderBill": (BillWish.self, [HolderWish.code]),
    ]

    private func operations(_ document: JSONValue) -> [(method: String, path: String, value: JSONValue)] {
        (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).map { ($0.name.uppercased(), path.name, $0.value) }
        }
    }

    @Test
    func `every body has the members that are read, and no others`() async throws {
        let document = try await ServedDocs().document()
        var compared: Set<String> = []
        for operation in operations(document) {
            let content = operation.value["requestBody"]?["content"]?["application/json"]
            guard let schema = content?["schema"], let id = operation.value["operationId"]?.stringValue else {
                continue
            }
            compared.insert(id)
            let reader = try #require(Self.bodies[id], "what reads the body of \(id)?")
            let sample = try #require(DescribedSample(document: document).value(schema))
            let read = members(reader.type, sample)
            for (place, value) in everything(in: sample) {
                guard let object = value.objectValue, let known = read[place] else { continue }
                let others = place.isEmpty ? reader.beside : []
                #expect(Set(object.members.map(\.name)) == Set(known + others), "\(id) \(place)")
            }
            #expect(read[""] != nil, "\(id)")
        }
        #expect(compared == Set(Self.bodies.keys))
    }

    /// What a type asks for, by the pointer of the object, where a document has everything.
    private func members(_ type: any Decodable.Type, _ value: JSONValue) -> [String: [String]] {
        let survey = DecodingRun(.asWritten, isSurvey: true)
        _ = try? type.init(from: TreeDecoder(value: value, codingPath: [], run: survey))
        return survey.asked
    }

    @Test
    func `every list has the parameters that are read, and no others`() async throws {
        let document = try await ServedDocs().document()
        let routes = try await publicRoutes()
        var compared = 0
        for operation in operations(document) where operation.method == "GET" && !operation.path.contains("{") {
            let parameters = (operation.value["parameters"]?.arrayValue ?? []).map { document.resolved($0) }
            let told = parameters.filter { $0["in"] == "query" }.compactMap { $0["name"]?.stringValue }
            let access = operation.value["security"]?.arrayValue ?? []
            guard !access.isEmpty else { continue }
            let detail = try #require(try await refusal(of: "0=", operation.path, routes), "\(operation.path)")
            let words = detail.split(separator: "known: ").dropFirst().joined()
            let read = words.split(separator: ", ").map { $0.replacing("[name]", with: "") }
            #expect(told.sorted() == read.map(String.init).sorted(), "\(operation.path): \(detail)")
            compared += 1
        }
        #expect(compared > 10)
    }

    /// Why a call refuses a query.
    private func refusal(of query: String, _ path: String, _ routes: RouteTable) async throws -> String? {
        guard case .found(let entry, _) = routes.match(method: "GET", path: path) else { return nil }
        let (start, random) = (Moment(milliseconds: 0), SystemRandom())
        var request = APIRequest(method: "GET", path: path, query: query, id: RequestID(at: start, from: random))
        request.holder = Account(
            id: AccountID(at: start, from: random), username: try #require(Username("ama")), name: "Ama",
            passwordHash: "", createdAt: start)
        let caller = Caller(app: AppID(at: start, from: random), environment: .sandbox, role: .secret)
        do throws(Problem) { _ = try await entry.handler(request, caller) } catch { return error.detail }
        return nil
    }

    @Test(arguments: ["channel", "provider"])
    func `a transfer has neither channel nor provider: such a filter is refused`(name: String) async throws {
        let routes = try await publicRoutes()
        let detail = try #require(try await refusal(of: "\(name)=tmoney", "/v1/transfers", routes))
        #expect(detail.hasPrefix("\"\(name)\" is not a parameter here"))
        #expect(throws: (any Error).self) { try TransfersCommand.List.parse(["--\(name)", "tmoney"]) }
        #expect(throws: Never.self) { try ListOrders<Payouts>.parse(["--\(name)", "tmoney"]) }
    }

    @Test
    func `what a call reads beside its type is among the members it knows`() throws {
        let issues = #expect(throws: Problem.self) {
            try JSONBody.decode(TransferInput.self, ["quote": .null, "zz": 1], beside: [TransfersAPI.quote])
        }?.errors
        #expect(issues?.map(\.pointer) == ["/zz", "/from"])
        let all = #expect(throws: Problem.self) {
            let end: JSONValue = ["wallet": "wal_01M7Y8G2S83KY03KAYDH4HV29B"]
            let body: JSONValue = ["from": end, "to": end, "amount": 1, "currency": "XOF", "zz": 1]
            return try JSONBody.decode(TransferInput.self, body, beside: [TransfersAPI.quote])
        }?.errors
        #expect(all?.first?.detail.hasSuffix(", quote") == true)
    }
}

/// A value with every member that a schema names.
struct DescribedSample {
    let document: JSONValue

    /// Some value of a schema; `nil` for `null` alone.
    func value(_ given: JSONValue) -> JSONValue? {
        let schema = document.resolved(given)
        let options = (schema["anyOf"]?.arrayValue ?? []) + (schema["oneOf"]?.arrayValue ?? [])
        var members = JSONObject()
        for (name, inner) in (schema["properties"]?.objectValue?.members ?? []).map({ ($0.name, $0.value) }) {
            members[name] = value(inner) ?? .null
        }
        var scalar: JSONValue?
        for option in options.compactMap(value) {
            guard let object = option.objectValue else {
                scalar = scalar ?? option
                continue
            }
            for member in object.members { members[member.name] = member.value }
        }
        if !members.members.isEmpty { return .object(members) }
        if let scalar { return scalar }
        if let first = schema["enum"]?.arrayValue?.first { return first }
        let type = schema["type"]?.stringValue ?? schema["type"]?.arrayValue?.first?.stringValue
        switch type {
        case "string": return "text"
        case "integer": return 1
        case "boolean": return true
        case "array": return .array((schema["items"].flatMap(value)).map { [$0] } ?? [])
        case "object": return .object(JSONObject())
        default: return nil
        }
    }
}
