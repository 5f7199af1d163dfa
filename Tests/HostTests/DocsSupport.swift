import CurlTransport
import Foundation
import Providers
import Router
import SandboxHosting

@testable import Host

/// The documentation as a router serves it, without a router.
struct ServedDocs {
    let routes: RouteTable

    private static let made = Result {
        var routes = RouteTable()
        try DocsAPI(publicURL: "https://pay.example").register(in: &routes)
        return routes
    }

    init() throws { routes = try Self.made.get() }

    func get(_ path: String) async throws -> APIResponse {
        guard case .found(let entry, let parameters) = routes.match(method: "GET", path: path) else {
            throw Problem(.notFound, path)
        }
        var request = APIRequest(
            method: "GET", path: path, id: RequestID(at: Moment(milliseconds: 0), from: SystemRandom()))
        request.parameters = parameters
        return try await entry.handler(request, nil)
    }

    func text(_ path: String) async throws -> String { String(decoding: try await get(path).body, as: UTF8.self) }

    func document() async throws -> JSONValue {
        try StrictJSON.parse(try await get("/openapi.json").body, maximumDepth: 64)
    }
}

/// The routes of a whole router, put together but not listening; with holders, as `providers.json` has them.
func publicRoutes() async throws -> RouteTable {
    let folder = NSTemporaryDirectory() + "payrouter-docs-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    let host = try await RouterHost.make(
        HostOptions(
            configurationPath: root + "/providers.json", dataPath: folder, sandbox: .inProcess(port: 0),
            sandboxSupport: .builtIn,
            environment: [:]),
        kinds: BuiltInKinds.all)
    let routes = try RouterHost.publicRoutes(
        host.engine, host.store, host.telemetry, host.sender, host.keys, people: host.people, withMetrics: true)
    await host.transport.shutdown(grace: .zero)
    await host.store.close()
    try FileManager.default.removeItem(atPath: folder)
    return routes
}

extension JSONValue {
    /// What a part of this document says, whether it stands there or is referred to.
    func resolved(_ part: JSONValue) -> JSONValue {
        guard let target = part["$ref"]?.stringValue else { return part }
        return target.split(separator: "/").dropFirst().reduce(self) { $0[String($1)] ?? .null }
    }
}

/// Every value in a document with its pointer.
func everything(in value: JSONValue, at pointer: String = "") -> [(pointer: String, value: JSONValue)] {
    let inner: [(pointer: String, value: JSONValue)] =
        switch value {
        case .array(let elements):
            elements.enumerated().flatMap { everything(in: $0.element, at: "\(pointer)/\($0.offset)") }
        case .object(let object):
            object.members.flatMap { everything(in: $0.value, at: pointer + "/" + JSONPointer.escaped($0.name)) }
        default: []
        }
    return [(pointer, value)] + inner
}
