extension Schema {
    /// Payments begun with a publishable key wait for the shop, unless their app takes them unaccepted.
    static let acceptance = """
        ALTER TABLE apps ADD COLUMN unaccepted BIGINT NOT NULL DEFAULT 0;
        """
}
