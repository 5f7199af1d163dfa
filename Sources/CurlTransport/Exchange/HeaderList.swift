import CCurl
import Router

/// Builds libcurl's header list from fields that ``RequestCheck`` has let through.
enum HeaderList {
    /// `nil` only if memory is out.
    ///
    /// The caller frees the list.
    static func make(_ headers: [WireRequest.Header]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        var saysAccept = false
        var saysType = false
        // Later nodes are appended by libcurl walking the list; it is short.
        for header in headers {
            saysAccept = saysAccept || RequestCheck.isSame(header.name, "accept")
            saysType = saysType || RequestCheck.isSame(header.name, "content-type")
            // A colon with nothing behind it would mean "leave this field out"; a semicolon means "send it empty".
            let isEmpty = header.value.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard append(isEmpty ? "\(header.name);" : "\(header.name): \(header.value)", to: &list) else { return nil }
        }
        // What libcurl would add by itself is left out: a request is what its maker wrote (and a question asks
        // for gzip besides). C4: no `Expect`.
        guard append("Expect:", to: &list) else { return nil }
        if !saysAccept { guard append("Accept:", to: &list) else { return nil } }
        if !saysType { guard append("Content-Type:", to: &list) else { return nil } }
        return list
    }

    private static func append(_ line: String, to list: inout UnsafeMutablePointer<curl_slist>?) -> Bool {
        guard let longer = curl_slist_append(list, line) else {
            curl_slist_free_all(list)
            list = nil
            return false
        }
        list = longer
        return true
    }
}
