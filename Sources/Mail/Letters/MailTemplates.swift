import Foundation

/// Where the templates of the mails are, for the one renderer of the program.
package enum MailTemplates {
    /// nil when the program was installed without its resources.
    package static var folder: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
}
