// libtorch has one default generator and one thread count a process: tests that seed it must not run beside others.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
