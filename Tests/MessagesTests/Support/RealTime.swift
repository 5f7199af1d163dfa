import Testing

extension Tag {
    /// Measures real time, or waits for real sockets; why these are few, docs/tests.md says.
    @Tag static var realTime: Self
}
