// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Operations.
    static let operations: [String: String] = [
        "getLiveness": #"""
            {
              "status": "ok"
            }
            """#,
        "getReadiness": #"""
            {
              "status": "ok"
            }
            """#,
    ]
}
