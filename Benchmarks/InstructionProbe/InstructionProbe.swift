import BenchKit
import Glibc
import Host

/// Does one thing a number of times in a router without sockets, so that its instructions can be counted from outside.
///
/// `instruction-probe OPERATION COUNT MOST FOLDER`: everything but the operation itself is done for MOST, so that two runs with
/// the same MOST and different COUNT differ in the operation alone. `scripts/instruction-counts` runs it.
@main
enum InstructionProbe {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4, let operation = Operation(rawValue: arguments[0]), let count = Int(arguments[1]),
            let most = Int(arguments[2]), (0...most).contains(count)
        else {
            let names = Operation.allCases.map(\.rawValue).joined(separator: "|")
            say("usage: instruction-probe \(names) COUNT MOST FOLDER")
            exit(64)
        }
        do {
            let router = try await BenchRouter(operation.kind, folder: arguments[3])
            try await operation.run(count, of: most, router)
            await router.close()
        } catch {
            say("instruction-probe: \(operation.rawValue): \(error)")
            exit(1)
        }
    }

    private static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}
