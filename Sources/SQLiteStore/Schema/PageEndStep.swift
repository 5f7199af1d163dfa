extension Schema {
    /// A payer's page is known by its end; the token that opens it is made anew whenever it is shown.
    ///
    /// The end stands in the token, so that links given out before come out the same.
    static let pageEnd = """
        UPDATE order_bodies SET body = CAST(
            json_set(
                json_remove(CAST(body AS TEXT), '$.page_token'), '$.page_end',
                1000 * CAST(json_extract(CAST(body AS TEXT), '$.page_token') AS INTEGER)) AS BLOB)
            WHERE json_extract(CAST(body AS TEXT), '$.page_token') IS NOT NULL;
        """
}
