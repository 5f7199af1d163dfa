import RawServer

extension Lie {
    /// The connection ends where it should not, or nothing comes.
    static let endings: [Lie] = [
        // Once bytes have left: a connection that ends sooner is known to have carried nothing, and another one follows.
        Lie("close before reading", .never, at: .connected) { peer, _ in
            peer.waitForBytes()
            peer.close()
        },
        Lie("reset before reading", .never, at: .connected) { peer, _ in
            peer.waitForBytes()
            peer.reset()
        },
        Lie("close after the head", .never, at: .head) { peer, _ in peer.close() },
        Lie("reset after the head", .never, at: .head) { peer, _ in peer.reset() },
        Lie("close after the request", .never) { peer, _ in peer.close() },
        Lie("reset after the request", .never) { peer, _ in peer.reset() },
        says("half a status line", .never) { _ in Array("HTTP/1.1 2".utf8) },
        says("status line without its end", .never) { _ in Array("HTTP/1.1 200 OK".utf8) },
        says("status line only", .never) { _ in Array("HTTP/1.1 200 OK\r\n".utf8) },
        says("header cut inside a line", .never) { Array($0.head().utf8.dropLast(8)) },
        says("header without its end", .never) { Array($0.head().utf8.dropLast(2)) },
        says("header only", .never) { Array($0.head().utf8) },
        says("cut in the middle of the body", .never) { $0.whole().dropLast($0.body.count / 2) },
        says("cut before the last byte", .never) { $0.whole().dropLast() },
        Lie("reset after the header", .never) { peer, told in
            peer.write(told.head())
            peer.reset()
        },
        Lie("reset in the middle of the body", .never) { peer, told in
            peer.write(Array(told.whole().dropLast(told.body.count / 2)))
            peer.reset()
        },
        Lie("reset after the whole answer", .either) { peer, told in
            peer.write(told.whole())
            peer.reset()
        },
        says("whole, then close", .whole) { $0.whole() },
    ]

    /// The server takes its time.
    static let silences: [Lie] = [
        stays("silence", .never, isSlow: true) { _ in [] },
        stays("100, then silence", .never, isSlow: true) { _ in Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) },
        stays("header, then silence", .never, isSlow: true) { Array($0.head().utf8) },
        stays("all but the last byte, then silence", .never, isSlow: true) { $0.whole().dropLast() },
        stays("a length too long, then silence", .never, isSlow: true) {
            Array($0.head(length: $0.body.count + 1).utf8) + $0.body
        },
        Lie("dripping slowly", .never, isSlow: true) {
            drip($0, Array($1.head(length: 5_000).utf8), milliseconds: 40)
        },
        Lie("dripping header", .never, isSlow: true) { peer, _ in
            drip(peer, Array("HTTP/1.1 200 OK\r\nX-Slow: ".utf8), milliseconds: 10)
        },
        Lie("dripping chunks", .never, isSlow: true) { peer, told in
            peer.write(told.head("Transfer-Encoding: chunked\r\n", length: .some(nil)))
            repeat { peer.write("1\r\n \r\n") } while peer.pace(milliseconds: 10)
        },
    ]

    private static func drip(_ peer: Peer, _ start: [UInt8], milliseconds: Int32) {
        peer.write(start)
        repeat { peer.write("x") } while peer.pace(milliseconds: milliseconds)
    }

    /// The server says too much.
    static let floods: [Lie] = [
        stays("a header larger than the cap", .never) {
            Array($0.head(String(repeating: "X-Pad: \(String(repeating: "x", count: 900))\r\n", count: 60)).utf8)
                + $0.body
        },
        stays("a header line larger than the cap", .never) {
            Array($0.head("X-Pad: \(String(repeating: "x", count: 120_000))\r\n").utf8) + $0.body
        },
        stays("many headers within the cap", .whole) {
            Array($0.head(String(repeating: "X-Pad: \(String(repeating: "x", count: 900))\r\n", count: 20)).utf8)
                + $0.body
        },
        stays("announced larger than the cap", .never) { Array($0.head(length: 10_000_000).utf8) + $0.body },
        Lie("a body without end", .never) { peer, told in
            peer.write(Array(told.head(length: .some(nil)).utf8) + told.body)
            repeat { peer.write([UInt8](repeating: 0x20, count: 8_192)) } while peer.pace(milliseconds: 0)
        },
        Lie("chunks without end", .never) { peer, told in
            peer.write(told.head("Transfer-Encoding: chunked\r\n", length: .some(nil)))
            repeat {
                peer.write("1000\r\n" + String(repeating: " ", count: 4_096) + "\r\n")
            } while peer.pace(milliseconds: 0)
        },
        Lie("interim answers without end", .never) { peer, _ in
            repeat { peer.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n") } while peer.pace(milliseconds: 0)
        },
    ]
}
