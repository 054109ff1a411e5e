/// A value that a template draws. Stored properties only: a template sees no others.
///
/// The type names its template, so that no page can be drawn with another's.
package protocol Page: Sendable {
    /// The template's path below its folder of templates, without `.mustache`.
    static var template: String { get }
}
