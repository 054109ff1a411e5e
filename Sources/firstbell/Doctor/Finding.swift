/// What the doctor found out about one thing, in a sentence that says what to do where something is wrong.
struct Finding: Sendable, Equatable {
    enum Grade: String, Sendable {
        case good
        /// Works, but worth knowing.
        case note
        case wrong
    }
    let about: String
    let grade: Grade
    let sentence: String

    init(_ about: String, _ grade: Grade, _ sentence: String) {
        self.about = about
        self.grade = grade
        self.sentence = sentence
    }
}
