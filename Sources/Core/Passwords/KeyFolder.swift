import Foundation
import Glibc

/// The folder of key files: 0700, each file `<id>.key`, 0600, 32 bytes.
struct KeyFolder {
    let path: String

    func read() throws(KeyringProblem) -> [KeyID: [UInt8]] {
        try checkMode(of: path)
        var keys: [KeyID: [UInt8]] = [:]
        for name in try names() {
            let file = "\(path)/\(name)"
            guard let id = KeyID(String(name.dropLast(4))), name == "\(id).key" else { throw .notAKey(file) }
            try checkMode(of: file)
            keys[id] = try bytes(of: file)
        }
        if keys.isEmpty { throw .empty(path) }
        return keys
    }

    func create() throws(KeyringProblem) {
        if mkdir(path, 0o700) == 0 { return }
        guard errno == EEXIST else { throw problem(path) }
        try checkMode(of: path)
        if try !names().isEmpty { throw .exists(path) }
    }

    /// On disk, folder entry included, before it returns: a key that rows name must not be lost to a power cut.
    func write(_ bytes: [UInt8], as id: KeyID) throws(KeyringProblem) {
        let file = "\(path)/\(id).key"
        let descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? .exists(file) : problem(file) }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let problem = problem(file)
            unlink(file)
            throw problem
        }
        let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw problem(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw problem(path) }
    }

    private func names() throws(KeyringProblem) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw .system(path, reason: "it cannot be listed")
        }
    }

    private func checkMode(of path: String) throws(KeyringProblem) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .noFolder(path) : problem(path)
        }
        let mode = UInt16(truncatingIfNeeded: status.st_mode & 0o777)
        if mode & 0o077 != 0 { throw .open(path, mode: mode) }
    }

    private func bytes(of file: String) throws(KeyringProblem) -> [UInt8] {
        let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(file) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw problem(file) }
        guard status.st_size == off_t(Keyring.keyLength) else { throw .size(file, bytes: Int(status.st_size)) }
        var bytes = [UInt8](repeating: 0, count: Keyring.keyLength)
        guard Glibc.read(descriptor, &bytes, bytes.count) == bytes.count else { throw problem(file) }
        return bytes
    }

    private func problem(_ path: String) -> KeyringProblem {
        .system(path, reason: String(cString: strerror(errno)))
    }
}
