/// One press of a button, named when its form was made. Owner of ids.
package enum Act {}

extension ID where Owner == Act {
    /// The act of this drawing of a page that is about one person: another for each, the same each time.
    package func about<Subject>(_ subject: ID<Subject>) -> ID<Act> {
        ID(bytes: zip(bytes, subject.bytes).map { $0 ^ $1 })
    }
}
