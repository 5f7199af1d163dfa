/// How the answer to a money request leaves the operator.
///
/// What was executed is decided apart from it.
enum AnswerStyle: Sendable, Hashable {
    /// The true answer.
    case truthful
    /// The true answer, after so many milliseconds.
    case delayed(Int64)
    /// No answer: the connection closes.
    case dropped
    /// No answer, and the connection stays open for so many milliseconds.
    case hung(Int64)
    /// HTTP 500.
    case serverError
    /// HTTP 200 with an HTML page that has nothing to do with the question.
    case page
    /// The true answer, cut off before its announced end.
    case truncated
}
