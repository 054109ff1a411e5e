package import Core
import Foundation

/// Reads what people upload: packages of every format, and plain lists.
package enum RosterFiles {
    package static let reader: RosterReader = { file, intake, progress in
        switch intake.wish {
        case .package(let format):
            let archive = try PackageArchive(at: file.path)
            let summary = try RosterPackageReader(archive, as: format).read(into: &intake) { done in
                progress(done.bytesInAll == 0 ? 0 : Double(done.bytesRead) / Double(done.bytesInAll))
            }
            intake.origin = summary.origin
        case .list(let school, let columns):
            guard let shape = StudentListShape(encoded: columns) else {
                throw RosterRefused(
                    reason: "This list has other columns than those that were looked at. Look at it again.")
            }
            let list = try StudentListFile(at: file, named: "list.csv")
            _ = try list.read(as: shape, in: school, into: &intake, progress: progress)
        }
    }
}
