namespace PluginHost.Benchmarks;

/// <summary>Masked-LM training steps: the same operators as Python's, and the host's own path, against Python's usual loop.</summary>
internal static class TrainingBenchmark
{
    public static void Run(Shape shape, int rounds)
    {
        foreach (var type in new[] { "fp32", "bf16" })
        {
            var times = Turns.Steps(shape, type, [Side.PlainAutocast, Side.Host, Side.Python], rounds);
            Table.Write($"{shape.Name} {type}, same operators", "ms", times[0], times[2], shape.TokensPerStep);
            Table.Write($"{shape.Name} {type}, host's path", "ms", times[1], times[2], shape.TokensPerStep);
        }
    }
}
