extension Schema {
    /// Versions of the configuration with their files, and which of them was worked with when.
    static let configurations = """
        CREATE TABLE configurations (
            n BIGINT NOT NULL PRIMARY KEY,
            tried_on BIGINT NOT NULL DEFAULT 0,
            sealed BYTEA NOT NULL,
            file BYTEA NOT NULL
        );
        CREATE TABLE configuration_activations (
            n ROW_KEY,
            version BIGINT NOT NULL REFERENCES configurations (n),
            sealed BYTEA NOT NULL
        );
        """
}
