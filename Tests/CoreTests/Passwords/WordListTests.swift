import Foundation
import Testing

@testable import Core

@Suite struct TheWordList {
    @Test func `never changes: a changed list is a new form`() throws {
        let blocked = "f748a971231c240324d849192c37cbd92234066491ca9eae8e8eece48cfa9e4d"
        let english = "83423c1aada1343d70dd5b396c3775a07c9704fac610eb867f80849b9c0c8236"
        let spanish = "3273e2eaada4b663790018e77fe7a3d0a08117f6058e42c2c66cc358e34fdb7e"
        #expect(try WordList.of(.en1).digests == [english, blocked])
        #expect(try WordList.of(.es1).digests == [spanish, blocked])
    }

    @Test(arguments: PasswordForm.allCases) func `holds 1,024 to 1,296 different words, sorted`(form: PasswordForm)
        throws
    {
        let words = try WordList.of(form).words
        #expect((1_024...1_296).contains(words.count))
        #expect(Set(words).count == words.count)
        #expect(words == words.sorted())
    }

    @Test(arguments: PasswordForm.allCases) func `has words of 4 to 7 plain letters`(form: PasswordForm) throws {
        for word in try WordList.of(form).words {
            #expect((4...7).contains(word.utf8.count) && word.utf8.allSatisfy { (97...122).contains($0) }, "\(word)")
        }
    }

    @Test(arguments: PasswordForm.allCases) func `has no two words that differ by one letter`(form: PasswordForm) throws
    {
        let words = try WordList.of(form).words
        var patterns: [String: String] = [:]
        let all = Set(words)
        for word in words {
            for index in word.indices {
                var pattern = word
                pattern.replaceSubrange(index...index, with: "?")
                let earlier = patterns.updateValue(word, forKey: pattern)
                #expect(earlier == nil, "\(word) and \(earlier ?? "")")
                pattern.remove(at: index)
                #expect(!all.contains(pattern), "\(word) and \(pattern)")
            }
        }
    }

    /// So that words typed without anything between them can be read in one way only.
    @Test(arguments: PasswordForm.allCases) func `has no word that begins another`(form: PasswordForm) throws {
        let words = try WordList.of(form).words
        for (word, next) in zip(words, words.dropFirst()) { #expect(!next.hasPrefix(word), "\(word) and \(next)") }
    }

    @Test(arguments: PasswordForm.allCases) func `has no word with a blocked piece of four or more letters`(
        form: PasswordForm
    ) throws {
        let list = try WordList.of(form)
        for piece in list.blocked {
            #expect((3...5).contains(piece.utf8.count), "\(piece) must fit over one seam only")
            guard piece.utf8.count >= 4 else { continue }
            for word in list.words { #expect(!word.contains(piece), "\(word) has \(piece)") }
        }
        #expect(list.blocked == list.blocked.sorted())
    }

    @Test func `sees what arises at a seam, and only there`() throws {
        let list = try WordList.of(.en1)
        #expect(list.isBlocked("peanut", "sunny") == false)
        #expect(list.isBlocked("canvas", "sunny"))
        #expect(list.isBlocked("octopus", "sunny"))
        #expect(list.isBlocked("glass", "otter") == false)
        #expect(!list.allows(["maple", "otter", "maple"]))
        #expect(!list.allows(["maple", "canvas", "sunny"]))
        #expect(list.allows(["maple", "otter", "sunny"]))
    }

    @Test(arguments: PasswordForm.allCases) func `leaves at least 33 bits to guess`(form: PasswordForm) throws {
        let list = try WordList.of(form)
        let count = list.words.count
        let blocked = blockedPairs(list)
        var before = [Int](repeating: count - 1, count: count)
        var after = before
        var around = before
        for (first, seconds) in blocked {
            for second in seconds {
                after[first] -= 1
                before[second] -= 1
            }
        }
        for (first, seconds) in blocked {
            around[first] -= seconds.count
            for second in seconds where blocked[second]?.contains(first) != true { around[second] -= 1 }
        }
        // A triple is a middle word with one before and one after; those where both are the same word do not count.
        let triples = (0..<count).reduce(0) { $0 + before[$1] * after[$1] - around[$1] }
        #expect(log2(Double(triples) * 8) >= 33)
    }

    /// For each word, by index, those that may not follow it. Also checks a few of them against the list's own answer.
    private func blockedPairs(_ list: WordList) -> [Int: Set<Int>] {
        var pairs: [Int: Set<Int>] = [:]
        for piece in list.blocked {
            for split in 1..<piece.count {
                let seconds = list.words.indices.filter { list.words[$0].hasPrefix(piece.dropFirst(split)) }
                for first in list.words.indices where list.words[first].hasSuffix(piece.prefix(split)) {
                    pairs[first, default: []].formUnion(seconds.filter { $0 != first })
                }
            }
        }
        for first in stride(from: 0, to: list.words.count, by: 397) {
            for second in stride(from: 1, to: list.words.count, by: 3) where second != first {
                let isBlocked = list.isBlocked(list.words[first], list.words[second])
                #expect(isBlocked == (pairs[first]?.contains(second) == true))
            }
        }
        return pairs
    }

    @Test(arguments: PasswordForm.allCases) func `is drawn from evenly`(form: PasswordForm) throws {
        let keyring = try Keyring(keys: [[UInt8](repeating: 7, count: 32)])
        let key = try keyring.subkey(.temporaryPassword, of: keyring.current)
        let cells = try WordList.of(form).words.count
        var stream = DrawStream(key: key, label: Array(form.rawValue.utf8))
        var words = [Int](repeating: 0, count: cells)
        var digits = [Int](repeating: 0, count: 8)
        for _ in 0..<300_000 {
            words[stream.next(below: cells)] += 1
            digits[stream.next(below: 8)] += 1
        }
        // Both limits are about four standard deviations from the mean of chi-square with that many cells less one.
        #expect(abs(chiSquare(words) - Double(cells - 1)) < 4 * sqrt(2 * Double(cells - 1)))
        #expect(chiSquare(digits) < 26)
    }

    private func chiSquare(_ counts: [Int]) -> Double {
        let expected = Double(counts.reduce(0, +)) / Double(counts.count)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }
}
