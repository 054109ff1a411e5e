package import Foundation

/// A row of an uploaded list, before anybody is looked up.
package struct AddressListRow: Sendable, Equatable {
    /// In the file, from 1.
    package let line: Int
    /// What the list calls the student by.
    package let named: String
    package let kind: Kind
    /// Tells apart who has the same number in two schools; nil without such a column.
    package let school: String?
    package let address: String
    /// What is wrong with the address; nil when nothing is.
    package let fault: AddressFault?

    package enum Kind: Sendable { case number, username, either }

    package init(
        line: Int, named: String, kind: Kind = .either, school: String? = nil, address: String, fault: AddressFault?
    ) {
        self.line = line
        self.named = named
        self.kind = kind
        self.school = school
        self.address = address
        self.fault = fault
    }
}

/// Gives the rows of an uploaded file one after the other.
package protocol AddressListReader: AnyObject {
    /// The next row; nil after the last. Throws `RosterRefused` for a file that cannot be a list.
    func next() throws -> AddressListRow?
    /// How far it is, from 0 to 1.
    var part: Double { get }
}

/// Opens an uploaded file under the name that its owner gave it. Throws `RosterRefused`.
package typealias AddressListOpener = @Sendable (_ file: URL, _ name: String) throws -> any AddressListReader
