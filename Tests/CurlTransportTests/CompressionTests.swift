import CurlTransport
import RawServer
import Router
import Testing

/// Bodies that come compressed: read if they are whole, within the cap, and never half.
@Suite("Compression")
struct CompressionTests {
    static let text = Array(
        #"{"status":"SUCCESSFUL","amount":"5000","note":"\#(String(repeating: "ok ", count: 40))"}"#.utf8)
    static let gzip = Deflated.gzip(text)

    /// One answer with this label and body, as a server writes it whose framing is right.
    private static func answer(
        _ coding: String, _ body: [UInt8], status: Int = 200, chunked: Bool = false
    ) -> [UInt8] {
        let head = "HTTP/1.1 \(status) OK\r\nContent-Encoding: \(coding)\r\n"
        guard chunked else { return Array((head + "Content-Length: \(body.count)\r\n\r\n").utf8) + body }
        var bytes = Array((head + "Transfer-Encoding: chunked\r\n\r\n").utf8)
        for start in stride(from: 0, to: body.count, by: 7) {
            let part = body[start..<min(start + 7, body.count)]
            bytes += Array((String(part.count, radix: 16) + "\r\n").utf8) + part + [13, 10]
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }

    private func seen(_ bytes: [UInt8], _ mode: Mode, limits: WireLimits = Line.patient) async throws -> Seen {
        let server = try MisbehavingServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(bytes)
        }
        let seen = try await Line.with { await $0.exchange(server.url("/pay"), mode, limits: limits) }
        let page = await server.stop()
        #expect(page.full["/pay"] == 1 && page.begun == 1)
        #expect(seen.gateOpened)
        return seen
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `whole bodies are read, asked for or not`(mode: Mode) async throws {
        let zlib = Deflated.zlib(Self.text)
        for (coding, body) in [
            ("gzip", Self.gzip), ("GZIP", Self.gzip), ("x-gzip", Self.gzip), ("identity, gzip", Self.gzip),
            ("deflate", zlib), ("gzip", zlib),
            ("gzip", Deflated.gzip(Array(Self.text[..<40])) + Deflated.gzip(Array(Self.text[40...]))),
        ] {
            for chunked in [false, true] {
                let seen = try await seen(Self.answer(coding, body, chunked: chunked), mode)
                #expect(seen.reply?.body == Self.text, "\(coding), chunked: \(chunked)")
            }
        }
    }

    @Test
    func `until the connection ends, too`() async throws {
        let head = Array("HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n".utf8)
        #expect(try await seen(head + Self.gzip, .ask).reply?.body == Self.text)
        for cut in [1, 8, 9, Self.gzip.count - 3] {
            #expect(try await seen(head + Self.gzip.dropLast(cut), .ask).kind == .malformedReply, "cut by \(cut)")
        }
    }

    @Test
    func `what is not compressed stays as it came, whatever its label says`() async throws {
        let garbage: [UInt8] = [0x1F, 0x01, 0xFF]
        for (coding, body) in [
            ("gzip", Self.text), ("deflate", Self.text), ("UTF-8", Self.text), ("none", Self.text),
            ("identity", Self.text), ("", Self.text), ("br", Self.text), ("gzip", []), ("gzip", [0x1F]),
            ("gzip", garbage),
            ("identity", Self.gzip), ("br", Self.gzip), ("zstd", Self.gzip), ("utf-8", Self.gzip),
        ] {
            #expect(try await seen(Self.answer(coding, body), .ask).reply?.body == body, "\(coding)")
        }
    }

    @Test(arguments: [Mode.fresh, .ask])
    func `what is cut, damaged or followed by something is no answer`(mode: Mode) async throws {
        var wrongSum = Self.gzip
        wrongSum[wrongSum.count - 8] ^= 1
        var wrongLength = Self.gzip
        wrongLength[wrongLength.count - 1] ^= 1
        var damaged = Self.gzip
        damaged[Self.gzip.count / 2] ^= 0xFF
        let bodies: [[UInt8]] =
            [wrongSum, wrongLength, damaged, Self.gzip + [0], Self.gzip + Self.text, Self.gzip + [0x1F, 0x8B]]
            + [1, 4, 7, 8, 9, Self.gzip.count - 2].map { Array(Self.gzip.dropLast($0)) }
        for (place, body) in bodies.enumerated() {
            let seen = try await seen(Self.answer("gzip", body), mode)
            #expect(seen.kind == .malformedReply, "\(place): \(seen.result)")
            #expect(seen.result.failure?.status == 200)
        }
        for coding in ["gzip, gzip", "gzip, br", "deflate, gzip"] {
            #expect(try await seen(Self.answer(coding, Self.gzip), mode).kind == .malformedReply, "\(coding)")
        }
    }

    @Test(arguments: [Mode.fresh, .ask])
    func `the cap counts decoded bytes`(mode: Mode) async throws {
        var limits = Line.patient
        for (size, isRead) in [(1_000, true), (64 * 1024, true), (64 * 1024 + 1, false), (60_000_000, false)] {
            let body = Deflated.gzip([UInt8](repeating: 0x20, count: size))
            #expect(body.count < 64 * 1024, "what is on the wire is within the cap")
            let seen = try await seen(Self.answer("gzip", body), mode, limits: limits)
            #expect(isRead ? seen.reply?.body.count == size : seen.kind == .oversized, "\(size): \(seen.kind as Any)")
            if !isRead { #expect(seen.result.failure?.status == 200) }
        }
        limits.maximumReplyBytes = 0
        #expect(try await seen(Self.answer("gzip", Self.gzip), mode, limits: limits).kind == .oversized)
    }

    @Test
    func `questions ask for it, requests that may move money do not`() async throws {
        for mode in Mode.allCases where mode != .warm {
            let got = Received()
            let server = try MisbehavingServer { peer in
                guard let request = peer.readRequest() else { return }
                got.put(request)
                peer.write(MisbehavingServer.ok)
            }
            _ = try await Line.with { await $0.exchange(server.url("/pay"), mode) }
            _ = await server.stop()
            let head = try #require(got.request?.head).lowercased()
            #expect(head.contains("accept-encoding: gzip\r\n") == (mode == .ask))
            #expect(head.contains("accept-encoding") == (mode == .ask))
        }
    }
}
