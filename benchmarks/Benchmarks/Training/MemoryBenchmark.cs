namespace PluginHost.Benchmarks;

/// <summary>Peak resident size of a 12x768 bf16 step at batch 8 x 128, each side in a process of its own.</summary>
internal static class MemoryBenchmark
{
    public static void Run() => Table.Write($"{Shape.Base.Name} bf16 step, peak resident", "MiB", Peak(Side.Host), Peak(Side.Python));

    private static Spread Peak(Side side) => Turns.PeakMebibytes(Shape.Base, "bf16", side, rounds: 1);
}
