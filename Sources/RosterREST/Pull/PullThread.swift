import Dispatch

/// A thread for one pull: whoever takes the rows may make it wait, which no thread that all tasks share may do.
final class PullThread: TaskExecutor {
    private let queue = DispatchQueue(label: "firstbell.roster-pull")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
