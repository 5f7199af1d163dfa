package import Router

/// The API as data: method, path, who may call, what runs.
///
/// Dispatch, 405 answers, OpenAPI and the access tests all read this one table.
package struct RouteTable: Sendable {
    /// Who may call.
    package enum Access: Sendable, Hashable {
        /// Anybody may call, without a key.
        case open
        /// Only a secret key may call; publishable ones are answered 403.
        case secretKey
        /// A secret or a publishable key.
        case anyKey
        /// A holder's token; no app's key.
        case holder
        /// Whoever has this right in the console, by the session of a browser.
        case console(ConsoleRight)
    }

    /// What a call asks for, by how soon it is refused when there is more to do than can be done.
    package enum Work: Sendable, Hashable {
        /// Lists and exports: refused first.
        case list
        /// New orders: refused before they are accepted, never after.
        case create
        /// Everything else: what is under way already, single things, health.
        case other
    }

    /// What runs where no key is needed.
    package typealias OpenHandler = @Sendable (APIRequest) async throws(Problem) -> APIResponse
    /// What runs; the caller is `nil` where no key is needed.
    package typealias Handler = @Sendable (APIRequest, Caller?) async throws(Problem) -> APIResponse

    package struct Entry: Sendable {
        package var method: String
        /// For instance `/v1/payments/{id}`; a last segment `{rest...}` takes everything that follows, as it came.
        package var template: String
        package var access: Access
        package var handler: Handler
        /// What it costs, and whether it may be refused while the router has too much to do.
        package var work: Work
        /// How many bytes the body may have.
        package var bodyLimit: Int
        /// Which limit holds for it where it needs no key; `nil` where only people of this machine call.
        package var limit: LimitClass?
        let segments: [Segment]
    }

    enum Segment: Sendable, Hashable {
        case fixed(String)
        case parameter(String)
        case rest(String)
    }

    package private(set) var entries: [Entry] = []
    /// Those without parameters, which are found without taking the path apart.
    private var plain: [PlainCall: Entry] = [:]

    /// A method and a path as it is sent.
    private struct PlainCall: Hashable {
        var method: String
        var path: String
    }

    package init() {}

    /// A call that anybody may make, without a key.
    package mutating func open(
        _ method: String, _ template: String, limit: LimitClass? = nil, bodyLimit: Int = BodyLimit.standard,
        work: Work = .other, _ handler: @escaping OpenHandler
    ) {
        add(method, template, .open, limit, bodyLimit, work) { request, _ throws(Problem) in try await handler(request)
        }
    }

    /// A call that needs a secret key; publishable ones are answered 403.
    package mutating func secret(
        _ method: String, _ template: String, bodyLimit: Int = BodyLimit.standard, work: Work = .other,
        _ handler: @escaping KeyedHandler
    ) {
        add(method, template, .secretKey, nil, bodyLimit, work, Self.keyed(handler))
    }

    /// A call that needs a key, secret or publishable.
    package mutating func anyKey(
        _ method: String, _ template: String, bodyLimit: Int = BodyLimit.standard, work: Work = .other,
        _ handler: @escaping KeyedHandler
    ) {
        add(method, template, .anyKey, nil, bodyLimit, work, Self.keyed(handler))
    }

    /// A call that needs a holder's token.
    package mutating func holder(
        _ method: String, _ template: String, work: Work = .other, _ handler: @escaping HolderHandler
    ) {
        add(method, template, .holder, nil, BodyLimit.standard, work) { request, _ throws(Problem) in
            guard let holder = request.holder else { throw Problem(.unauthorized, "this call needs a holder's token") }
            return try await handler(request, holder)
        }
    }

    /// A page or a form of the console, for whoever has a right there.
    mutating func console(
        _ method: String, _ template: String, _ right: ConsoleRight, limit: LimitClass = .pages, work: Work = .other,
        _ handler: @escaping ConsoleHandler
    ) {
        add(method, template, .console(right), limit, BodyLimit.standard, work) { request, _ throws(Problem) in
            // Without a visitor nothing runs; the gate has refused such a call before.
            guard let visitor = request.visitor, visitor.may(right) else {
                throw Problem(.forbidden, "this call needs the right \"\(right.rawValue)\"")
            }
            return try await handler(request, visitor)
        }
    }

    /// What runs for a visitor of the console who may.
    typealias ConsoleHandler = @Sendable (APIRequest, ConsoleVisitor) async throws(Problem) -> APIResponse

    /// What runs for a holder whose token is known.
    package typealias HolderHandler = @Sendable (APIRequest, Account) async throws(Problem) -> APIResponse

    /// What runs for a caller whose key is known.
    package typealias KeyedHandler = @Sendable (APIRequest, Caller) async throws(Problem) -> APIResponse

    /// Without a caller nothing runs; ``Dispatcher`` has refused such a call before.
    private static func keyed(_ handler: @escaping KeyedHandler) -> Handler {
        { request, caller throws(Problem) in
            guard let caller else { throw Problem(.unauthorized, "this call needs a key") }
            return try await handler(request, caller)
        }
    }

    private mutating func add(
        _ method: String, _ template: String, _ access: Access, _ limit: LimitClass?, _ bodyLimit: Int, _ work: Work,
        _ handler: @escaping Handler
    ) {
        let segments = template.split(separator: "/").map { part -> Segment in
            guard part.first == "{", part.last == "}" else { return .fixed(String(part)) }
            let name = String(part.dropFirst().dropLast())
            return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .parameter(name)
        }
        let entry = Entry(
            method: method, template: template, access: access, handler: handler, work: work,
            bodyLimit: bodyLimit, limit: limit, segments: segments)
        if !template.contains("{") {
            switch match(method: method, path: template) {
            // What comes first in the table goes first here, too.
            case .found: break
            case .otherMethods, .nothing, .unreadable: plain[PlainCall(method: method, path: template)] = entry
            }
        }
        entries.append(entry)
    }

    /// What a path leads to.
    enum Match {
        case found(Entry, [String: String])
        case otherMethods([String])
        case nothing
        /// A segment of the path, counted from 1, is not percent-encoded UTF-8.
        case unreadable(segment: Int)
    }

    func match(method: String, path text: String) -> Match {
        if let entry = plain[PlainCall(method: method, path: text)] { return .found(entry, [:]) }
        let path: RequestPath
        do throws(RequestPath.Unreadable) { path = try RequestPath(text) } catch {
            return .unreadable(segment: error.segment)
        }
        var methods: [String] = []
        for entry in entries {
            guard let parameters = Self.parameters(entry.segments, path) else { continue }
            if entry.method == method || (method == "HEAD" && entry.method == "GET") {
                return .found(entry, parameters)
            }
            methods.append(entry.method)
        }
        return methods.isEmpty ? .nothing : .otherMethods(methods)
    }

    private static func parameters(_ segments: [Segment], _ path: RequestPath) -> [String: String]? {
        var result: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            switch segment {
            case .rest(let name):
                result[name] = path.raw.dropFirst(index).joined(separator: "/")
                return result
            case .fixed(let text):
                guard index < path.segments.count, path.segments[index] == text else { return nil }
            case .parameter(let name):
                guard index < path.segments.count, !path.segments[index].isEmpty else { return nil }
                result[name] = path.segments[index]
            }
        }
        return segments.count == path.segments.count ? result : nil
    }
}

/// How many bytes bodies may have.
enum BodyLimit {
    /// For every call that does not say otherwise.
    static let standard = 16 * 1_024
    /// For calls with metadata: fifty members of 540 characters, in up to four bytes each, are 108 kB.
    static let withMetadata = 128 * 1_024
    /// For payments, which may have line items beside it: a hundred with 300 characters in up to four bytes each are 120 kB.
    static let withLineItems = 256 * 1_024
    /// The most that `callback_body_limit` may allow.
    static let largestCallback = 1_024 * 1_024
}
