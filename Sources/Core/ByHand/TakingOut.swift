package import Storage

extension Connection {
    /// Takes a student out by hand: sessions end, and no roster lets them in again. False when none such is in the scope.
    package func takeOut(
        _ student: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        guard let person = try personByHand(student, .student, visibleTo: administrator) else { return false }
        // Pressed twice: it is as it was wished.
        guard !person.isSuspended else { return true }
        try record(.accountSuspended, by: administrator.id, subject: student, id: entry, at: now)
        _ = try suspend(student, by: administrator, at: now)
        return true
    }

    /// Lets a student in again who was taken out by hand, by whoever reaches as far as the one who did it.
    package func letIn(
        _ student: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> LiftOutcome {
        guard let person = try personByHand(student, .student, visibleTo: administrator) else { return .notFound }
        switch person.lift {
        // With nothing to lift it is as it was wished, or the roster's to say.
        case nil: return .done
        case .you:
            try record(.accountRevived, by: administrator.id, subject: student, id: entry, at: now)
            _ = try lift(student, by: administrator)
            return .done
        case .district, .wider: return .beyond
        }
    }
}
