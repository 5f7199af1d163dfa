import Glibc

/// A process with a pipe to its input and one from its output.
///
/// What else it inherits by bad luck it keeps only until it has started: descriptors are closed on exec as soon as they
/// exist. So the end of another test's connection may come late, but it comes.
package struct Child: Sendable {
    package struct Failure: Error { package let code: Int32 }

    private let process: pid_t
    private let input: Int32
    private let output: Int32

    /// Starts a program that is looked up in PATH.
    package init(_ arguments: [String]) throws {
        var toChild: [Int32] = [0, 0]
        var fromChild: [Int32] = [0, 0]
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw Failure(code: errno) }
        for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
        close(toChild[0])
        close(fromChild[1])
        self.process = process
        input = toChild[1]
        output = fromChild[0]
        guard code == 0 else {
            close(input)
            close(output)
            throw Failure(code: code)
        }
    }

    /// Runs a program to its end; `true` if it says that all is well.
    package static func succeeds(_ arguments: [String]) throws -> Bool {
        let child = try Child(arguments)
        return child.end().status == 0
    }

    /// Reads one line; blocks the thread.
    package func readLine() -> String {
        var line: [UInt8] = []
        while let byte = read(1).first, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    /// Closes the input, reads the output to its end and waits for the exit; blocks the thread.
    package func end() -> (output: String, status: Int32) {
        close(input)
        var text: [UInt8] = []
        while true {
            let part = read(4096)
            if part.isEmpty { break }
            text += part
        }
        close(output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return (String(decoding: text, as: UTF8.self), status)
    }

    private func read(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        while true {
            let got = Glibc.read(output, &bytes, count)
            if got < 0, errno == EINTR { continue }
            return Array(bytes[..<max(0, got)])
        }
    }
}
