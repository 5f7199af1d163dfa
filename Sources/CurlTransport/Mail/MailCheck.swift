import Router

/// Refuses messages that two mail servers could read as two different things: libcurl sends whatever it is given.
enum MailCheck {
    /// How many bytes a message may have.
    private static let longest = 1 << 20
    /// How many bytes a line may have (RFC 5321, 4.5.3.1.6).
    private static let longestLine = 998

    /// What is wrong with a message's bytes; `nil` if nothing is.
    static func fault(in message: [UInt8]) -> TransportFailure? {
        guard message.count <= longest else { return refusal("the message is too long") }
        guard message.suffix(2) == [0x0D, 0x0A] else { return refusal("the message does not end with a line break") }
        var length = 0
        var previous: UInt8 = 0
        for byte in message {
            // A line break that is half of one ends the message for some servers and not for others.
            guard (previous == 0x0D) == (byte == 0x0A) else { return refusal("the message holds half a line break") }
            switch byte {
            case 0x0A: length = 0
            case 0x0D: break
            case 0x09, 0x20...0x7E:
                length += 1
                guard length <= longestLine else { return refusal("a line of the message is too long") }
            default: return refusal("the message holds a byte that must be encoded")
            }
            previous = byte
        }
        return nil
    }

    private static func refusal(_ why: String) -> TransportFailure { TransportFailure(.invalidRequest, why) }
}
