extension Settings {
    /// Why the site may not be opened with these settings, in sentences that say what to do: plain http is for this
    /// machine alone, or for a proxy that is trusted to have the TLS.
    var doorProblems: [String] {
        var problems: [String] = []
        if !listen.isLoopback, tlsCertificate == nil, trustedProxies.isEmpty {
            problems.append(
                """
                FIRSTBELL_LISTEN is \(listen), which others can reach, without TLS. Set FIRSTBELL_TLS_CERTIFICATE \
                and FIRSTBELL_TLS_KEY, or FIRSTBELL_TRUSTED_PROXIES if a proxy in front has the TLS, or listen on 127.0.0.1.
                """)
        }
        if publicURL.hasPrefix("http:"), !PublicAddress.isLoopback(publicURL) {
            problems.append("FIRSTBELL_PUBLIC_URL is \(publicURL). Passwords need https.")
        }
        return problems
    }
}
