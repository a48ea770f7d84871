using PluginHost.Benchmarks;
using PluginHost.Torch;

// Usage: Benchmarks [NAME]... [--rounds N]; no name means all. Markdown tables on standard output.
(string Name, Action<int> Run)[] benchmarks =
[
    ("ops", OperatorBenchmark.Run),
    ("kmer", KMerBenchmark.Run),
    ("bpe", BpeBenchmark.Run),
    ("ggram", GGramBenchmark.Run),
    ("train-small", rounds => TrainingBenchmark.Run(Shape.Small, rounds)),
    ("train-base", rounds => TrainingBenchmark.Run(Shape.Base, rounds)),
    ("finetune-small", rounds => FinetuneBenchmark.Run(Shape.Small, rounds)),
    ("finetune-base", rounds => FinetuneBenchmark.Run(Shape.Base, rounds)),
    ("predict-base", PredictionBenchmark.Run),
    ("memory", _ => MemoryBenchmark.Run()),
    ("attention", AttentionBenchmark.Run),
    ("attention-memory", _ => AttentionMemoryBenchmark.Run()),
];

if (args is ["memory-child"]) return MemoryBenchmark.Child();
if (args is ["attention-memory-child", var attention, var length]) return AttentionMemoryBenchmark.Child(attention, int.Parse(length));

var rounds = 5;
var wanted = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds") rounds = int.Parse(args[++i]);
    else wanted.Add(args[i]);
}
if (wanted.Find(name => benchmarks.All(b => b.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'; there are: {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

Console.WriteLine($"libtorch {Hardware.LibtorchVersion}, {Hardware.CpuCapability}, {Hardware.Blas.Name}, {Threads.Count} threads, " +
    $"bf16 {(Hardware.HasNativeBf16 ? "native" : "emulated")}; load before: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
foreach (var (name, run) in benchmarks)
    if (wanted.Count == 0 || wanted.Contains(name)) run(rounds);
return 0;
