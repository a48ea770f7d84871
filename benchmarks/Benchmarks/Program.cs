using PluginHost.Benchmarks;
using PluginHost.Torch;
using PluginHost.Torch.Loading;

// Usage: Benchmarks [NAME]... [--rounds N] [--before DIR] [--python PYTHON] [--processor-time]; no name means all.
// Markdown tables on standard output.
(string Name, Action<int> Run)[] benchmarks =
[
    ("tensor-library", TensorLibraryBenchmark.Run),
    ("ops", OperatorBenchmark.Run),
    ("kmer", KMerBenchmark.Run),
    ("bpe", BpeBenchmark.Run),
    ("ggram", GGramBenchmark.Run),
    ("train-small", rounds => TrainingBenchmark.Run(Shape.Small, rounds)),
    ("train-base", rounds => TrainingBenchmark.Run(Shape.Base, rounds)),
    ("finetune-small", rounds => FinetuneBenchmark.Run(Shape.Small, rounds)),
    ("finetune-base", rounds => FinetuneBenchmark.Run(Shape.Base, rounds)),
    ("predict-base", PredictionBenchmark.Run),
    ("scan-base", rounds => UsingModelsBenchmark.Scan(Shape.Base, rounds)),
    ("scan-small", rounds => UsingModelsBenchmark.Scan(Shape.Small, rounds)),
    ("saturate-base", rounds => UsingModelsBenchmark.Saturate(Shape.Base, rounds)),
    ("saturate-small", rounds => UsingModelsBenchmark.Saturate(Shape.Small, rounds)),
    ("variants-small", rounds => UsingModelsBenchmark.Variants(Shape.Small, rounds)),
    ("attention-maps", _ => AttentionMapsBenchmark.Run()),
    ("generate-base", GenerationBenchmark.Cached),
    ("generate-uncached", GenerationBenchmark.Uncached),
    ("beam-small", GenerationBenchmark.Beam),
    ("population", PopulationBenchmark.Run),
    ("memory", _ => MemoryBenchmark.Run()),
    ("attention", AttentionBenchmark.Run),
    ("attention-memory", _ => AttentionMemoryBenchmark.Run()),
];

Libtorch.Load();
var library = $"libtorch {Hardware.LibtorchVersion}, {Hardware.CpuCapability}, {Hardware.Blas.Name}";
if (args is ["serve"]) return StepServer.Run(library, (shape, type) => new HostStep(shape, type));
if (args is ["attention-maps-child", var side]) return AttentionMapsBenchmark.Child(side);
if (args is ["population-child", var real, var artificial]) return PopulationBenchmark.Child(real, artificial);
if (args is ["attention-memory-child", var attention, var length]) return AttentionMemoryBenchmark.Child(attention, int.Parse(length));

var rounds = 5;
var wanted = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] is "--rounds" or "--before" or "--python" && i + 1 == args.Length)
    {
        Console.Error.WriteLine($"{args[i]} needs a value.");
        return 2;
    }

    if (args[i] == "--processor-time") PassTurns.ProcessorTime = true;
    else if (args[i] == "--rounds") rounds = int.Parse(args[++i]);
    else if (args[i] == "--before") Environment.SetEnvironmentVariable("PEER_BEFORE", Path.GetFullPath(args[++i]));
    else if (args[i] == "--python") Environment.SetEnvironmentVariable("PEER_PYTHON", args[++i]);
    else wanted.Add(args[i]);
}

if (wanted.Find(name => benchmarks.All(b => b.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'; there are: {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

Console.WriteLine($"{library}, {Threads.Count} threads, " +
    $"bf16 {(Hardware.HasNativeBf16 ? "native" : "emulated")}; load before: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
foreach (var (name, run) in benchmarks)
    if (wanted.Count == 0 || wanted.Contains(name)) run(rounds);
return 0;
