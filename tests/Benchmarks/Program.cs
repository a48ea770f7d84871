using PluginHost.Benchmarks;
using PluginHost.Torch;

// Usage: Benchmarks [ops] [kmer] [ggram] [train-small] [train-base] [memory] [--rounds N]; no name means all. Markdown tables on standard output.
var rounds = 5;
var wanted = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds") rounds = int.Parse(args[++i]);
    else wanted.Add(args[i]);
}
if (wanted is ["memory-child"]) return MemoryBenchmark.Child();
if (wanted.Count == 0) wanted = ["ops", "kmer", "ggram", "train-small", "train-base", "memory"];

Console.WriteLine($"libtorch {Hardware.LibtorchVersion}, {Hardware.CpuCapability}, {Hardware.Blas.Name}, {Threads.Count} threads, " +
    $"bf16 {(Hardware.HasNativeBf16 ? "native" : "emulated")}; load before: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
if (wanted.Contains("ops")) OperatorBenchmark.Run(rounds);
if (wanted.Contains("kmer")) KMerBenchmark.Run(rounds);
if (wanted.Contains("ggram")) GGramBenchmark.Run(rounds);
if (wanted.Contains("train-small")) TrainingBenchmark.Run(Shape.Small, rounds);
if (wanted.Contains("train-base")) TrainingBenchmark.Run(Shape.Base, rounds);
if (wanted.Contains("memory")) MemoryBenchmark.Run();
return 0;
