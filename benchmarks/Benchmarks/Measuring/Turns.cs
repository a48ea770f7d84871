namespace PluginHost.Benchmarks;

/// <summary>Training steps of several programs, each in turn in every round, so that what else the machine does meets all alike.</summary>
internal static class Turns
{
    /// <summary>OpenMP's threads spin for a while after their last work, 200 ms in some builds: nobody is measured meanwhile.</summary>
    private static readonly TimeSpan spinning = TimeSpan.FromMilliseconds(300);

    /// <summary>Milliseconds a step, the median of a turn for each round.</summary>
    /// <param name="sides">All are started before the first round and end after the last.</param>
    public static IReadOnlyList<Spread> Steps(Shape shape, string dtype, IReadOnlyList<Side> sides, int rounds)
    {
        var children = new List<Child>();
        try
        {
            foreach (var side in sides)
            {
                children.Add(side.Start());
                // Enough for the JIT's optimised code and for memory that is kept to be there.
                children[^1].Ask(StepRequest.Train(shape, dtype, warmup: 3 * shape.Repeats, settle: 0, repeats: 0));
            }

            var times = sides.Select(_ => new List<double>()).ToList();
            for (var round = 0; round < rounds; round++)
            {
                for (var turn = 0; turn < sides.Count; turn++)
                {
                    // Another begins each time: none is always after the same one.
                    var side = (turn + round) % sides.Count;
                    Thread.Sleep(spinning);
                    var answer = children[side].Ask(StepRequest.Train(shape, dtype, warmup: 0, settle: 1, shape.Repeats));
                    times[side].Add(new Spread([.. answer["ms"]!.AsArray().Select(v => v!.GetValue<double>())]).Median);
                }
            }

            return [.. times.Select(t => new Spread(t))];
        }
        finally
        {
            children.ForEach(c => c.Dispose());
        }
    }

    /// <summary>Peak resident size of three steps in MiB, each time in a process of its own.</summary>
    public static Spread PeakMebibytes(Shape shape, string dtype, Side side, int rounds) => new([.. Enumerable.Range(0, rounds).Select(_ =>
    {
        using var child = side.Start();
        child.Ask(StepRequest.Train(shape, dtype, warmup: 1, settle: 0, repeats: 2));
        return child.Ask(new StepRequest("memory"))["peak_mb"]!.GetValue<double>();
    })]);
}
