internal import Dispatch

/// A thread for reading from a service: the intake may make it wait, which no thread that all tasks share may do.
package final class PullThread: TaskExecutor {
    private let queue = DispatchQueue(label: "firstbell.roster-service")

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
