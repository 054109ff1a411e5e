internal import Glibc

/// The library behind libpq's TLS, which libpq loads and we do not name.
enum TLSLibrary {
    /// OpenSSL clears itself away when the process exits, under the feet of every thread that is just connecting: the process
    /// would crash instead of saying why it ends. To be asked for before the first line is opened, since it counts once.
    static let staysToTheEnd: Bool = {
        typealias Begin = @convention(c) (UInt64, OpaquePointer?) -> Int32
        // Another TLS library has no such function, and no such trouble.
        guard let function = dlsym(nil, "OPENSSL_init_crypto") else { return false }
        return unsafeBitCast(function, to: Begin.self)(withoutCleaningUp, nil) == 1
    }()

    /// `OPENSSL_INIT_NO_ATEXIT` (OpenSSL's crypto.h).
    private static let withoutCleaningUp: UInt64 = 0x0008_0000
}
