import Foundation
import Glibc

/// Takes a `multipart/form-data` body apart as it comes (RFC 2046, section 5.1): one file, a few short fields.
struct Multipart {
    private enum State { case preamble, afterBoundary, headers, body, done }
    private enum Target: Equatable {
        case file
        case field(String)
    }

    private let delimiter: [UInt8]
    private let fileField: String
    private let known: Set<String>
    private let descriptor: Int32
    private var state = State.preamble
    private var rest: [UInt8]
    private var target = Target.file
    private var fileName: String?
    private var values: [String: [UInt8]] = [:]
    /// True until the line end before a part's first byte has been passed.
    private var isAtStart = false

    /// Longer headers and values are refused.
    private static let longest = 8_192

    init(boundary: String, file: String, fields: Set<String>, descriptor: Int32) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        fileField = file
        known = fields
        self.descriptor = descriptor
        // As if a line end stood before the body, so that the first boundary looks like all others.
        rest = Array("\r\n".utf8)
    }

    /// The boundary of a content type; nil for every other type.
    static func boundary(_ contentType: String?) -> String? {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for part in contentType.split(separator: ";").dropFirst() {
            let trimmed = part.drop { $0 == " " }
            guard trimmed.lowercased().hasPrefix("boundary=") else { continue }
            let value = trimmed.dropFirst("boundary=".count).filter { $0 != "\"" }
            let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
            return isPlain && (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    mutating func take(_ bytes: some Sequence<UInt8>) throws {
        rest += bytes
        while try step() {}
    }

    /// The file's name and the fields. Throws when the body ended early or had no file.
    func finish() throws -> (name: String, fields: [String: String]) {
        guard state == .done else { throw BadForm.unreadable }
        guard let fileName else { throw BadForm.missing(field: fileField) }
        let fields = try values.mapValues { bytes in
            guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
                throw BadForm.unreadable
            }
            return text
        }
        return (fileName, fields)
    }

    /// One step through the bytes at hand; false when more are needed.
    private mutating func step() throws -> Bool {
        switch state {
        case .preamble, .body: return try passBody()
        case .afterBoundary:
            guard rest.count >= 2 else { return false }
            if rest.starts(with: Array("--".utf8)) {
                state = .done
            } else if rest.starts(with: Array("\r\n".utf8)) {
                rest.removeFirst(2)
                state = .headers
            } else {
                throw BadForm.unreadable
            }
            return true
        case .headers:
            guard let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) else {
                guard rest.count <= Self.longest else { throw BadForm.unreadable }
                return false
            }
            try begin(String(decoding: rest[..<end.lowerBound], as: UTF8.self))
            // The blank line's end stays: where the part is empty, its delimiter begins with it.
            rest.removeSubrange(..<(end.upperBound - 2))
            isAtStart = true
            state = .body
            return true
        case .done:
            rest.removeAll()
            return false
        }
    }

    private mutating func passBody() throws -> Bool {
        if let end = rest.firstRange(of: delimiter) {
            if state == .body { try put(rest[..<end.lowerBound]) }
            rest.removeSubrange(..<end.upperBound)
            state = .afterBoundary
            return true
        }
        // A delimiter may have begun at the end of what is here.
        let safe = rest.count - delimiter.count
        // The line end at a part's start is taken off as a whole.
        guard safe > (isAtStart ? 1 : 0) else { return false }
        if state == .body { try put(rest[..<safe]) }
        rest.removeSubrange(..<safe)
        return false
    }

    private mutating func begin(_ headers: String) throws {
        guard let name = Self.parameter("name", in: headers) else { throw BadForm.unreadable }
        if name == fileField {
            guard fileName == nil else { throw BadForm.twice(field: name) }
            let given = Self.parameter("filename", in: headers) ?? ""
            fileName = given.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "roster"
            target = .file
        } else {
            guard known.contains(name) else { throw BadForm.unknown(field: name) }
            guard values[name] == nil else { throw BadForm.twice(field: name) }
            values[name] = []
            target = .field(name)
        }
    }

    private mutating func put(_ found: ArraySlice<UInt8>) throws {
        var bytes = found
        if isAtStart, !bytes.isEmpty {
            bytes = bytes.dropFirst(2)
            isAtStart = false
        }
        switch target {
        case .field(let name):
            values[name, default: []] += bytes
            guard values[name, default: []].count <= Self.longest else { throw BadForm.tooLarge }
        case .file:
            while !bytes.isEmpty {
                let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                guard written > 0 else { throw UploadFault() }
                bytes = bytes.dropFirst(written)
            }
        }
    }

    private static func parameter(_ name: String, in headers: String) -> String? {
        for line in headers.components(separatedBy: "\r\n") where line.lowercased().hasPrefix("content-disposition:") {
            for part in line.components(separatedBy: ";").dropFirst() {
                let trimmed = part.trimmingCharacters(in: .whitespaces)
                guard trimmed.lowercased().hasPrefix("\(name)=") else { continue }
                return trimmed.dropFirst(name.count + 1).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
        return nil
    }
}

/// The disk did not take an upload.
struct UploadFault: Error {}
