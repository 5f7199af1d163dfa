package import Router

// What a case holds, or `nil` if it is another case.

extension NextMove {
    /// Why the payment is to be closed as failed.
    package var failed: OrderFailure? { if case .close(.failed, let failure) = self { failure } else { nil } }
}

extension Claim {
    package var mismatched: (stated: ReportedTransaction, difference: String)? {
        if case .mismatched(let stated, let difference) = self { (stated, difference) } else { nil }
    }
}

extension UnitOfWork.OrderWrite {
    package var isInsert: Bool { if case .insert = self { true } else { false } }
    package var updatedVersion: Int64? { if case .update(let version) = self { version } else { nil } }
}

extension CommitResult {
    package var failed: StoreFailure? { if case .failed(let failure) = self { failure } else { nil } }
}

extension JSONSyntaxError.Reason {
    package var unexpected: String? { if case .unexpected(let value) = self { value } else { nil } }
    package var duplicateName: String? { if case .duplicateName(let value) = self { value } else { nil } }
}

extension Result {
    package var success: Success? { if case .success(let value) = self { value } else { nil } }
    package var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
