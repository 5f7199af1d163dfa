import CCurl
import Glibc
import Router
import WebText

/// What libcurl's callbacks need and find out while one mail is handed over; belongs to one thread.
final class MailDialogue {
    /// How far the dialogue has come.
    private(set) var step = MailStep.greeting
    /// Why one of our own callbacks ended it.
    private(set) var fault: TransportFailure?
    let room: SocketRoom
    private let message: [UInt8]
    private let isLoopbackOnly: Bool
    private let isOver: () -> Bool
    private var sent = 0

    init(_ message: [UInt8], loopbackOnly: Bool, room: SocketRoom, isOver: @escaping () -> Bool) {
        self.message = message
        self.room = room
        self.isOver = isOver
        isLoopbackOnly = loopbackOnly
    }

    /// Whether libcurl may connect to an address, seen after name lookup.
    func mayConnect(to address: UnsafePointer<curl_sockaddr>) -> Bool {
        if !isLoopbackOnly || NetworkAddress(ccurl_address(address))?.isLoopback == true { return true }
        fault = TransportFailure(.addressForbidden, "without TLS mail goes to this machine only")
        return false
    }

    /// There was no room for a connection.
    func foundNoRoom() { fault = Shortage.failure }

    /// Whether it must end now.
    func mustEnd() -> Bool {
        guard isOver() else { return false }
        fault = .shuttingDown
        return true
    }

    /// Gives libcurl more of the message; 0 at its end.
    func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let part = message[sent...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        sent += part.count
        return part.count
    }

    /// Hears of a command that was sent.
    ///
    /// The steps only go forward, so that a line of a login is never taken for a command.
    func note(command line: UnsafeRawBufferPointer) {
        let next: MailStep? =
            switch line.first {
            case UInt8(ascii: "A") where Self.begins(line, with: "AUTH "): .login
            case UInt8(ascii: "M") where Self.begins(line, with: "MAIL FROM:"): .sender
            case UInt8(ascii: "R") where Self.begins(line, with: "RCPT TO:"): .recipient
            case UInt8(ascii: "D") where step == .recipient && Self.begins(line, with: "DATA\r\n"): .message
            default: nil
            }
        guard let next, Self.rank(next) > Self.rank(step) else { return }
        step = next
    }

    private static func rank(_ step: MailStep) -> Int { MailStep.allCases.firstIndex(of: step) ?? 0 }

    private static func begins(_ line: UnsafeRawBufferPointer, with start: StaticString) -> Bool {
        start.withUTF8Buffer { line.starts(with: $0) }
    }
}
