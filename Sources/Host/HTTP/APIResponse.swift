package import Router

/// One HTTP answer, free of any server library.
package struct APIResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Makes a body that comes piece by piece, instead of ``body``.
    ///
    /// One that throws breaks the connection off: whoever reads it must not take what came for all of it.
    package var stream: (@Sendable () -> AsyncThrowingStream<String, any Error>)?

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A JSON answer that no cache may keep.
    package static func json(_ value: JSONValue, status: Int = 200) -> APIResponse {
        json(bytes: value.serialized(), status: status)
    }

    /// A JSON answer that is written already.
    ///
    /// Its body ends its line, so that a terminal's prompt does not follow it on the same one.
    package static func json(
        bytes: consuming [UInt8], status: Int = 200, type: String = "application/json"
    ) -> APIResponse {
        bytes.append(0x0A)
        return APIResponse(
            status: status, headers: [("content-type", type), ("cache-control", "no-store")], body: bytes)
    }

    /// An answer without a body.
    package static func empty(_ status: Int = 204) -> APIResponse { APIResponse(status: status) }

    /// Some other representation.
    package static func bytes(_ body: [UInt8], type: String, status: Int = 200) -> APIResponse {
        APIResponse(status: status, headers: [("content-type", type)], body: body)
    }

    /// The same answer with one more header.
    package func with(_ name: String, _ value: String) -> APIResponse {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }
}
